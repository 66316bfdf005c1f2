"""Maps onto the simplex that give exact zeros: sparsemax and its relatives.

All are a power of max(z - tau, 0), where tau makes the outputs sum to one. It is found without gradient, by sorting
or by bisection; Newton steps from there then make every derivative that of the implicit function, since each step
doubles the order to which tau follows its equation. In eager mode the gradient is had from the output alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import torch
from torch import Tensor

from nonlin.base.recompute import eager
from nonlin.catalogue.enter import simplex
from nonlin.catalogue.record import Accuracy, Bounds, Learned, dim_is_named, existing, widened

_PETERS = "Peters, Niculae and Martins 2019, Sparse Sequence-to-Sequence Models, arXiv:1905.05702"

# Outputs are differences of numbers near one, and the backward subtracts a mean: 16 holds up to gradients of size 8.
_ACCURACY = Accuracy(ulps=(8.0, 8.0), slack=(4.0, 16.0))


def _raised(z: Tensor, tau: Tensor, power: Any) -> Tensor:
    """max(z - tau, 0)**power; the branch not taken has finite slopes too, and NaN stays NaN."""
    outside = z <= tau
    return torch.where(outside, 0.0, torch.where(outside, 1.0, z - tau) ** power)


def _solved(z: Tensor, tau: Tensor, power: Any, dim: int, *, steps: int) -> Tensor:
    """The outputs, from a tau that is near its value."""
    for _ in range(steps):
        excess = _raised(z, tau, power).sum(dim, keepdim=True) - 1
        tau = tau + excess / (power * _raised(z, tau, power - 1).sum(dim, keepdim=True))
    return _raised(z, tau, power)


class _FromOutput(torch.autograd.Function):
    """A map whose gradient follows from its output: Peters et al. 2019, proposition 2. Nothing else is kept."""

    @staticmethod
    def forward(ctx: Any, fn: Callable[..., Tensor], x: Tensor, alpha: float, dim: int) -> Tensor:
        p = _climbed(x, alpha, dim) if alpha <= 2 else fn(x, alpha, dim)
        ctx.alpha, ctx.dim = alpha, dim
        ctx.save_for_backward(p)
        return p

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:
        (p,) = ctx.saved_tensors
        s = _raised(widened(p), p.new_zeros(()), 2 - ctx.alpha)
        mean = (s * gradient).sum(ctx.dim, keepdim=True) / s.sum(ctx.dim, keepdim=True)
        return None, (s * (gradient - mean)).to(p.dtype), None, None


# Newton's steps double the digits: more than a dozen are rare. The last ones may go to and fro by one rounding.
_STEPS = 40
# From so many entries on, where fewer than one in eight can be inside the support, they alone are looked at.
_MANY, _FEW = 1 << 15, 8


def _climbed(x: Tensor, alpha: float, dim: int) -> Tensor:
    """The outputs for alpha <= 2, where the sum of the outputs is convex in tau: Newton's steps never overshoot.

    So an entry that lies below tau at some step is outside of the support for good.
    """
    z = _below_max(widened(x), dim).mul_(alpha - 1)
    power = 1 / (alpha - 1)
    # Two bounds from below: equal entries have the smallest sum (Jensen), and the largest entry alone gives 1.
    tau = (z.mean(dim, keepdim=True) - z.shape[dim] ** (1 - alpha)).clamp_(min=-1)
    near = 4 * torch.finfo(z.dtype).eps
    for _ in range(_STEPS):
        mask = z > tau
        count = mask.view(torch.uint8).sum(dim, keepdim=True, dtype=torch.int32)
        if z.numel() >= _MANY and count.sum() * _FEW < z.numel():
            tau = _climbed_few(z, mask, tau, power, dim)
            break
        inside = (z - tau).clamp_(min=0)
        slope = count if power == 1 else inside.pow(power - 1).sum(dim, keepdim=True) * power
        excess = inside.pow_(power).sum(dim, keepdim=True) - 1
        tau = tau + excess / slope
        if not (excess > near).any():
            break
    return z.sub_(tau).clamp_(min=0).pow_(power).to(x.dtype)


def _climbed_few(z: Tensor, mask: Tensor, tau: Tensor, power: float, dim: int) -> Tensor:
    """tau, from the entries under a mask; in double precision, since they are added one after another."""
    row, column = mask.movedim(dim, -1).reshape(-1, z.shape[dim]).nonzero(as_tuple=True)
    entries = z.movedim(dim, -1).reshape(-1, z.shape[dim])[row, column].double()
    found = tau.double().flatten()
    for _ in range(_STEPS):
        inside = (entries - found[row]).clamp_(min=0)
        each = (inside > 0).double() if power == 1 else inside.pow(power - 1).mul_(power)
        slope = torch.zeros_like(found).index_add_(0, row, each)
        excess = torch.full_like(found, -1.0).index_add_(0, row, inside.pow_(power))
        found += excess / slope
        if not (excess > torch.finfo(z.dtype).eps).any():
            break
    return found.view(tau.shape).to(z.dtype)


def _applied(fn: Callable[..., Tensor], x: Tensor, alpha: Any, dim: int) -> Tensor:
    """A map of this file, whose alpha may be a tensor."""
    if isinstance(alpha, Tensor) or not eager(x) or not x.is_floating_point():
        return fn(x, alpha, dim)
    value: Tensor = _FromOutput.apply(fn, x, alpha, dim)
    return value


def _below_max(x: Tensor, dim: int) -> Tensor:
    """The input less its largest entry, which changes no output but keeps large numbers from drowning 1."""
    return x - x.detach().amax(dim, keepdim=True)


def _ranks(z: Tensor, dim: int) -> Tensor:
    """1, 2, 3, ... along a dimension."""
    shape = [1] * z.ndim
    shape[dim] = -1
    return torch.arange(1, z.shape[dim] + 1, device=z.device, dtype=z.dtype).reshape(shape)


@simplex(
    formula="Max(x[i] - tau, 0)",
    where="Sum(Max(x[j] - tau, 0), (j, 1, n)) - 1",
    source="Martins and Astudillo 2016, From Softmax to Sparsemax, arXiv:1602.02068",
    class_name="Sparsemax",
    accuracy=_ACCURACY,
    rule=dim_is_named,
)
def sparsemax(x: Tensor, dim: int | None = None) -> Tensor:
    """The point of the simplex that is nearest to the input: small entries become exactly zero."""
    return _applied(_sparsemax, x, 2, existing("sparsemax", x, dim))


def _sparsemax(x: Tensor, _: float, along: int) -> Tensor:
    z = _below_max(widened(x), along)
    with torch.no_grad():
        high = z.sort(along, descending=True).values
        count = _ranks(z, along)
        tau = (high.cumsum(along) - 1) / count
        # Martins and Astudillo 2016, algorithm 1: the support is the longest prefix that lies above its tau.
        size = (high > tau).sum(along, keepdim=True).clamp(min=1)  # none is above NaN
        tau = tau.gather(along, size - 1)
    return _solved(z, tau, 1, along, steps=1).to(x.dtype)


@simplex(
    formula="Max(x[i] / 2 - tau, 0)**2",
    where="Sum(Max(x[j] / 2 - tau, 0)**2, (j, 1, n)) - 1",
    source=_PETERS,
    class_name="Entmax15",
    aliases=("entmax_15",),
    accuracy=_ACCURACY,
    rule=dim_is_named,
)
def entmax15(x: Tensor, dim: int | None = None) -> Tensor:
    """Entmax with alpha = 1.5, between softmax and sparsemax: small entries become exactly zero."""
    return _applied(_entmax15, x, 1.5, existing("entmax15", x, dim))


def _entmax15(x: Tensor, _: float, along: int) -> Tensor:
    z = _below_max(widened(x), along) / 2
    with torch.no_grad():
        # What lies 1 below the largest gets nothing; cut there, so that squares do not cancel.
        high = z.clamp(min=-1).sort(along, descending=True).values
        count = _ranks(z, along)
        mean = high.cumsum(along) / count
        spread = high.square().cumsum(along) - count * mean.square()
        # Peters et al. 2019, algorithm 2; where the root is not real, the prefix is longer than the support.
        tau = mean - ((1 - spread).clamp(min=0) / count).sqrt()
        size = (high > tau).sum(along, keepdim=True).clamp(min=1)  # none is above NaN
        tau = tau.gather(along, size - 1)
    return _solved(z, tau, 2, along, steps=3).to(x.dtype)


@simplex(
    formula="Max((alpha - 1) * x[i] - tau, 0)**(1 / (alpha - 1))",
    where="Sum(Max((alpha - 1) * x[j] - tau, 0)**(1 / (alpha - 1)), (j, 1, n)) - 1",
    source=_PETERS,
    class_name="Entmax",
    aliases=("alpha_entmax", "tsallis_entmax"),
    accuracy=_ACCURACY,
    rule=dim_is_named,
)
def entmax(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(1.0, typical=(1.25, 2.0), open=True)] = 1.5,
    dim: int | None = None,
) -> Tensor:
    """A family from softmax (alpha near 1) over entmax15 to sparsemax (alpha = 2), found by bisection."""
    return _applied(_entmax, x, alpha, existing("entmax", x, dim))


def _entmax(x: Tensor, alpha: Any, along: int) -> Tensor:
    z = _below_max(widened(x), along) * (alpha - 1)
    power = 1 / (alpha - 1)
    with torch.no_grad():
        # The largest entry alone gives at most 1, and n equal ones give at least 1.
        low = torch.full_like(z.narrow(along, 0, 1), -1.0)
        high = low + 1
        for _ in range(52):
            tau = (low + high) / 2
            more = _raised(z, tau, power).sum(along, keepdim=True) >= 1
            low, high = torch.where(more, tau, low), torch.where(more, high, tau)
    return _solved(z, low, power, along, steps=3).to(x.dtype)
