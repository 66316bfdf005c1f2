"""What an activation costs, as counted and not as timed: bytes kept for the backward pass, and operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor

from nonlin.base.recompute import LEAST, kept_by
from nonlin.catalogue import Activation, Record
from nonlin.facts.probe import example

# Nodes of autograd that move numbers and compute none.
_MOVES = re.compile(
    r"^(Accumulate|Slice|Split|Select|View|Unsafe|Unsqueeze|Squeeze|Clone|ToCopy|Expand|Alias|Reshape|Stack|Cat"
    r"|Transpose|Permute|Unbind|Index|Gather|Movedim)"
)
_TRANSCENDENTAL = re.compile(
    r"^(Exp|Log|Tan|Sin|Cos|Erf|Sigmoid|Softplus|Gelu|Silu|Mish|Elu|Celu|Softmax|Atan|Asinh|Acosh|Atanh|Pow|Special)"
)
_WIDTH = 256


@dataclass(frozen=True, slots=True)
class Cost:
    """Counts for one call.

    Attributes:
        kernel: torch's operator that computes it alone, or None.
        kept: bytes kept for the backward pass for each element of a large float32 input, which may be among them.
        operators: differentiable operators of a call on a small input.
        transcendental: how many of them compute exponentials, logarithms or the like.
    """

    kernel: str | None
    kept: float
    operators: int
    transcendental: int


@cache
def cost(record: Record[Any]) -> Cost:
    """The cost at the parameters of `nonlin.facts.probe.example`."""
    names = _operators(_called(record, rows=2))
    count = sum(bool(_TRANSCENDENTAL.match(name)) for name in names)
    return Cost(record.kernel, _kept(record), len(names), count)


def _called(record: Record[Any], rows: int) -> Tensor:
    shape = (rows, _WIDTH, 1, 1)  # maps of images take no other
    x = torch.linspace(-3, 3, rows * _WIDTH).reshape(shape).requires_grad_()
    params = example(record)
    if not isinstance(record, Activation) and "dim" in params:
        params["dim"] = 1
    with torch.enable_grad():
        return record(x, **params)


def _kept(record: Record[Any]) -> float:
    rows = LEAST // _WIDTH
    _called(record, rows)  # the first call may find out how to keep less
    kept, _ = kept_by(lambda: _called(record, rows))
    return sum(size for size in kept.values() if size > 4 * _WIDTH) / (rows * _WIDTH)


def _operators(out: Tensor) -> list[str]:
    """The names of autograd's nodes that compute."""
    found, work = [], [out.grad_fn] if out.grad_fn is not None else []
    known = set(work)
    while work:
        node = work.pop()
        if not _MOVES.match(node.name()):
            found.append(node.name())
        following = {after for after, _ in node.next_functions if after is not None} - known
        known |= following
        work += following
    return found
