"""Figures that are taken while a step's numbers are still there: idle units and the size of gradients."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, by_kernel
from nonlin.checker.flow.kind import LINEAR_MAPS
from nonlin.checker.graph import Op
from nonlin.checker.predispatch import unwatched

# More figures than this for one operation are not kept.
_MOST = 1 << 22
# The slope that counts as none, relative to the steepest.
_FLAT = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Idle:
    """For each element of an activation's output, the share of the batch's rows in which its slope was (nearly) zero."""

    share: Tensor
    rows: int
    exact: bool
    """The slope there is exactly zero, not only below 1 % of its maximum."""

    def of_units(self, axis: int) -> Tensor:
        """The share for each unit, where `axis` of the output numbers the units."""
        others = [d for d in range(self.share.dim()) if d != axis - 1]
        return self.share.mean(dim=others) if others else self.share

    def samples(self, axis: int) -> int:
        """How many numbers of each unit were seen: rows times positions."""
        return self.rows * self.share.numel() // self.share.shape[axis - 1]


@dataclass(frozen=True, slots=True)
class Peaks:
    """The shares of a softmax's rows that are one-hot to within a millionth, and even to within a hundredth."""

    one_hot: float
    uniform: float
    rows: int


def measure(op: Op, output: Tensor) -> None:
    """Note on an operation what the rules about health ask for: its idle units, its gradient once there is one."""
    if output.is_meta or not output.is_floating_point() or output.dim() < 2 or not output.requires_grad:
        return
    if op.kind in LINEAR_MAPS or op.kind in ("matmul", "mm"):

        def note(gradient: Tensor | None) -> None:
            # None comes through a reentrant checkpoint, and of a gradient inside vmap no number can be read.
            if gradient is None:
                return
            with unwatched(), suppress(RuntimeError):
                size = float(gradient.detach().norm())
                op.gradient = size if op.gradient is None else max(op.gradient, size)

        output.register_hook(note)
        return
    if op.kind == "softmax":
        top = output.detach().amax(dim=op.get("dim", -1)).double()
        even = 1 / output.shape[op.get("dim", -1)]
        hard, spread = (float(held.double().mean()) for held in (top > 1 - 1e-6, top < 1.01 * even))
        op.peaks = Peaks(hard, spread, top.numel())
        return
    record = by_kernel(op.kind)
    if op.part or not isinstance(record, Activation) or output.shape[0] < 2 or output[0].numel() > _MOST:
        return
    numbers = {name: op.arguments[name] for name in record.params if name in op.arguments}
    if all(isinstance(number, (int, float)) for number in numbers.values()):
        ends = _active(record, tuple(numbers.items()))
        if ends is not None:
            low, high, exact = ends
            y = output.detach()
            idle = ((y <= low) | (y >= high)) if exact else ((y < low) | (y > high))
            op.idle = Idle(idle.float().mean(dim=0).cpu(), y.shape[0], exact)


@lru_cache(maxsize=256)
def _active(record: Activation[Any], key: tuple[tuple[str, Any], ...]) -> tuple[float, float, bool] | None:
    """(low, high, exact): outside these outputs the slope is (nearly) zero. None where outputs do not tell.

    They tell for an increasing function that is flat beyond its kinks, and for a smooth one with limits at both ends.
    """
    try:
        shape = record.shape_of(**dict(key))
    except NonlinError:
        return None
    if shape.turns or shape.waves is not None or not all(map(math.isfinite, shape.kinks)):
        return None
    limits = [
        limit if math.isfinite(limit) else sign * math.inf
        for limit, sign in ((shape.left, -1), (shape.right, 1))
    ]
    if shape.kinks:
        with torch.random.fork_rng([]):  # a function may draw, and the run's own numbers must not change
            ends = torch.tensor([min(shape.kinks) - 1, max(shape.kinks) + 1]).double()
            reaches = record.fn(ends, **dict(key)).tolist()
        low = limits[0] if reaches[0] == shape.left else -math.inf
        high = limits[1] if reaches[1] == shape.right else math.inf
        return (low, high, True) if math.isfinite(low) or math.isfinite(high) else None
    if not all(map(math.isfinite, limits)):
        return None
    with torch.enable_grad():
        x = torch.linspace(-50, 50, 20001, dtype=torch.float64, requires_grad=True)
        y = record.fn(x, **dict(key))
        (slope,) = torch.autograd.grad(y.sum(), x)
    steep = y.detach()[slope >= _FLAT * slope.max()]
    return float(steep[0]), float(steep[-1]), False
