"""`nonlin list`: the activations of the catalogue, by family and by trait."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nonlin.base.errors import unknown
from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, Option, chosen_language, format_option, lang_option

if TYPE_CHECKING:
    from nonlin.catalogue import Record

HELP = Text(
    "List the activations, by family and by trait.\n\n"
    "  nonlin list --is bounded,monotonic --not learnable\n\n"
    "Those for which a question has no meaning are left out: a gated unit is neither monotonic nor not monotonic.",
    "按类别和性质列出激活函数。\n\n"
    "  nonlin list --is bounded,monotonic --not learnable\n\n"
    "某项性质对其没有意义的函数不会列出：例如门控单元谈不上单调或不单调。",
)
_COUNT = Text(
    "{n} activations; `nonlin show NAME` says more.", "共 {n} 个激活函数；用 `nonlin show 名称` 查看详情。"
)
_FAMILY = Text("Only this family.", "只列出这一类。")
_IS = Text("Only those with all of these traits.", "只列出具有全部这些性质的函数。")
_NOT = Text("Only those with none of these traits.", "只列出不具有任何一项这些性质的函数。")
_TRAITS = Text(
    "List the traits instead, and how many have each.", "改为列出各项性质，以及具有该性质的函数个数。"
)
_NONE = Text("No activation is like that.", "没有这样的激活函数。")


def _list(
    family: str | None,
    wanted: tuple[str, ...],
    unwanted: tuple[str, ...],
    show_traits: bool,
    form: str,
    lang: Language | None,
) -> None:
    from nonlin.catalogue import records
    from nonlin.cli._output import saved_output

    found = sorted(records(), key=lambda record: (record.family, record.name))
    families = {record.family for record in found}
    if family is not None and family not in families:
        raise unknown("family", family, families)
    found = [record for record in found if family in (None, record.family)]
    found = _with(found, _words(wanted), answer=True)
    found = _with(found, _words(unwanted), answer=False)
    language = chosen_language(lang)
    with saved_output() as out:
        if form == "json":
            lines = _trait_lines(found, language) if show_traits else [facts(record) for record in found]
            out.write(json.dumps(lines, indent=2, ensure_ascii=False))
        elif show_traits:
            out.write(_trait_table(_trait_lines(found, language), out.width))
        else:
            out.write(_table(found, out.width, language) if found else _NONE.to(language))


def _words(given: Sequence[str]) -> list[str]:
    """Names given one by one, or with commas; `zero_at_zero` is `zero-at-zero`."""
    return [word.strip().replace("_", "-") for text in given for word in text.split(",") if word.strip()]


def _with(found: list[Record[Any]], names: list[str], *, answer: bool) -> list[Record[Any]]:
    """The records for which each of these traits has this answer."""
    if not names:
        return found
    from nonlin.facts.traits import has, trait

    for name in names:
        trait(name)
    return [record for record in found if all(has(record, name) is answer for name in names)]


def _trait_lines(found: list[Record[Any]], language: Language) -> list[dict[str, Any]]:
    from nonlin.facts.traits import TRAITS

    return [
        {
            "name": name,
            "meaning": trait.label.to(language),
            "count": sum(trait.holds(record) is True for record in found),
        }
        for name, trait in TRAITS.items()
    ]


def _trait_table(lines: list[dict[str, Any]], width: int) -> str:
    from nonlin.report._wrap import wrapped

    column = max(len(line["name"]) for line in lines)
    rows: list[str] = []
    for line in lines:
        first = f"{line['name']:<{column}}  {line['count']:>3}  "
        rows += wrapped(line["meaning"], width, first=first)
    return "\n".join(rows)


def facts(record: Record[Any]) -> dict[str, Any]:
    """What the catalogue says of an activation, for JSON."""
    return {
        "name": record.name,
        "aliases": list(record.aliases),
        "family": record.family,
        "class_name": record.class_name,
        "summary": record.summary,
        "formula": record.formula,
        "source": record.source,
        "params": [
            {"name": p.name, "required": p.required, "default": None if p.required else p.default}
            for p in record.params.values()
        ],
    }


def _table(records: list[Record[Any]], width: int, language: Language) -> str:
    from nonlin.report._wrap import wrapped

    column = max(len(record.name) for record in records) + 4
    lines: list[str] = []
    for family, members in groupby(records, key=lambda record: record.family):
        lines.append(family)
        for record in members:
            lines += wrapped(record.summary, width, first=f"  {record.name}".ljust(column), rest=" " * column)
        lines.append("")
    return "\n".join([*lines, _COUNT.to(language).format(n=len(records))])


command = Command(
    "list",
    help=HELP,
    callback=_list,
    params=[
        Option(["--family"], metavar="FAMILY", help=_FAMILY),
        Option(["--is", "wanted"], metavar="TRAITS", multiple=True, help=_IS),
        Option(["--not", "unwanted"], metavar="TRAITS", multiple=True, help=_NOT),
        Option(["--traits", "show_traits"], is_flag=True, help=_TRAITS),
        format_option(),
        lang_option(),
    ],
)
