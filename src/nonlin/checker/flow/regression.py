"""Which values are predictions that a loss compares with targets, and what limits their range."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nonlin.base.interval import Interval
from nonlin.checker.flow.axes import LAYOUT
from nonlin.checker.graph import Graph, Op, Value

_LOSSES = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")
_DISTANCES = frozenset(["pow", "square", "abs", "norm", "linalg_vector_norm"])


def regressions(graph: Graph, trained: Callable[[Value], bool]) -> Iterator[tuple[Value, Value, Op]]:
    """(prediction, target, loss): the prediction is trained, the target is not."""
    for op in graph.of(*_LOSSES, "sub"):
        a, b = op.get("self"), op.get("target", op.get("other"))
        if not isinstance(a, Value) or not isinstance(b, Value) or op.get("alpha", 1) != 1:
            continue
        if op.kind == "sub" and not _is_distance(graph, op):
            continue
        if a.shape != b.shape and op.kind == "sub":
            continue
        if trained(a) and a.grad and not trained(b):
            yield a, b, op
        elif trained(b) and b.grad and not trained(a):
            yield b, a, op


def _is_distance(graph: Graph, op: Op) -> bool:
    """The difference is used only for its size: squared, or without its sign."""
    users = graph.users(op.output)
    return bool(users) and all(
        user.kind in _DISTANCES or (user.kind == "mul" and user.get("self") is user.get("other"))
        for user in users
    )


def limiter(
    value: Value, range_of: Callable[[Value], Interval], is_activation: Callable[[Op], bool]
) -> Op | None:
    """The activation (or clamp, or softmax) that limits a value's range, if only moves and fixed scales follow it."""
    while (op := value.maker) is not None and op.inputs:
        if is_activation(op) or op.kind in ("softmax", "log_softmax", "clamp", "exp", "lstm"):
            return op if not range_of(value).unbounded else None
        moving = [v for v in op.inputs if v.grad]
        if len(moving) != 1 or op.kind not in LAYOUT | {"add", "sub", "mul", "div", "neg", "rsub", "mean"}:
            return None
        value = moving[0]
    return None
