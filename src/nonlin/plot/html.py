"""One page that needs nothing else: the picture, a table that reads values off it, and a few lines of script."""

from __future__ import annotations

import json
from html import escape
from importlib import resources

from nonlin.base.language import Language, Text
from nonlin.plot import svg, thumbnails
from nonlin.plot.data import Figure, Gallery, Line

_HINT = Text(
    "Move over a panel, or press ← and → (with Shift: further), to read values.",
    "在图上移动指针，或按 ← → 键（按住 Shift 步子更大），即可读数。",
)
_HIDE = Text("show", "显示")
_FIND = Text("Find", "查找")
_STYLE = (
    "body{margin:0;padding:24px;background:var(--paper);color:var(--ink);line-height:1.5}"
    "h1{font-size:20px;margin:0}h2{font-size:14px;margin:26px 0 8px}p{margin:2px 0 14px;color:var(--soft)}"
    "table{border-collapse:collapse;margin:10px 22px;font-size:13px}"
    "th,td{text-align:right;padding:3px 14px 3px 0;border-bottom:1px solid var(--grid)}"
    "th:first-child{text-align:left}td{min-width:72px}thead th{color:var(--soft);font-weight:400}"
    "th label{color:var(--hue);font-weight:600;cursor:pointer}.hair{stroke:var(--soft);stroke-width:1}"
    "input[type=search]{font:inherit;font-size:14px;padding:5px 9px;border:1px solid var(--axis);border-radius:6px;"
    "background:var(--tile);color:var(--ink);width:260px}"
    ".cells{display:flex;flex-wrap:wrap;gap:14px 24px}figure{margin:0}[hidden]{display:none!important}"
)


def render(picture: Figure | Gallery, language: Language = "en") -> str:
    """The page, as text; it loads nothing."""
    if isinstance(picture, Gallery):
        return _page(picture.title.to(language), _gallery(picture, language), "find.js", language)
    data = {
        "x": picture.panels[0].x,
        "width": svg.WIDTH,
        "height": svg.HEIGHT,
        "lines": [[_points(line) for line in panel.lines] for panel in picture.panels],
    }
    # A script ends at "</", also inside a string.
    safe = json.dumps(data, separators=(",", ":")).replace("</", "<\\/")
    body = (
        f'{svg.render(picture, language)}<p style="margin:6px 22px">{escape(_HINT.to(language))}</p>'
        f'{_table(picture, language)}<script type="application/json" id="figure">{safe}</script>'
    )
    return _page(picture.title, body, "page.js", language)


def _page(title: str, body: str, script: str, language: Language) -> str:
    code = resources.files("nonlin.plot").joinpath(script).read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · nonlin</title><style>{svg.style()}{_STYLE}</style></head>"
        f'<body class="nonlin">{body}<script>\n{code}</script></body></html>'
    )


def _points(line: Line) -> list[tuple[list[float], list[float]]]:
    return [([round(x, 4) for x, _ in piece], [float(f"{y:.6g}") for _, y in piece]) for piece in line.pieces]


def _table(figure: Figure, language: Language) -> str:
    heads = "".join(f"<th>{escape(panel.title.to(language))}</th>" for panel in figure.panels)
    rows = "".join(
        f'<tr class="h{svg.hue(line)}"><th scope="row"><label><input type="checkbox" checked data-line="{n}" '
        f'aria-label="{_HIDE.to(language)} {escape(line.label)}"> {escape(line.label)}</label></th>'
        + "".join(f'<td data-panel="{k}" data-line="{n}"></td>' for k in range(len(figure.panels)))
        + "</tr>"
        for n, line in enumerate(figure.panels[0].lines)
    )
    return f'<table><thead><tr><th>x = <span id="x"></span></th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _gallery(gallery: Gallery, language: Language) -> str:
    parts = [
        f"<h1>{escape(gallery.title.to(language))}</h1><p>{escape(thumbnails.counted(gallery, language))}</p>"
    ]
    find = _FIND.to(language)
    parts.append(f'<input type="search" id="find" placeholder="{find}" aria-label="{find}">')
    for family, members in gallery.families:
        parts.append(f'<section><h2>{escape(family)}</h2><div class="cells">')
        for member in members:
            words = escape(f"{family} {member.name} {member.words}".lower())
            size = f'width="{thumbnails.WIDTH}" height="{thumbnails.HEIGHT + 24}"'
            parts.append(
                f'<figure data-words="{words}"><svg {size}>{"".join(thumbnails.cell(member))}</svg></figure>'
            )
        parts.append("</div></section>")
    return "".join(parts)
