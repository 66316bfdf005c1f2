"""The defaults that a project sets in `[tool.nonlin]` of its pyproject.toml."""

from __future__ import annotations

import contextlib
import importlib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, cast

from nonlin.base.errors import NonlinError, unknown
from nonlin.base.finding import SEVERITIES, Finding, Report, Severity
from nonlin.base.language import LANGUAGES, Language, Text, default_language

TIME_LIMIT = 600.0
FAIL_ON: tuple[str, ...] = (*SEVERITIES, "never")


class Key(NamedTuple):
    """A key of `[tool.nonlin]`: a line that sets it, and what it means."""

    example: str
    meaning: Text


KEYS: Mapping[str, Key] = {
    "select": Key('select = ["NL2"]', Text("As --select.", "同 --select。")),
    "ignore": Key('ignore = ["NL219"]', Text("As --ignore.", "同 --ignore。")),
    "lang": Key('lang = "zh"', Text("As --lang.", "同 --lang。")),
    "fail-on": Key('fail-on = "error"', Text("As --fail-on.", "同 --fail-on。")),
    "baseline": Key(
        'baseline = "old.json"',
        Text(
            "As --baseline; seen from pyproject.toml.", "同 --baseline；相对于 pyproject.toml 所在的文件夹。"
        ),
    ),
    "require-reason": Key(
        "require-reason = true",
        Text(
            "A comment that silences a rule must say why (see `nonlin rule NL801`).",
            "忽略规则的注释必须写明理由（见 `nonlin rule NL801`）。",
        ),
    ),
    "time-limit": Key("time-limit = 600", Text("As --time-limit.", "同 --time-limit。")),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project asks for; None where it says nothing."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    language: Language | None = None
    fail_on: str | None = None
    baseline: Path | None = None
    time_limit: float | None = None
    require_reason: bool = False
    notes: tuple[Text, ...] = ()

    def over(
        self,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        language: Language | None = None,
        fail_on: str | None = None,
    ) -> Settings:
        """The same, with what a caller asks for in the place of what the project says.

        The language that a person chose for themselves, by NONLIN_LANG, goes before the project's too.

        Raises:
            NonlinError: `fail_on` is none of `FAIL_ON`.
        """
        if fail_on is not None and fail_on not in FAIL_ON:
            raise unknown("fail_on", fail_on, FAIL_ON)
        own = default_language() if os.environ.get("NONLIN_LANG") else None
        return replace(
            self,
            select=tuple(select) or self.select,
            ignore=tuple(ignore) or self.ignore,
            language=language or own or self.language,
            fail_on=fail_on or self.fail_on,
        )

    def failing(self, report: Report) -> tuple[Finding, ...]:
        """The findings of a report at or above `fail_on`; warnings and errors, where nothing is said."""
        limit = self.fail_on or "warning"
        return () if limit == "never" else report.at_least(cast("Severity", limit))


def read(start: Path) -> Settings:
    """The settings of the nearest pyproject.toml at or above a folder that has `[tool.nonlin]`.

    Raises:
        NonlinError: the file cannot be read, or a setting is unknown or has a wrong value.
    """
    start = start.resolve()
    for place in (start, *start.parents):
        file = place / "pyproject.toml"
        if not file.is_file():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise NonlinError(f"{file} cannot be read: {error}") from error
        if "nonlin" in text:
            table = _table(text, file)
            if table is not None:
                return table if isinstance(table, Settings) else _settings(table, file)
    return Settings()


def _table(text: str, file: Path) -> Mapping[str, Any] | Settings | None:
    toml = _parser()
    if toml is None:
        if "[tool.nonlin]" not in text:
            return None
        return Settings(
            notes=(
                Text(
                    f"{file.name} was not read: Python 3.10 needs the package tomli for it",
                    f"没有读取 {file.name}：Python 3.10 需要安装 tomli 才能读取",
                ),
            )
        )
    try:
        whole = toml.loads(text)
    except ValueError as error:  # TOMLDecodeError is one
        raise NonlinError(f"{file} is not valid TOML: {error}") from error
    tool = whole.get("tool", {})
    found = tool.get("nonlin") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise NonlinError(f"{file}: [tool.nonlin] must be a table")
    return found


def _parser() -> Any:
    for name in ("tomllib", "tomli"):
        with contextlib.suppress(ModuleNotFoundError):
            return importlib.import_module(name)
    return None


def _settings(table: Mapping[str, Any], file: Path) -> Settings:
    for key in table:
        if key not in KEYS:
            raise NonlinError(f"{file}: [tool.nonlin]: {unknown('setting', key, KEYS)}")
    language = _one_of(table, "lang", LANGUAGES, file)
    return Settings(
        select=_words(table, "select", file),
        ignore=_words(table, "ignore", file),
        language=cast("Language | None", language),
        fail_on=_one_of(table, "fail-on", FAIL_ON, file),
        baseline=_file(table, "baseline", file),
        time_limit=_seconds(table, "time-limit", file),
        require_reason=_yes(table, "require-reason", file),
    )


def _yes(table: Mapping[str, Any], key: str, file: Path) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise NonlinError(f"{file}: [tool.nonlin]: {key} must be true or false; it is {value!r}")
    return value


def _seconds(table: Mapping[str, Any], key: str, file: Path) -> float | None:
    value = table.get(key)
    if value is not None and (type(value) not in (int, float) or not 0 < value < math.inf):
        raise NonlinError(f"{file}: [tool.nonlin]: {key} must be a number of seconds; it is {value!r}")
    return value


def _file(table: Mapping[str, Any], key: str, file: Path) -> Path | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise NonlinError(f"{file}: [tool.nonlin]: {key} must be a file's name; it is {value!r}")
    return file.parent / value if value is not None else None


def _words(table: Mapping[str, Any], key: str, file: Path) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise NonlinError(
            f'{file}: [tool.nonlin]: {key} must be a list of rules, such as ["NL2"]; it is {value!r}'
        )
    return tuple(value)


def _one_of(table: Mapping[str, Any], key: str, allowed: tuple[str, ...], file: Path) -> str | None:
    value = table.get(key)
    if value is not None and value not in allowed:
        raise NonlinError(
            f"{file}: [tool.nonlin]: {key} must be one of {', '.join(allowed)}; it is {value!r}"
        )
    return value
