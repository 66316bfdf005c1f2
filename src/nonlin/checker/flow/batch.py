"""Which axis of a value is the batch: carried from the data, where the loss's targets say how long it is."""

from __future__ import annotations

from nonlin.checker.flow.axes import COPIES, LAYOUT, carried
from nonlin.checker.flow.kind import is_activation, is_linear_map
from nonlin.checker.graph import Graph, Op, Value

_TARGETED = frozenset(
    [
        "cross_entropy_loss",
        "nll_loss_nd",
        "nll_loss",
        "binary_cross_entropy",
        "binary_cross_entropy_with_logits",
        "mse_loss",
        "l1_loss",
        "smooth_l1_loss",
        "huber_loss",
        "kl_div",
    ]
)
_RECURRENT = frozenset(("lstm", "gru", "rnn_tanh", "rnn_relu"))
_ROWWISE = frozenset(
    [
        "batch_norm",
        "layer_norm",
        "dropout",
        "relu",
        "add",
        "sub",
        "mul",
        "div",
        "neg",
        "exp",
        "log",
        "sqrt",
        "pow",
        "clamp",
        "sigmoid",
        "tanh",
        "softmax",
        "log_softmax",
        "max_pool1d",
        "max_pool2d",
        "avg_pool1d",
        "avg_pool2d",
        "adaptive_avg_pool1d",
        "adaptive_avg_pool2d",
    ]
)


def batch_axes(graph: Graph) -> dict[Value, int]:
    """The batch axis of each value for which the tape shows one."""
    sizes = {_rows(op) for op in graph.of(*_TARGETED)}
    if len(sizes) != 1 or (size := sizes.pop()) < 2:
        return {}
    found: dict[Value, int] = {}
    for op in graph.ops:
        for value in op.inputs:
            if value.maker is None and value.role == "data" and value.shape[:1] == (size,):
                found.setdefault(value, 0)
        axis = _carry(op, found)
        if axis is not None:
            found[op.output] = axis
    return found


def _rows(op: Op) -> int:
    """The number of rows that a loss compares; 0 if its target is not one number or class a row."""
    target = op.value("target")
    return target.shape[0] if target is not None and target.rank >= 1 else 0


def _carry(op: Op, found: dict[Value, int]) -> int | None:
    """The batch axis of an operation's first output."""
    if op.kind == "embedding":
        indices = op.value("indices")
        return found.get(indices) if indices is not None else None
    if not op.inputs or (axis := found.get(op.input)) is None:
        return None
    if op.kind in _RECURRENT:
        return axis if axis == (0 if op.get("batch_first") else 1) else None
    if op.kind in LAYOUT:
        if op.kind == "index" and op.output.rank == op.input.rank and axis == 0:
            return None  # another batch was picked: its own length decides
        return carried(op, axis)
    if is_linear_map(op) or op.kind in _ROWWISE | COPIES or is_activation(op):
        return (
            axis
            if op.output.rank == op.input.rank and op.output.shape[axis] == op.input.shape[axis]
            else None
        )
    return None
