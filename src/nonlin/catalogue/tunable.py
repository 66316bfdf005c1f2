"""Smooth gates whose form may be learned, of the error function, tanh and the sigmoid."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Learned, LearnedPositive, Shape, scalar, widened
from nonlin.catalogue.stable import (
    SATURATED,
    crossings,
    gate,
    log1pexp,
    log_lambert,
    logistic,
    need,
    root,
    sech2,
    softplus,
    times_tanh,
    within,
)

_INF = math.inf
_ERFACT = "Biswas, Kumar, Banerjee and Pandey 2021, ErfAct and Pserf, arXiv:2109.04386"
_TANHSOFT = "Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863"
_SWISH_T = "Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012"

_ACCURACY = Accuracy(ulps=(8.0, 8.0), slack=(1.0, 8.0))
# The two terms cancel where the function is zero: 8 holds up to ends of 2.
_MOVED = Accuracy(ulps=(8.0, 8.0), slack=(8.0, 8.0))

Factor: TypeAlias = Annotated[Learned, Bounds(0.0, typical=(0.5, 1.5), open=True)]

# exp(80) is finite in single precision, and saturates every gate.
_FULL = 80.0


def _gate_turn(scale: float, rate: float, slope: Callable[[float], float]) -> float:
    """Where x times an increasing gate is least, if the gate is about scale * exp(rate * x) on the left."""
    need(1e-3 < scale < 1e3 and 1e-3 < rate < 1e3, "a factor is outside (0.001, 1000)")
    return root(slope, -(4 + max(0.0, math.log(scale))) / rate, 0.0)


def _erf_slope(x: float) -> float:
    return 2 / math.sqrt(math.pi) * math.exp(-x * x)


def _erfact_shape(alpha: float, beta: float) -> Shape:
    def slope(x: float) -> float:
        v = alpha * math.exp(beta * x)
        return math.erf(v) + beta * x * v * _erf_slope(v)

    return Shape(0.0, _INF, turns=(_gate_turn(alpha, beta, slope),))


@activation(
    formula="x * erf(alpha * exp(beta * x))",
    shape=_erfact_shape,
    source=_ERFACT,
    class_name="ErfAct",
    accuracy=_ACCURACY,
)
def erfact(x: Tensor, alpha: Factor = 0.75, beta: Factor = 0.75) -> Tensor:
    """The input times the error function of alpha exp(beta x)."""
    z = widened(x)
    return (z * torch.erf(alpha * torch.exp(within(beta * z, -SATURATED, _FULL)))).to(x.dtype)


def _pserf_shape(gamma: float, delta: float) -> Shape:
    def slope(x: float) -> float:
        s = gamma * log1pexp(delta * x)
        return math.erf(s) + x * gamma * delta * logistic(delta * x) * _erf_slope(s)

    return Shape(0.0, _INF, turns=(_gate_turn(gamma, delta, slope),))


@activation(
    formula="x * erf(gamma * log(1 + exp(delta * x)))",
    shape=_pserf_shape,
    source=_ERFACT,
    class_name="PSerf",
    aliases=("parametric_serf",),
    accuracy=_ACCURACY,
)
def pserf(x: Tensor, gamma: Factor = 1.25, delta: Factor = 0.85) -> Tensor:
    """Serf, the input times the error function of its softplus, with a factor before and within."""
    z = widened(x)
    u = (delta * z).clamp(min=-SATURATED)
    return (torch.where(u > -SATURATED, z, 0.0) * torch.erf(gamma * softplus(u))).to(x.dtype)


def _tanhsoft1_shape(alpha: float) -> Shape:
    need(1e-3 < alpha < 1e3, "alpha is outside (0.001, 1000)")

    def slope(x: float) -> float:
        return alpha * sech2(alpha * x) * log1pexp(x) + math.tanh(alpha * x) * logistic(x)

    return Shape(0.0, _INF, turns=(root(slope, -(2 + math.log1p(alpha)) / alpha, 0.0),))


@activation(
    formula="tanh(alpha * x) * log(1 + exp(x))",
    shape=_tanhsoft1_shape,
    source=_TANHSOFT,
    class_name="TanhSoft1",
    accuracy=_ACCURACY,
)
def tanhsoft1(x: Tensor, alpha: Factor = 0.87) -> Tensor:
    """The softplus of the input times tanh(alpha x)."""
    z = widened(x)
    return (torch.tanh(alpha * z) * softplus(z)).to(x.dtype)


def _tanhsoft2_shape(beta: float, gamma: float) -> Shape:
    def slope(x: float) -> float:
        v = beta * math.exp(gamma * x)
        return math.tanh(v) + gamma * x * v * sech2(v)

    return Shape(0.0, _INF, turns=(_gate_turn(beta, gamma, slope),))


@activation(
    formula="x * tanh(beta * exp(gamma * x))",
    shape=_tanhsoft2_shape,
    source=_TANHSOFT,
    class_name="TanhSoft2",
    accuracy=_ACCURACY,
)
def tanhsoft2(x: Tensor, beta: Factor = 0.75, gamma: Factor = 1.0) -> Tensor:
    """The input times tanh(beta exp(gamma x)); TanhExp where both are 1."""
    z = widened(x)
    return times_tanh(z, beta * torch.exp(within(gamma * z, -SATURATED, _FULL))).to(x.dtype)


def _tanhsoft3_shape(alpha: float) -> Shape:
    need(1e-3 < alpha < 1e3, "alpha is outside (0.001, 1000)")
    # tanh(alpha x) exp(x) is least where T = tanh(alpha x) solves alpha T^2 - T - alpha = 0.
    return Shape(0.0, _INF, turns=(math.atanh(-2 * alpha / (1 + math.sqrt(1 + 4 * alpha**2))) / alpha,))


@activation(
    formula="log(1 + exp(x) * tanh(alpha * x))",
    shape=_tanhsoft3_shape,
    source=_TANHSOFT,
    class_name="TanhSoft3",
    accuracy=_ACCURACY,
)
def tanhsoft3(x: Tensor, alpha: Factor = 0.95) -> Tensor:
    """The logarithm of 1 + exp(x) tanh(alpha x)."""
    z = widened(x)
    low, high = within(z, -_INF, 1.5), within(z, 0.5, _INF)
    near = torch.log1p(torch.exp(low) * torch.tanh(alpha * low))
    far = high + torch.log1p(torch.exp(-high) - 2 * torch.sigmoid(-2 * alpha * high))
    return torch.where(z < 1, near, far).to(x.dtype)


def _aglu_shape(lambd: float, kappa: float) -> Shape:
    need(lambd > 0 and kappa > 0, "lambd or kappa is not positive")
    return Shape(0.0, _INF, turns=(log_lambert(-lambd) / kappa,))


@activation(
    formula="x * (1 + lambd * exp(-kappa * x))**(-1 / lambd)",
    shape=_aglu_shape,
    source="Alexandridis, Deng, Nguyen and Luo 2024, Adaptive Parametric Activation, arXiv:2407.08567",
    class_name="AGLU",
    aliases=("adaptive_generalized_linear_unit",),
    # exp(-t) of a rounded t is off by t exp(-t) eps, times the input.
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(8.0, 16.0)),
)
def aglu(x: Tensor, lambd: LearnedPositive = 1.0, kappa: LearnedPositive = 1.0) -> Tensor:
    """The input times APA, a sigmoid that `lambd` bends to one side; SiLU where both are 1."""
    z = widened(x)
    u = within(kappa * z, -_INF, SATURATED)
    power = functional.softplus(scalar(lambd, z).log() - u, 1.0, 50.0) / lambd
    return (z * torch.exp(-power)).to(x.dtype)


def _swish_t_shape(alpha: float, beta: float) -> Shape:
    need(0 < alpha < 100 and 1e-3 < beta <= 2, "alpha is outside (0, 100), or beta outside (0.001, 2]")

    def slope(x: float) -> float:
        rise = logistic(beta * x)
        return rise + beta * x * rise * logistic(-beta * x) + alpha * sech2(x)

    return Shape(-alpha, _INF, turns=crossings(slope, -40 / beta, 0.0, 2000))


@activation(
    formula="x / (1 + exp(-beta * x)) + alpha * tanh(x)",
    shape=_swish_t_shape,
    source=_SWISH_T,
    class_name="SwishT",
    accuracy=_ACCURACY,
)
def swish_t(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(0.0, typical=(0.05, 0.5), open=True)] = 0.1,
    beta: LearnedPositive = 1.0,
) -> Tensor:
    """Swish plus alpha tanh(x)."""
    z = widened(x)
    return (gate(z, beta * z) + alpha * torch.tanh(z)).to(x.dtype)


def _moved_shape(shift: float, end: float, beta: float) -> Shape:
    """Of (x + shift) sigmoid(beta x) - end."""
    need(beta > 0 and abs(end) <= 2, "beta is not positive, or the curve ends beyond 2")
    return Shape(-end, _INF, turns=(log_lambert(-1 - beta * shift) / beta,))


@activation(
    formula="(x + 2 * alpha) / (1 + exp(-beta * x)) - alpha",
    shape=lambda alpha, beta: _moved_shape(2 * alpha, alpha, beta),
    source=_SWISH_T,
    class_name="SwishTB",
    aliases=("swish_tb",),
    accuracy=_MOVED,
)
def swish_t_b(
    x: Tensor, alpha: Annotated[Learned, Bounds(typical=(0.05, 0.5))] = 0.1, beta: LearnedPositive = 1.0
) -> Tensor:
    """Swish plus alpha tanh(beta x / 2)."""
    z = widened(x)
    return (gate(z + 2 * alpha, beta * z) - alpha).to(x.dtype)


@activation(
    formula="(x + 2 * alpha / beta) / (1 + exp(-beta * x)) - alpha / beta",
    shape=lambda alpha, beta: _moved_shape(2 * alpha / beta, alpha / beta, beta),
    source=_SWISH_T,
    class_name="SwishTC",
    aliases=("swish_tc",),
    accuracy=_MOVED,
)
def swish_t_c(
    x: Tensor, alpha: Annotated[Learned, Bounds(typical=(0.05, 0.5))] = 0.1, beta: LearnedPositive = 1.0
) -> Tensor:
    """Swish plus alpha / beta tanh(beta x / 2)."""
    z = widened(x)
    end = alpha / beta
    return (gate(z + 2 * end, beta * z) - end).to(x.dtype)


_SILU_TURN = -1.27846454276107379510935873902


def _delu_shape(n: float) -> Shape:
    need(n > -0.5, "n is not above -1/2")
    return Shape(0.0, _INF, turns=(_SILU_TURN,), kinks=(0.0,))


@activation(
    formula="Piecewise(((n + Rational(1, 2)) * x + 1 - exp(-x), x > 0), (x / (1 + exp(-x)), True))",
    shape=_delu_shape,
    source="Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463",
    class_name="DELU",
    accuracy=_ACCURACY,
)
def delu(x: Tensor, n: Annotated[Learned, Bounds(-0.5, typical=(0.5, 1.0), open=True)] = 0.5) -> Tensor:
    """SiLU below zero; a line and a saturating exponential above, with a kink."""
    z = widened(x)
    right = z.clamp(min=0)
    return torch.where(z > 0, (n + 0.5) * right - torch.expm1(-right), functional.silu(z)).to(x.dtype)
