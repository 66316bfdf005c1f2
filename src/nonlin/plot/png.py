"""PNG through matplotlib, from the same records; no setting of the session is touched."""

from __future__ import annotations

import io
import warnings
from typing import Any

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language
from nonlin.base.optional import needs
from nonlin.plot.data import Figure, Gallery, Line, Panel
from nonlin.plot.scale import number, spread, ticks
from nonlin.plot.svg import LIGHT

# Fonts with Chinese signs, as Linux, macOS and Windows name them.
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK JP",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "Noto Serif CJK SC",
)
_INK, _SOFT, _GRID, _AXIS = "#1b1f24", "#5d6672", "#e7e9ec", "#a9b0b9"
_DPI = 160


def render(picture: Figure | Gallery, language: Language = "en") -> bytes:
    """The picture as the bytes of a PNG file.

    Raises:
        NonlinError: matplotlib is not installed, or the picture is a gallery.
    """
    if isinstance(picture, Gallery):
        raise NonlinError("a gallery is drawn as .svg or .html; give the file such a name")
    drawing = needs("matplotlib.figure", "plot", purpose="a PNG picture")
    families = fonts(language)
    columns = min(3, len(picture.panels))
    rows = -(-len(picture.panels) // columns)
    figure = drawing.Figure(figsize=(4.3 * columns, 0.75 + 3.3 * rows), dpi=_DPI, layout="constrained")
    figure.get_layout_engine().set(w_pad=0.14, h_pad=0.1)
    figure.suptitle(
        picture.title, x=0.012, ha="left", fontsize=14, fontweight="bold", color=_INK, fontfamily=families
    )
    if picture.note.to(language):
        figure.supxlabel(
            picture.note.to(language), x=0.012, ha="left", fontsize=9, color=_SOFT, fontfamily=families
        )
    for n, panel in enumerate(picture.panels):
        _drawn(figure.add_subplot(rows, columns, n + 1), panel, picture.title, language, families)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", facecolor="white")
    return stream.getvalue()


def fonts(language: Language) -> list[str]:
    """The families to draw with; a warning where none has Chinese signs and they are needed."""
    manager = needs("matplotlib.font_manager", "plot", purpose="a PNG picture")
    installed = {font.name for font in manager.fontManager.ttflist}
    found = next((name for name in _CHINESE if name in installed), None)
    if language == "zh" and found is None:
        warnings.warn(
            "no font with Chinese signs is installed, so the PNG will show boxes: install one (on Debian and "
            "Ubuntu fonts-noto-cjk), draw .svg or .html instead, or pass --lang en",
            stacklevel=4,
        )
    return ["DejaVu Sans", *([found] if found else [])]


def _drawn(axes: Any, panel: Panel, title: str, language: Language, families: list[str]) -> None:
    axes.set_title(
        panel.title.to(language), loc="left", fontsize=10, fontweight="bold", color=_INK, fontfamily=families
    )
    axes.set_xlim(panel.x)
    axes.set_ylim(panel.y)
    for axis, span in ((axes.xaxis, panel.x), (axes.yaxis, panel.y)):
        places = ticks(*span)
        axis.set_ticks(places, [number(place) for place in places])
    axes.tick_params(length=0, labelsize=8.5, labelcolor=_SOFT)
    axes.grid(color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.axhline(0, color=_AXIS, linewidth=0.8, zorder=1)
    axes.axvline(0, color=_AXIS, linewidth=0.8, zorder=1)
    for band in panel.bands:
        xs = [x for x, _ in band.lower]
        lower, upper = ([y for _, y in edge] for edge in (band.lower, band.upper))
        axes.fill_between(xs, lower, upper, color=LIGHT[band.hue % len(LIGHT)], alpha=0.18, linewidth=0)
    for line in panel.lines:
        _line(axes, panel, line)
    if [line.label for line in panel.lines] != [title]:
        _names(axes, panel, families)


def _line(axes: Any, panel: Panel, line: Line) -> None:
    colour = LIGHT[line.hue % len(LIGHT)]
    style = "-" if line.hue < len(LIGHT) else (0, (5, 2))
    if len(panel.lines) <= 3:
        for limit in filter(None, line.limits):
            axes.axhline(limit, color=colour, linewidth=0.8, linestyle=(0, (5, 4)), alpha=0.55)
    for piece in line.pieces:
        xs, ys = zip(*piece, strict=True)
        axes.plot(xs, ys, color=colour, linewidth=1.6, linestyle=style, solid_capstyle="round")
    for before, after in zip(line.pieces, line.pieces[1:], strict=False):
        x = after[0][0]
        axes.plot([x, x], [before[-1][1], after[0][1]], color=colour, linewidth=0.8, linestyle=":", alpha=0.7)
    for mark in line.marks:
        if panel.y[0] <= mark.y <= panel.y[1]:
            face, edge = ("white", colour) if mark.kind == "kink" else (colour, "white")
            axes.plot(
                [mark.x],
                [mark.y],
                marker="o",
                markersize=5,
                markerfacecolor=face,
                markeredgecolor=edge,
                zorder=4,
                clip_on=False,
            )


def _names(axes: Any, panel: Panel, families: list[str]) -> None:
    low, high = panel.y
    ends = [line.pieces[-1][-1][1] if line.pieces else 0.0 for line in panel.lines]
    places = spread(ends, 0.058 * (high - low), low, high)
    for line, place in zip(panel.lines, places, strict=True):
        axes.annotate(
            line.label,
            (panel.x[1], place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            fontweight="bold",
            color=LIGHT[line.hue % len(LIGHT)],
            fontfamily=families,
            annotation_clip=False,
        )
