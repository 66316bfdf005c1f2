"""The input times a gate of its softplus or exponential: Mish's kin; and even functions built alike."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.cumulative import loglog_of
from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Positive, Shape
from nonlin.catalogue.stable import (
    SATURATED,
    log1pexp,
    logistic,
    need,
    root,
    sech2,
    softplus,
    times_tanh,
    wide,
    within,
)

_INF = math.inf

# Where the slope is zero, to 30 digits.
_SERF_TURN = -1.19305996892818796618328632714
_SMISH_TURN = -1.39451930192450408423618214309
_LOGISH_TURN = -1.37245413702569021113806300631
_PHISH_TURN = -1.19543120138791245689634295531
_TANHEXP_TURN = -1.07886005846462405665066737017
_GISH_TURN = -1.28205104926012604730987732634

_GATED = Accuracy(ulps=(8.0, 8.0), slack=(0.0, 1.0))


@activation(
    formula="x * erf(log(1 + exp(x)))",
    shape=Shape(0.0, _INF, turns=(_SERF_TURN,)),
    source="Nag and Bhattacharyya 2021, SERF, arXiv:2108.09598",
    class_name="Serf",
    accuracy=_GATED,
)
@wide
def serf(x: Tensor) -> Tensor:
    """The input times the error function of its softplus."""
    z = within(x, -SATURATED, _INF)
    return z * torch.erf(softplus(z))


@activation(
    formula="x * tanh(log(1 + 1 / (1 + exp(-x))))",
    shape=Shape(0.0, _INF, turns=(_SMISH_TURN,)),
    source="Wang, Ren and Wang 2022, Smish, Electronics 11(4) 540",
    class_name="Smish",
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(0.0, 4.0)),
)
@wide
def smish(x: Tensor) -> Tensor:
    """The input times tanh(log(1 + sigmoid)); the slope far right is 0.6."""
    s = torch.sigmoid(x)
    product = s * (2 + s)
    return x * (product / (2 + product))


@activation(
    formula="x * log(1 + 1 / (1 + exp(-x)))",
    shape=Shape(0.0, _INF, turns=(_LOGISH_TURN,)),
    source="Zhu, Zeng, Liu and Zhang 2021, Logish, Neurocomputing 458",
    class_name="Logish",
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(0.0, 4.0)),
)
@wide
def logish(x: Tensor) -> Tensor:
    """The input times log(1 + sigmoid); the slope far right is log 2."""
    return x * torch.log1p(torch.sigmoid(x))


@activation(
    formula="x * tanh(x * erfc(-x / sqrt(2)) / 2)",
    shape=Shape(0.0, _INF, turns=(_PHISH_TURN, 0.0)),
    source="Naveen 2022, Phish: A Novel Hyper-Optimizable Activation Function, TechRxiv",
    class_name="Phish",
    # exp(-x^2 / 2) multiplies the rounding of x by x^2, where the values have become tiny.
    accuracy=Accuracy(ulps=(16.0, 16.0), slack=(1e-4, 2.0)),
)
@wide
def phish(x: Tensor) -> Tensor:
    """The input times the tanh of its GELU; never negative."""
    z = within(x, -SATURATED, _INF)
    return z * torch.tanh(z * torch.erfc(z * -math.sqrt(0.5)) / 2)


@activation(
    formula="x * tanh(exp(x))",
    shape=Shape(0.0, _INF, turns=(_TANHEXP_TURN,)),
    source="Liu and Di 2020, TanhExp, arXiv:2003.09855; as TeLU: Fernandez and Mali 2024, arXiv:2412.20269",
    class_name="TanhExp",
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(0.0, 1.0)),
)
@wide
def tanhexp(x: Tensor) -> Tensor:
    """The input times the tanh of its exponential; also published as TeLU."""
    return times_tanh(x, torch.exp(within(x, -_INF, 4)))


@activation(
    formula="x * log(2 - exp(-exp(x)))",
    shape=Shape(0.0, _INF, turns=(_GISH_TURN,)),
    source="Kaytan, Aydilek and Yeroğlu 2023, Gish, Neural Computing and Applications",
    class_name="Gish",
    accuracy=Accuracy(ulps=(8.0, 16.0), slack=(0.0, 1.0)),
)
@wide
def gish(x: Tensor) -> Tensor:
    """The input times log(2 - exp(-exp(x))); the slope far right is log 2."""
    return x * torch.log1p(loglog_of(x))


def _mila_shape(beta: float) -> Shape:
    need(abs(beta) <= 20, "beta is outside [-20, 20]")

    def slope(x: float) -> float:
        s = log1pexp(x + beta)
        return math.tanh(s) + x * logistic(x + beta) * sech2(s)

    return Shape(0.0, _INF, turns=(root(slope, -30.0, 0.0),))


@activation(
    formula="x * tanh(log(1 + exp(x + beta)))",
    shape=_mila_shape,
    source="echoAI 0.1.3, Mila",
    class_name="Mila",
    accuracy=_GATED,
)
@wide
def mila(x: Tensor, beta: Annotated[float, Bounds(-20.0, 20.0, typical=(-1.0, 1.0))] = -0.25) -> Tensor:
    """Mish whose gate opens at -beta instead of zero."""
    return x * torch.tanh(softplus(x + beta))


def _beta_mish_shape(beta: float) -> Shape:
    need(1e-3 < beta < 1e3, "beta is outside (0.001, 1000)")

    def slope(x: float) -> float:
        s = log1pexp(x)
        return math.tanh(beta * s) + beta * x * logistic(x) * sech2(beta * s)

    return Shape(0.0, _INF, turns=(root(slope, -30.0, 0.0),))


@activation(
    formula="x * tanh(beta * log(1 + exp(x)))",
    shape=_beta_mish_shape,
    source="echoAI 0.1.3, BetaMish",
    class_name="BetaMish",
    accuracy=_GATED,
)
@wide
def beta_mish(
    x: Tensor, beta: Annotated[float, Bounds(1e-3, 1e3, typical=(0.5, 2.0), open=True)] = 1.5
) -> Tensor:
    """Mish whose gate is sharper, the larger `beta`."""
    z = within(x, -SATURATED, _INF)
    return z * torch.tanh(beta * softplus(z))


def _sgelu_shape(alpha: float) -> Shape:
    if alpha == 0:
        return Shape(0.0, 0.0)
    end = math.copysign(_INF, alpha)
    return Shape(end, end, turns=(0.0,))


@activation(
    formula="alpha * x * erf(x / sqrt(2))",
    shape=_sgelu_shape,
    source="Yu and Su 2019, Symmetrical Gaussian Error Linear Units, arXiv:1911.03925",
    class_name="SGELU",
)
@wide
def sgelu(x: Tensor, alpha: Annotated[float, Bounds(0.0, typical=(0.1, 1.0), open=True)] = 0.1) -> Tensor:
    """An even GELU: alpha times |x| far from zero, a parabola near it."""
    return alpha * x * torch.erf(x * math.sqrt(0.5))


def _valley(alpha: float) -> Shape:
    need(alpha > 0, "alpha is not positive")
    return Shape(_INF, _INF, turns=(0.0,))


@activation(
    formula="x * tanh(Piecewise((alpha * x, x > 0), (exp(alpha * x) - 1, True)))",
    shape=_valley,
    source="Mercioni and Holban 2020, TeLU: A New Activation Function for Deep Learning, ISETC",
    class_name="TeLUELU",
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def telu_elu(x: Tensor, alpha: Positive = 1.0) -> Tensor:
    """The input times the tanh of ELU(alpha x); TanhExp is another function that is called TeLU too."""
    return x * torch.tanh(functional.elu(alpha * x))


@activation(
    formula="x * tanh(x)",
    shape=Shape(_INF, _INF, turns=(0.0,)),
    source="Roy, Manna, Dubey and Chaudhuri 2019, LiSHT, arXiv:1901.05894",
    class_name="LiSHT",
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def lisht(x: Tensor) -> Tensor:
    """The input times its tanh: |x| far from zero, a parabola near it."""
    return x * torch.tanh(x)


@activation(
    formula="x * tanh(x / alpha)",
    shape=_valley,
    source="Vallés-Pérez et al. 2023, Empirical study of the modulus as activation function, arXiv:2301.05993",
    class_name="SoftModulusT",
    accuracy=Accuracy(slack=(0.0, 16.0)),
)
@wide
def soft_modulus_t(
    x: Tensor, alpha: Annotated[float, Bounds(0.0, typical=(0.1, 1.0), open=True)] = 0.01
) -> Tensor:
    """The modulus with a smooth bottom of width `alpha`; LiSHT where alpha = 1."""
    return x * torch.tanh(x / alpha)
