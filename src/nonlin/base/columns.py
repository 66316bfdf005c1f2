"""The columns that text takes in a terminal, where a Chinese sign is as wide as two Latin ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width_of(text: str) -> int:
    """The columns that a text takes: two for a wide sign, none for a combining one."""
    return sum(columns(sign) for sign in text)


def columns(sign: str) -> int:
    """The columns of one sign."""
    if sign < "\u0300":
        return 1
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """One line for each row, its cells under each other; those of the columns in `right` end under each other."""
    widths = [max(width_of(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - width_of(cell))
            cells.append(blank + cell if index in right else cell + blank)
        lines.append("  ".join(cells).rstrip())
    return lines
