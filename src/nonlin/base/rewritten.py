"""A kernel of torch's in other operators, where those are faster: for large tensors on a CPU, in eager mode."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from nonlin.base.program import SIZE, Tape, program_of
from nonlin.base.recompute import Chain, eager, recomputed, sample


@dataclass(frozen=True)
class Rewritten:
    """A function of one tensor, and its slope, by other operators than torch's kernel uses."""

    value: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]


# Below this many elements the calls of several operators cost more than they save.
_WORTHWHILE = 1 << 16
_WRITTEN: dict[Hashable, Chain] = {}


def faster(fn: Callable[..., Tensor], other: Rewritten) -> Callable[..., Tensor]:
    """The function of one tensor, by its rewritten form for large tensors on a CPU, with or without a gradient.

    It is `fn` for other parameters than the defaults, which are all false, and wherever `thrifty` steps aside.
    """

    @functools.wraps(fn)
    def run(x: Tensor, *given: Any, **named: Any) -> Tensor:
        if (
            any((*given, *named.values()))
            or not eager(x)
            or x.numel() < _WORTHWHILE
            or x.device.type != "cpu"
            or x.dtype not in (torch.float32, torch.float64)
            or torch.is_autocast_enabled("cpu")
        ):
            return fn(x, *given, **named)
        key = (fn, x.dtype)
        if key not in _WRITTEN:
            _WRITTEN[key] = _written_out(other, x)
        return recomputed(_WRITTEN[key], x)

    return run


def _written_out(other: Rewritten, like: Tensor) -> Chain:
    """The programs of a rewritten function."""
    (x,) = sample([like], [False], SIZE)
    with torch.no_grad(), Tape() as ahead:
        value = other.value(x)
    gradient = torch.ones_like(value)
    with torch.no_grad(), Tape() as back:
        product = other.slope(x) * gradient
    forward = program_of(ahead, [x], [value])
    return Chain(other.value, (True,), value.dtype, forward, program_of(back, [x, gradient], [product]))
