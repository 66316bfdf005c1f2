"""How operations that only move elements carry an axis of their input to an axis of their output."""

from __future__ import annotations

import math

from nonlin.checker.graph import Op, Value

# The output is the input, whole, with the same axes.
COPIES = frozenset(
    [
        "alias",
        "alias_copy",
        "clone",
        "contiguous",
        "detach",
        "lift_fresh",
        "to",
        "_to_copy",
        "float",
        "double",
        "half",
        "bfloat16",
        "type_as",
        "requires_grad_",
        "dropout",
        "feature_dropout",
        "alpha_dropout",
    ]
)
# The output holds every element of the input, arranged otherwise.
RESHAPES = frozenset(["view", "reshape", "unsafe_view", "flatten", "unflatten", "view_as", "reshape_as"])
MOVES = frozenset(["transpose", "swapaxes", "permute", "t", "numpy_T", "mT", "squeeze", "unsqueeze"])
# The output holds some of the elements.
PARTS = frozenset(
    [
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
        "masked_select",
        "amax",
        "max",
        "expand",
        "expand_as",
        "broadcast_to",
    ]
)
LAYOUT = COPIES | RESHAPES | MOVES | PARTS
# Every axis stays where it is, and the elements are brought to one scale.
NORMS = frozenset(("batch_norm", "layer_norm", "group_norm", "instance_norm", "rms_norm"))


def carried(op: Op, axis: int | None) -> int | None:
    """Where an axis of the first input stands in the output; None if it is gone, mixed or not known."""
    if axis is None or not op.inputs:
        return None
    before, after = op.input, op.output
    if op.kind in COPIES:
        return axis
    if op.kind in RESHAPES:
        return _through_reshape(before, after, axis)
    if op.kind in ("transpose", "swapaxes"):
        dims = [
            d for d in (op.get("dim0", op.get("axis0")), op.get("dim1", op.get("axis1"))) if d is not None
        ]
        pair = [before.axis(d) for d in dims]
        if axis in pair and len(pair) == 2:
            return pair[1 - pair.index(axis)]
        return axis
    if op.kind in ("t", "numpy_T"):
        return before.rank - 1 - axis
    if op.kind == "mT":
        return {before.rank - 1: before.rank - 2, before.rank - 2: before.rank - 1}.get(axis, axis)
    if op.kind == "permute":
        dims = [before.axis(d) for d in op.get("dims", ())]
        return dims.index(axis) if axis in dims else None
    if op.kind == "unsqueeze":
        return axis + (int(op.get("dim", 0)) % after.rank <= axis)
    if op.kind == "squeeze":
        return _through_squeeze(op, before, axis)
    if op.kind == "select":
        dim = before.axis(op.get("dim", 0))
        return None if dim == axis else axis - (dim < axis)
    if op.kind in ("slice", "narrow", "split", "split_with_sizes", "chunk", "index_select"):
        return None if before.axis(op.get("dim", 0)) == axis else axis
    if op.kind in ("expand", "expand_as", "broadcast_to"):
        return axis + after.rank - before.rank
    if op.kind == "index":
        return _through_index(op, axis)
    return None


def _through_reshape(before: Value, after: Value, axis: int) -> int | None:
    """An axis survives a reshape if an axis of its size has as many elements behind it."""
    size, behind = before.shape[axis], math.prod(before.shape[axis + 1 :])
    for j, n in enumerate(after.shape):
        if n == size and math.prod(after.shape[j + 1 :]) == behind:
            return j
    return None


def _through_squeeze(op: Op, before: Value, axis: int) -> int | None:
    dim = op.get("dim")
    dims = range(before.rank) if dim is None else [dim] if isinstance(dim, int) else dim
    gone = {before.axis(d) for d in dims if before.shape[before.axis(d)] == 1}
    return None if axis in gone else axis - sum(d < axis for d in gone)


def _through_index(op: Op, axis: int) -> int | None:
    """x[i] with one index tensor of rank one on the first axis keeps the others where they are."""
    indices = op.get("indices", ())
    used = [i for i in indices if i is not None] if isinstance(indices, (list, tuple)) else []
    if len(used) == 1 and isinstance(used[0], Value) and used[0].dtype != "bool" and used[0].rank == 1:
        return None if indices.index(used[0]) == axis else axis
    if len(used) == 1 and len(indices) == 1 and used[0].dtype == "bool" and used[0].rank == 1:
        return None if axis == 0 else axis
    return None
