"""What several rules share; nothing here imports torch."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Site
from nonlin.base.interval import Interval

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.graph import Op, Value
    from nonlin.checker.run import Run

CROSS_ENTROPY = ("cross_entropy_loss",)
NLL = ("nll_loss_nd", "nll_loss", "nll_loss2d")
SOFTMAXES = ("softmax", "log_softmax", "_safe_softmax")
BCE_LOGITS = ("binary_cross_entropy_with_logits",)


def spelled(op: Op) -> str:
    """How a person calls the operation: the module's class, or the function."""
    owner = op.owners[-1] if op.owners else None
    return f"nn.{owner.kind}" if owner is not None and owner.library else f"{_CALLED.get(op.kind, op.kind)}()"


# Operators whose function has another name.
_CALLED = {
    "cross_entropy_loss": "cross_entropy",
    "nll_loss_nd": "nll_loss",
    "nll_loss2d": "nll_loss",
    "_safe_softmax": "softmax",
}


def also(*ops: Op) -> tuple[Site, ...]:
    """The sites of further operations that take part in a finding."""
    return tuple(dict.fromkeys(op.site for op in ops))


def classes(loss: Op) -> int:
    """The number of classes that a classification loss reads."""
    scores = loss.input
    return scores.shape[class_axis(scores)] if scores.rank else 1


def class_axis(scores: Value) -> int:
    """The axis on which torch's classification losses expect the classes."""
    return 1 if scores.rank >= 2 else 0


def lowest_cross_entropy(k: int, width: float) -> float:
    """The least cross entropy for one right class of k, when no two scores differ by more than `width`."""
    return math.log1p((k - 1) * math.exp(-width)) if math.isfinite(width) else 0.0


def now(value: Value) -> dict[str, float]:
    """The loss of the captured step, where it was seen."""
    return {"loss_now": value.seen.lo} if value.seen is not None and value.rank == 0 else {}


def inputs_of_kind(run: Run, losses: tuple[str, ...], *names: str) -> Iterator[tuple[Op, Kind]]:
    """(loss, kind of what it is given) for the losses that are given one of these kinds."""
    for loss in run.losses(*losses):
        kind = run.kind(loss.input)
        if kind is not None and kind.name in names:
            yield loss, kind


def outside(interval: Interval, low: float, high: float) -> bool:
    """Whether an interval is not inside [low, high], rounding aside."""
    return not (interval.lo >= low - 1e-6 and interval.hi <= high + 1e-6)


def bytes_between(first: Value, last: Op) -> int:
    """The size of everything that is written between a value and the operation that ends a computation on it."""
    seen: set[Op] = set()
    todo = [v.maker for v in last.inputs if v is not first]
    while todo:
        op = todo.pop()
        if op is None or op in seen or not op.output.grad:
            continue
        seen.add(op)
        todo += [v.maker for v in op.inputs if v is not first]
    return sum(math.prod(op.output.shape) * _BYTES.get(op.output.dtype, 4) for op in seen)


_BYTES = {"float64": 8, "bfloat16": 2, "float16": 2}


def megabytes(size: int) -> str:
    """A size as a person says it."""
    return f"{size / 1e6:.3g} MB" if size >= 1e5 else f"{size / 1e3:.3g} kB"
