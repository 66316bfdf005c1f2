"""Edits on disk: whole files written at once, only where nobody else wrote meanwhile, and taken back on demand."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nonlin.base.atomic import replace_file
from nonlin.base.finding import Edit
from nonlin.checker.mend.source import decoded, line_starts


class Stale(Exception):
    """A file is not, or no longer, as the edits expect it."""


@dataclass(frozen=True)
class Rewrite:
    """What a file holds, and what it is to hold."""

    path: Path
    before: bytes
    after: bytes

    def write(self) -> None:
        """Write the new content.

        Raises:
            Stale: the file has changed meanwhile; OSError: it cannot be written.
        """
        self._put(self.before, self.after)

    def restore(self) -> None:
        """Write the old content back, unless somebody else has written since.

        Raises:
            Stale: the file has changed meanwhile; OSError: it cannot be written.
        """
        self._put(self.after, self.before)

    def _put(self, held: bytes, content: bytes) -> None:
        if self.path.read_bytes() != held:
            raise Stale
        if not os.access(self.path, os.W_OK):
            raise PermissionError(f"{self.path} is read-only")
        replace_file(self.path, content, stat.S_IMODE(self.path.stat().st_mode))


def rewrites(edits: Iterable[Edit]) -> list[Rewrite]:
    """The edits as new contents of their files.

    Raises:
        Stale: an edit does not find its text, two edits meet, or a file would no longer be Python.
    """
    files: dict[Path, list[Edit]] = {}
    for edit in dict.fromkeys(edits):
        files.setdefault(Path(edit.path).resolve(), []).append(edit)
    return [_rewrite(path, found) for path, found in files.items()]


def _rewrite(path: Path, edits: Sequence[Edit]) -> Rewrite:
    try:
        before = path.read_bytes()
        text, encoding = decoded(before)
        after = edited(text, edits).encode(encoding)
        compile(after, str(path), "exec")
    except (OSError, SyntaxError, ValueError) as error:
        raise Stale from error
    return Rewrite(path, before, after)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A file's text with every edit made.

    Raises:
        Stale: an edit does not find its text on its line, or two edits meet.
    """
    starts = line_starts(text)
    spans = []
    for edit in edits:
        if edit.line > len(starts):
            raise Stale
        start = text.find(edit.old, starts[edit.line - 1])
        if start < 0 or start >= [*starts, len(text) + 1][edit.line]:
            raise Stale
        spans.append((start, start + len(edit.old), edit.new))
    made, place = "", 0
    for start, end, new in sorted(spans):
        if start < place:
            raise Stale
        made += text[place:start] + new
        place = end
    return made + text[place:]
