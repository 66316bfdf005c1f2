"""`nonlin list`: the activations of the catalogue, by family."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nonlin.base.errors import unknown
from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, Option, chosen_language, format_option, lang_option

if TYPE_CHECKING:
    from nonlin.catalogue import Record

HELP = Text("List the activations, by family.", "按类别列出全部激活函数。")
_COUNT = Text(
    "{n} activations; `nonlin show NAME` says more.", "共 {n} 个激活函数；用 `nonlin show 名称` 查看详情。"
)
_FAMILY = Text("Only this family.", "只列出这一类。")


def _list(family: str | None, form: str, lang: Language | None) -> None:
    from nonlin.catalogue import records
    from nonlin.cli._output import saved_output

    found = sorted(records(), key=lambda record: (record.family, record.name))
    families = {record.family for record in found}
    if family is not None and family not in families:
        raise unknown("family", family, families)
    found = [record for record in found if family in (None, record.family)]
    with saved_output() as out:
        if form == "json":
            out.write(json.dumps([facts(record) for record in found], indent=2, ensure_ascii=False))
        else:
            out.write(_table(found, out.width, chosen_language(lang)))


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
    params=[Option(["--family"], metavar="FAMILY", help=_FAMILY), format_option(), lang_option()],
)
