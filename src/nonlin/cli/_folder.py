"""A folder of scripts: each is checked in a process of its own, and their reports become one."""

from __future__ import annotations

import collections
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from nonlin.base.errors import NonlinError, NoStepError
from nonlin.base.finding import Report
from nonlin.base.language import Language, Text
from nonlin.report import json


def check_folder(
    place: Path,
    args: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    language: Language = "en",
) -> tuple[Report, list[str]]:
    """One report over the scripts of a folder, and the reasons why some could not be run.

    Raises:
        NonlinError: the folder holds no script.
    """
    scripts = [p for p in sorted(place.glob("*.py")) if not p.name.startswith(("_", "test_"))]
    if not scripts:
        raise NonlinError(f"the folder {place} holds no script to check (*.py)")
    command = [
        sys.executable,
        "-m",
        "nonlin",
        "check",
        "--format=json",
        "--fail-on=never",
        f"--lang={language}",
    ]
    command += [*(f"--select={word}" for word in select), *(f"--ignore={word}" for word in ignore)]
    reports: list[Report] = []
    notes: list[Text] = []
    broken: list[str] = []
    for script in scripts:
        answer = subprocess.run(  # noqa: S603 (our own command on the user's own scripts)
            [*command, str(script), "--", *args],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        if answer.returncode == 0:
            reports.append(json.read(answer.stdout))
            continue
        last = (answer.stderr.strip().splitlines() or [f"exit status {answer.returncode}"])[-1]
        reason = last.removeprefix("nonlin: ").removeprefix("error: ").removeprefix("错误：")
        if NoStepError.WORDS in reason:
            notes.append(Text(f"{script}: takes no training step", f"{script}：没有训练步"))
        else:
            broken.append(reason if script.name in reason else f"{script}: {reason}")
            notes.append(Text(f"not checked: {broken[-1]}", f"没有检查：{broken[-1]}"))
            sys.stderr.writelines(answer.stderr.strip().splitlines(keepends=True)[:-1])
    return _merged(place, reports, notes), broken


def _merged(place: Path, reports: Sequence[Report], notes: Sequence[Text]) -> Report:
    summary: collections.Counter[str] = collections.Counter()
    for report in reports:
        summary.update(report.summary)
    return Report(
        target=str(place),
        findings=tuple(found for report in reports for found in report.findings),
        notes=(*dict.fromkeys(note for report in reports for note in report.notes), *notes),
        summary=dict(summary),
    )
