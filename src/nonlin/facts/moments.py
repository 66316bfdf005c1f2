"""Gaussian moments of an activation: what it does to the scale of a signal and of its gradient."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Gated, Record, get

# Beyond 38 the normal density is below the smallest normal double.
_REACH = 38
_NODES = 24
_TOLERANCE = 1e-13
_HALVINGS = 7
# Where else than at q = 1 the second moment of f(sqrt(q) z) is wanted.
ELSEWHERE = (0.25, 0.5, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Moments:
    """E[f(z)], E[f(z)^2] and E[f'(z)^2] for z ~ N(0, 1); steps of f are left out of f'.

    Of a gated unit, f is the output for independent halves, and f' stands for the mean over both halves.
    """

    mean: float
    second: float
    slope_second: float
    fourth: float
    """E[f(z)^4]."""
    slope_fourth: float
    """E[f'(z)^4]."""
    growth: float
    """The derivative of E[f(sqrt(q) z)^2] with respect to q, at q = 1."""
    elsewhere: tuple[float, ...]
    """E[f(sqrt(q) z)^2] for each q in `ELSEWHERE`."""

    @property
    def variance(self) -> float:
        """E[f^2] - E[f]^2."""
        return self.second - self.mean**2


def gain(activation: str | Record[Any], **params: Any) -> float:
    """1 / sqrt(E[f(z)^2]) for z ~ N(0, 1): the scale of the weights that keeps E[f^2] at one.

    Of a gated unit, a * gate(b), both halves are independent and N(0, 1).

    Args:
        activation: an elementwise activation, a gated unit, or the name of one.
        params: its parameters, for instance `negative_slope=0.2`.

    Raises:
        NonlinError: the activation maps whole vectors, a parameter is wrong, or E[f^2] is zero or infinite.

    Source: He, Zhang, Ren and Sun 2015, equation 10, arXiv:1502.01852.
    """
    found = get(activation)
    return _inverse_root(found, "E[f^2]", moments(found, **params).second)


def backward_gain(activation: str | Record[Any], **params: Any) -> float:
    """1 / sqrt(E[f'(z)^2]) for z ~ N(0, 1): the scale of the weights that keeps the size of the gradient.

    Of a gated unit, E[f'^2] is the mean over both halves, so that it belongs to the number of rows of the weight.

    Args and errors are those of `gain`, with E[f'^2] in place of E[f^2].

    Source: He, Zhang, Ren and Sun 2015, equation 14, arXiv:1502.01852.
    """
    found = get(activation)
    return _inverse_root(found, "E[f'^2]", moments(found, **params).slope_second)


def moments(activation: str | Record[Any], **params: Any) -> Moments:
    """The Gaussian moments, by Gauss-Legendre quadrature with the kinks on the edges of its panels.

    Raises:
        NonlinError: the activation maps whole vectors, or a parameter is wrong.
    """
    found = get(activation)
    bound = found.bind(params)
    if isinstance(found, Gated):
        return _product(moments(found.main or "identity"), moments(found.gate))
    if not isinstance(found, Activation):
        raise NonlinError(f"{found.name} is not elementwise, so it has no gain of its own")
    for (name, value), other in found.variants.items():
        if bound.get(name) == value:
            return moments(other, **{k: v for k, v in bound.items() if k != name})
    if any(isinstance(value, Tensor) for value in bound.values()):
        raise NonlinError(f"{found.name}: give numbers to its gain, not tensors")
    return _moments(found, tuple(bound.items()))


def _product(a: Moments, b: Moments) -> Moments:
    """The moments of the product of functions of two independent halves."""
    return Moments(
        mean=a.mean * b.mean,
        second=a.second * b.second,
        slope_second=(a.slope_second * b.second + a.second * b.slope_second) / 2,
        fourth=a.fourth * b.fourth,
        slope_fourth=(a.slope_fourth * b.fourth + a.fourth * b.slope_fourth) / 2,
        growth=a.growth * b.second + a.second * b.growth,
        elsewhere=tuple(x * y for x, y in zip(a.elsewhere, b.elsewhere, strict=True)),
    )


def _inverse_root(record: Record[Any], what: str, value: float) -> float:
    if not 0 < value < math.inf:
        size = "zero" if value == 0 else "infinite or too large"
        raise NonlinError(f"{record.name} has no gain with these parameters: {what} is {size}")
    return 1 / math.sqrt(value)


@lru_cache(maxsize=256)
def _moments(record: Activation[Any], key: tuple[tuple[str, Any], ...]) -> Moments:
    params = dict(key)

    def integrands(z: Tensor) -> tuple[Tensor, ...]:
        with torch.enable_grad():
            x = z.requires_grad_()
            f = record.fn(x, **params)
            (slope,) = torch.autograd.grad(f.sum(), x) if f.requires_grad else (torch.zeros_like(x),)
        f, z = f.detach(), z.detach()
        square, steep = f.square(), slope.square()
        # By q, the density of sqrt(q) z grows by (z^2 - 1) / 2 of itself: no slope is needed, and steps count.
        growth = square * (z.square() - 1) / 2
        ratios = [torch.exp(z.square() * (1 - 1 / q) / 2) / math.sqrt(q) for q in ELSEWHERE]
        return f, square, steep, square**2, steep**2, growth, *(square * ratio for ratio in ratios)

    shape = record.shape_of(**params)
    breaks = [x for x in (*shape.kinks, *shape.turns) if abs(x) < _REACH]
    edges = sorted({float(x) for x in (*range(-_REACH, _REACH + 1), *breaks)})
    found = _integrals(integrands, edges)
    for _ in range(_HALVINGS):
        edges = sorted({*edges, *((a + b) / 2 for a, b in itertools.pairwise(edges))})
        before, found = found, _integrals(integrands, edges)
        # The mean and the growth may be zero, so they are measured against the size of f.
        sizes = [math.sqrt(found[1]), *found[1:5], found[1], *found[6:]]
        if all(abs(a - b) <= _TOLERANCE * c for a, b, c in zip(before, found, sizes, strict=True)):
            break
    mean, second, slope_second, fourth, slope_fourth, growth, *elsewhere = found
    return Moments(mean, second, slope_second, fourth, slope_fourth, growth, tuple(elsewhere))


def _integrals(integrands: Callable[[Tensor], tuple[Tensor, ...]], edges: list[float]) -> list[float]:
    nodes, weights = (torch.tensor(part, dtype=torch.float64) for part in _legendre(_NODES))
    ends = torch.tensor(edges, dtype=torch.float64)
    half = (ends[1:] - ends[:-1]).unsqueeze(1) / 2
    z = ((ends[1:] + ends[:-1]).unsqueeze(1) / 2 + half * nodes).flatten()
    density = ((half * weights).flatten() * torch.exp(-z.square() / 2)) / math.sqrt(2 * math.pi)
    return [float((density * values).sum()) for values in integrands(z)]


@lru_cache(maxsize=4)
def _legendre(n: int) -> tuple[list[float], list[float]]:
    """Nodes and weights on [-1, 1]: Newton's method on the three-term recurrence."""
    nodes, weights = [], []
    for k in range(n):
        x = math.cos(math.pi * (k + 0.75) / (n + 0.5))
        for _ in range(8):
            below, here = 1.0, x
            for j in range(2, n + 1):
                below, here = here, ((2 * j - 1) * x * here - (j - 1) * below) / j
            slope = n * (x * here - below) / (x * x - 1)
            x -= here / slope
        nodes.append(x)
        weights.append(2 / ((1 - x * x) * slope * slope))
    return nodes, weights
