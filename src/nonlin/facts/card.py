"""All that is known of an activation, in words and in order: what `nonlin show` prints and a notebook shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text
from nonlin.catalogue import Activation, Record
from nonlin.facts.cost import Cost, cost
from nonlin.facts.moments import gain
from nonlin.facts.notes import beware, fits
from nonlin.facts.slope import slopes
from nonlin.facts.traits import reach, traits

_LABELS = {
    "family": Text("family", "类别"),
    "module": Text("module", "模块"),
    "aliases": Text("aliases", "别名"),
    "formula": Text("formula", "公式"),
    "params": Text("parameters", "参数"),
    "range": Text("range", "值域"),
    "slope": Text("slope", "导数"),
    "gain": Text("gain", "增益"),
    "traits": Text("traits", "性质"),
    "fits": Text("fits", "适用"),
    "beware": Text("beware", "注意"),
    "cost": Text("cost", "开销"),
    "source": Text("source", "来源"),
}
_KERNEL = Text("one operator of torch; ", "torch 单个算子；")
_COMPOSED = Text("{n} operators, {t} of them transcendental; ", "{n} 个算子，其中超越函数 {t} 个；")
_KEPT = Text(
    "keeps {kept} bytes an element for the backward pass (float32)",
    "反向传播每元素须保留 {kept} 字节（float32）",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: a key for programs, a label for people, and lines of text."""

    key: str
    label: str
    lines: tuple[str, ...]


def card(record: Record[Any], language: Language) -> list[Fact]:
    """The rows that apply to a record, at its default parameters."""
    # What holds only once a parameter is given is left out.
    known = not any(p.required for p in record.params.values())
    span = slopes(record) if known and isinstance(record, Activation) else None
    said: dict[str, list[str]] = {
        "family": [record.family],
        "module": [f"nonlin.nn.{record.class_name}"],
        "aliases": [", ".join(record.aliases)],
        "formula": [record.formula],
        "params": [
            ", ".join(p.name if p.required else f"{p.name}={p.default}" for p in record.params.values())
        ],
        "range": [str(reach(record)) if known else ""],
        "slope": [str(span) if span else ""],
        "gain": [f"{found:.6g}" if (found := gain_of(record)) is not None else ""],
        "traits": [", ".join(name for name, answer in traits(record).items() if answer)],
        "fits": [text.to(language) for text in fits(record)],
        "beware": [text.to(language) for text in beware(record)],
        "cost": [_in_words(cost(record), language)],
        "source": [record.source],
    }
    return [
        Fact(key, _LABELS[key].to(language), tuple(filter(None, lines)))
        for key, lines in said.items()
        if any(lines)
    ]


def gain_of(record: Record[Any]) -> float | None:
    """The gain, for those that have one at their default parameters."""
    try:
        return gain(record)
    except NonlinError:
        return None


def _in_words(found: Cost, language: Language) -> str:
    how = _KERNEL if found.kernel else _COMPOSED
    kept = f"{math.ceil(found.kept * 10) / 10:g}"
    return how.to(language).format(n=found.operators, t=found.transcendental) + _KEPT.to(language).format(
        kept=kept
    )
