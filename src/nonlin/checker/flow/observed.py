"""What the captured step held: intervals of the values as seen, for evidence and for the test of soundness."""

from __future__ import annotations

import math

from nonlin.base.interval import ANYTHING, Interval
from nonlin.checker.graph import Graph, Value


def observed(graph: Graph) -> dict[Value, Interval]:
    """The interval of the finite elements seen in each value; values without data are left out."""
    found: dict[Value, Interval] = {}
    for op in graph.ops:
        for value in (*op.inputs, *op.outputs):
            if value.seen is not None and not math.isnan(value.seen.lo):
                found[value] = Interval(value.seen.lo, value.seen.hi)
    return found


def as_seen(value: Value) -> Interval:
    """The interval of a leaf in this step: of data what was seen, of parameters anything."""
    if value.role == "parameter" or value.seen is None or not value.seen.finite:
        return ANYTHING
    return Interval(value.seen.lo, value.seen.hi)
