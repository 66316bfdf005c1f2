"""Many scripts: each is checked in a process of its own, and their reports become one."""

from __future__ import annotations

import collections
import contextlib
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from nonlin.base.errors import NonlinError, NoStepError
from nonlin.base.finding import Report
from nonlin.base.language import Language, Text
from nonlin.cli._apart import command_for, environment, parted, why_none
from nonlin.cli._process import cores, run_all, sensible_jobs
from nonlin.report import json

_LABEL = Text("Checking", "正在检查")


def scripts_in(place: Path) -> list[Path]:
    """The scripts of a folder: its *.py, but for tests and for names that begin with "_".

    Raises:
        NonlinError: it holds none.
    """
    scripts = [p for p in sorted(place.glob("*.py")) if not p.name.startswith(("_", "test_"))]
    if not scripts:
        raise NonlinError(f"the folder {place} holds no script to check (*.py)")
    return scripts


def check_scripts(
    scripts: Sequence[Path],
    args: Sequence[str] = (),
    *,
    target: str,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    language: Language = "en",
    jobs: int | None = None,
    time_limit: float,
) -> tuple[Report, list[Text]]:
    """One report over several scripts, and the reasons why some could not be checked.

    Args:
        scripts: at least one.
        args: go to each script.
        target: what the report calls them all.
        select: as `check_target` takes it.
        ignore: the same.
        language: of the report.
        jobs: scripts that run at once; by default as many as there are processors, and memory for.
        time_limit: seconds that one script may take.
    """
    jobs = min(jobs or sensible_jobs(), len(scripts))
    command = command_for(select, ignore, language)
    with _progress(scripts, language) as bar:
        answers = run_all(
            [[*command, str(script), "--", *args] for script in scripts],
            jobs=jobs,
            limit=time_limit,
            # Each as many threads as it has processors for: more would only wait for one another.
            env={"OMP_NUM_THREADS": str(max(cores() // jobs, 1)), **environment()},
            done=lambda index: bar.update(1, scripts[index].name) if bar is not None else None,
        )
    reports: list[Report] = []
    notes: list[Text] = []
    broken: list[Text] = []
    for script, answer in zip(scripts, answers, strict=True):
        if answer.status == 0 and answer.out:
            reports.append(json.read(answer.out))
            continue
        said, error = parted(answer.err)
        if NoStepError.WORDS in error:
            notes.append(Text(f"{script}: takes no training step", f"{script}：没有训练步"))
            continue
        reason = why_none(script, answer, error, time_limit)
        broken.append(reason)
        notes.append(Text(f"not checked: {reason.en}", f"没有检查：{reason.zh}"))
        sys.stderr.write(said)
    return _merged(target, reports, notes), broken


def _progress(scripts: Sequence[Path], language: Language) -> AbstractContextManager[Any]:
    """A bar, where a person looks on."""
    if not sys.stderr.isatty():
        return contextlib.nullcontext()
    return click.progressbar(
        length=len(scripts), label=_LABEL.to(language), file=sys.stderr, item_show_func=lambda name: name
    )


def _merged(target: str, reports: Sequence[Report], notes: Sequence[Text]) -> Report:
    summary = collections.Counter(scripts=len(reports))
    for report in reports:
        summary.update({name: n for name, n in report.summary.items() if not name.startswith("bytes_")})
    return Report(
        target=target,
        findings=tuple(found for report in reports for found in report.findings),
        notes=(*dict.fromkeys(note for report in reports for note in report.notes), *notes),
        summary=dict(summary),
    )
