"""Patterns on the tape: what a value comes from, seen through operations that only move, copy or scale it."""

from __future__ import annotations

from nonlin.checker.flow.axes import COPIES, LAYOUT, MOVES, RESHAPES, carried
from nonlin.checker.graph import Op, Value


def source(value: Value) -> Value:
    """The value before operations that only move or pick elements."""
    while value.maker is not None and value.maker.kind in LAYOUT and value.maker.inputs:
        value = value.maker.input
    return value


def uncopied(value: Value) -> Value:
    """The value before copies and dropout, which leave every axis where it is."""
    while value.maker is not None and value.maker.kind in COPIES and value.maker.inputs:
        value = value.maker.input
    return value


def traced_back(value: Value, axis: int, origin: Op) -> int | None:
    """The axis of `origin`'s output that has become this axis of a later value; None if none has, or unknown."""
    path: list[Op] = []
    while (op := value.maker) is not None and op is not origin:
        if not op.inputs:
            return None
        path.append(op)
        value = op.input
    if op is None:
        return None
    for start in range(origin.output.rank):
        at: int | None = start
        for step in reversed(path):
            at = carried(step, at) if step.kind in LAYOUT else at
        if at == axis:
            return start
    return None


def unscaled(value: Value) -> Value:
    """The value before moves, masks and scales by numbers."""
    while (op := value.maker) is not None and op.inputs:
        if op.kind not in LAYOUT and op.kind not in ("mul", "div", "add", "masked_fill"):
            break
        value = op.input
    return value


def subtracted_from_one(op: Op) -> bool:
    """Whether the operation is 1 - x."""
    return (op.kind == "rsub" and op.get("other") == 1) or (op.kind == "sub" and op.get("self") == 1)


def complement(value: Value) -> Value | None:
    """x where the value is 1 - x, perhaps moved."""
    op = source(value).maker
    return op.input if op is not None and op.inputs and subtracted_from_one(op) else None


def square_of(value: Value) -> Value | None:
    """x where the value is x², as a power, a square or a product."""
    op = value.maker
    if op is None or not op.inputs:
        return None
    if op.kind == "square" or (op.kind == "pow" and op.get("exponent") == 2 and op.value("self") is not None):
        return op.input
    if op.kind == "mul" and op.value("self") is op.value("other"):
        return op.input
    return None


def exponential_inside(op: Op) -> Op | None:
    """The `exp` in log(1 + exp(x)) or log1p(exp(x))."""
    inner = op.input.maker
    if op.kind == "log" and inner is not None and inner.kind == "add" and len(inner.inputs) == 1:
        if 1 not in (inner.get("other"), inner.get("self")):
            return None
        inner = inner.input.maker
    elif op.kind == "log":
        return None
    return inner if inner is not None and inner.kind == "exp" else None


def maximum_subtracted(value: Value) -> bool:
    """Whether a value is x minus its own maximum."""
    op = value.maker
    while op is not None and op.kind in COPIES | {"mul", "div"} and op.inputs:
        op = op.input.maker
    other = op.value("other") if op is not None and op.kind == "sub" else None
    while other is not None and other.maker is not None and other.maker.kind in COPIES | MOVES | RESHAPES:
        other = other.maker.input
    return other is not None and other.maker is not None and other.maker.kind in ("amax", "max")
