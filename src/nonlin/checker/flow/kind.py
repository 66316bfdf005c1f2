"""What a value means: scores of a linear map, probabilities, log-probabilities, or an activation's output.

A kind is claimed only where the tape proves it; arithmetic that could change the meaning ends it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from nonlin.catalogue import Activation, by_kernel
from nonlin.checker.flow.axes import LAYOUT, PARTS, RESHAPES, carried
from nonlin.checker.graph import Graph, Op, Value

Name = Literal["scores", "probabilities", "log-probabilities", "unit", "log-unit", "activated"]

# Maps whose output is a weighted sum with trained weights.
LINEAR_MAPS = frozenset(
    [
        "linear",
        "conv1d",
        "conv2d",
        "conv3d",
        "conv_transpose1d",
        "conv_transpose2d",
        "conv_transpose3d",
        "addmm",
        "addbmm",
        "baddbmm",
    ]
)
SOFTMAX = frozenset(("softmax", "_softmax", "_safe_softmax"))
LOG_SOFTMAX = frozenset(("log_softmax", "_log_softmax"))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, the operation that made it so, and along which axis it is normalised (None: not known)."""

    name: Name
    origin: Op
    axis: int | None = None
    guarded: bool = False
    """A small constant was added or small values were cut off, so that a logarithm stays finite."""
    clamped: bool = False
    whole: bool = True
    """False when only some of the elements are left, so that they no longer sum to one."""


Kinds = dict[Value, Kind]


def is_linear_map(op: Op) -> bool:
    """Whether the operation applies trained weights linearly to one value."""
    if op.kind in LINEAR_MAPS:
        weight = op.value("weight") or op.value("mat2")
        return weight is not None and weight.grad
    if op.kind in ("matmul", "mm"):
        other = op.inputs[1] if len(op.inputs) == 2 else None
        return other is not None and _is_weight(other)
    return False


def _is_weight(value: Value) -> bool:
    """A parameter, possibly transposed or cast."""
    while value.maker is not None and value.maker.kind in LAYOUT and len(value.maker.inputs) == 1:
        value = value.maker.input
    return value.role == "parameter" and value.grad


def is_activation(op: Op) -> bool:
    """Whether the operation is an elementwise activation function of the catalogue."""
    return isinstance(by_kernel(op.kind), Activation)


def kinds(graph: Graph) -> Kinds:
    """The kind of every value that has a provable one."""
    found: Kinds = {}
    for op in graph.ops:
        for value in op.outputs:
            kind = _kind(op, found)
            if kind is not None and value.floating:
                found[value] = kind
    return found


def _kind(op: Op, known: Kinds) -> Kind | None:
    if op.kind in SOFTMAX:
        return Kind("probabilities", op, op.output.axis(op.get("dim", -1)))
    if op.kind in LOG_SOFTMAX:
        return Kind("log-probabilities", op, op.output.axis(op.get("dim", -1)))
    if op.kind == "sigmoid":
        return Kind("unit", op)
    if op.kind == "log_sigmoid":
        return Kind("log-unit", op)
    if is_linear_map(op):
        return Kind("scores", op, op.output.rank - 1 if op.kind in ("linear", "matmul", "mm", "addmm") else 1)
    if not op.inputs:
        return None
    held = known.get(op.input)
    if is_activation(op):
        return Kind("activated", op)
    if held is None:
        return None
    return _through(op, held)


def _through(op: Op, held: Kind) -> Kind | None:
    """The kind after an operation that keeps it, or turns it into another."""
    if op.kind in LAYOUT:
        axis = carried(op, held.axis)
        part = op.kind in PARTS and op.kind not in ("expand", "expand_as", "broadcast_to") and axis is None
        return replace(held, axis=axis, whole=held.whole and not part)
    if op.kind == "log" and held.name in ("probabilities", "unit"):
        return replace(held, name="log-probabilities" if held.name == "probabilities" else "log-unit")
    if op.kind == "exp" and held.name in ("log-probabilities", "log-unit"):
        return replace(held, name="probabilities" if held.name == "log-probabilities" else "unit")
    if op.kind in ("clamp", "clip", "clamp_min", "clamp_max"):
        return replace(held, clamped=True, guarded=held.guarded or _positive(op.get("min")))
    other = op.get("other")
    if op.kind in ("add", "sub") and isinstance(other, (int, float)) and op.value("self") is op.input:
        if held.name == "scores":
            return held
        return replace(held, guarded=True) if abs(other) <= 1e-2 and held.name != "activated" else None
    if op.kind in ("add", "mul", "div", "sub") and held.name == "scores" and _fixed(other):
        return held
    return None


def _positive(bound: object) -> bool:
    return isinstance(bound, (int, float)) and bound > 0


def _fixed(other: object) -> bool:
    """A number, or a parameter: a shift or a scale of scores leaves scores."""
    return isinstance(other, (int, float)) or (isinstance(other, Value) and other.role == "parameter")


def layout_source(value: Value) -> Value:
    """The value before any operations that only move or copy elements."""
    while value.maker is not None and value.maker.kind in LAYOUT - PARTS | RESHAPES and value.maker.inputs:
        value = value.maker.input
    return value
