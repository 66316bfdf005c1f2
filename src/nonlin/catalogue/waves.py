"""Waves that grow, fade or ride on a line."""

from __future__ import annotations

import math
from collections.abc import Callable
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
    Waves,
    widened,
)
from nonlin.catalogue.stable import crossings, gate, held, need, root, wide

_INF = math.inf
_NAN = math.nan
_PI = math.pi

# A wave is zero at multiples of pi, which are not numbers: there values are as exact as the input, not as themselves.
_WAVE = Accuracy(slack=(1.0, 1.0))


def _numbered(curve: Callable[[float, int], float]) -> Callable[[int], float]:
    """The k-th turn right of zero: an increasing curve is zero at it, between k pi and (k + 1/2) pi."""
    return lambda k: root(lambda x: curve(x, k), k * _PI, (k + 0.5) * _PI)


_gcu_turn = _numbered(lambda x, k: x - k * _PI - math.atan2(1.0, x))
_sinc_turn = _numbered(lambda x, k: x - k * _PI - math.atan(x))
# sin(x) / x where tan(x) = x, with room for rounding.
_SINC_LEAST = math.cos(_sinc_turn(1)) * (1 + 2**-51)


def _gcu_within(lo: float, hi: float) -> tuple[float, float]:
    end = max(abs(lo), abs(hi))
    return -end, end


@activation(
    formula="x * cos(x)",
    shape=Shape(
        _NAN,
        _NAN,
        waves=Waves(
            turn=lambda k: _gcu_turn(k) if k >= 0 else -_gcu_turn(-1 - k),
            rank=lambda x: x / _PI - 0.5,
            within=_gcu_within,
        ),
    ),
    source="Noel, Arunkumar, Trivedi and Dutta 2021, Growing Cosine Unit, arXiv:2108.12943",
    class_name="GCU",
    aliases=("growing_cosine_unit",),
)
@wide
def gcu(x: Tensor) -> Tensor:
    """The input times its cosine: waves as high as they are far from zero."""
    return x * torch.cos(x)


def _sinc_within(lo: float, hi: float) -> tuple[float, float]:
    if lo <= 0 <= hi:
        return _SINC_LEAST, 1.0
    height = 1 / max(1.0, min(abs(lo), abs(hi)))
    return max(-height, _SINC_LEAST), height


@activation(
    formula="sinc(x)",
    shape=Shape(
        0.0,
        0.0,
        waves=Waves(
            turn=lambda k: math.copysign(_sinc_turn(abs(k)), k) if k else 0.0,
            rank=lambda x: x / _PI,
            within=_sinc_within,
        ),
    ),
    source="Saratchandran et al. 2024, A Sampling Theory Perspective on Activations, arXiv:2402.05427",
    class_name="Sinc",
    accuracy=_WAVE,
)
@wide
def sinc(x: Tensor) -> Tensor:
    """sin(x) / x, which is 1 at zero; torch.sinc is this of pi times its input."""
    # Near zero the slope of the quotient would cancel; the Taylor series is exact up to 1.
    square, series = x.clamp(-1, 1).square(), torch.ones_like(x)
    for n in range(9, 0, -1):
        series = 1 - series * square / (2 * n * (2 * n + 1))
    far = torch.where(x.abs() < 1, 1.0, x)
    return torch.where(x.abs() < 1, series, torch.sin(far) / far)


def _snake_beta_shape(alpha: float, beta: float) -> Shape:
    need(alpha > 0 and beta > 0, "alpha or beta is not positive")
    if alpha <= beta:
        return Shape(-_INF, _INF)
    shift = math.asin(beta / alpha)  # turns where sin(2 alpha x) = -beta / alpha
    return Shape(
        -_INF,
        _INF,
        waves=Waves(
            turn=lambda k: (k * _PI + (shift if k % 2 else -shift)) / (2 * alpha),
            rank=lambda x: 2 * alpha * x / _PI,
            within=lambda lo, hi: (lo, hi + 1 / beta),
        ),
    )


@activation(
    formula="x + sin(alpha * x)**2 / beta",
    shape=_snake_beta_shape,
    source="Lee, Ping, Ginsburg, Catanzaro and Yoon 2022, BigVGAN, arXiv:2206.04658",
    class_name="SnakeBeta",
    accuracy=Accuracy(slack=(1.0, 4.0)),
)
def snake_beta(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(0.0, typical=(0.5, 4.0), open=True)] = 1.0,
    beta: LearnedPositive = 1.0,
) -> Tensor:
    """Snake with a height 1 / beta of its own. The authors' code learns the logarithms of both."""
    z = widened(x)
    return (z + torch.sin(held(alpha * z)).square() / beta).to(x.dtype)


def _gated_wave_shape(a: float, b: float, slope: Callable[[float], float]) -> Shape:
    """Of a line with a wave of height a and rate b, times the sigmoid, where the sum never falls.

    `slope` is that of the function over the sigmoid. Left of the places searched it is negative, right of them not.
    """
    need(
        abs(a * b) <= 1 and abs(a) <= 20 and abs(b) <= 20,
        "the line with its wave falls, or the wave is large",
    )
    low, high = -(2 + abs(a) + abs(a * b)), 1 + abs(a)
    return Shape(0.0, _INF, turns=crossings(slope, low, high, math.ceil((high - low) * 32 * (1 + abs(b)))))


def _sinlu_shape(a: float, b: float) -> Shape:
    def slope(x: float) -> float:
        return 1 + a * b * math.cos(b * x) + (x + a * math.sin(b * x)) / (1 + math.exp(x))

    return _gated_wave_shape(a, b, slope)


def _coslu_shape(alpha: float, beta: float) -> Shape:
    def slope(x: float) -> float:
        return 1 - alpha * beta * math.sin(beta * x) + (x + alpha * math.cos(beta * x)) / (1 + math.exp(x))

    return _gated_wave_shape(alpha, beta, slope)


@activation(
    formula="(x + a * sin(b * x)) / (1 + exp(-x))",
    shape=_sinlu_shape,
    source="Paul, Bandyopadhyay, Yoon, Geem and Sarkar 2022, SinLU: Sinu-Sigmoidal Linear Unit, Mathematics 10(3) 337",
    class_name="SinLU",
    accuracy=Accuracy(slack=(1.0, 4.0)),
)
def sinlu(
    x: Tensor,
    a: Annotated[Learned, Bounds(typical=(0.5, 1.0))] = 1.0,
    b: Annotated[Learned, Bounds(typical=(0.5, 1.0))] = 1.0,
) -> Tensor:
    """The input plus a sine of height `a` and rate `b`, times the sigmoid."""
    z = widened(x)
    return gate(z + a * torch.sin(held(b * z)), z).to(x.dtype)


@activation(
    formula="(x + alpha * cos(beta * x)) / (1 + exp(-x))",
    shape=_coslu_shape,
    source="Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463",
    class_name="CosLU",
    accuracy=Accuracy(slack=(1.0, 4.0)),
)
def coslu(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(typical=(0.5, 1.0))] = 1.0,
    beta: Annotated[Learned, Bounds(typical=(0.5, 1.0))] = 1.0,
) -> Tensor:
    """The input plus a cosine of height `alpha` and rate `beta`, times the sigmoid."""
    z = widened(x)
    return gate(z + alpha * torch.cos(held(beta * z)), z).to(x.dtype)
