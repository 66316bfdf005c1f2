"""The user's lines: where they lie, seen from here, and what stands on them."""

from __future__ import annotations

import tokenize
from functools import lru_cache
from pathlib import Path


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


@lru_cache(maxsize=64)
def _read(full: str) -> tuple[str, ...]:
    try:
        with tokenize.open(full) as source:
            return tuple(line.rstrip("\r\n") for line in source)
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError):
        return ()


def code_on(line: str) -> tuple[int, int]:
    """The span of the code on a line: without its indentation and without a comment at its end."""
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    # The last "#" outside quotes begins the comment; a line inside a longer string is not worth more care.
    quote = ""
    for place in range(start, end):
        sign = line[place]
        if quote:
            quote = "" if sign == quote and line[place - 1] != "\\" else quote
        elif sign in "'\"":
            quote = sign
        elif sign == "#" and place > start:
            end = len(line[:place].rstrip())
            break
    return start, end


def marked(line: str, old: str = "") -> tuple[int, int]:
    """The span to mark on a line: what an edit would replace, where that is known and stands there; else its code."""
    old = old.strip()
    place = line.find(old) if old else -1
    return (place, place + len(old)) if place >= 0 else code_on(line)
