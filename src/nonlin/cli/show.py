"""`nonlin show`: one activation's formula, range, gain, source and curve."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, chosen_language, format_option, lang_option

if TYPE_CHECKING:
    from nonlin.base.interval import Interval
    from nonlin.catalogue import Record
    from nonlin.cli._output import Out

HELP = Text(
    "Show an activation: formula, range, gain, source and curve.\n\n"
    "NAME is a name, an alias or a class: relu, swish, LeakyReLU.",
    "查看一个激活函数：公式、值域、增益、来源和曲线。\n\nNAME 可以是名称、别名或类名：relu、swish、LeakyReLU。",
)
_LABELS = {
    "family": Text("family", "类别"),
    "class_name": Text("module", "模块"),
    "aliases": Text("aliases", "别名"),
    "formula": Text("formula", "公式"),
    "params": Text("parameters", "参数"),
    "range": Text("range", "值域"),
    "gain": Text("gain", "增益"),
    "source": Text("source", "来源"),
}


def _show(name: str, form: str, lang: Language | None) -> None:
    from nonlin.catalogue import get
    from nonlin.cli._output import saved_output
    from nonlin.cli.list import facts
    from nonlin.report.json import number

    record = get(name)
    gain, reach = _gain(record), _range(record)
    with saved_output() as out:
        if form == "json":
            ends = None if reach is None else [number(reach.lo), number(reach.hi)]
            whole = {**facts(record), "range": ends, "gain": gain}
            out.write(json.dumps(whole, indent=2, ensure_ascii=False))
        else:
            page = _page(record, gain, reach, chosen_language(lang), out.width)
            out.write(f"{page}\n\n{_curves(record, chosen_language(lang), out)}")


def _gain(record: Record[Any]) -> float | None:
    """The gain at the default parameters, for those that have one."""
    from nonlin.facts.moments import gain

    try:
        return gain(record)
    except NonlinError:
        return None


def _range(record: Record[Any]) -> Interval | None:
    """The range at the default parameters; None where a parameter has no default."""
    from nonlin.base.interval import Interval
    from nonlin.facts.image import image

    if any(p.required for p in record.params.values()):
        return None
    return image(record, Interval(), **{p.name: p.default for p in record.params.values()})


def _page(
    record: Record[Any], gain: float | None, reach: Interval | None, language: Language, width: int
) -> str:
    from nonlin.report._wrap import width_of, wrapped

    said = {
        "family": record.family,
        "class_name": f"nonlin.nn.{record.class_name}",
        "aliases": ", ".join(record.aliases),
        "formula": record.formula,
        "params": ", ".join(
            p.name if p.required else f"{p.name}={p.default}" for p in record.params.values()
        ),
        "range": "" if reach is None else str(reach),
        "gain": "" if gain is None else f"{gain:.6g}",
        "source": record.source,
    }
    column = max(width_of(label.to(language)) for label in _LABELS.values()) + 4
    lines = [*wrapped(f"{record.name}: {record.summary}", width), ""]
    for key, text in said.items():
        label = _LABELS[key].to(language)
        if text:
            first = "  " + label + " " * (column - 2 - width_of(label))
            lines += wrapped(text, width, first=first, rest=" " * column)
    return "\n".join(lines)


def _curves(record: Record[Any], language: Language, out: Out) -> str:
    """Value and slope beside each other."""
    from nonlin.plot import curves
    from nonlin.report._curve import side_by_side

    figure = curves(record, what=("value", "slope"), fan=False)
    return side_by_side(figure, language, width=out.width, ascii_only=out.ascii_only)


command = Command(
    "show", help=HELP, callback=_show, params=[click.Argument(["name"]), format_option(), lang_option()]
)
