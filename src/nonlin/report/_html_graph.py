"""The network drawn as a graph of its modules, each finding on the block that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from nonlin.base.finding import SEVERITIES, Finding
from nonlin.base.language import Language, Text
from nonlin.base.network import Block
from nonlin.plot.build import curves
from nonlin.plot.svg import Frame, width_of
from nonlin.report._html import Html, tag
from nonlin.report._layout import Placed, Point, arranged

_TITLE = Text("The network", "网络结构")
_KEY = Text(
    "Repeated blocks are drawn once (× 12); of blocks that are alike one is opened.",
    "重复的模块只画一次（× 12）；结构相同的模块只展开其一。",
)
_HEADER, _LINE, _JOIN, _BADGE = 30.0, 38.0, 24.0, 46.0
_CURVE = (30.0, 22.0)
# How much wider than usual a name is, since it is larger and bold.
_BOLD = 1.2


Links: TypeAlias = Sequence[tuple[Finding, str]]


def graph(network: Block, links: Links, language: Language) -> Html:
    """The figure. `links` are the findings that are reported, each with the id of its article."""
    placed = arranged(network, _measured, _HEADER)
    margin = 16.0
    width, height = placed.width + 2 * margin, placed.height + 2 * margin
    picture = tag(
        "svg",
        tag("g", *_inside(placed, links), transform=f"translate({margin:g} {margin:g})"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="group",
        aria_label=_TITLE.to(language),
    )
    caption = tag("figcaption", _KEY.to(language))
    return tag("aside", tag("h2", _TITLE.to(language)), tag("figure", picture, caption), class_="network")


def _measured(block: Block) -> tuple[float, float]:
    if block.kind == "join":
        return max(_JOIN, width_of(block.name) + 14), _JOIN
    name, ends = width_of(block.name) * _BOLD, 24.0 + 36 * (block.times > 1)
    if block.inside:
        return name + 8 + width_of(_called(block)) + ends, _HEADER
    if block.kind == "activation":
        ends += 10 + (_CURVE[0] + 8) * bool(block.activation)
    return max(max(name, width_of(_detail(block))) + ends, 60.0), _LINE


def _detail(block: Block) -> str:
    """The second line: what the module is called by the one around it, and the shape of its output."""
    shape = "×".join(map(str, block.shape))
    return " · ".join(part for part in (_called(block), shape) if part)


def _called(block: Block) -> str:
    """The end of the module's path; a number alone says too little, as in `blocks.11`."""
    path = re.search(r"[^.]*[^.\d][^.]*(\.\d+)*$", block.path)
    called = path[0] if path else block.path
    return called if called != block.name else ""


def _inside(placed: Placed, links: Links) -> Iterator[Html]:
    """What a box holds: the edges, and above them the blocks."""
    for route in placed.routes:
        yield tag("path", d=_path(route), class_="edge")
    for one in placed.inside:
        about = [(found, anchor) for found, anchor in links if found in one.block.findings]
        tone = next((s for s in SEVERITIES if any(found.severity == s for found, _ in about)), "")
        yield tag(
            "g",
            *_block(one, links),
            *_badges(about, one.width),
            transform=f"translate({one.x:.1f} {one.y:.1f})",
            class_=f"block {one.block.kind} {tone}".rstrip(),
        )


def _block(placed: Placed, links: Links) -> Iterator[Html]:
    block, width, height = placed.block, placed.width, placed.height
    opened = bool(placed.inside)
    radius = height / 2 if block.kind in ("activation", "join") and not opened else 7.0
    told = " ".join(part for part in (block.name, block.path, "×".join(map(str, block.shape))) if part)
    yield tag("title", told)
    yield tag("rect", width=width, height=height, rx=radius, class_="open" if opened else "shut")
    if block.kind == "join":
        yield tag("text", block.name, x=width / 2, y=height / 2 + 4, text_anchor="middle", class_="label")
    else:
        yield from _label(block, opened=opened)
    if block.times > 1:
        yield tag(
            "text",
            f"× {block.times}",
            x=width - 12,
            y=20 if opened else 24,
            class_="times",
            text_anchor="end",
        )
    yield from _inside(placed, links)


def _label(block: Block, *, opened: bool) -> Iterator[Html]:
    left = 12.0
    if block.activation and not opened:
        curve = tag("path", d=_curve(block.activation), class_="curve")
        wide, high = _CURVE
        yield tag("svg", curve, x=left, y=(_LINE - high) / 2, width=wide, height=high, overflow="hidden")
        left += wide + 8
    detail = _detail(block)
    if opened:
        yield tag(
            "text",
            block.name,
            tag("tspan", _called(block), dx=8, class_="path"),
            x=left,
            y=20,
            class_="label",
        )
    else:
        yield tag("text", block.name, x=left, y=16 if detail else 23, class_="label")
        yield tag("text", detail, x=left, y=30, class_="path")


def _badges(about: Links, width: float) -> Iterator[Html]:
    """A link to each finding, at the upper right corner."""
    for n, (found, anchor) in enumerate(about):
        x = width - _BADGE + 14 - n * (_BADGE + 4)
        yield tag(
            "a",
            tag("title", f"{found.rule} {found.name}"),
            tag("rect", x=x, y=-15, width=_BADGE, height=19, rx=9.5),
            tag("text", found.rule, x=x + _BADGE / 2, y=-1, text_anchor="middle"),
            href=f"#{anchor}",
            class_=f"badge {found.severity}",
        )


def _path(route: Sequence[Point]) -> str:
    """A line that runs straight through layers and bends between them."""
    (x, y), *rest = route
    said = f"M{x:.1f} {y:.1f}"
    for n, (to_x, to_y) in enumerate(rest):
        middle = (y + to_y) / 2
        bends = n % 2 == 1 and abs(to_x - x) > 0.05
        said += (
            f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
            if bends
            else f"L{to_x:.1f} {to_y:.1f}"
        )
        x, y = to_x, to_y
    return said


@lru_cache(maxsize=256)
def _curve(activation: str) -> str:
    """The value of an activation from -4 to 4, as the data of a path."""
    (panel,) = curves(activation, what=["value"], fan=False).panels
    frame = Frame(panel, *_CURVE)
    return "".join(map(frame.path, panel.lines[0].pieces))
