"""Intervals through operations that select, copy, fill or draw elements."""

from __future__ import annotations

from nonlin.base.interval import ANYTHING, UNIT, Interval, point
from nonlin.checker.flow.transfer import Of, transfer
from nonlin.checker.graph import Op

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
_ANY_OF = [
    "cat",
    "stack",
    "hstack",
    "vstack",
    "where",
    "broadcast_tensors",
    "fmax",
    "fmin",
]  # fmax(nan, x) is x


@transfer(*_SAME)
def _same(op: Op, of: Of) -> Interval:
    if op.kind in ("max", "min") and op.value("other") is not None:
        return _extreme(op, of)
    return of(op.input) if op.inputs else ANYTHING


@transfer("maximum", "minimum")
def _extreme(op: Op, of: Of) -> Interval:
    a, b = of(op.get("self")), of(op.get("other"))
    if op.kind in ("maximum", "max"):
        return Interval(max(a.lo, b.lo), max(a.hi, b.hi))
    return Interval(min(a.lo, b.lo), min(a.hi, b.hi))


@transfer(*_ANY_OF)
def _any_of(op: Op, of: Of) -> Interval:
    if op.kind == "where":
        return of(op.get("self")).join(of(op.get("other")))
    return of(tuple(op.inputs))


@transfer("max_pool1d_with_indices", "max_pool2d_with_indices", "max_pool3d_with_indices")
def _pool(op: Op, of: Of) -> Interval:
    return of(op.input)


@transfer("avg_pool1d", "avg_pool2d", "avg_pool3d")
def _average(op: Op, of: Of) -> Interval:
    return of(op.input).join(point(0.0))  # zero padding counts in the mean


@transfer("constant_pad_nd", "pad")
def _pad(op: Op, of: Of) -> Interval:
    if op.get("mode", "constant") != "constant":
        return of(op.input)
    return of(op.input).join(point(float(op.get("value") or 0.0)))


@transfer("partly_written")
def _written(op: Op, of: Of) -> Interval:
    return of(op.get("self")).join(of(op.get("src")))


@transfer("copy")
def _copied(op: Op, of: Of) -> Interval:
    return of(op.get("src"))


@transfer("masked_fill")
def _masked_fill(op: Op, of: Of) -> Interval:
    return of(op.get("self")).join(of(op.get("value")))


@transfer("dropout", "feature_dropout", "native_dropout")
def _dropout(op: Op, of: Of) -> Interval:
    p = float(op.get("p", 0.5))
    if not op.get("train", True) or p == 0:
        return of(op.input)
    return (of(op.input) * point(1 / (1 - p) if p < 1 else 0.0)).join(point(0.0))


@transfer("zeros", "zeros_like", "new_zeros", "zero")
def _zeros(op: Op, of: Of) -> Interval:
    return point(0.0)


@transfer("ones", "ones_like", "new_ones")
def _ones(op: Op, of: Of) -> Interval:
    return point(1.0)


@transfer("full", "full_like", "new_full", "fill")
def _full(op: Op, of: Of) -> Interval:
    return of(op.get("fill_value", op.get("value")))


@transfer("rand", "rand_like", "one_hot", "eye", "bernoulli", "cosine_similarity")
def _unit(op: Op, of: Of) -> Interval:
    return Interval(-1.0, 1.0) if op.kind == "cosine_similarity" else UNIT
