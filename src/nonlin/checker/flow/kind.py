"""What a value means: scores of a linear map, probabilities, log-probabilities, or an activation's output.

A kind is claimed only where the tape proves it; arithmetic that could change the meaning ends it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from nonlin.base.interval import ANYTHING
from nonlin.catalogue import Activation, by_kernel
from nonlin.checker.flow.axes import LAYOUT, PARTS, carried
from nonlin.checker.flow.interval import Ranges
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
    scaled: bool = False
    """Multiplied by a positive number (a temperature, say)."""
    whole: bool = True
    """False when only some of the elements are left, so that they no longer sum to one."""


Kinds = dict[Value, Kind]

# Normalising, pooling or masking scores leaves scores.
_KEEP_SCORES = frozenset(
    [
        "batch_norm",
        "layer_norm",
        "group_norm",
        "instance_norm",
        "mean",
        "sum",
        "masked_fill",
        "avg_pool1d",
        "avg_pool2d",
        "adaptive_avg_pool1d",
        "adaptive_avg_pool2d",
        "adaptive_avg_pool3d",
    ]
)


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
    """Whether the operation is an elementwise activation function of the catalogue, and not a step within one."""
    return not op.part and isinstance(by_kernel(op.kind), Activation)


def kinds(graph: Graph, ranges: Ranges) -> Kinds:
    """The kind of every value that has a provable one."""
    found: Kinds = {}
    for op in graph.ops:
        for value in op.outputs:
            kind = _kind(op, found) or _spelled_out(op, found, ranges)
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
    if op.kind in ("stack", "cat"):
        return _joined(op, known)
    held = known.get(op.input)
    if is_activation(op):
        return Kind("activated", op)
    if held is None:
        return None
    return _through(op, held)


def _spelled_out(op: Op, known: Kinds, ranges: Ranges) -> Kind | None:
    """Functions written by hand: x / x.sum(), 1 / (1 + exp(-x)), and products of two trained values."""
    if op.kind == "div" and (total := op.value("other")) is not None and total.maker is not None:
        by, x = total.maker, op.value("self")
        dims: Any = by.get("dim") or ()
        own = (
            by.kind == "sum" and x is not None and _same(by.input, x) and by.get("keepdim") and len(dims) == 1
        )
        if x is not None and own and ranges.get(x, ANYTHING).lo >= 0:
            return Kind("probabilities", op, x.axis(dims[0]))
    if op.kind == "reciprocal" or (op.kind == "div" and op.get("self") == 1):
        below = (op.value("self") or op.value("other") or op.input).maker
        if below is not None and below.kind == "add" and 1 in (below.get("other"), below.get("self")):
            inner = below.input.maker
            if inner is not None and inner.kind == "exp":
                return Kind("unit", op)
    if op.kind == "mul" and op.get("self") is not op.get("other"):
        # (one over (1 + exp(-x))) times one: how `1 / x` arrives
        held = known.get(op.input)
        if held is not None and held.name == "unit" and op.get("other") == 1:
            return held
    if op.kind in ("bmm", "matmul", "mm", "einsum") and _two_trained(op.inputs, known):
        return Kind("scores", op)
    product = op.input.maker if op.kind == "sum" and op.inputs else None
    dot = product is not None and product.kind == "mul" and product.get("self") is not product.get("other")
    return Kind("scores", op) if dot and product is not None and _two_trained(product.inputs, known) else None


def _same(a: Value, b: Value) -> bool:
    """One value, or exp of one value computed twice."""
    one, other = a.maker, b.maker
    if a is b or one is None or other is None:
        return a is b
    return one.kind == other.kind == "exp" and one.input is other.input


def _two_trained(inputs: tuple[Value, ...], known: Kinds) -> bool:
    """Two values that carry gradients and are no weights of a mixture: their product is a score."""
    mixing = ("probabilities", "unit", "log-probabilities", "log-unit")
    return len(inputs) == 2 and all(
        v.grad and ((k := known.get(v)) is None or k.name not in mixing) for v in inputs
    )


def _joined(op: Op, known: Kinds) -> Kind | None:
    """Values of one kind side by side are of that kind, along the axis that they share."""
    first = known.get(op.input)
    if first is None or any(
        (k := known.get(v)) is None or (k.name, k.axis) != (first.name, first.axis) for v in op.inputs
    ):
        return None
    dim = op.output.axis(op.get("dim", 0))
    if op.kind == "stack":
        return replace(first, axis=first.axis + (dim <= first.axis) if first.axis is not None else None)
    return replace(first, axis=None, whole=False) if dim == first.axis else first


def _through(op: Op, held: Kind) -> Kind | None:
    """The kind after an operation that keeps it, or turns it into another."""
    if op.kind in LAYOUT:
        axis = carried(op, held.axis)
        part = op.kind in PARTS and op.kind not in ("expand", "expand_as", "broadcast_to") and axis is None
        drops = (
            op.kind.endswith("dropout") and op.get("train", True) and held.name not in ("scores", "activated")
        )
        return replace(
            held, axis=axis, whole=held.whole and not part and not drops, scaled=held.scaled or drops
        )
    if held.scaled:
        return None
    if op.kind == "log" and held.name in ("probabilities", "unit"):
        return replace(held, name="log-probabilities" if held.name == "probabilities" else "log-unit")
    if op.kind == "exp" and held.name in ("log-probabilities", "log-unit"):
        return replace(held, name="probabilities" if held.name == "log-probabilities" else "unit")
    if (
        op.kind in ("clamp", "clamp_min")
        and op.get("min") == 0
        and op.get("max") is None
        and held.name == "scores"
    ):
        return Kind("activated", op)  # a ReLU by another name
    if op.kind in ("clamp", "clamp_min", "clamp_max"):
        return replace(held, clamped=True, guarded=held.guarded or _positive(op.get("min")))
    if op.kind == "mean" and held.name == "probabilities":
        return _averaged(op, held)
    if held.name == "scores" and op.kind in _KEEP_SCORES:
        return replace(held, axis=kept_axis(op, held.axis))
    other = op.get("other")
    if op.kind in ("add", "sub") and isinstance(other, (int, float)) and op.value("self") is op.input:
        if held.name == "scores":
            return held
        return replace(held, guarded=True) if abs(other) <= 1e-2 and held.name != "activated" else None
    if op.kind in ("add", "mul", "div", "sub") and held.name == "scores" and _fixed(other):
        return held
    if op.kind in ("mul", "div") and held.name in ("probabilities", "unit") and _positive(other):
        return held if other == 1 else replace(held, scaled=True)
    return None


def _averaged(op: Op, held: Kind) -> Kind | None:
    """The mean of distributions over another axis (an ensemble, say) is a distribution."""
    axis = kept_axis(op, held.axis)
    return replace(held, axis=axis) if axis is not None else None


def kept_axis(op: Op, axis: int | None) -> int | None:
    """Where an axis stands after an operation that may sum over others; None if it is summed over."""
    if axis is None or op.kind not in ("mean", "sum", "amax"):
        return axis if op.output.rank == op.input.rank else None
    dims = op.get("dim")
    if dims is None:
        return None
    gone = {op.input.axis(d) for d in ([dims] if isinstance(dims, int) else dims)}
    if axis in gone:
        return None
    return axis if op.get("keepdim") else axis - sum(d < axis for d in gone)


def _positive(bound: object) -> bool:
    return isinstance(bound, (int, float)) and bound > 0


def _fixed(other: object) -> bool:
    """A number, or a parameter: a shift or a scale of scores leaves scores."""
    return isinstance(other, (int, float)) or (isinstance(other, Value) and other.role == "parameter")
