"""Curves drawn in a terminal, from the panels that the other drawers use."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from nonlin.base.language import Language
from nonlin.plot.data import Figure, Panel, Point
from nonlin.plot.scale import ticks
from nonlin.report._wrap import width_of

# Dots of a Braille cell, by row and column: Unicode chapter 21.1.
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_AXES = {"rule": "─", "column": "│", "cross": "┼"}
_PLAIN_AXES = {"rule": "-", "column": "|", "cross": "+"}


def side_by_side(
    figure: Figure, language: Language, *, width: int, height: int = 12, ascii_only: bool = False
) -> str:
    """The panels of a figure beside each other, in `width` columns."""
    gap = 3
    room = (width - gap * (len(figure.panels) - 1)) // max(len(figure.panels), 1)
    blocks = []
    for panel in figure.panels:
        title = " ".join(panel.title.to(language).split())
        title = title.replace("′", "'").replace("″", "''") if ascii_only else title
        lines = drawn(panel, width=room, height=height, ascii_only=ascii_only)
        blocks.append([f"{' ' * _margin(panel)} {title}", *lines])
    rows = itertools.zip_longest(*blocks, fillvalue="")
    return "\n".join((" " * gap).join(_filled(cell, room) for cell in row).rstrip() for row in rows)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def _margin(panel: Panel) -> int:
    return max((len(f"{tick:g}") for tick in ticks(*panel.y, 4)), default=0)


def drawn(panel: Panel, *, width: int = 60, height: int = 12, ascii_only: bool = False) -> list[str]:
    """The lines of a panel with its axes and ticks; each sign is 2 by 4 dots, or one `*` in ASCII.

    It takes `width` columns with the numbers, and `height` rows and one more for the numbers below.
    """
    margin, axes = _margin(panel), _PLAIN_AXES if ascii_only else _AXES
    columns = width - margin - 1
    across, down = (1, 1) if ascii_only else (2, 4)
    raster = _Raster(panel, columns * across, height * down)
    on = {dot for line in panel.lines for piece in line.pieces for dot in raster.dots(piece)}
    labels = {raster.row(tick) // down: f"{tick:g}" for tick in ticks(*panel.y, 4)}
    axis_row = raster.row(0.0) // down if panel.y[0] <= 0 <= panel.y[1] else -1
    axis_column = raster.column(0.0) // across if panel.x[0] <= 0 <= panel.x[1] else -1
    lines = []
    for row in range(height):
        signs = ""
        for column in range(columns):
            hit = sum(
                _DOTS[r][c]
                for r in range(down)
                for c in range(across)
                if (row * down + r, column * across + c) in on
            )
            if hit:
                signs += "*" if ascii_only else chr(0x2800 + hit)
            elif column == axis_column:
                signs += axes["cross" if row == axis_row else "column"]
            else:
                signs += axes["rule"] if row == axis_row else " "
        lines.append(f"{labels.get(row, ''):>{margin}} {signs}".rstrip())
    below = [" "] * width
    for tick in ticks(*panel.x, 4):
        text = f"{tick:g}"
        start = margin + 1 + raster.column(tick) // across - len(text) // 2
        start = max(min(start, width - len(text)), 0)
        below[start : start + len(text)] = text
    return [*lines, "".join(below).rstrip()]


class _Raster:
    """Dots of a panel, counted from its upper left."""

    def __init__(self, panel: Panel, columns: int, rows: int) -> None:
        self._panel, self._columns, self._rows = panel, columns, rows

    def column(self, x: float) -> int:
        low, high = self._panel.x
        return min(max(round((x - low) / (high - low) * (self._columns - 1)), 0), self._columns - 1)

    def row(self, y: float) -> int:
        """The row of a value; what lies far outside is kept within a few heights."""
        low, high = self._panel.y
        share = min(max((high - y) / (high - low), -5.0), 6.0)
        return round(share * (self._rows - 1))

    def dots(self, piece: Sequence[Point]) -> Iterator[tuple[int, int]]:
        """The dots of one piece, (row, column), without gaps."""
        for (x0, y0), (x1, y1) in itertools.pairwise(piece):
            top, left = self.row(y0), self.column(x0)
            down, right = self.row(y1) - top, self.column(x1) - left
            steps = max(abs(down), abs(right), 1)
            for k in range(steps + 1):
                row = top + round(down * k / steps)
                if 0 <= row < self._rows:
                    yield row, left + round(right * k / steps)
