"""Axes: the span that is seen, round ticks, and fewer points for the same picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from nonlin.plot.data import Point, Span


def seen(values: Iterable[float], cap: float) -> Span:
    """A span that holds zero and the values, but no more than `cap` on either side, and a little air."""
    found = [min(max(value, -cap), cap) for value in values if math.isfinite(value)]
    low, high = min([0.0, *found]), max([0.0, *found])
    if high - low < 1e-9:
        low, high = -1.0, 1.0
    air = 0.06 * (high - low)
    return low - air, high + air


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers inside a span, 1, 2 or 5 times a power of ten apart."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [round(k * step, 12) for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def number(value: float) -> str:
    """A number as people read it, with a true minus sign."""
    return f"{value + 0.0:g}".replace("-", "\u2212")


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The points that are needed so that no other is further from the line than `tolerance`.

    Source: Douglas and Peucker 1973, Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature.
    """
    keep, work = {0, len(points) - 1}, [(0, len(points) - 1)]
    while work:
        first, last = work.pop()
        (x0, y0), (x1, y1) = points[first], points[last]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        worst, where = tolerance, 0
        for k in range(first + 1, last):
            x, y = points[k]
            off = abs((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / length
            if off > worst:
                worst, where = off, k
        if where:
            keep.add(where)
            work += [(first, where), (where, last)]
    return [points[k] for k in sorted(keep)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for labels at least `gap` apart between two ends, in the order of what is wanted and near to it."""
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    places = [min(max(wanted[k], low), high) for k in order]
    for _ in range(60):
        for k in range(1, len(places)):
            if places[k] - places[k - 1] < gap:
                middle = (places[k] + places[k - 1]) / 2
                places[k - 1], places[k] = middle - gap / 2, middle + gap / 2
        places = [
            min(max(place, low + k * gap), high - (len(places) - 1 - k) * gap)
            for k, place in enumerate(places)
        ]
    found = [0.0] * len(wanted)
    for place, k in zip(places, order, strict=True):
        found[k] = place
    return found
