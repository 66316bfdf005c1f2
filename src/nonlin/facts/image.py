"""The image of an interval under an activation: what the checker knows about an activation's output."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError
from nonlin.base.interval import ANYTHING, Interval
from nonlin.catalogue import Activation, Gated, Record, Shape, Simplex, Waves, get

_EPS = sys.float_info.epsilon
_INF = math.inf

# Up to this turn the place of each is exact enough for its value; a wave has its extremes in a few of them.
_FAR = 1e6
_FEW = 3

# Attributes of torch's operators that do not change which values come out.
_NEUTRAL = frozenset({"dim", "dtype", "half_to_float", "generator", "inplace", "noise", "buffer"})


def image(record: Record[Any] | str, interval: Interval, **params: Any) -> Interval:
    """An interval that holds f(x) for every x in `interval`; the smallest, up to a few ulps.

    For an elementwise record it follows from the values (or limits) at the ends, and at the turns and kinks
    between. For a gated unit both halves of the input lie in `interval`. For a map of vectors it is the whole
    range.

    Args:
        record: the activation or its name.
        interval: of the inputs; its ends may be infinite.
        params: parameters of the record, odd ones too; also the attributes of torch's operator, such as the
            `scale` of `aten::elu`. A tensor stands for all numbers between its least and its greatest.

    Returns:
        `Interval()`, which is anything, where it cannot tell: a parameter is missing or not known.
    """
    found = get(record)
    try:
        key = tuple(sorted((name, _plain(value)) for name, value in params.items() if name not in _NEUTRAL))
        return _image(found, interval.lo, interval.hi, key)
    except (RuntimeError, TypeError):  # a tensor without data, or a parameter that is not hashable
        return ANYTHING


def _plain(value: Any) -> Any:
    """A number for a tensor whose elements are equal, otherwise (least, greatest)."""
    if not isinstance(value, Tensor):
        return value
    low, high = (float(end) for end in torch.aminmax(value.detach()))
    return low if low == high else (low, high)


@lru_cache(maxsize=4096)
def _image(record: Record[Any], lo: float, hi: float, key: tuple[tuple[str, Any], ...]) -> Interval:
    params = dict(key)
    if isinstance(record, Simplex):
        return Interval(*record.outputs)
    if isinstance(record, Gated):
        gate = _image(record.gate, lo, hi, ())
        main = _image(record.main, lo, hi, ()) if record.main else Interval(lo, hi)
        return _outward(main * gate, 1.0)
    if not isinstance(record, Activation):
        return ANYTHING
    scale = params.pop("scale", 1.0)
    if params.pop("input_scale", 1.0) != 1.0:  # aten::elu applies it on one side of zero only
        return ANYTHING
    for (name, value), other in record.variants.items():
        if params.get(name) == value:
            return _image(get(other), lo, hi, tuple(kv for kv in key if kv[0] != name))
    try:
        found = _join(record, lo, hi, params)
    except (NonlinError, ValueError, TypeError, RuntimeError, OverflowError, ZeroDivisionError):
        return ANYTHING
    return found if scale == 1.0 else _outward(found * Interval(scale, scale), 1.0)


def _join(record: Activation[Any], lo: float, hi: float, params: Mapping[str, Any]) -> Interval:
    """The image over all members of the family that the parameters leave open."""
    bound = record.bind(params)
    if any(isinstance(value, float) and math.isnan(value) for value in bound.values()):
        return ANYTHING
    members = record.between(**bound) if record.between else (bound,)
    found = None
    for member in members:
        part = _one(record, lo, hi, member)
        found = part if found is None else found.join(part)
    return found or ANYTHING


def _one(record: Activation[Any], lo: float, hi: float, params: Mapping[str, Any]) -> Interval:
    key = tuple(params.items())
    shape, at, floor, ceiling = _landmarks(record, key)
    inside = [value for place, value in at if lo <= place <= hi]
    if shape.waves:
        if max(abs(shape.waves.rank(lo)), abs(shape.waves.rank(hi))) > _FAR:
            low, high = shape.waves.within(lo, hi)
            found = _outward(Interval(low, high), record.accuracy.ulps[0], record.accuracy.slack[0])
            return Interval(max(found.lo, floor), min(found.hi, ceiling))
        inside += _values(record, _peaks(shape.waves, lo, hi), params)
    limits = [limit for limit, end in ((shape.left, lo == -_INF), (shape.right, hi == _INF)) if end]
    ends = _values(record, [x for x in (lo, hi) if math.isfinite(x)], params)
    values = [*inside, *limits, *ends]
    if not values or any(math.isnan(value) for value in values):
        return ANYTHING
    found = _outward(Interval(min(values), max(values)), record.accuracy.ulps[0], record.accuracy.slack[0])
    # Rounding outward must not leave the range of the whole function, whose limits are exact.
    return Interval(max(found.lo, floor), min(found.hi, ceiling))


def _peaks(waves: Waves, lo: float, hi: float) -> list[float]:
    """The turns from lo to hi at which the function may be least or greatest."""
    numbers = waves.numbers(lo, hi)
    near_zero = {k for k in range(-_FEW, _FEW) if k in numbers}
    turns = map(waves.turn, {*numbers[: 2 * _FEW], *numbers[-2 * _FEW :], *near_zero})
    return [x for x in turns if lo <= x <= hi]


@lru_cache(maxsize=1024)
def _landmarks(
    record: Activation[Any], key: tuple[tuple[str, Any], ...]
) -> tuple[Shape, list[tuple[float, float]], float, float]:
    """The shape, the values at and beside its turns and kinks, and the ends of the whole range."""
    params = dict(key)
    shape = record.shape_of(**params)
    places = [*shape.turns, *shape.kinks, *_beside(shape)]
    values = _values(record, places, params)
    if not places:  # torch may still refuse the parameters
        _values(record, [0.0], params)
    if shape.waves:
        return shape, list(zip(places, values, strict=True)), *shape.waves.within(-_INF, _INF)
    ends = [shape.left, shape.right]
    if values:
        peaks = _outward(
            Interval(min(values), max(values)), record.accuracy.ulps[0], record.accuracy.slack[0]
        )
        ends += [peaks.lo, peaks.hi]
    return shape, list(zip(places, values, strict=True)), min(ends), max(ends)


def _values(record: Activation[Any], places: Sequence[float], params: Mapping[str, Any]) -> list[float]:
    if not places:
        return []
    values: list[float] = record.fn(
        torch.tensor(places, dtype=torch.float64, device="cpu"), **params
    ).tolist()
    return values


def _beside(shape: Shape) -> list[float]:
    """Places just beside each kink, where the value may differ if the function has a step."""
    near = [math.nextafter(x, side) for x in shape.kinks for side in (-_INF, _INF)]
    # A kink that was computed, as threshold / beta, may be off by a rounding or two.
    return near + [x + 4 * _EPS * side * abs(x) for x in shape.kinks for side in (-1, 1) if x]


def _outward(found: Interval, ulps: float, slack: float = 0.0) -> Interval:
    """Both ends moved outward by the error that the kernel may have made; zero and infinity stay."""
    low = found.lo - (ulps * abs(found.lo) + slack) * _EPS if math.isfinite(found.lo) else found.lo
    high = found.hi + (ulps * abs(found.hi) + slack) * _EPS if math.isfinite(found.hi) else found.hi
    return Interval(low + 0.0, high + 0.0)  # no minus zero
