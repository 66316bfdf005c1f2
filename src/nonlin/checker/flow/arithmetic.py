"""Intervals through arithmetic, elementary functions and reductions."""

from __future__ import annotations

import math
from collections.abc import Callable

from nonlin.base.interval import ANYTHING, NONNEGATIVE, UNIT, Interval, point
from nonlin.checker.flow.transfer import Of, Transfer, transfer
from nonlin.checker.graph import Op, Value
from nonlin.facts.image import image

_INF = math.inf


@transfer("add", "sub", "rsub", "__radd__")
def _sum(op: Op, of: Of) -> Interval:
    a, b = of(op.get("self")), of(op.get("other")) * of(op.get("alpha", 1))
    if op.kind == "rsub":
        return of(op.get("other")) - of(op.get("self")) * of(op.get("alpha", 1))
    return a - b if op.kind == "sub" else a + b


@transfer("mul")
def _product(op: Op, of: Of) -> Interval:
    a, b = op.get("self"), op.get("other")
    if isinstance(a, Value) and a is b:
        return _power_of(of(a), 2)
    return of(a) * of(b)


@transfer("div")
def _quotient(op: Op, of: Of) -> Interval:
    if op.get("rounding_mode") is not None:
        return ANYTHING
    return of(op.get("self")) / of(op.get("other"))


@transfer("reciprocal")
def _inverse(op: Op, of: Of) -> Interval:
    return of(op.input).reciprocal()


@transfer("neg")
def _minus(op: Op, of: Of) -> Interval:
    return -of(op.input)


@transfer("abs")
def _abs(op: Op, of: Of) -> Interval:
    return abs(of(op.input))


def _power_of(x: Interval, n: float) -> Interval:
    if n == 0:
        return point(1.0)
    if n < 0:
        inner = _power_of(x, -n)
        if inner.lo == 0 and not n % 2:
            return Interval(1 / inner.hi if inner.hi else 0.0, _INF)  # an even power loses the sign of zero
        return inner.reciprocal()
    if n == int(n) and int(n) % 2 == 0:
        size = abs(x)
        return Interval(_pow(size.lo, n), _pow(size.hi, n))
    if n == int(n):
        return Interval(_pow(x.lo, n), _pow(x.hi, n))
    return Interval(_pow(max(x.lo, 0.0), n), _pow(max(x.hi, 0.0), n))


def _pow(x: float, n: float) -> float:
    try:
        return float(x**n)
    except OverflowError:
        return -_INF if x < 0 and int(n) % 2 else _INF


@transfer("pow", "square")
def _power(op: Op, of: Of) -> Interval:
    n = 2 if op.kind == "square" else op.get("exponent")
    if isinstance(n, (int, float)) and isinstance(op.get("self"), Value):
        return _power_of(of(op.input), float(n))
    base = of(op.get("self"))
    return NONNEGATIVE if base.lo >= 0 else ANYTHING


def _monotone(function: Callable[[float], float], low: float, high: float) -> Transfer:
    """An increasing function, defined on (low, high) and taken at its limits outside."""

    def apply(x: float) -> float:
        if x <= low:
            return function(low) if math.isfinite(low) else _limit(function, -1)
        return function(x) if x < high else _limit(function, 1)

    def rule(op: Op, of: Of) -> Interval:
        x = of(op.input)
        return Interval(apply(x.lo), apply(x.hi))

    return rule


def _limit(function: Callable[[float], float], side: int) -> float:
    try:
        return function(side * _INF)
    except (ValueError, OverflowError):
        return side * _INF


def _exp(x: float) -> float:
    return math.exp(x) if x < 709 else _INF


def _log(x: float) -> float:
    return math.log(x) if x > 0 else -_INF


transfer("exp")(_monotone(_exp, -_INF, _INF))
transfer("expm1")(_monotone(lambda x: math.expm1(x) if x < 709 else _INF, -_INF, _INF))
transfer("log")(_monotone(_log, -_INF, _INF))
transfer("log2")(_monotone(lambda x: _log(x) / math.log(2), -_INF, _INF))
transfer("log10")(_monotone(lambda x: _log(x) / math.log(10), -_INF, _INF))
transfer("log1p")(_monotone(lambda x: math.log1p(x) if x > -1 else -_INF, -_INF, _INF))
transfer("sqrt")(_monotone(lambda x: math.sqrt(max(x, 0.0)), -_INF, _INF))
transfer("atan")(_monotone(math.atan, -_INF, _INF))
transfer("erf")(_monotone(math.erf, -_INF, _INF))
transfer("sinh")(_monotone(lambda x: math.sinh(x) if abs(x) < 709 else math.copysign(_INF, x), -_INF, _INF))
transfer("asinh")(_monotone(math.asinh, -_INF, _INF))
transfer("floor")(_monotone(lambda x: math.floor(x) if math.isfinite(x) else x, -_INF, _INF))
transfer("ceil")(_monotone(lambda x: math.ceil(x) if math.isfinite(x) else x, -_INF, _INF))


@transfer("sign", "sgn")
def _sign(op: Op, of: Of) -> Interval:
    x = of(op.input)  # the sign of NaN is 0
    return Interval(-1.0 if x.lo < 0 else 0.0, 1.0 if x.hi > 0 else 0.0)


@transfer("round")
def _round(op: Op, of: Of) -> Interval:
    x = of(op.input)
    return Interval(x.lo - 1, x.hi + 1)


@transfer("rsqrt")
def _rsqrt(op: Op, of: Of) -> Interval:
    x = of(op.input)
    return Interval(math.sqrt(max(x.lo, 0.0)), math.sqrt(max(x.hi, 0.0))).reciprocal()


@transfer("scatter")
def _scatter(op: Op, of: Of) -> Interval:
    if op.get("reduce") is not None:
        return ANYTHING
    return of(op.get("self")).join(of(op.get("src", op.get("value"))))


@transfer("sin", "cos")
def _wave(op: Op, of: Of) -> Interval:
    return image(op.kind, of(op.input))


@transfer("cosh")
def _cosh(op: Op, of: Of) -> Interval:
    return Interval(1.0, _INF)


@transfer("clamp", "clamp_min", "clamp_max")
def _clamp(op: Op, of: Of) -> Interval:
    x = of(op.input)
    low, high = op.get("min"), op.get("max")
    lo = of(low) if low is not None else Interval(-_INF, -_INF)
    hi = of(high) if high is not None else Interval(_INF, _INF)
    x = Interval(max(x.lo, lo.lo), max(x.hi, lo.hi)) if low is not None else x
    return Interval(min(x.lo, hi.lo), min(x.hi, hi.hi)) if high is not None else x


@transfer("sum", "nansum", "cumsum", "logcumsumexp", "sum_to_size")
def _total(op: Op, of: Of) -> Interval:
    x = of(op.input)
    if x.lo >= 0:
        return NONNEGATIVE
    return Interval(-_INF, 0.0) if x.hi <= 0 else ANYTHING


@transfer("prod", "cumprod")
def _prod(op: Op, of: Of) -> Interval:
    x = of(op.input)
    if x.lo >= 0:
        return UNIT if x.hi <= 1 else NONNEGATIVE
    return Interval(-1.0, 1.0) if abs(x).hi <= 1 else ANYTHING


@transfer(
    "norm", "linalg_vector_norm", "var", "std", "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss",
    "cdist", "pairwise_distance",
    "histc", "bincount", "count_nonzero",
)  # fmt: skip
def _not_negative(op: Op, of: Of) -> Interval:
    return NONNEGATIVE


@transfer("logsumexp")
def _logsumexp(op: Op, of: Of) -> Interval:
    return Interval(of(op.input).lo, _INF)


@transfer("lerp")
def _lerp(op: Op, of: Of) -> Interval:
    weight = of(op.get("weight"))
    ends = of(op.get("self")), of(op.get("end"))
    return ends[0].join(ends[1]) if weight.within(UNIT) else ANYTHING


@transfer("lstm", "rnn_tanh")
def _hidden(op: Op, of: Of) -> Interval:
    """h = o * tanh(c), or tanh: between -1 and 1. A projected LSTM state is a linear map of that: anything."""
    layers = int(op.get("num_layers", 1)) * (2 if op.get("bidirectional") else 1)
    each = 4 if op.get("has_biases", True) else 2
    weights = op.get("params", ())
    return Interval(-1.0, 1.0) if len(weights) == layers * each else ANYTHING
