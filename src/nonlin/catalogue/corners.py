"""Rectifiers with a soft corner: exponential, logarithmic and algebraic."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Positive, Shape
from nonlin.catalogue.stable import hypot, need, odd, size, softplus, wide, within

_INF = math.inf
_LN2 = math.log(2)

# Where the slope is zero, to 30 digits.
_ELISH_TURN = -0.88137358701954302523260932498
_HARD_ELISH_TURN = -0.442854401002388583141327999999


@activation(
    formula="Piecewise((x + 1, x > 0), (exp(x), True))",
    shape=Shape(0.0, _INF),
    source="Katharopoulos et al. 2020, Transformers are RNNs, arXiv:2006.16236",
    class_name="ELUPlusOne",
    aliases=("elu1", "elu_feature_map"),
)
@wide
def elu_plus_one(x: Tensor) -> Tensor:
    """ELU + 1: the exponential below zero and a line above; the feature map of linear attention."""
    return torch.where(x > 0, x + 1, torch.exp(x.clamp(max=0)))


@activation(
    formula="Piecewise((x / (1 + exp(-x)), x >= 0), ((exp(x) - 1) / (1 + exp(-x)), True))",
    shape=Shape(0.0, _INF, turns=(_ELISH_TURN,)),
    source="Basirat and Roth 2018, The Quest for the Golden Activation Function, arXiv:1808.00783",
    class_name="ELiSH",
    aliases=("exponential_linear_squashing",),
    accuracy=Accuracy(ulps=(4.0, 8.0), slack=(0.0, 1.0)),
)
@wide
def elish(x: Tensor) -> Tensor:
    """SiLU above zero; below it, exp(x) - 1 times the sigmoid."""
    return torch.sigmoid(x) * functional.elu(x)


@activation(
    formula="Piecewise((x, x >= 0), (exp(x) - 1, True)) * Min(Max((x + 1) / 2, 0), 1)",
    shape=Shape(0.0, _INF, turns=(_HARD_ELISH_TURN,), kinks=(-1.0, 1.0)),
    source="Basirat and Roth 2018, The Quest for the Golden Activation Function, arXiv:1808.00783",
    class_name="HardELiSH",
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def hard_elish(x: Tensor) -> Tensor:
    """ELiSH with a straight-line gate: zero below -1, the identity above 1."""
    return ((x + 1) / 2).clamp(0, 1) * functional.elu(x)


@activation(
    formula="log(1 + exp(x)) - log(2)",
    shape=Shape(-_LN2, _INF),
    source="Schütt et al. 2017, SchNet, arXiv:1706.08566",
    class_name="ShiftedSoftplus",
    aliases=("ssp",),
)
@wide
def shifted_softplus(x: Tensor) -> Tensor:
    """Softplus, moved down to go through zero."""
    near = torch.log1p(torch.expm1(within(x, -1, 1)) / 2)
    return torch.where(x.abs() < 1, near, softplus(x) - _LN2)


def _squareplus_shape(b: float) -> Shape:
    need(b > 0, "b is not positive")
    return Shape(0.0, _INF)


@activation(
    formula="(x + sqrt(x**2 + b)) / 2",
    shape=_squareplus_shape,
    source="Barron 2021, Squareplus: A Softplus-Like Algebraic Rectifier, arXiv:2112.11687",
    class_name="Squareplus",
    aliases=("square_plus",),
    accuracy=Accuracy(ulps=(4.0, 8.0)),
)
@wide
def squareplus(x: Tensor, b: Annotated[float, Bounds(0.0, typical=(1.0, 8.0), open=True)] = 4.0) -> Tensor:
    """A softplus from a square root alone; `b` is the width of its corner."""
    root = hypot(x, torch.full_like(x, math.sqrt(b)))
    return torch.relu(x) + (b / 2) / (root + size(x))


@activation(
    formula="sqrt(log(1 + exp(x)))",
    shape=Shape(0.0, _INF),
    source="transformers, sqrtsoftplus",
    class_name="SqrtSoftplus",
    aliases=("sqrtsoftplus",),
    accuracy=Accuracy(ulps=(4.0, 8.0)),
)
@wide
def sqrt_softplus(x: Tensor) -> Tensor:
    """The square root of softplus."""
    tail = torch.exp(x.clamp(max=-40) / 2)
    return torch.where(x < -40, tail, torch.sqrt(softplus(x.clamp(min=-40))))


@activation(
    formula="(sqrt(x**2 + 1) - 1) / 2 + x",
    shape=Shape(-_INF, _INF),
    source="torch-activation 1.0.0, BentIdentity; echoAI, BentID",
    class_name="BentIdentity",
    aliases=("bent_id",),
)
@wide
def bent_identity(x: Tensor) -> Tensor:
    """The identity, bent smoothly: slope 1/2 on the left, 3/2 on the right."""
    return x + x / 2 * (x / (hypot(x, torch.ones_like(x)) + 1))


@activation(
    formula="asinh(x)",
    shape=Shape(-_INF, _INF),
    source="classical",
    class_name="Arcsinh",
    aliases=("asinh",),
    kernel="asinh",
    serves=(),
)
@wide
def arcsinh(x: Tensor) -> Tensor:
    """The inverse of the hyperbolic sine: the identity near zero, a logarithm far away, odd."""
    return torch.asinh(x)


@activation(
    formula="sign(x) * log(1 + Abs(x))",
    shape=Shape(-_INF, _INF),
    source="Hafner et al. 2023, Mastering Diverse Domains through World Models, arXiv:2301.04104",
    class_name="Symlog",
    aliases=("bilog",),
)
@wide
def symlog(x: Tensor) -> Tensor:
    """The logarithm of 1 + |x|, with the sign of the input."""
    return odd(x, torch.log1p(size(x)))


def _nlrelu_shape(beta: float) -> Shape:
    need(beta > 0, "beta is not positive")
    return Shape(0.0, _INF, kinks=(0.0,))


@activation(
    formula="log(1 + beta * Max(x, 0))",
    shape=_nlrelu_shape,
    source="Liu et al. 2019, Natural-Logarithm-Rectified Activation Function, arXiv:1908.03682",
    class_name="NLReLU",
    aliases=("nl_relu",),
)
@wide
def nlrelu(x: Tensor, beta: Positive = 1.0) -> Tensor:
    """The logarithm of 1 + beta * ReLU."""
    z = torch.relu(x)
    near = torch.log1p(beta * z)
    if beta <= 1:
        return near
    return torch.where(z > 1e30, torch.log(z.clamp(min=1)) + math.log(beta), near)  # the product may overflow
