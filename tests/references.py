"""The reference values in tests/data, as exact fractions."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from nonlin.catalogue import Record

DATA = Path(__file__).parent / "data"


class Curve(NamedTuple):
    """One activation at one set of parameters; `slope` holds every acceptable one-sided slope."""

    params: dict[str, float]
    x: list[Fraction]
    f: list[Fraction]
    slope: list[tuple[Fraction, ...]]
    exact: dict[str, Fraction]  # params, such as 1/3, before they are rounded


def fraction(text: str | None) -> Fraction | None:
    """An exact number; None where the function has a kink or a tie."""
    return None if text is None else Fraction(text)


def load(name: str) -> dict[str, Any]:
    return json.loads((DATA / "reference" / f"{name}.json").read_text(encoding="utf-8"))


def numbers(params: dict[str, str]) -> dict[str, float]:
    return {name: float(Fraction(value)) for name, value in params.items()}


def curves(name: str) -> list[Curve]:
    found = load(name)
    x = [Fraction(text) for text in found["x"]]
    return [
        Curve(
            numbers(one["params"]),
            x,
            [Fraction(text) for text in one["f"]],
            [tuple(map(Fraction, d if isinstance(d, list) else [d])) for d in one["d1"]],
            {name: Fraction(value) for name, value in one["params"].items()},
        )
        for one in found["sets"]
    ]


def gains() -> dict[str, Any]:
    return json.loads((DATA / "gains.json").read_text(encoding="utf-8"))["activations"]


def settings(record: Record[Any]) -> list[dict[str, Any]]:
    """Parameter sets for a record: the references' first, then both ends of what is typical."""
    first = load(record.name)["sets"][0]["params"]
    ends = [{p.name: p.bounds.typical[end] for p in record.params.values() if p.bounds} for end in (0, 1)]
    choices = [{p.name: word} for p in record.params.values() for word in p.choices]
    return [numbers(first), *(one for one in ends if one), *choices]
