"""Products of two values that are summed over a common axis, `matmul` and `einsum` alike, and which axis is which."""

from __future__ import annotations

from dataclasses import dataclass

from nonlin.checker.flow.axes import LAYOUT
from nonlin.checker.flow.kind import is_linear_map
from nonlin.checker.graph import Op, Value

_PRODUCTS = frozenset(("matmul", "bmm", "mm", "baddbmm", "einsum"))
Axes = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, eq=False)
class Contraction:
    """`op` multiplies two values and sums over one axis of each."""

    op: Op
    sides: tuple[Value, Value]
    summed: tuple[int, int]
    """The axis of each side over which is summed."""
    kept: tuple[Axes, ...]
    """For each axis of the output, the axis of either side from which it comes."""


def contraction(op: Op) -> Contraction | None:
    """How an operation multiplies two values; None if it does not, or applies trained weights."""
    if op.kind not in _PRODUCTS or is_linear_map(op):
        return None
    operands = op.inputs[-2:]
    if len(operands) < 2 or min(v.rank for v in operands) < 1:
        return None
    if op.kind == "einsum":
        return _einsum(op, str(op.get("equation", "")).replace(" ", ""))
    left, right = operands
    if min(left.rank, right.rank) < 2:
        return None
    rank = op.output.rank
    kept: list[Axes] = [
        (
            d if (d := axis - (rank - left.rank)) >= 0 else None,
            e if (e := axis - (rank - right.rank)) >= 0 else None,
        )
        for axis in range(rank - 2)
    ]
    kept += [(left.rank - 2, None), (None, right.rank - 1)]
    return Contraction(op, (left, right), (left.rank - 1, right.rank - 2), tuple(kept))


def _einsum(op: Op, equation: str) -> Contraction | None:
    terms, arrow, result = equation.partition("->")
    names = terms.split(",")
    if not arrow or len(names) != 2 or len(op.inputs) != 2 or "." in equation:
        return None
    left, right = names
    summed = [name for name in left if name in right and name not in result]
    if len(summed) != 1 or len(set(left)) < len(left) or len(set(right)) < len(right):
        return None
    kept = tuple(
        (left.index(n) if n in left else None, right.index(n) if n in right else None) for n in result
    )
    both = op.inputs[0], op.inputs[1]
    return Contraction(op, both, (left.index(summed[0]), right.index(summed[0])), kept)


def scaled_from(value: Value, *through: str) -> tuple[Value, tuple[Op, ...]]:
    """(value before moves, dropout, shifts, scales by numbers and what `through` names; those operations, last first)."""
    path: list[Op] = []
    while (op := value.maker) is not None and op.inputs:
        by_number = op.kind in ("mul", "div") and all(v.rank == 0 and not v.grad for v in op.inputs[1:])
        if not (op.kind in LAYOUT or by_number or op.kind in through):
            break
        path.append(op)
        value = op.input
    return value, tuple(path)
