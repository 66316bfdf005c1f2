"""From which linear map a value comes, and whether an activation bends the way: the provenance of a collapse."""

from __future__ import annotations

from dataclasses import dataclass, field

from nonlin.checker.flow.axes import COPIES, MOVES, RESHAPES, carried
from nonlin.checker.flow.kind import is_activation, is_linear_map, kept_axis
from nonlin.checker.graph import Graph, Op, Value

_NORMS = frozenset(("batch_norm", "native_batch_norm", "cudnn_batch_norm"))
_POOLS = frozenset(
    [
        "avg_pool1d",
        "avg_pool2d",
        "avg_pool3d",
        "adaptive_avg_pool1d",
        "adaptive_avg_pool2d",
        "adaptive_avg_pool3d",
    ]
)
_SCALES = frozenset(["add", "sub", "mul", "div", "neg", "rsub"])


@dataclass(frozen=True, slots=True, eq=False)
class Affine:
    """A value comes from the linear map `start` through affine operations and elementwise activations."""

    start: Op
    axis: int | None = None
    """Where the map's output features stand now; None once they are mixed with other axes."""
    alone: bool = True
    """No other operation reads anything on the path."""
    bent: bool = False
    """An activation stands on the path, so that it is not affine."""
    before: Affine | None = field(default=None, repr=False)
    op: Op | None = None
    """The path is that of `before`, and then this operation: a tuple for each value would be quadratic."""

    @property
    def path(self) -> tuple[Op, ...]:
        """The operations after `start`, in order."""
        found: list[Op] = []
        way: Affine | None = self
        while way is not None and way.op is not None:
            found.append(way.op)
            way = way.before
        return tuple(reversed(found))

    def then(self, op: Op, axis: int | None, *, alone: bool, bent: bool) -> Affine:
        """The same, one operation further."""
        return Affine(self.start, axis, self.alone and alone, self.bent or bent, self, op)


Provenance = dict[Value, Affine]


def affine(graph: Graph) -> Provenance:
    """The nearest linear map above each value, where nothing but affine operations and activations stands between."""
    found: Provenance = {}
    outputs = set(graph.outputs)

    def alone(value: Value) -> bool:
        return len(graph.users(value)) == 1 and value not in outputs

    for op in graph.ops:
        if is_linear_map(op):
            features = op.output.rank - 1 if op.kind in ("linear", "matmul", "mm", "addmm") else _channels(op)
            found[op.output] = Affine(op, axis=features, alone=alone(op.output))
            continue
        bent = is_activation(op)
        source = op.input if bent else _source(op)
        held = found.get(source) if source is not None else None
        if held is not None:
            value = op.output
            found[value] = held.then(op, _axis(op, held.axis), alone=alone(value), bent=bent)
    return found


def _channels(op: Op) -> int:
    """The channel axis of a convolution's output, with or without a batch axis."""
    spatial = int(op.kind.removesuffix("d")[-1])
    return op.output.rank - spatial - 1


def _axis(op: Op, axis: int | None) -> int | None:
    if op.kind in COPIES | RESHAPES | MOVES:
        return carried(op, axis)
    if op.kind in ("mean", "sum"):
        return kept_axis(op, axis)
    return axis


def _source(op: Op) -> Value | None:
    """The one value in which an operation is affine, or None if it is not (or not known to be)."""
    if not op.inputs:
        return None
    if op.kind in COPIES | RESHAPES | MOVES | _POOLS | {"mean", "sum", "constant_pad_nd"}:
        return op.input
    if op.kind in _NORMS:
        return op.input
    if op.kind in _SCALES:
        moving = [v for v in dict.fromkeys(op.inputs) if not _constant(v)]
        same_twice = op.value("self") is op.value("other")
        if len(moving) == 1 and not same_twice and not (op.kind == "div" and op.value("other") is moving[0]):
            return moving[0]
    return None


def _constant(value: Value) -> bool:
    """Does not depend on the input of the network: a parameter, a buffer, or a number made from one."""
    if value.maker is None:
        return value.role in ("parameter", "buffer")
    return value.rank == 0 and not value.grad and not value.maker.inputs
