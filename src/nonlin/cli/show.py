"""`nonlin show`: all that is known of one activation, with its curve."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, chosen_language, format_option, lang_option

if TYPE_CHECKING:
    from nonlin.catalogue import Record
    from nonlin.cli._output import Out
    from nonlin.facts.card import Fact

HELP = Text(
    "Show an activation: formula, range, traits, what it fits, cost, source and curve.\n\n"
    "NAME is a name, an alias or a class: relu, swish, LeakyReLU.",
    "查看一个激活函数：公式、值域、性质、适用场合、开销、来源和曲线。\n\nNAME 可以是名称、别名或类名：relu、swish、LeakyReLU。",
)
# A formula of more lines than this says more on one line.
_TALL = 12


def _show(name: str, form: str, lang: Language | None) -> None:
    from nonlin.catalogue import get
    from nonlin.cli._output import saved_output
    from nonlin.facts.card import card

    record, language = get(name), chosen_language(lang)
    with saved_output() as out:
        if form == "json":
            out.write(json.dumps(_whole(record, language), indent=2, ensure_ascii=False))
        else:
            page = _page(record, card(record, language), out)
            out.write(f"{page}\n\n{_curves(record, language, out)}")


def _whole(record: Record[Any], language: Language) -> dict[str, Any]:
    """All facts, as a program reads them; the notes are in the language that was asked for."""
    from nonlin.catalogue import Activation
    from nonlin.cli.list import facts
    from nonlin.facts.card import gain_of
    from nonlin.facts.cost import cost
    from nonlin.facts.notes import beware, fits
    from nonlin.facts.slope import slopes
    from nonlin.facts.traits import reach, traits
    from nonlin.report.json import number

    ends, span = reach(record), slopes(record) if isinstance(record, Activation) else None
    # What holds only once a parameter is given is left out.
    known = not any(p.required for p in record.params.values())
    return {
        **facts(record),
        "range": [number(ends.lo), number(ends.hi)] if known else None,
        "slope": [number(span.lo), number(span.hi)] if known and span else None,
        "gain": gain_of(record),
        "traits": traits(record),
        "fits": [text.to(language) for text in fits(record)],
        "beware": [text.to(language) for text in beware(record)],
        "cost": asdict(cost(record)),
    }


def _page(record: Record[Any], rows: list[Fact], out: Out) -> str:
    from nonlin.report._wrap import width_of, wrapped

    column = max(width_of(row.label) for row in rows) + 4
    lines = [*wrapped(f"{record.name}: {record.summary}", out.width), ""]
    for row in rows:
        first, rest = "  " + row.label + " " * (column - 2 - width_of(row.label)), " " * column
        drawn = _formula(record, out, out.width - column) if row.key == "formula" else []
        if drawn:
            air = [""] if len(drawn) > 1 else []
            middle = len(drawn) // 2
            lines += [
                *air,
                *(f"{first if n == middle else rest}{text}" for n, text in enumerate(drawn)),
                *air,
            ]
            continue
        for n, text in enumerate(row.lines):
            lines += wrapped(text, out.width, first=rest if n else first, rest=rest)
    return "\n".join(lines)


def _formula(record: Record[Any], out: Out, width: int) -> list[str]:
    """The formula as it is written by hand; nothing where it is too wide or too high for that."""
    import sympy  # type: ignore[import-untyped]  # it ships no types

    from nonlin.facts.symbolic import expression

    text = sympy.pretty(expression(record), use_unicode=not out.ascii_only, wrap_line=False)
    lines = [line.rstrip() for line in text.splitlines()]
    return lines if max(map(len, lines)) <= width and len(lines) <= _TALL else []


def _curves(record: Record[Any], language: Language, out: Out) -> str:
    """Value and slope beside each other."""
    from nonlin.plot import curves
    from nonlin.report._curve import side_by_side

    figure = curves(record, what=("value", "slope"), fan=False)
    return side_by_side(figure, language, width=out.width, ascii_only=out.ascii_only)


command = Command(
    "show", help=HELP, callback=_show, params=[click.Argument(["name"]), format_option(), lang_option()]
)
