"""The baseline: a file of findings that a project knows of, so that only new ones count."""

from __future__ import annotations

import functools
import json
import operator
import shlex
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nonlin.base.errors import NonlinError
from nonlin.base.finding import Report
from nonlin.base.language import Text
from nonlin.cli._output import complain_if_unwritable, write_whole
from nonlin.report._source import Fingerprint, fingerprint, path_from

_WRITE = "--write-baseline"
_VERSION = 1
_NAMED = 5

Known = Counter[Fingerprint]
"""Findings, each as often as it is known: two may stand on lines of the same words."""


@dataclass(frozen=True)
class Baseline:
    """What a file says is known."""

    file: Path
    known: Mapping[str, Known]
    """By command: only the same target, with the same arguments, can tell that a finding has gone."""
    renew: bool
    """Write what a report holds, before it is compared."""

    @classmethod
    def of(cls, file: Path, *, renew: bool) -> Baseline:
        """The baseline in a file, which must exist unless it is to be written.

        Raises:
            NonlinError: the file cannot be read, or cannot be written where it should be.
        """
        if renew:
            complain_if_unwritable(file, _WRITE)
        return cls(file, {} if renew and not file.exists() else _read(file), renew)

    def without_known(
        self, report: Report, command: Sequence[str], base: Path, *, rules: Collection[str], whole: bool
    ) -> Report:
        """The report without the known findings; its notes count them, and name those that did not come again.

        Args:
            report: what was found.
            command: the target and its arguments.
            base: the folder that the paths of both are seen from; those in the file are seen from its own.
            rules: the ids of the rules that ran: of the others no finding can have gone.
            whole: whether all of the target was checked; if not, none can have gone.

        Raises:
            NonlinError: the file cannot be written.
        """
        found = [fingerprint(one, base, root=self.file.parent) for one in report.findings]
        known = dict(self.known)
        target = (
            path_from(command[0], base, self.file.parent) if Path(base, command[0]).exists() else command[0]
        )
        said = shlex.join([target, *command[1:]])
        own = known.get(said, Known())
        gone = Known({e: n for e, n in own.items() if whole and e.rule in rules}) - Known(found)
        if self.renew:
            known[said] = (own - gone) | Known(found)
            _write(self.file, known)
            gone.clear()
        left = functools.reduce(operator.or_, known.values(), Known())
        new = []
        for one, entry in zip(report.findings, found, strict=True):
            if left[entry]:
                left[entry] -= 1
            else:
                new.append(one)
        name = path_from(str(self.file), base, base)
        notes = [_counted(len(found) - len(new), name)] if len(new) < len(found) else []
        if gone:
            notes.append(_stale(sorted(gone.elements()), name))
        return replace(report, findings=tuple(new), notes=(*report.notes, *notes))


def _read(file: Path) -> dict[str, Known]:
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NonlinError(f"there is no baseline {file}; {_WRITE} {file} makes one") from error
    except (OSError, ValueError) as error:  # what is no JSON or no UTF-8 is a ValueError
        raise NonlinError(f"the baseline {file} cannot be read: {error}") from error
    version = content.get("baseline") if isinstance(content, dict) else None
    if version != _VERSION:
        raise NonlinError(f"{file} is no baseline of version {_VERSION}, which this nonlin reads")
    try:
        return {
            command: Known(Fingerprint(**entry) for entry in entries)
            for command, entries in content["known"].items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise NonlinError(f"the baseline {file} is damaged; delete it and write it again") from error


def _write(file: Path, known: Mapping[str, Known]) -> None:
    entries = {
        command: [entry._asdict() for entry in sorted(found.elements())]
        for command, found in sorted(known.items())
        if found
    }
    content = {"tool": "nonlin", "baseline": _VERSION, "known": entries}
    write_whole(file, json.dumps(content, indent=2, ensure_ascii=False), _WRITE)


def _counted(count: int, name: str) -> Text:
    findings = "finding" if count == 1 else "findings"
    return Text(f"{count} known {findings} in the baseline {name}", f"基线 {name} 中的已知问题：{count} 个")


def _stale(gone: list[Fingerprint], name: str) -> Text:
    said = [f"{entry.rule} {entry.path} `{entry.code}`" for entry in gone[:_NAMED]]
    more = len(gone) - _NAMED
    return Text(
        f"no longer found, but in the baseline {name}: {', '.join(said)}"
        + (f" and {more} more" if more > 0 else "")
        + f"; drop with {_WRITE}",
        f"基线 {name} 中有、但已不再出现：{'，'.join(said)}"
        + (f"，另有 {more} 个" if more > 0 else "")
        + f"；可用 {_WRITE} 去掉",
    )
