"""What a picture shows, as plain numbers; the drawers `svg`, `html` and `png` know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from nonlin.base.language import Text

Point: TypeAlias = tuple[float, float]
Span: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A landmark on a line: where its slope jumps (kink) or changes sign (turn)."""

    x: float
    y: float
    kind: Literal["kink", "turn"]


@dataclass(frozen=True, slots=True)
class Line:
    """One curve.

    Attributes:
        label: its name.
        pieces: its points; it has several pieces where it jumps.
        marks: its landmarks inside the panel.
        limits: the finite values that it tends to at both infinities.
        hue: which colour of the palette, from 0; lines of one activation share it in all panels.
    """

    label: str
    pieces: tuple[tuple[Point, ...], ...]
    marks: tuple[Mark, ...] = ()
    limits: tuple[float, ...] = ()
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """Where a random curve lies: between two lines over the same places."""

    lower: tuple[Point, ...]
    upper: tuple[Point, ...]
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines over one pair of axes; x and y are the spans that are seen."""

    title: Text
    lines: tuple[Line, ...]
    x: Span
    y: Span
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Panels side by side, with a heading and, below it, one line that says what is seen."""

    title: str
    note: Text
    panels: tuple[Panel, ...]

    @property
    def marked(self) -> frozenset[str]:
        """The kinds of landmarks that it shows."""
        return frozenset(mark.kind for panel in self.panels for line in panel.lines for mark in line.marks)

    def _repr_html_(self) -> str:
        from nonlin.plot.svg import render

        return render(self)


@dataclass(frozen=True, slots=True)
class Gallery:
    """Small pictures of many activations, by family."""

    title: Text
    families: tuple[tuple[str, tuple[Thumbnail, ...]], ...]

    def _repr_html_(self) -> str:
        from nonlin.plot.thumbnails import render

        return render(self)


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """One activation in a gallery: its value, and behind it its slope."""

    name: str
    words: str
    panel: Panel
