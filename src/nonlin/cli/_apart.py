"""`nonlin check` on one target in a process of its own, which nothing that ran before can disturb."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from nonlin.base.errors import NonlinError
from nonlin.base.finding import Report
from nonlin.base.language import Language, Text
from nonlin.cli._process import Answer, run_all
from nonlin.report import json


def command_for(select: Sequence[str], ignore: Sequence[str], language: Language) -> list[str]:
    """The command that reports everything as JSON, but for the target."""
    command = [sys.executable, "-m", "nonlin", "check", "--format=json", "--fail-on=never", "--no-baseline"]
    command += [f"--lang={language}"]
    return [*command, *(f"--select={word}" for word in select), *(f"--ignore={word}" for word in ignore)]


def environment() -> dict[str, str]:
    """The variables under which it speaks UTF-8."""
    return {**os.environ, "PYTHONIOENCODING": "utf-8"}


def check_apart(
    target: str,
    args: Sequence[str] = (),
    *,
    inputs: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    language: Language = "en",
    time_limit: float,
) -> Report:
    """The report on a target.

    Raises:
        NonlinError: there is none; the message says why.
    """
    command = [*command_for(select, ignore, language), *(f"--input={shape}" for shape in inputs)]
    [answer] = run_all(
        [[*command, target, "--", *args]], jobs=1, limit=time_limit, env=environment(), done=lambda _: None
    )
    if answer.status == 0 and answer.out:
        return json.read(answer.out)
    _, error = parted(answer.err)
    raise NonlinError(why_none(Path(target), answer, error, time_limit).to(language))


def parted(err: str) -> tuple[str, str]:
    """(what the script wrote, nonlin's own error at the end without its beginning, or nothing)."""
    *lines, last = err.rstrip().splitlines(keepends=True) or [""]
    if not last.startswith("nonlin: "):
        return err, ""
    return "".join(lines), last.removeprefix("nonlin: ").removeprefix("error: ").removeprefix("错误：")


def why_none(script: Path, answer: Answer, error: str, limit: float) -> Text:
    """Why there is no report on a script."""
    if answer.status is None:
        return Text(f"{script} took longer than {limit:g} s", f"{script} 运行超过 {limit:g} 秒")
    if error:
        if script.name in error:
            return Text(error, error)
        return Text(f"{script}: {error}", f"{script}：{error}")
    if answer.status < 0:
        name = signal.Signals(-answer.status).name
        return Text(f"{script} was ended by {name}", f"{script} 被 {name} 终止")
    return Text(
        f"{script} left with status {answer.status} and no report",
        f"{script} 以状态 {answer.status} 退出，没有报告",
    )
