"""Smooth maxima of two lines, and a gate from zero to one that is moved to go beyond both."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Learned, Shape, scalar, widened
from nonlin.catalogue.stable import crossings, hypot, need, root, size

_INF = math.inf
_SMU = "Biswas, Kumar, Banerjee and Pandey 2021, SMU: Smooth Activation Function, arXiv:2111.04682"
_HUANG = "Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768"

_ACCURACY = Accuracy(ulps=(8.0, 8.0), slack=(1.0, 4.0))


def _end(slope: float) -> float:
    """The limit on the left of slope * x, and of what vanishes beside it."""
    return math.copysign(_INF, -slope) if slope else 0.0


def _told(alpha: float) -> bool:
    """Whether a slope is zero, or so large that where it balances the tail can be computed."""
    return alpha == 0 or abs(alpha) > 1e-9


def _smu_shape(alpha: float, mu: float) -> Shape:
    need(mu > 0 and alpha != 1 and _told(alpha), "mu is not positive, alpha is 1, or hardly zero")
    rate, level = mu * abs(1 - alpha), (1 + alpha) / abs(1 - alpha)

    def slope(u: float) -> float:
        return math.erf(u) + 2 * u / math.sqrt(math.pi) * math.exp(-u * u) + level

    turns = crossings(slope, -6.0, 6.0, 600)
    ends = min(1.0, alpha), max(1.0, alpha)
    return Shape(_end(ends[0]), _INF, turns=tuple(u / rate for u in turns))


@activation(
    formula="((1 + alpha) * x + (1 - alpha) * x * erf(mu * (1 - alpha) * x)) / 2",
    shape=_smu_shape,
    source=_SMU,
    class_name="SMU",
    accuracy=_ACCURACY,
)
def smu(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(typical=(0.0, 0.25))] = 0.25,
    mu: Annotated[Learned, Bounds(0.0, typical=(0.5, 2.0), open=True)] = 1.0,
) -> Tensor:
    """A smooth maximum of x and alpha x by the error function; GELU where alpha = 0 and mu = 1 / sqrt(2)."""
    z = widened(x)
    a = scalar(alpha, z)
    step = (1 - a) * z
    away = size(step)
    return (a * z + torch.relu(step) - away / 2 * torch.erfc(mu * away)).to(x.dtype)


def _smu1_shape(alpha: float, mu: float) -> Shape:
    need(mu > 0, "mu is not positive")
    lower = min(1.0, alpha)
    if lower >= 0:
        return Shape(_end(lower), _INF)
    width = 1 - alpha
    level = -(1 + alpha) / width
    return Shape(_INF, _INF, turns=(level * mu / (width * math.sqrt((1 - level) * (1 + level))),))


@activation(
    formula="((1 + alpha) * x + sqrt((1 - alpha)**2 * x**2 + mu**2)) / 2",
    shape=_smu1_shape,
    source=_SMU,
    class_name="SMU1",
    accuracy=_ACCURACY,
)
def smu1(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(typical=(0.0, 0.25))] = 0.25,
    mu: Annotated[Learned, Bounds(0.0, typical=(0.5, 2.0), open=True)] = 1.0,
) -> Tensor:
    """A smooth maximum of x and alpha x by a square root; squareplus where alpha = 0."""
    z = widened(x)
    a, m = scalar(alpha, z), scalar(mu, z)
    step = (1 - a) * z
    bend = m / 2 * (m / (hypot(step, m) + size(step)))
    return (a * z + torch.relu(step) + bend).to(x.dtype)


Range = Annotated[Learned, Bounds(-0.5, typical=(0.0, 0.5), open=True)]


def _gate_level(alpha: float) -> float:
    """Where the slope is zero, of x times a gate from 0 to 1, if the gate runs from -alpha to 1 + alpha."""
    need(alpha > -0.5 and _told(alpha), "alpha is not above -1/2, or hardly zero")
    return alpha / (1 + 2 * alpha)


def _xgelu_shape(alpha: float) -> Shape:
    level = _gate_level(alpha)

    def slope(x: float) -> float:
        density = math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
        return math.erfc(-x / math.sqrt(2)) / 2 + x * density - level

    return Shape(_end(-alpha), _INF, turns=crossings(slope, -38.0, 8.0, 920))


@activation(
    formula="x * ((1 + 2 * alpha) * erfc(-x / sqrt(2)) / 2 - alpha)",
    shape=_xgelu_shape,
    source=_HUANG,
    class_name="XGELU",
    accuracy=_ACCURACY,
)
def xgelu(x: Tensor, alpha: Range = 0.0) -> Tensor:
    """GELU whose gate runs from -alpha to 1 + alpha."""
    z = widened(x)
    away = size(z)
    bend = (0.5 + scalar(alpha, z)) * (away * torch.erfc(away * math.sqrt(0.5)))
    return (torch.relu(z) + alpha * away - bend).to(x.dtype)


def _xatlu_shape(alpha: float) -> Shape:
    level = _gate_level(alpha)
    if level == 0:
        return Shape(-(1 + 2**-51) / math.pi, _INF)  # the values round to both sides of the limit

    def slope(x: float) -> float:
        return (math.atan2(1.0, -x) + x / (1 + x * x)) / math.pi - level

    # The slope of the plain gate rises from 0 by 2 / (3 pi |x|^3).
    turns = (root(slope, -2 - 1 / level, 0.0),) if level > 0 else ()
    return Shape(_end(-alpha), _INF, turns=turns)


@activation(
    formula="x * ((1 + 2 * alpha) * (atan(x) + pi / 2) / pi - alpha)",
    shape=_xatlu_shape,
    source=_HUANG,
    class_name="XATLU",
    accuracy=_ACCURACY,
)
def xatlu(x: Tensor, alpha: Range = 0.0) -> Tensor:
    """The input times an arctangent gate, which runs from -alpha to 1 + alpha."""
    z = widened(x)
    away = size(z)
    tail = torch.atan2(torch.ones_like(z), away) * (2 / math.pi)
    return (torch.relu(z) + alpha * away - (0.5 + scalar(alpha, z)) * (away * tail)).to(x.dtype)
