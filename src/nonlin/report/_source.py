"""The user's lines: where they lie, seen from here, and what stands on them."""

from __future__ import annotations

import ast
import hashlib
import os
import tokenize
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from nonlin.base.finding import Edit, Finding


def seen_from(path: str, base: Path) -> str:
    """A path relative to a folder, if it lies inside; with forward slashes, as editors and CI expect."""
    if not path or path.startswith("<"):
        return path
    full = Path(base, path)
    try:
        return full.relative_to(base).as_posix()
    except ValueError:
        return full.as_posix()


def lines_of(path: str, base: Path) -> tuple[str, ...]:
    """The lines of a source file; none if it cannot be read."""
    return _read(str(Path(base, path))) if path and not path.startswith("<") else ()


def line_of(path: str, line: int, base: Path) -> str:
    """One line of a source file; empty if there is none."""
    lines = lines_of(path, base)
    return lines[line - 1] if 0 < line <= len(lines) else ""


class Fingerprint(NamedTuple):
    """By what a finding is known again when its line has moved."""

    rule: str
    path: str
    module: str
    code: str
    """The text of the line, without the space around it."""

    @property
    def digest(self) -> str:
        """The fingerprint as 32 hexadecimal digits."""
        return hashlib.sha256("\0".join(self).encode()).hexdigest()[:32]


def fingerprint(found: Finding, base: Path, *, root: Path | None = None) -> Fingerprint:
    """By what a finding is known again; its path is seen from `root`, or else from `base`, where nonlin runs."""
    code = line_of(found.site.path, found.site.line, base).strip()
    return Fingerprint(found.rule, path_from(found.site.path, base, root or base), found.site.module, code)


def path_from(path: str, base: Path, root: Path) -> str:
    """A path that is written as seen from one folder, as seen from another: with `..` where it lies outside."""
    if not path or path.startswith("<"):
        return path
    try:
        return Path(os.path.relpath(Path(base, path), root)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(base, path).as_posix()


@lru_cache(maxsize=64)
def _read(full: str) -> tuple[str, ...]:
    try:
        with tokenize.open(full) as source:
            return tuple(line.rstrip("\r\n") for line in source)
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError):
        return ()


def edited(edit: Edit, base: Path) -> tuple[str, str]:
    """A line before and after an edit; just the words, where the line cannot be read or holds them more than once."""
    line = line_of(edit.path, edit.line, base)
    whole = edit.old and line.count(edit.old) == 1
    return (line, line.replace(edit.old, edit.new)) if whole else (edit.old, edit.new)


def marked(path: str, line: int, base: Path, *, old: str = "", name: str = "") -> tuple[int, int] | None:
    """The span on a line that a finding is about; None where that is not clear.

    It is what an edit would replace, or else the only call there of what the rule's name begins with:
    `softmax-before-cross-entropy` is about `F.softmax(x)` in `F.cross_entropy(F.softmax(x), y)`.
    """
    text = line_of(path, line, base)
    old = old.strip()
    if old and text.count(old) == 1:
        start = text.index(old)
        return start, start + len(old)
    calls = [(said, span) for at, said, span in _calls(str(Path(base, path))) if at == line]
    for word in name.split("-"):
        spans = [span for said, span in calls if len(word) > 2 and word in said]
        if spans:
            start, end = spans[0]
            # `ast` counts in bytes of UTF-8.
            raw = text.encode()
            return (len(raw[:start].decode()), len(raw[:end].decode())) if len(spans) == 1 else None
    return None


@lru_cache(maxsize=64)
def _calls(full: str) -> tuple[tuple[int, str, tuple[int, int]], ...]:
    """(line, what is called in small letters without "_", span in bytes) of every call that stands on one line."""
    try:
        tree = ast.parse("\n".join(_read(full)))
    except (SyntaxError, ValueError, RecursionError):
        return ()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.lineno == node.end_lineno and node.end_col_offset is not None:
            called = node.func
            said = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            span = (node.col_offset, node.end_col_offset)
            found.append((node.lineno, said.lower().replace("_", ""), span))
    return tuple(found)
