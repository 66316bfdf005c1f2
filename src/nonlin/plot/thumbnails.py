"""A gallery as one SVG: small multiples on one scale, so that shapes can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from nonlin.base.language import Language, Text
from nonlin.plot.data import Gallery, Thumbnail
from nonlin.plot.svg import Frame, document

COLUMNS = 7
WIDTH, HEIGHT = 128, 84
_CELL_W, _CELL_H, _MARGIN = 152, 126, 24
COUNT = Text(
    "{n} activations over inputs from −4 to 4: the value (blue) and the slope (grey).",
    "共 {n} 个激活函数，输入范围 −4 到 4：蓝线为函数值，灰线为导数。",
)


def render(gallery: Gallery, language: Language = "en") -> str:
    """The whole gallery; families one below the other."""
    title = gallery.title.to(language)
    parts = [
        f'<text class="title" x="{_MARGIN}" y="34">{escape(title)}</text>',
        f'<text x="{_MARGIN}" y="56">{escape(counted(gallery, language))}</text>',
    ]
    y = 84
    for family, members in gallery.families:
        parts.append(f'<text class="head" x="{_MARGIN}" y="{y}">{escape(family)}</text>')
        for n, member in enumerate(members):
            x, top = _MARGIN + n % COLUMNS * _CELL_W, y + 14 + n // COLUMNS * _CELL_H
            parts.append(f'<g transform="translate({x} {top})">{"".join(cell(member))}</g>')
        y += 14 + -(-len(members) // COLUMNS) * _CELL_H + 18
    return document(parts, 2 * _MARGIN + COLUMNS * _CELL_W - (_CELL_W - WIDTH), y - 10, title)


def counted(gallery: Gallery, language: Language) -> str:
    """The line under the heading."""
    return COUNT.to(language).format(n=sum(len(members) for _, members in gallery.families))


def cell(member: Thumbnail) -> Iterator[str]:
    """One small picture with its name below it."""
    frame = Frame(member.panel, WIDTH, HEIGHT)
    value, slope = member.panel.lines
    yield f"<title>{escape(f'{member.name}: {member.words}')}</title>"
    yield f'<svg width="{WIDTH}" height="{HEIGHT}" overflow="hidden">'
    yield f'<rect class="tile" width="{WIDTH}" height="{HEIGHT}"/>'
    yield f'<path class="axis" d="M0 {frame.y(0):g}H{WIDTH}M{frame.x(0):g} 0V{HEIGHT}"/>'
    yield f'<path class="behind" d="{"".join(map(frame.path, slope.pieces))}"/>'
    yield f'<path class="line h0" d="{"".join(map(frame.path, value.pieces))}"/></svg>'
    yield f'<text class="under" x="0" y="{HEIGHT + 17}">{escape(member.name)}</text>'
