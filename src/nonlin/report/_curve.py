"""A curve drawn in a terminal."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

# Dots of a Braille cell, by row and column: Unicode chapter 21.1.
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def drawn(
    f: Callable[[Sequence[float]], Sequence[float]],
    low: float = -4.0,
    high: float = 4.0,
    *,
    width: int = 56,
    height: int = 12,
    ascii_only: bool = False,
) -> str:
    """The curve of a function over [low, high], with the axes; each sign is 2 by 4 dots, or one `*` in ASCII."""
    across, down = (1, 1) if ascii_only else (2, 4)
    columns, rows = width * across, height * down
    xs = [low + (high - low) * (i + 0.5) / columns for i in range(columns)]
    ys = [y if math.isfinite(y) else None for y in f(xs)]
    seen = [y for y in ys if y is not None] or [0.0]
    bottom, top = min([*seen, 0.0]), max([*seen, 0.0])
    bottom, top = (bottom, top) if top > bottom else (bottom - 1, top + 1)

    def row_of(y: float) -> int:
        return min(rows - 1, max(0, round((top - y) / (top - bottom) * (rows - 1))))

    on = {(row_of(y), column) for column, y in enumerate(ys) if y is not None}
    for column in range(1, columns):  # a steep piece is drawn as a line
        a, b = ys[column - 1], ys[column]
        if a is not None and b is not None and abs(row_of(a) - row_of(b)) < rows // 2:
            on |= {(row, column) for row in range(*sorted((row_of(a), row_of(b))))}
    axis_row = row_of(0.0) // down
    axis_column = round((0 - low) / (high - low) * columns) // across if low < 0 < high else -1
    labels = {0: f"{top:.3g}", height - 1: f"{bottom:.3g}"}
    labels.setdefault(axis_row, "0")
    margin = max(map(len, labels.values()))
    lines = []
    for row in range(height):
        line = ""
        for column in range(width):
            hit = [
                _DOTS[r][c] if not ascii_only else 1
                for r in range(down)
                for c in range(across)
                if (row * down + r, column * across + c) in on
            ]
            if hit:
                line += "*" if ascii_only else chr(0x2800 + sum(hit))
            elif column == axis_column:
                line += "+" if row == axis_row else "|"
            else:
                line += "-" if row == axis_row else " "
        lines.append(f"{labels.get(row, ''):>{margin}} {line}".rstrip())
    ends = f"{low:g}".ljust(width - len(f"{high:g}")) + f"{high:g}"
    return "\n".join([*lines, " " * (margin + 1) + ends])
