"""Smooth maxima of two lines, by a sigmoid: Swish with a learned beta, ACON, and SiLU with a wider gate."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import (
    Accuracy,
    Bounds,
    Learned,
    LearnedPositive,
    Shape,
    scalar,
    widened,
)
from nonlin.catalogue.stable import held, side, size

_INF = math.inf
_MA = "Ma, Zhang, Liu and Sun 2020, Activate or Not: Learning Customized Activation, arXiv:2009.04759"

# The slope of SiLU, g(u), is extremal where u tanh(u / 2) = 2; beyond the reach it is 0 and 1.
_PEAK = 2.39935728051546766
_REACH = 800.0

# Slopes of a saturated sigmoid vanish by a difference, times an input of up to 40 where they do.
_ACCURACY = Accuracy(slack=(4.0, 64.0))


def _slope(u: float) -> float:
    """g(u), the derivative of u * sigmoid(u)."""
    small = math.exp(-abs(u))
    rest = small / (1 + small)
    gate = 1 - rest if u > 0 else rest
    return gate + u * small / (1 + small) ** 2


def _places(level: float) -> list[float]:
    """Where g crosses a level: at most once on each of its three monotonic stretches."""
    stretches = ((-_REACH, -_PEAK), (-_PEAK, _PEAK), (_PEAK, _REACH))
    found = []
    for left, right in stretches:
        side = _slope(left) - level
        if side * (_slope(right) - level) < 0:
            low, high = left, right
            for _ in range(100):
                middle = (low + high) / 2
                low, high = (middle, high) if (_slope(middle) - level) * side > 0 else (low, middle)
            found.append((low + high) / 2)
    return found


def _maximum_shape(p1: float, p2: float, beta: float) -> Shape:
    """Of the smooth maximum of p1 * x and p2 * x."""
    if not beta > 0:
        raise ValueError("beta is not positive")
    upper, lower = max(p1, p2), min(p1, p2)
    left = math.copysign(_INF, -lower) if lower else 0.0
    right = math.copysign(_INF, upper) if upper else 0.0
    width = upper - lower
    if width == 0:
        return Shape(left, right)
    return Shape(left, right, turns=tuple(u / (beta * width) for u in _places(-lower / width)))


def _maximum(x: Tensor, p1: float | Tensor, p2: float | Tensor, beta: float | Tensor) -> Tensor:
    """(p1 - p2) x sigmoid(beta (p1 - p2) x) + p2 x, from the nearer line, so that nothing cancels far away."""
    z = widened(x)
    step = held((scalar(p1, z) - scalar(p2, z)) * z)  # infinity times a gate of zero is no number
    u = beta * step
    right = side(u)
    line = z * (p1 * (right / 2 + 0.5) + p2 * (0.5 - right / 2))
    return (line - right * (step * torch.sigmoid(-size(u)))).to(x.dtype)


@activation(
    formula="x / (1 + exp(-beta * x))",
    shape=lambda beta: _maximum_shape(1.0, 0.0, beta),
    source="Ramachandran, Zoph and Le 2017, Searching for Activation Functions, arXiv:1710.05941",
    class_name="SwishBeta",
    aliases=("acon_a", "parametric_swish"),
    accuracy=_ACCURACY,
)
def swish_beta(x: Tensor, beta: LearnedPositive = 1.0) -> Tensor:
    """Swish with a factor `beta` in its gate, from x / 2 (beta near 0) to ReLU; `swish` alone names SiLU."""
    return _maximum(x, 1.0, 0.0, beta)


@activation(
    formula="(1 - p) * x / (1 + exp(-beta * (1 - p) * x)) + p * x",
    shape=lambda p, beta: _maximum_shape(1.0, p, beta),
    source=_MA,
    class_name="AconB",
    accuracy=_ACCURACY,
)
def acon_b(
    x: Tensor,
    p: Annotated[Learned, Bounds(typical=(0.0, 0.25))] = 0.25,
    beta: LearnedPositive = 1.0,
) -> Tensor:
    """A smooth maximum of x and p x, as sharp as `beta`: a smooth leaky ReLU."""
    return _maximum(x, 1.0, p, beta)


@activation(
    formula="(p1 - p2) * x / (1 + exp(-beta * (p1 - p2) * x)) + p2 * x",
    shape=_maximum_shape,
    source=_MA,
    class_name="AconC",
    accuracy=_ACCURACY,
)
def acon_c(
    x: Tensor,
    p1: Annotated[Learned, Bounds(typical=(1.0, 1.5))] = 1.0,
    p2: Annotated[Learned, Bounds(typical=(-0.25, 0.25))] = 0.0,
    beta: LearnedPositive = 1.0,
) -> Tensor:
    """A smooth maximum of p1 x and p2 x, as sharp as `beta`. The authors' code draws p1 and p2 at random."""
    return _maximum(x, p1, p2, beta)


def _xsilu_shape(alpha: float) -> Shape:
    if not alpha > -0.5:
        raise ValueError("alpha is not above -1/2")
    return _maximum_shape(1 + alpha, -alpha, 1 / (1 + 2 * alpha))


@activation(
    formula="x * ((1 + 2 * alpha) / (1 + exp(-x)) - alpha)",
    shape=_xsilu_shape,
    source="Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768",
    class_name="XSiLU",
    accuracy=_ACCURACY,
)
def xsilu(x: Tensor, alpha: Annotated[Learned, Bounds(-0.5, typical=(-0.1, 0.5), open=True)] = 0.0) -> Tensor:
    """SiLU whose gate runs from -alpha to 1 + alpha."""
    return _maximum(x, 1 + alpha, -alpha, 1 / (1 + 2 * alpha))
