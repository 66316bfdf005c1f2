"""The least and the greatest slope of an activation."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import Any

from nonlin.base.interval import Interval
from nonlin.catalogue import Activation
from nonlin.facts.probe import Curve, derivatives, example

_REACH, _STEPS = 40.0, 4000
# Where a slope that still grows is told from one that has come to its bound; exp does not overflow there.
_FAR = [side * (400.0 + 37.0 * k) for side in (-1, 1) for k in range(8)]

_LIMIT = (-1e9, 1e9)


@cache
def slopes(record: Activation[Any]) -> Interval:
    """From the least to the greatest slope, to about six digits; steps of f count for nothing.

    It is searched from -40 to 40 and on both sides of each kink; an end is infinite where the slope still grows
    between there and 600.
    """
    curve = partial(record.fn, **example(record))
    kinks = record.shape_of(**example(record)).kinks
    grid = [_REACH * k / _STEPS for k in range(-_STEPS, _STEPS + 1)]
    beside = [math.nextafter(x, side) for x in kinks for side in (-math.inf, math.inf)]
    values = derivatives(curve, [*grid, *beside])[1]
    far = derivatives(curve, _FAR)[1]
    limits = [slope for slope in derivatives(curve, _LIMIT)[1] if math.isfinite(slope)]
    ends = [_end(sign, curve, grid, values, far, limits) for sign in (-1, 1)]
    size = max(map(abs, ends))
    # A tail whose slope tends to zero.
    return Interval(*(0.0 if abs(end) < 1e-7 * size else end for end in ends))


def _end(
    sign: int, curve: Curve, grid: list[float], values: list[float], far: list[float], limits: list[float]
) -> float:
    best = max(range(len(values)), key=lambda k: sign * values[k])
    top = sign * values[best]
    if max(sign * value for value in far) > 1.5 * max(top, 0.0):
        return sign * math.inf
    if best < len(grid):
        near = [grid[best] + _REACH / _STEPS * k / 500 for k in range(-500, 501)]
        limits = [*limits, *derivatives(curve, near)[1]]
    return sign * max([top, *(sign * value for value in limits)])
