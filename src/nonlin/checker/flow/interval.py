"""Which numbers a value can hold: a closed interval for every value, sound for every weight and every input.

Parameters and data may be anything, so what remains is what the operations themselves guarantee.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from nonlin.base.interval import ANYTHING, NONNEGATIVE, UNIT, Interval, point
from nonlin.catalogue import by_kernel
from nonlin.checker.graph import Graph, Op, Value
from nonlin.facts.image import image

_INF = math.inf
Ranges = dict[Value, Interval]
Transfer = Callable[[Op, Callable[[object], Interval]], Interval]
TRANSFERS: dict[str, Transfer] = {}

# The output holds a selection or a copy of the elements of the first input.
_SAME = [
    "alias",
    "alias_copy",
    "clone",
    "contiguous",
    "detach",
    "lift_fresh",
    "view",
    "reshape",
    "unsafe_view",
    "flatten",
    "unflatten",
    "squeeze",
    "unsqueeze",
    "transpose",
    "permute",
    "t",
    "numpy_T",
    "mT",
    "movedim",
    "swapaxes",
    "expand",
    "expand_as",
    "view_as",
    "repeat",
    "repeat_interleave",
    "tile",
    "select",
    "slice",
    "narrow",
    "split",
    "split_with_sizes",
    "chunk",
    "unbind",
    "index",
    "index_select",
    "gather",
    "take_along_dim",
    "diagonal",
    "flip",
    "roll",
    "unfold",
    "to",
    "_to_copy",
    "float",
    "double",
    "half",
    "bfloat16",
    "type_as",
    "sort",
    "topk",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "amax",
    "amin",
    "max",
    "min",
    "median",
    "quantile",
    "mean",
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "masked_select",
    "broadcast_to",
    "pixel_shuffle",
    "channel_shuffle",
    "squeeze_",
    "unsqueeze_",
    "cummax",
    "cummin",
    "view_as_real",
    "reshape_as",
    "to_dense",
    "requires_grad_",
]
# The output holds elements of any input.
_ANY_OF = ["cat", "concat", "stack", "hstack", "vstack", "where", "maximum_of", "broadcast_tensors"]


def transfer(*kinds: str) -> Callable[[Transfer], Transfer]:
    """Register how operations of these kinds map intervals."""

    def register(function: Transfer) -> Transfer:
        for kind in kinds:
            TRANSFERS[kind] = function
        return function

    return register


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


def _bound(op: Op, value: Value, of: Callable[[object], Interval]) -> Interval:
    if value.dtype == "bool":
        return UNIT
    if "complex" in value.dtype or (value is not op.output and not value.floating):
        return ANYTHING
    if op.kind == "lstm" and value is op.outputs[-1]:
        return ANYTHING  # the cell state
    rule = TRANSFERS.get(op.kind)
    if rule is not None:
        found = rule(op, of)
    elif (record := by_kernel(op.kind)) is not None and op.inputs:
        numbers = {name: item for name, item in op.arguments.items() if name not in ("self", "input", "out")}
        if any(isinstance(item, Value) for item in numbers.values()):
            return ANYTHING  # a slope that is itself a tensor
        found = image(record, of(op.input), **numbers)
    else:
        return ANYTHING
    return _rounded(found, value)


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


@transfer(*_SAME)
def _same(op: Op, of: Callable[[object], Interval]) -> Interval:
    if op.kind in ("max", "min") and op.value("other") is not None:
        return _extreme(op, of)
    return of(op.input) if op.inputs else ANYTHING


@transfer("maximum", "minimum", "fmax", "fmin")
def _extreme(op: Op, of: Callable[[object], Interval]) -> Interval:
    a, b = of(op.get("self")), of(op.get("other"))
    if op.kind in ("maximum", "max", "fmax"):
        return Interval(max(a.lo, b.lo), max(a.hi, b.hi))
    return Interval(min(a.lo, b.lo), min(a.hi, b.hi))


@transfer(*_ANY_OF)
def _any_of(op: Op, of: Callable[[object], Interval]) -> Interval:
    if op.kind == "where":
        return of(op.get("self")).join(of(op.get("other")))
    return of(tuple(op.inputs))


@transfer("max_pool1d_with_indices", "max_pool2d_with_indices", "max_pool3d_with_indices")
def _pool(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.input)


@transfer("avg_pool1d", "avg_pool2d", "avg_pool3d")
def _average(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.input).join(point(0.0))  # zero padding counts in the mean


@transfer("constant_pad_nd", "pad")
def _pad(op: Op, of: Callable[[object], Interval]) -> Interval:
    if op.get("mode", "constant") != "constant":
        return of(op.input)
    return of(op.input).join(point(float(op.get("value") or 0.0)))


@transfer("partly_written")
def _written(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.get("self")).join(of(op.get("src")))


@transfer("copy")
def _copied(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.get("src"))


@transfer("masked_fill")
def _masked_fill(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.get("self")).join(of(op.get("value")))


@transfer("dropout", "feature_dropout", "native_dropout")
def _dropout(op: Op, of: Callable[[object], Interval]) -> Interval:
    p = float(op.get("p", 0.5))
    if not op.get("train", True) or p == 0:
        return of(op.input)
    return (of(op.input) * point(1 / (1 - p) if p < 1 else 0.0)).join(point(0.0))


@transfer("zeros", "zeros_like", "new_zeros", "zero")
def _zeros(op: Op, of: Callable[[object], Interval]) -> Interval:
    return point(0.0)


@transfer("ones", "ones_like", "new_ones")
def _ones(op: Op, of: Callable[[object], Interval]) -> Interval:
    return point(1.0)


@transfer("full", "full_like", "new_full", "fill")
def _full(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.get("fill_value", op.get("value")))


@transfer("rand", "rand_like", "one_hot", "eye", "bernoulli", "cosine_similarity")
def _unit(op: Op, of: Callable[[object], Interval]) -> Interval:
    return Interval(-1.0, 1.0) if op.kind == "cosine_similarity" else UNIT


@transfer("add", "sub", "rsub", "__radd__")
def _sum(op: Op, of: Callable[[object], Interval]) -> Interval:
    a, b = of(op.get("self")), of(op.get("other")) * of(op.get("alpha", 1))
    if op.kind == "rsub":
        return of(op.get("other")) - of(op.get("self")) * of(op.get("alpha", 1))
    return a - b if op.kind == "sub" else a + b


@transfer("mul")
def _product(op: Op, of: Callable[[object], Interval]) -> Interval:
    a, b = op.get("self"), op.get("other")
    if isinstance(a, Value) and a is b:
        return _power_of(of(a), 2)
    return of(a) * of(b)


@transfer("div")
def _quotient(op: Op, of: Callable[[object], Interval]) -> Interval:
    if op.get("rounding_mode") is not None:
        return ANYTHING
    return of(op.get("self")) / of(op.get("other"))


@transfer("reciprocal")
def _inverse(op: Op, of: Callable[[object], Interval]) -> Interval:
    return of(op.input).reciprocal()


@transfer("neg", "negative")
def _minus(op: Op, of: Callable[[object], Interval]) -> Interval:
    return -of(op.input)


@transfer("abs", "absolute")
def _abs(op: Op, of: Callable[[object], Interval]) -> Interval:
    return abs(of(op.input))


def _power_of(x: Interval, n: float) -> Interval:
    if n == 0:
        return point(1.0)
    if n < 0:
        inner = _power_of(x, -n)
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
def _power(op: Op, of: Callable[[object], Interval]) -> Interval:
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

    def rule(op: Op, of: Callable[[object], Interval]) -> Interval:
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
transfer("atan", "arctan")(_monotone(math.atan, -_INF, _INF))
transfer("erf", "special_erf")(_monotone(math.erf, -_INF, _INF))
transfer("sinh")(_monotone(lambda x: math.sinh(x) if abs(x) < 709 else math.copysign(_INF, x), -_INF, _INF))
transfer("asinh", "arcsinh")(_monotone(math.asinh, -_INF, _INF))
transfer("sign", "sgn")(_monotone(lambda x: float((x > 0) - (x < 0)), -_INF, _INF))
transfer("floor")(_monotone(lambda x: math.floor(x) if math.isfinite(x) else x, -_INF, _INF))
transfer("ceil")(_monotone(lambda x: math.ceil(x) if math.isfinite(x) else x, -_INF, _INF))


@transfer("round")
def _round(op: Op, of: Callable[[object], Interval]) -> Interval:
    x = of(op.input)
    return Interval(x.lo - 1, x.hi + 1)


@transfer("rsqrt")
def _rsqrt(op: Op, of: Callable[[object], Interval]) -> Interval:
    x = of(op.input)
    return Interval(math.sqrt(max(x.lo, 0.0)), math.sqrt(max(x.hi, 0.0))).reciprocal()


@transfer("scatter")
def _scatter(op: Op, of: Callable[[object], Interval]) -> Interval:
    if op.get("reduce") is not None:
        return ANYTHING
    return of(op.get("self")).join(of(op.get("src", op.get("value"))))


@transfer("sin", "cos")
def _wave(op: Op, of: Callable[[object], Interval]) -> Interval:
    return Interval(-1.0, 1.0)


@transfer("cosh")
def _cosh(op: Op, of: Callable[[object], Interval]) -> Interval:
    return Interval(1.0, _INF)


@transfer("clamp", "clip", "clamp_min", "clamp_max")
def _clamp(op: Op, of: Callable[[object], Interval]) -> Interval:
    x = of(op.input)
    low, high = op.get("min"), op.get("max")
    lo = of(low) if low is not None else Interval(-_INF, -_INF)
    hi = of(high) if high is not None else Interval(_INF, _INF)
    x = Interval(max(x.lo, lo.lo), max(x.hi, lo.hi)) if low is not None else x
    return Interval(min(x.lo, hi.lo), min(x.hi, hi.hi)) if high is not None else x


@transfer("sum", "nansum", "cumsum", "logcumsumexp", "sum_to_size")
def _total(op: Op, of: Callable[[object], Interval]) -> Interval:
    x = of(op.input)
    if x.lo >= 0:
        return NONNEGATIVE
    return Interval(-_INF, 0.0) if x.hi <= 0 else ANYTHING


@transfer("prod", "cumprod")
def _prod(op: Op, of: Callable[[object], Interval]) -> Interval:
    x = of(op.input)
    if x.lo >= 0:
        return UNIT if x.hi <= 1 else NONNEGATIVE
    return Interval(-1.0, 1.0) if abs(x).hi <= 1 else ANYTHING


@transfer(
    "norm", "linalg_vector_norm", "var", "std", "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss",
    "cdist", "pairwise_distance",
    "histc", "bincount", "count_nonzero",
)  # fmt: skip
def _not_negative(op: Op, of: Callable[[object], Interval]) -> Interval:
    return NONNEGATIVE


@transfer("logsumexp")
def _logsumexp(op: Op, of: Callable[[object], Interval]) -> Interval:
    return Interval(of(op.input).lo, _INF)


@transfer("lerp")
def _lerp(op: Op, of: Callable[[object], Interval]) -> Interval:
    weight = of(op.get("weight"))
    ends = of(op.get("self")), of(op.get("end"))
    return ends[0].join(ends[1]) if weight.within(UNIT) else ANYTHING


@transfer("lstm", "rnn_tanh")
def _hidden(op: Op, of: Callable[[object], Interval]) -> Interval:
    """h = o * tanh(c), or tanh: between -1 and 1. A projected LSTM state is a linear map of that: anything."""
    layers = int(op.get("num_layers", 1)) * (2 if op.get("bidirectional") else 1)
    each = 4 if op.get("has_biases", True) else 2
    weights = op.get("params", ())
    return Interval(-1.0, 1.0) if len(weights) == layers * each else ANYTHING
