"""Curves whose form may be learned: exponential and squashing units, a periodic one, smooth maxima."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import (
    Accuracy,
    Bounds,
    Learned,
    LearnedPositive,
    LearnedReal,
    Shape,
    scalar,
    widened,
)
from nonlin.catalogue.stable import held, hypot

_INF = math.inf
_STOLLENWERK = "Stollenwerk 2025, Layer Normalization and Dynamic Activation Functions, arXiv:2503.21708"

# Outputs move by beta, so that they may cancel; slopes vanish by a difference.
_MOVED = Accuracy(slack=(4.0, 8.0))


def _positive(**values: float) -> None:
    """Refuse what the bounds refuse: the curve has another form there, or none."""
    for name, value in values.items():
        if not value > 0:
            raise ValueError(f"{name} is not positive")


def _pelu_shape(a: float, b: float) -> Shape:
    _positive(a=a, b=b)
    return Shape(-a, _INF)


@activation(
    formula="Piecewise((a / b * x, x >= 0), (a * (exp(x / b) - 1), True))",
    shape=_pelu_shape,
    source="Trottier, Giguère and Chaib-draa 2016, Parametric Exponential Linear Unit, arXiv:1605.09332",
    class_name="PELU",
    aliases=("parametric_elu",),
)
def pelu(x: Tensor, a: LearnedPositive = 1.0, b: LearnedPositive = 1.0) -> Tensor:
    """ELU with saturation -a and scale `b`, and the slope a / b on the right, so that it has no kink."""
    # The slope of torch's ELU comes from its input; that of expm1, from its output, loses the tail.
    return (a * functional.elu(widened(x) / b)).to(x.dtype)


def _mpelu_shape(alpha: float, beta: float) -> Shape:
    _positive(alpha=alpha, beta=beta)
    return Shape(-alpha, _INF, kinks=() if alpha * beta == 1 else (0.0,))


@activation(
    formula="Piecewise((x, x > 0), (alpha * (exp(beta * x) - 1), True))",
    shape=_mpelu_shape,
    source="Li, Fan, Li, Wu and Ming 2016, Multiple Parametric Exponential Linear Units, arXiv:1606.00305",
    class_name="MPELU",
)
def mpelu(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(0.0, typical=(0.25, 1.0), open=True)] = 0.25,
    beta: Annotated[Learned, Bounds(0.0, typical=(0.5, 2.0), open=True)] = 1.0,
) -> Tensor:
    """ELU with saturation -alpha and steepness `beta` on the left."""
    z = widened(x)
    return torch.where(z > 0, z, alpha * functional.elu((beta * z).clamp(max=0))).to(x.dtype)


def _xielu_shape(alpha_p: float, alpha_n: float, beta: float) -> Shape:
    _positive(alpha_p=alpha_p, alpha_n=alpha_n, beta=beta)
    if alpha_n > beta:
        return Shape(_INF, _INF, turns=(math.log1p(-beta / alpha_n),))
    return Shape(-_INF if alpha_n < beta else -alpha_n, _INF)


@activation(
    formula="Piecewise((alpha_p * x**2 + beta * x, x > 0), (alpha_n * (exp(x) - 1 - x) + beta * x, True))",
    shape=_xielu_shape,
    source="Huang and Schlag 2024, Deriving Activation Functions Using Integration, arXiv:2411.13010",
    class_name="XIELU",
    # Where the two terms of the left side cancel, at -1.6 for the defaults.
    accuracy=Accuracy(slack=(4.0, 4.0)),
)
def xielu(
    x: Tensor,
    alpha_p: LearnedPositive = 0.8,
    alpha_n: LearnedPositive = 0.8,
    beta: Annotated[float, Bounds(0.0, typical=(0.4, 0.5), open=True)] = 0.5,
) -> Tensor:
    """A parabola on the right, the integral of ELU on the left. The paper learns softplus^-1 of both factors."""
    z = widened(x)
    # Each side is zero, and has slope zero, on the other; at zero itself the slope is the left one's.
    high, low = torch.relu(z), z.clamp(max=0)
    left = alpha_n * functional.elu(low) + (beta - alpha_n) * low
    return (high * (alpha_p * high + beta) + left).to(x.dtype)


def _snake_shape(alpha: float) -> Shape:
    _positive(alpha=alpha)
    return Shape(-_INF, _INF)


@activation(
    formula="x + sin(alpha * x)**2 / alpha",
    shape=_snake_shape,
    source="Ziyin, Hartwig and Ueda 2020, Neural Networks Fail to Learn Periodic Functions, arXiv:2006.08195",
    class_name="Snake",
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(0.0, 8.0)),
)
def snake(x: Tensor, alpha: Annotated[Learned, Bounds(0.0, typical=(0.5, 4.0), open=True)] = 1.0) -> Tensor:
    """The input plus a periodic bump of frequency `alpha`; it never falls."""
    z = widened(x)
    return (z + held(alpha * z).sin().square() / alpha).to(x.dtype)


def _between(low: float, high: float, rising: float) -> Shape:
    return Shape(high, low) if rising < 0 else Shape(low, high)


@activation(
    formula="gamma * tanh(alpha * x) + beta",
    shape=lambda alpha, gamma, beta: (
        _between(beta - abs(gamma), beta + abs(gamma), alpha * gamma) if alpha else Shape(beta, beta)
    ),
    source="Zhu, Chen, He, LeCun and Liu 2025, Transformers without Normalization, arXiv:2503.10622",
    class_name="DyT",
    aliases=("dynamic_tanh",),
    accuracy=_MOVED,
)
def dyt(
    x: Tensor,
    alpha: LearnedPositive = 0.5,
    gamma: Annotated[Learned, Bounds(typical=(0.5, 2.0))] = 1.0,
    beta: LearnedReal = 0.0,
) -> Tensor:
    """A scaled tanh in place of layer normalisation; gamma and beta may be tensors, one number a channel."""
    return (gamma * (alpha * widened(x)).tanh() + beta).to(x.dtype)


def _derf_shape(alpha: float, s: float, gamma: float, beta: float) -> Shape:
    if alpha == 0:
        flat = gamma * math.erf(s) + beta
        return Shape(flat, flat)
    return _between(beta - abs(gamma), beta + abs(gamma), alpha * gamma)


@activation(
    formula="gamma * erf(alpha * x + s) + beta",
    shape=_derf_shape,
    source="Chen, Lu, Zhu, Sun and Liu 2025, Stronger Normalization-Free Transformers, arXiv:2512.10938",
    class_name="Derf",
    aliases=("dynamic_erf",),
    accuracy=_MOVED,
)
def derf(
    x: Tensor,
    alpha: LearnedPositive = 0.5,
    s: LearnedReal = 0.0,
    gamma: Annotated[Learned, Bounds(typical=(0.5, 2.0))] = 1.0,
    beta: LearnedReal = 0.0,
) -> Tensor:
    """A scaled and shifted error function in place of layer normalisation."""
    return (gamma * torch.erf(alpha * widened(x) + s) + beta).to(x.dtype)


def _dyisru_shape(alpha: float, gamma: float, beta: float) -> Shape:
    _positive(alpha=alpha)
    return _between(beta - abs(gamma), beta + abs(gamma), gamma)


@activation(
    formula="gamma * x / sqrt(x**2 + alpha) + beta",
    shape=_dyisru_shape,
    source=_STOLLENWERK,
    class_name="DyISRU",
    aliases=("dynamic_isru",),
    accuracy=_MOVED,
)
def dyisru(
    x: Tensor,
    alpha: LearnedPositive = 1.0,
    gamma: Annotated[Learned, Bounds(typical=(0.5, 2.0))] = 1.0,
    beta: LearnedReal = 0.0,
) -> Tensor:
    """The input over the root of its square plus `alpha`: layer normalisation, seen by one element."""
    z = widened(x)
    return (gamma * (z / hypot(z, scalar(alpha, z).sqrt())) + beta).to(x.dtype)


def _softsign_shape(alpha: float, beta: float) -> Shape:
    _positive(beta=beta)
    return Shape(-alpha, alpha)


@activation(
    formula="alpha * x / (beta + Abs(x))",
    shape=_softsign_shape,
    source="Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463",
    class_name="ScaledSoftsign",
    # Slopes are a difference, as softsign's.
    accuracy=Accuracy(slack=(0.0, 16.0)),
)
def scaled_softsign(x: Tensor, alpha: LearnedPositive = 1.0, beta: LearnedPositive = 1.0) -> Tensor:
    """Softsign with limits +-alpha and width `beta`."""
    z = widened(x)
    return (alpha * (z / (beta + z.abs()))).to(x.dtype)


def _apa_shape(lambd: float, kappa: float) -> Shape:
    _positive(lambd=lambd, kappa=kappa)
    return Shape(0.0, 1.0)


@activation(
    formula="(1 + lambd * exp(-kappa * x))**(-1 / lambd)",
    shape=_apa_shape,
    source="Alexandridis, Deng, Nguyen and Luo 2024, Adaptive Parametric Activation, arXiv:2407.08567",
    class_name="APA",
    aliases=("adaptive_parametric_activation",),
    # exp(-t) of a rounded t is off by t exp(-t) eps.
    accuracy=Accuracy(slack=(4.0, 8.0)),
)
def apa(x: Tensor, lambd: LearnedPositive = 1.0, kappa: LearnedPositive = 1.0) -> Tensor:
    """A sigmoid that `lambd` bends to one side: lambd = 1 is the sigmoid, lambd near 0 the Gompertz curve."""
    z = widened(x)
    # softplus is the identity beyond its threshold; from 50 on that is exact.
    power = functional.softplus(scalar(lambd, z).log() - kappa * z, 1.0, 50.0) / lambd
    return torch.exp(-power).to(x.dtype)
