"""The reference values in tests/data, as exact fractions."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from nonlin.catalogue import Activation, Gated, Record
from nonlin.testing import Exact

DATA = Path(__file__).parent / "data"


class Curve(NamedTuple):
    """One activation at one set of parameters; `slope` holds every acceptable one-sided slope."""

    params: dict[str, float]
    x: list[Fraction]
    f: list[Fraction]
    slope: list[tuple[Fraction, ...]]
    exact: dict[str, Fraction]  # params, such as 1/3, before they are rounded


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
    return [still(record) | one for one in (numbers(first), *(one for one in ends if one), *choices)]


def still(record: Record[Any]) -> dict[str, bool]:
    """What keeps a record that draws in training from drawing."""
    return {"training": False} if "training" in record.params else {}


def exact(record: Record[Any]) -> list[Exact]:
    """The stored reference of a record, as the conformance suite takes it."""
    found = load(record.name)
    if isinstance(record, Activation):
        return [
            Exact(one.params, (len(one.x),), len(one.x), one.x, [1] * len(one.x), one.f, one.slope)
            for one in curves(record.name)
        ]
    if isinstance(record, Gated):
        return [_pairs(one) for one in found["sets"]]
    return [_vector(record, numbers(one["params"]), row) for one in found["sets"] for row in one["rows"]]


def _pairs(one: dict[str, Any]) -> Exact:
    rows = one["rows"]
    return Exact(
        numbers(one["params"]),
        (len(rows), 2),
        len(rows),
        [Fraction(v) for row in rows for v in row[:2]],
        [1] * len(rows),
        [Fraction(row[2]) for row in rows],
        [right(v) for row in rows for v in row[3:5]],
    )


def _vector(record: Record[Any], params: dict[str, Any], row: dict[str, Any]) -> Exact:
    size = len(row["x"])
    along = {"dim": -3} if "dim" in record.params else {}
    return Exact(
        params | along | still(record),
        (size, 1, 1),
        1,
        [Fraction(v) for v in row["x"]],
        range(1, len(row["f"]) + 1),
        [Fraction(v) for v in row["f"]],
        [right(v) for v in row["vjp"]],
    )


def right(text: str | None) -> tuple[Fraction, ...]:
    """The gradients that are right: any where the function has a kink or a tie."""
    return () if text is None else (Fraction(text),)
