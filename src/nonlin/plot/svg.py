"""SVG, drawn without any library: it scales, it follows the reader's colour scheme, and it can be read aloud."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

from nonlin.base.language import Language, Text
from nonlin.plot.data import Band, Figure, Line, Panel, Point
from nonlin.plot.scale import number, simplified, spread, ticks

FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", '
    '"Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
)
# Okabe and Ito 2008, Color Universal Design, darkened on white and lightened on black to a contrast of at least 3.
LIGHT = ("#0072b2", "#d55e00", "#00835f", "#b0518c", "#a87900", "#3b6fd4")
DARK = ("#5ab4ee", "#ff8c52", "#3ecfa3", "#e69ac8", "#eec04a", "#9db8ff")
_INK = {"ink": ("#1b1f24", "#e8eaed"), "soft": ("#5d6672", "#a3abb5"), "grid": ("#e7e9ec", "#2d3238")}
_INK |= {"axis": ("#a9b0b9", "#66707c"), "paper": ("#ffffff", "#15181c"), "tile": ("#f6f7f9", "#1d2126")}

WIDTH, HEIGHT = 300, 224
_TOP, _BOTTOM, _LEFT, _GAP = 34, 34, 46, 22
_LINE = 15
_ALIGNED = 16
_KINK = Text("○ a kink or a step", "○ 尖点或跳变")
_TURN = Text("● a turn: the slope changes sign", "● 极值点：导数变号")


def style() -> str:
    """The style sheet of all pictures; colours are variables, so that a page may set its own."""

    def colours(n: int) -> str:
        named = {name: pair[n] for name, pair in _INK.items()}
        named |= {f"c{k}": colour for k, colour in enumerate((LIGHT, DARK)[n])}
        return "".join(f"--{name}:{colour};" for name, colour in named.items())

    hues = "".join(
        f".nonlin .h{k}{{--hue:var(--c{k % len(LIGHT)});{'' if k < len(LIGHT) else 'stroke-dasharray:7 3;'}}}"
        for k in range(2 * len(LIGHT))
    )
    return (
        f".nonlin{{{colours(0)}font-family:{FONT};font-size:12px;font-variant-numeric:tabular-nums}}"
        f"@media (prefers-color-scheme:dark){{.nonlin{{{colours(1)}}}}}"
        ".nonlin .paper{fill:var(--paper)}.nonlin text{fill:var(--soft)}"
        ".nonlin .title{fill:var(--ink);font-size:17px;font-weight:600}"
        ".nonlin .head{fill:var(--ink);font-size:13px;font-weight:600}"
        ".nonlin .grid{stroke:var(--grid);stroke-width:1}.nonlin .axis{stroke:var(--axis);stroke-width:1}"
        ".nonlin .line{fill:none;stroke:var(--hue);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}"
        ".nonlin .step{fill:none;stroke:var(--hue);stroke-width:1;stroke-dasharray:1.5 3;opacity:.7}"
        ".nonlin .limit{stroke:var(--hue);stroke-width:1;stroke-dasharray:5 4;opacity:.55}"
        ".nonlin .band{fill:var(--hue);opacity:.18;stroke:none}"
        ".nonlin .kink{fill:var(--paper);stroke:var(--hue);stroke-width:1.6;stroke-dasharray:none}"
        ".nonlin .turn{fill:var(--hue);stroke:var(--paper);stroke-width:1.2;stroke-dasharray:none}"
        ".nonlin .tile{fill:var(--tile)}.nonlin .under{fill:var(--ink)}"
        ".nonlin .behind{fill:none;stroke:var(--axis);stroke-width:1.4;stroke-linejoin:round}"
        ".nonlin .name{fill:var(--hue);font-weight:600}" + hues
    )


def render(figure: Figure, language: Language = "en") -> str:
    """A whole SVG document, in one line of panels or, above three, in several."""
    labels = [line.label for line in figure.panels[0].lines] if figure.panels else []
    widest = max((width_of(label) for label in labels), default=0)
    direct = widest <= 84 and len(labels) <= 6
    room = 14 + (widest if direct and labels != [figure.title] else 0)
    columns = min(3, max(1, len(figure.panels)))
    cell_w, cell_h = _LEFT + WIDTH + room + _GAP, _TOP + HEIGHT + _BOTTOM
    width = columns * cell_w + 2 * _GAP - _GAP
    y, parts = 34.0, [f'<text class="title" x="{_GAP}" y="30">{escape(figure.title)}</text>']
    if figure.note.to(language):
        parts.append(f'<text x="{_GAP}" y="50">{escape(figure.note.to(language))}</text>')
        y += 20
    if not direct:
        legend, y = _legend(labels, width, y)
        parts.append(legend)
    y += 10
    for n, panel in enumerate(figure.panels):
        left, top = _GAP + n % columns * cell_w, y + n // columns * (cell_h + 8)
        parts.append(_placed(panel, left, top, language, n, labelled=direct and labels != [figure.title]))
    bottom = y + -(-len(figure.panels) // columns) * (cell_h + 8)
    marks = "    ".join(
        text.to(language) for kind, text in (("kink", _KINK), ("turn", _TURN)) if kind in figure.marked
    )
    if marks:
        parts.append(f'<text x="{_GAP}" y="{bottom + 6:g}" xml:space="preserve">{marks}</text>')
        bottom += 14
    told = f"{figure.title}: " + ", ".join(panel.title.to(language) for panel in figure.panels)
    return document(parts, width, bottom + 8, told)


def hue(drawn: Line | Band) -> int:
    """The number of its class in the style sheet."""
    return drawn.hue % (2 * len(LIGHT))


def document(parts: Sequence[str], width: float, height: float, told: str) -> str:
    """A picture with its paper and style; `told` is what a screen reader says."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="nonlin" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(told)}" '
        f'style="max-width:100%;height:auto"><title>{escape(told)}</title><style>{style()}</style>'
        f'<rect class="paper" width="{width:g}" height="{height:g}"/>' + "".join(parts) + "</svg>"
    )


def width_of(text: str) -> float:
    """About how many pixels a text of 12 takes: fonts differ, so this is a little generous."""
    return sum(12.0 if unicodedata.east_asian_width(sign) in "WF" else 6.9 for sign in text)


def _legend(labels: Sequence[str], width: float, y: float) -> tuple[str, float]:
    parts, x = [], float(_GAP)
    y += 22
    for n, label in enumerate(labels):
        if x > _GAP and x + 30 + width_of(label) > width - _GAP:
            x, y = float(_GAP), y + 20
        parts.append(
            f'<g class="h{n % (2 * len(LIGHT))}" data-line="{n}"><path class="line" d="M{x:g} {y - 4:g}h20"/>'
            f'<text class="name" x="{x + 26:g}" y="{y:g}">{escape(label)}</text></g>'
        )
        x += 26 + width_of(label) + 22
    return "".join(parts), y + 2


def _placed(panel: Panel, left: float, top: float, language: Language, index: int, *, labelled: bool) -> str:
    """One panel with its heading, ticks and labels; the origin of its own frame is the plot's upper left."""
    frame = Frame(panel, WIDTH, HEIGHT)
    parts = [
        f'<g class="panel" data-panel="{index}" transform="translate({left + _LEFT:g} {top + _TOP:g})">',
        f'<text class="head" x="0" y="-12">{escape(panel.title.to(language))}</text>',
        *_axes(panel, frame),
        f'<svg width="{WIDTH}" height="{HEIGHT}" overflow="hidden">',
        *frame.lines(),
        "</svg>",
        *frame.marks(),
    ]
    if labelled:
        parts += _names(panel, frame)
    return "".join([*parts, "</g>"])


def _axes(panel: Panel, frame: Frame) -> Iterator[str]:
    for tick in ticks(*panel.x):
        x = frame.x(tick)
        yield f'<path class="{"grid" if tick else "axis"}" d="M{x:g} 0V{HEIGHT}"/>'
        yield f'<text x="{x:g}" y="{HEIGHT + _ALIGNED}" text-anchor="middle">{number(tick)}</text>'
    for tick in ticks(*panel.y):
        y = frame.y(tick)
        yield f'<path class="{"grid" if tick else "axis"}" d="M0 {y:g}H{WIDTH}"/>'
        yield f'<text x="-8" y="{y + 4:g}" text-anchor="end">{number(tick)}</text>'


def _names(panel: Panel, frame: Frame) -> Iterator[str]:
    ends = [line.pieces[-1][-1][1] if line.pieces else 0.0 for line in panel.lines]
    places = spread([frame.y(end) for end in ends], _LINE, 4, HEIGHT - 4)
    for line, place in zip(panel.lines, places, strict=True):
        yield f'<text class="name h{hue(line)}" data-line="{line.hue}" x="{WIDTH + 7}" y="{place + 4:.1f}">'
        yield f"{escape(line.label)}</text>"


class Frame:
    """The place of numbers inside a plot of this size, in pixels to a tenth."""

    def __init__(self, panel: Panel, width: float, height: float) -> None:
        self.panel, self.width, self.height = panel, width, height

    def x(self, value: float) -> float:
        """From the left."""
        low, high = self.panel.x
        return round((value - low) / (high - low) * self.width, 1)

    def y(self, value: float) -> float:
        """From the top; what lies far outside is kept near, since the plot is cut off there."""
        low, high = self.panel.y
        return round(min(max((high - value) / (high - low), -1.0), 2.0) * self.height, 1)

    def path(self, points: Sequence[Point]) -> str:
        """The data of a path through these points, without those that change nothing."""
        scaled = [(self.x(x), self.y(y)) for x, y in points]
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in simplified(scaled, 0.15))

    def lines(self) -> Iterator[str]:
        """Bands, limits and lines, in this order from back to front."""
        for band in self.panel.bands:
            yield self._band(band)
        for line in self.panel.lines:
            yield f'<g class="h{hue(line)}" data-line="{line.hue}">'
            yield from self._line(line)
            yield "</g>"

    def _band(self, band: Band) -> str:
        return f'<path class="band h{hue(band)}" d="{self.path(band.lower)}L{self.path(band.upper[::-1])[1:]}Z"/>'

    def _line(self, line: Line) -> Iterator[str]:
        if len(self.panel.lines) <= 3:
            for limit in filter(None, line.limits):
                yield f'<path class="limit" d="M0 {self.y(limit):g}h{self.width:g}"/>'
        for before, after in zip(line.pieces, line.pieces[1:], strict=False):
            x, y = self.x(after[0][0]), self.y(before[-1][1])
            yield f'<path class="step" d="M{x:g} {y:g}V{self.y(after[0][1]):g}"/>'
        data = "".join(self.path(piece) for piece in line.pieces)
        yield f'<path class="line" d="{data}"/>'

    def marks(self) -> Iterator[str]:
        """The landmarks, which may reach over the edge of the plot."""
        low, high = self.panel.y
        for line in self.panel.lines:
            dots = "".join(
                f'<circle class="{mark.kind}" cx="{self.x(mark.x):g}" cy="{self.y(mark.y):g}" r="3.4"/>'
                for mark in line.marks
                if low <= mark.y <= high
            )
            if dots:
                yield f'<g class="h{hue(line)}" data-line="{line.hue}">{dots}</g>'
