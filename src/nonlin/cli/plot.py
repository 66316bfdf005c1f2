"""`nonlin plot`: curves of activations, in a file or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, Option, chosen_language, lang_option

if TYPE_CHECKING:
    from nonlin.plot.data import Figure, Gallery

HELP = Text(
    "Draw activations: value, slope and second derivative.\n\n"
    "  nonlin plot relu gelu mish -o curves.svg\n\n"
    "  nonlin plot leaky_relu:negative_slope=0.2 leaky_relu\n\n"
    "  nonlin plot --gallery -o gallery.html\n\n"
    "One name alone is drawn for several values of its first parameter; a gated unit for several values of the "
    "half that is gated; softmax and its kin by all outputs. Without -o the terminal shows value and slope.",
    "绘制激活函数：函数值、导数与二阶导数。\n\n"
    "  nonlin plot relu gelu mish -o curves.svg\n\n"
    "  nonlin plot leaky_relu:negative_slope=0.2 leaky_relu\n\n"
    "  nonlin plot --gallery -o gallery.html\n\n"
    "只给一个名称时，按其首个参数的几个取值分别绘制；门控单元按被门控那一半的几个取值绘制；softmax 一类绘出全部输出。"
    "不加 -o 时在终端里显示函数值和导数。",
)
_OUTPUT = Text(
    "The file: .svg, .png or .html (a page with values).", "输出文件：.svg、.png 或 .html（可读数的网页）。"
)
_RANGE = Text("The least and the greatest input.", "输入的最小值和最大值。")
_WHAT = Text(
    "Panels: value, slope, curvature (default: all).", "要画的内容：value、slope、curvature（默认全画）。"
)
_GALLERY = Text("Small pictures of all activations.", "绘制全部激活函数的缩略图。")
_DRAWN = Text("{file}: {what}", "{file}：{what}")


def _plot(
    names: tuple[str, ...],
    file: Path | None,
    span: tuple[float, float] | None,
    what: str | None,
    show_gallery: bool,
    lang: Language | None,
) -> None:
    from nonlin.plot.build import WHAT, curves, gallery
    from nonlin.plot.draw import complain_if_unknown

    language = chosen_language(lang)
    words = [word.strip() for word in what.split(",")] if what else None
    if show_gallery and names:
        raise NonlinError("--gallery draws all activations; leave the names out, or leave out --gallery")
    if show_gallery and file is None:
        raise NonlinError("--gallery needs a file, e.g. -o gallery.html")
    if file is not None:
        complain_if_unknown(file)
        picture = (
            gallery(span=span or (-4.0, 4.0))
            if show_gallery
            else curves(*names, span=span, what=words or tuple(WHAT))
        )
        _write(picture, file, language)
    else:
        if not names:
            raise NonlinError("nothing to draw; name an activation, e.g. nonlin plot gelu")
        _tell(
            [curves(name, span=span, what=words or ("value", "slope"), fan=False) for name in names], language
        )


def _write(picture: Figure | Gallery, file: Path, language: Language) -> None:
    from nonlin.cli._output import complain_if_unwritable, saved_output, write_whole
    from nonlin.plot.draw import render

    complain_if_unwritable(file)
    write_whole(file, render(picture, file, language))
    title = picture.title if isinstance(picture.title, str) else picture.title.to(language)
    with saved_output() as out:
        out.write(_DRAWN.to(language).format(file=file, what=title))


def _tell(figures: list[Figure], language: Language) -> None:
    from nonlin.cli._output import saved_output
    from nonlin.report._curve import side_by_side

    with saved_output() as out:
        blocks = [
            f"{figure.title}\n{side_by_side(figure, language, width=out.width, ascii_only=out.ascii_only)}"
            for figure in figures
        ]
        out.write("\n\n".join(blocks))


command = Command(
    "plot",
    help=HELP,
    callback=_plot,
    params=[
        click.Argument(["names"], nargs=-1),
        Option(["-o", "--output", "file"], type=click.Path(path_type=Path), metavar="FILE", help=_OUTPUT),
        Option(["--range", "span"], type=(float, float), metavar="LOW HIGH", help=_RANGE),
        Option(["--what"], metavar="PANELS", help=_WHAT),
        Option(["--gallery", "show_gallery"], is_flag=True, help=_GALLERY),
        lang_option(),
    ],
)
