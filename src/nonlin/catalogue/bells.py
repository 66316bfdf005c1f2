"""Bell-shaped functions, which answer to inputs near zero alone."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Positive, Shape
from nonlin.catalogue.stable import need, wide


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
    return torch.exp((x / sigma).square() / -2)


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
    return torch.exp(-x.square())


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
    square = x.clamp(-40, 40).square()
    return (1 - square) * torch.exp(square / -2)
