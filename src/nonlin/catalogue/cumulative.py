"""Distribution functions as activations: they rise from 0 to 1, some much later on one side than on the other."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Positive, Shape
from nonlin.catalogue.stable import need, softplus, wide, within

_INF = math.inf

# To 30 digits by Newton's method.
_DSILU_TURN = 2.39935728051546766783273969728

# The backward of tanh is 1 - y^2 of the rounded y, and loses both tails.
_TANH_ACCURACY = Accuracy(slack=(0.0, 2.0))


# exp(-z^2 / 2) multiplies the rounding of z by z^2, where the values have become tiny.
_NORMAL_ACCURACY = Accuracy(ulps=(16.0, 16.0), slack=(1e-5, 1e-5))


@activation(
    formula="erfc(-x / sqrt(2)) / 2",
    shape=Shape(0.0, 1.0),
    source="classical",
    class_name="GaussianCDF",
    aliases=("normal_cdf", "ndtr"),
    accuracy=_NORMAL_ACCURACY,
)
@wide
def gaussian_cdf(x: Tensor) -> Tensor:
    """The probability that a standard normal number lies below the input; the gate of GELU."""
    return torch.erfc(x * -math.sqrt(0.5)) / 2


@activation(
    formula="erfc((Rational(707107, 1000000) - x) / (sqrt(2) * Rational(282095, 1000000))) / 2",
    shape=Shape(0.0, 1.0),
    source="Ma et al. 2022, Mega: Moving Average Equipped Gated Attention, arXiv:2209.10655",
    class_name="Laplace",
    accuracy=Accuracy(ulps=(16.0, 16.0), slack=(2e-2, 2e-2)),
)
@wide
def laplace(x: Tensor) -> Tensor:
    """The attention function of Mega: a normal distribution function, in spite of its name."""
    return torch.erfc((0.707107 - x) * (math.sqrt(0.5) / 0.282095)) / 2


def loglog_of(x: Tensor) -> Tensor:
    """1 - exp(-exp(x)), exact in both tails; from 8 on it is 1."""
    rate = torch.exp(within(x, -_INF, 8))
    return torch.where(x < 0, -torch.expm1(-rate), 1 - torch.exp(-rate))


@activation(
    formula="1 - exp(-exp(x))",
    shape=Shape(0.0, 1.0),
    source="classical; the inverse of the complementary log-log link",
    class_name="LogLog",
    aliases=("cloglog", "complementary_log_log"),
    accuracy=Accuracy(ulps=(4.0, 16.0), slack=(0.0, 1e-3)),
)
@wide
def loglog(x: Tensor) -> Tensor:
    """Rises from 0 like exp(x), and to 1 much faster."""
    return loglog_of(x)


@activation(
    formula="exp(-exp(-x))",
    shape=Shape(0.0, 1.0),
    source="classical; Gompertz 1825, and the distribution function of Gumbel",
    class_name="Gompertz",
    aliases=("gumbel_cdf",),
    # The outer exponential multiplies the rounding of the inner one by it, where the values have become tiny.
    accuracy=Accuracy(ulps=(16.0, 16.0), slack=(1e-5, 1e-5)),
)
@wide
def gompertz(x: Tensor) -> Tensor:
    """Leaves 0 very late and approaches 1 like exp(-x)."""
    return torch.exp(-torch.exp(-within(x, -8, _INF)))


def _aria2_shape(alpha: float, beta: float) -> Shape:
    need(alpha > 0 and beta > 0, "alpha or beta is not positive")
    return Shape(0.0, 1.0)


@activation(
    formula="(1 + exp(-beta * x))**(-alpha)",
    shape=_aria2_shape,
    source="Patwardhan, Ingalhalikar and Walambe 2018, ARiA, arXiv:1805.08878",
    class_name="ARiA2",
    # exp multiplies the rounding of its argument by it, where the values have become tiny.
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(1e-3, 1e-3)),
)
@wide
def aria2(x: Tensor, alpha: Positive = 1.5, beta: Positive = 1.0) -> Tensor:
    """Richards' curve: the sigmoid of beta * x to the power alpha. The paper's ARiA is the input times it."""
    return torch.exp(-alpha * softplus(-beta * x))
