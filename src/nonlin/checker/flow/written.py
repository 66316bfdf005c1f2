"""Activations that are written out: computations on one value that agree everywhere with a function of torch.

The computation is not compared as a text. It is taken from the tape, run on a grid, and its values are held against
those of every activation for which torch has a kernel; so any spelling of a function is found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from nonlin.catalogue import Activation, by_kernel, get, records
from nonlin.checker.flow.axes import COPIES
from nonlin.checker.graph import Graph, Op, Value

# Each element of the output depends on the same element of the inputs alone.
_ELEMENTWISE = COPIES - {
    "dropout",
    "feature_dropout",
    "alpha_dropout",
    "detach",
    "requires_grad_",
} | frozenset(
    [
        "add",
        "sub",
        "rsub",
        "mul",
        "div",
        "neg",
        "abs",
        "sign",
        "reciprocal",
        "exp",
        "expm1",
        "log",
        "log1p",
        "pow",
        "square",
        "sqrt",
        "rsqrt",
        "sigmoid",
        "log_sigmoid",
        "tanh",
        "erf",
        "erfc",
        "softplus",
        "relu",
        "relu6",
        "hardtanh",
        "clamp",
        "clamp_min",
        "clamp_max",
        "maximum",
        "minimum",
        "max",
        "min",
        "where",
        "gt",
        "ge",
        "lt",
        "le",
    ]
)
_SAME_NUMBER = {
    "zeros": 0.0,
    "zeros_like": 0.0,
    "new_zeros": 0.0,
    "ones": 1.0,
    "ones_like": 1.0,
    "new_ones": 1.0,
}
_MOST_STEPS = 12
# Constants are often written with five digits. The two GELUs differ by up to 5e-4.
_TOLERANCE = 3e-5


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """`last` ends a computation on `source` that is the activation `record` with these parameters."""

    last: Op
    source: Value
    steps: tuple[Op, ...]
    record: Activation[Any]
    params: dict[str, float]


def written(graph: Graph) -> Iterator[Written]:
    """Every activation that a user's code writes out, the longest computation first where one holds another."""
    inner: set[Op] = set()
    for op in reversed(graph.ops):
        if op.index not in graph.live or not op.by_user or op in inner or not _plain(op):
            continue
        found = _match(op)
        if found is not None:
            inner.update(found.steps)
            yield found


def _plain(op: Op) -> bool:
    return op.kind in _ELEMENTWISE and op.kind not in COPIES and op.output.floating and op.output.grad


def _elementwise(op: Op) -> bool:
    # max(x, dim=1) compares the elements of one value with each other, max(x, y) those of two.
    return op.kind in _ELEMENTWISE and (op.kind not in ("max", "min") or op.value("other") is not None)


def _match(last: Op) -> Written | None:
    """The longest computation that ends here and is an activation of one value."""
    best = None
    for source in _above(last):
        steps = _steps(last, source)
        if steps is None or (best is not None and len(steps) <= len(best.steps)):
            continue
        values = _values(last, source)
        named = _named(values) if values is not None else None
        # A kernel with a tiny constant added is still only that kernel.
        if named is not None and not any(by_kernel(op.kind) is named[0] for op in steps if op is not last):
            best = Written(last, source, steps, *named)
    return best


def _above(last: Op) -> list[Value]:
    """The trained values from which a short elementwise computation leads here, nearest first."""
    found: dict[Value, None] = {}
    todo = [last]
    while todo and len(found) <= _MOST_STEPS:
        op = todo.pop(0)
        for value in op.inputs:
            if value.grad and value.floating and value not in found and value.shape == last.output.shape:
                found[value] = None
            if value.maker is not None and value.maker.kind in _ELEMENTWISE:
                todo.append(value.maker)
    return list(found)


def _steps(last: Op, source: Value) -> tuple[Op, ...] | None:
    """The operations between, copies aside; None if they read anything else than the source and constants."""
    steps: dict[Op, None] = {}
    todo = [last]
    while todo:
        op = todo.pop()
        if not _elementwise(op) or op.inplace or len(steps) > _MOST_STEPS:
            return None
        steps[op] = None
        for value in op.inputs:
            if value is source or _constant(value) is not None or value.maker in steps:
                continue
            if value.maker is None:
                return None
            todo.append(value.maker)
    return tuple(op for op in steps if op.kind not in COPIES)


def _constant(value: Value) -> float | None:
    """The number that every element of a value is, where it does not come from the network."""
    if value.grad or value.role == "parameter":
        return None
    if value.maker is not None:
        return _SAME_NUMBER.get(value.maker.kind)
    seen = value.seen
    return seen.lo if value.rank == 0 and seen is not None and seen.finite and seen.lo == seen.hi else None


def _values(last: Op, source: Value) -> Tensor | None:
    """The computation on the grid; None where torch refuses or a value is not finite."""
    at: dict[Value, Any] = {source: _grid()}

    def of(item: Any) -> Any:
        if not isinstance(item, Value):
            return item
        if item not in at:
            number = _constant(item)
            at[item] = run(item.maker) if number is None and item.maker else _as_tensor(number)
        return at[item]

    def run(op: Op) -> Any:
        if op.kind in COPIES:
            return of(op.input)
        return getattr(torch.ops.aten, op.kind)(**{name: of(item) for name, item in op.arguments.items()})

    try:
        values = run(last)
    except (RuntimeError, TypeError, ValueError):
        return None
    whole = isinstance(values, Tensor) and values.shape == _grid().shape and bool(values.isfinite().all())
    return values.double() if whole else None


def _as_tensor(number: float | None) -> Tensor:
    return torch.tensor(math.nan if number is None else number, dtype=torch.float64)


@lru_cache(maxsize=1)
def _grid() -> Tensor:
    """Unlike any kink or any power of two, on both sides and far out; 1 and -1 for the parameters."""
    near = torch.linspace(-7.3, 7.7, 61, dtype=torch.float64)
    return torch.cat([near, torch.tensor([-12.3, 11.9, -1.0, 1.0], dtype=torch.float64)])


@lru_cache(maxsize=1)
def _kernels() -> tuple[tuple[Activation[Any], ...], Tensor]:
    """The activations for which torch has a kernel and every parameter a default, and a row of grid values for each."""
    found = [
        record
        for record in records()
        if isinstance(record, Activation)
        and record.kernel
        and record.name != "rrelu"  # draws its slope
        and not any(p.required for p in record.params.values())
    ]
    return tuple(found), torch.stack([record.fn(_grid()) for record in found])


def _named(values: Tensor) -> tuple[Activation[Any], dict[str, float]] | None:
    """The activation that has these values, with the parameters that are not its defaults."""
    if bool(_agree(values, _grid())):
        return None  # a copy, as far as small constants let it be one
    kernels, own = _kernels()
    agreeing = _agree(values, own).nonzero()
    if len(agreeing):
        return kernels[int(agreeing[0])], {}
    slope = -float(values[-2])
    leaky = get("leaky_relu")
    if 0 < slope < 1 and isinstance(leaky, Activation) and bool(_agree(values, leaky.fn(_grid(), slope))):
        return leaky, {"negative_slope": round(slope, 6)}
    return None


def _agree(values: Tensor, own: Tensor) -> Tensor:
    return ((values - own).abs() <= _TOLERANCE * (1 + own.abs())).all(dim=-1)
