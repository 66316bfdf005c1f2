"""Bell-shaped functions, which answer to inputs near zero alone."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, LearnedPositive, LearnedReal, Positive, Shape, scalar, widened
from nonlin.catalogue.stable import SATURATED, hypot, need, wide, within


def _gaussian_shape(sigma: float) -> Shape:
    need(sigma != 0, "sigma is zero")
    return Shape(0.0, 0.0, turns=(0.0,))


@activation(
    formula="exp(-x**2 / (2 * sigma**2))",
    shape=_gaussian_shape,
    source="Ramasinghe and Lucey 2021, Beyond Periodicity, arXiv:2111.15135",
    class_name="Gaussian",
)
@wide
def gaussian(x: Tensor, sigma: Positive = 1.0) -> Tensor:
    """The normal density with peak 1 and width `sigma`."""
    return torch.exp(within(x / sigma, -SATURATED, SATURATED).square() / -2)  # squares may overflow


@activation(
    formula="exp(-x**2)",
    shape=Shape(0.0, 0.0, turns=(0.0,)),
    source="classical",
    class_name="GaussianRBF",
    aliases=("rbf",),
)
@wide
def gaussian_rbf(x: Tensor) -> Tensor:
    """The radial basis function exp(-x^2)."""
    return torch.exp(-within(x, -SATURATED, SATURATED).square())  # zero outside; a square may overflow


_ROOT3 = math.sqrt(3)


@activation(
    formula="(1 - x**2) * exp(-x**2 / 2)",
    shape=Shape(0.0, 0.0, turns=(-_ROOT3, 0.0, _ROOT3)),
    source="classical; Ricker's wavelet",
    class_name="Ricker",
    aliases=("mexican_hat",),
    accuracy=Accuracy(ulps=(4.0, 8.0), slack=(0.0, 4.0)),
)
@wide
def ricker(x: Tensor) -> Tensor:
    """The negative second derivative of a Gaussian: a peak between two troughs."""
    square = within(x, -40, 40).square()
    return (1 - square) * torch.exp(square / -2)


def _cauchy_shape(lam1: float, lam2: float, d: float) -> Shape:
    need(d > 0, "d is not positive")
    if lam1 == 0:
        return Shape(0.0, 0.0, turns=(0.0,) if lam2 else ())
    # The slope is zero where lam1 x^2 + 2 lam2 x = lam1 d^2; the root that would cancel comes from the other.
    large = -(lam2 + math.copysign(math.hypot(lam2, lam1 * d), lam2)) / lam1
    return Shape(0.0, 0.0, turns=tuple(sorted((large, -d * d / large))))


@activation(
    formula="(lam1 * x + lam2) / (x**2 + d**2)",
    shape=_cauchy_shape,
    source="Li, Xia and Zhang 2024, Cauchy activation function and XNet, arXiv:2409.19221",
    class_name="Cauchy",
    accuracy=Accuracy(slack=(2.0, 8.0)),
)
def cauchy(x: Tensor, lam1: LearnedReal = 1.0, lam2: LearnedReal = 1.0, d: LearnedPositive = 1.0) -> Tensor:
    """A line over a parabola without zeros: a peak beside a trough, from Cauchy's integral formula."""
    z = widened(x)
    width = scalar(d, z)
    bent = hypot(z, width)
    return ((lam1 * (z / bent) + lam2 / bent) / bent).to(x.dtype)
