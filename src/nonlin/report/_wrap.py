"""Breaking text into lines, by the columns that a terminal gives to Latin and to Chinese signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nonlin.base.columns import columns, width_of

__all__ = ["clipped", "shown", "width_of", "wrapped"]

# Chinese has no spaces: a line may end after any sign, except that it must not begin with these
_NOT_FIRST = "，。；：！？、）》」』】”’…,.;:!?)]}%"
# nor end with those.
_NOT_LAST = "（《「『【“‘([{"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def shown(text: str) -> str:
    """The text without signs that would move a terminal's cursor or change its colours."""
    return _CONTROL.sub("?", text.expandtabs(4))


def wrapped(text: str, width: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most `width` columns; the first begins with `first`, the others with `rest` (or as many spaces).

    Line ends in the text stay; a word longer than a whole line is cut.
    """
    indent = " " * width_of(first) if rest is None else rest
    lines: list[str] = []
    for paragraph in re.split(r"\r\n|[\n\r\x0b\x0c]", text):
        line, used, empty = (indent if lines else first), width_of(indent if lines else first), True
        for gap, word in _words(shown(paragraph)):
            for index, piece in enumerate(_cut(word, width - width_of(indent))):
                space = gap if index == 0 and not empty else ""
                if not empty and used + len(space) + width_of(piece) > width:
                    lines.append(line.rstrip(" "))
                    line, used, space = indent, width_of(indent), ""
                line += space + piece
                used += len(space) + width_of(piece)
                empty = False
        lines.append(line.rstrip(" "))
    return lines


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Pieces that must not be broken, each with the space (or nothing) before it."""
    for group in re.finditer(r"( *)([^ ]+)", text):
        gap, word = (" " if group[1] else ""), ""
        for sign in group[2]:
            breaks = word and (columns(sign) == 2 or columns(word[-1]) == 2)
            if breaks and sign not in _NOT_FIRST and word[-1] not in _NOT_LAST:
                yield gap, word
                gap, word = "", ""
            word += sign
        yield gap, word


def _cut(word: str, width: int) -> Iterator[str]:
    room = max(width, 2)
    while width_of(word) > room:
        end = 1
        while width_of(word[: end + 1]) <= room:
            end += 1
        yield word[:end]
        word = word[end:]
    yield word


def clipped(text: str, width: int, *, keep: tuple[int, int] | None = None) -> tuple[str, int]:
    """A window of at most `width` columns on a line of code, and how many signs were left out before it.

    `keep` is the span that should stay in sight.
    """
    if width_of(text) <= width:
        return text, 0
    start, end = keep or (0, 0)
    # From the beginning, if the span is in sight that way; else from a little before it, or as far to the left as
    # the rest of the line leaves room.
    begin = 0 if width_of(text[:end]) <= width - 3 else max(start - 8, 0)
    while begin and width_of(text[begin - 1 :]) <= width - 3:
        begin -= 1
    window, used = ("..." if begin else ""), (3 if begin else 0)
    last = width if begin and used + width_of(text[begin:]) <= width else width - 3
    for sign in text[begin:]:
        if used + columns(sign) > last:
            return window + "...", begin
        window += sign
        used += columns(sign)
    return window, begin
