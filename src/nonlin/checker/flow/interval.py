"""Which numbers a value can hold: a closed interval for every value, sound for every weight and every input.

Parameters and data may be anything, so what remains is what the operations themselves guarantee.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from nonlin.base.interval import ANYTHING, UNIT, Interval, point
from nonlin.catalogue import by_kernel
from nonlin.checker.flow import arithmetic, moves  # noqa: F401 - importing them fills the table
from nonlin.checker.flow.transfer import TRANSFERS, Of
from nonlin.checker.graph import Graph, Op, Value
from nonlin.facts.image import image

Ranges = dict[Value, Interval]


def intervals(graph: Graph, leaf: Callable[[Value], Interval] = lambda _: ANYTHING) -> Ranges:
    """The interval of every value on the tape; `leaf` gives those of parameters and data."""
    ranges: Ranges = {}

    def of(item: object) -> Interval:
        if isinstance(item, Value):
            if item not in ranges:
                ranges[item] = leaf(item)
            return ranges[item]
        if isinstance(item, (bool, int, float)):
            return point(float(item))
        if isinstance(item, tuple):
            found = [of(i) for i in item if isinstance(i, Value)]
            return _hull(found)
        return ANYTHING

    for op in graph.ops:
        for value in op.outputs:
            ranges[value] = _bound(op, value, of)
    return ranges


def _hull(found: list[Interval]) -> Interval:
    whole = found[0] if found else ANYTHING
    for one in found[1:]:
        whole = whole.join(one)
    return whole


def _bound(op: Op, value: Value, of: Of) -> Interval:
    if value.dtype == "bool":
        return UNIT
    if "complex" in value.dtype or (value is not op.output and not value.floating):
        return ANYTHING
    if op.kind == "lstm" and value is op.outputs[-1]:
        return ANYTHING  # the cell state
    rule = TRANSFERS.get(op.kind)
    if rule is not None:
        found = rule(op, of)
    elif op.inputs:
        found = through(op, of(op.input))
    else:
        return ANYTHING
    return _rounded(found, value)


def through(op: Op, interval: Interval) -> Interval:
    """What an activation, called with the arguments of this call, makes of an interval; anything if it is none."""
    record = by_kernel(op.kind)
    numbers = {name: item for name, item in op.arguments.items() if name not in ("self", "input", "out")}
    if record is None or any(isinstance(item, Value) for item in numbers.values()):
        return ANYTHING  # no activation, or a slope that is itself a tensor
    return image(record, interval, **numbers)


# Room for the rounding of one operation, relative to the end point.
_EPS = {"float64": 4e-16, "float32": 3e-7, "bfloat16": 8e-3, "float16": 1e-3}


def _rounded(found: Interval, value: Value) -> Interval:
    """Widen the ends that floating-point rounding could pass; exact ends (0, 1, small integers) are never passed."""
    eps = _EPS.get(value.dtype, 0.0)

    def widen(end: float, sign: int) -> float:
        if not math.isfinite(end) or (end == round(end) and abs(end) <= 256):
            return end
        return end + sign * abs(end) * eps

    return Interval(widen(found.lo, -1), widen(found.hi, 1))
