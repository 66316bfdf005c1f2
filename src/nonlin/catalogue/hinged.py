"""Straight pieces whose corners and slopes may be learned."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

import torch
from torch import Tensor

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
from nonlin.catalogue.stable import need

_INF = math.inf
_PISHCHIK = "Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463"

_ACCURACY = Accuracy(ulps=(2.0, 2.0))
# A parameter is rounded to the dtype, and so is where the function is zero.
_MOVED = Accuracy(ulps=(2.0, 2.0), slack=(2.0, 0.0))


def _far(slope: float, at: float) -> float:
    """The limit of slope * x + ... for large x; `at` where the slope is zero."""
    return math.copysign(_INF, slope) if slope else at


def _relun_shape(n: float) -> Shape:
    if n <= 0:
        raise ValueError("n is not positive")
    return Shape(0.0, n, kinks=(0.0, n))


@activation(
    formula="Min(Max(x, 0), n)",
    shape=_relun_shape,
    source=_PISHCHIK,
    class_name="ReLUN",
    aliases=("relu_n", "capped_relu"),
    accuracy=_ACCURACY,
)
def relun(x: Tensor, n: Annotated[Learned, Bounds(0.0, typical=(0.5, 6.0), open=True)] = 1.0) -> Tensor:
    """ReLU that stops rising at `n`; ReLU6 has n = 6."""
    z = widened(x)
    return torch.where(z >= n, n, z.relu()).to(x.dtype)


@activation(
    formula="Max(x, 0) + b",
    shape=lambda b: Shape(b, _INF, kinks=(0.0,)),
    source="Qiu, Xu and Cai 2017, FReLU: Flexible Rectified Linear Units, arXiv:1706.08098",
    class_name="FlexibleReLU",
    accuracy=_ACCURACY,
)
def flexible_relu(x: Tensor, b: LearnedReal = 0.0) -> Tensor:
    """ReLU moved up by `b`. The funnel activation, which mixes positions, is also called FReLU."""
    return (widened(x).relu() + b).to(x.dtype)


@activation(
    formula="alpha * Max(x, 0) + beta",
    shape=lambda alpha, beta: Shape(beta, _far(alpha, beta), kinks=(0.0,) if alpha else ()),
    source=_PISHCHIK,
    class_name="ShiLU",
    aliases=("shifted_linear_unit",),
    accuracy=_ACCURACY,
)
def shilu(x: Tensor, alpha: LearnedPositive = 1.0, beta: LearnedReal = 0.0) -> Tensor:
    """ReLU times `alpha`, moved up by `beta`."""
    return (widened(x).relu() * alpha + beta).to(x.dtype)


@activation(
    formula="Max(x, tau)",
    shape=lambda tau: Shape(tau, _INF, kinks=(tau,)),
    source="Singh and Krishnan 2019, Filter Response Normalization Layer, arXiv:1911.09737",
    class_name="TLU",
    aliases=("thresholded_linear_unit",),
    accuracy=_ACCURACY,
)
def tlu(x: Tensor, tau: LearnedReal = 0.0) -> Tensor:
    """The larger of the input and `tau`; ReLU where tau = 0."""
    z = widened(x)
    return torch.where(z <= tau, tau, z).to(x.dtype)


def _rprelu_shape(gamma: float, zeta: float, beta: float) -> Shape:
    return Shape(
        _far(-beta, zeta),
        _INF,
        turns=(gamma,) if beta < 0 else (),
        kinks=(gamma,) if beta != 1 else (),
    )


@activation(
    formula="Piecewise((x - gamma + zeta, x > gamma), (beta * (x - gamma) + zeta, True))",
    shape=_rprelu_shape,
    source="Liu, Shen, Savvides and Cheng 2020, ReActNet, arXiv:2003.03488",
    class_name="RPReLU",
    accuracy=_MOVED,
)
def rprelu(
    x: Tensor,
    gamma: LearnedReal = 0.0,
    zeta: LearnedReal = 0.0,
    beta: Annotated[Learned, Bounds(typical=(0.1, 0.5))] = 0.25,
) -> Tensor:
    """PReLU with slope `beta`, its corner moved to the point (gamma, zeta)."""
    z = widened(x) - gamma
    return (torch.where(z > 0, z, beta * z) + zeta).to(x.dtype)


def _apl_shape(a: float, b: float) -> Shape:
    need(a > 0 and (b <= 0 or a < 1), "it falls on the right of its least value, or has none")
    return Shape(_INF, _INF, turns=(min(b, 0.0),), kinks=(0.0,) if b == 0 else tuple(sorted((0.0, b))))


@activation(
    formula="Max(x, 0) + a * Max(b - x, 0)",
    shape=_apl_shape,
    source="Agostinelli, Hoffman, Sadowski and Baldi 2014, Learning Activation Functions, arXiv:1412.6830",
    class_name="APL",
    aliases=("aplu", "adaptive_piecewise_linear"),
    accuracy=_MOVED,
)
def apl(
    x: Tensor,
    a: Annotated[Learned, Bounds(typical=(0.1, 0.5))] = 0.2,
    b: Annotated[Learned, Bounds(typical=(0.0, 1.0))] = 0.0,
) -> Tensor:
    """ReLU plus one hinge of slope -a left of `b`; the paper adds up several, which are sums of this."""
    z = widened(x)
    return (z.relu() + torch.where(z <= b, a * (b - z), 0.0)).to(x.dtype)


def _s_order(params: Mapping[str, Any]) -> str | None:
    low, high = params["t_l"], params["t_r"]
    if isinstance(low, Tensor) or isinstance(high, Tensor) or low < high:
        return None
    return f"t_l={low:g} does not lie below t_r={high:g}"


def _s_shape(t_r: float, a_r: float, t_l: float, a_l: float) -> Shape:
    if not (t_l < t_r and a_r > 0 and a_l > 0):
        raise ValueError("the pieces are not in order, or fall")
    kinks = [t for t, a in ((t_l, a_l), (t_r, a_r)) if a != 1]
    return Shape(-_INF, _INF, kinks=tuple(kinks))


@activation(
    formula="Piecewise((t_r + a_r * (x - t_r), x >= t_r), (t_l + a_l * (x - t_l), x <= t_l), (x, True))",
    shape=_s_shape,
    source="Jin, Xu, Feng, Wei, Xiong and Yan 2015, S-shaped Rectified Linear Activation Units, arXiv:1512.07030",
    class_name="SShapedReLU",
    accuracy=_MOVED,
    rule=_s_order,
)
def s_shaped_relu(
    x: Tensor,
    t_r: Annotated[Learned, Bounds(typical=(1.0, 2.0))] = 1.0,
    a_r: LearnedPositive = 1.0,
    t_l: Annotated[Learned, Bounds(typical=(-1.0, 0.0))] = 0.0,
    a_l: Annotated[Learned, Bounds(0.0, typical=(0.1, 0.5), open=True)] = 0.2,
) -> Tensor:
    """The identity from `t_l` to `t_r`, with slope `a_l` below and `a_r` above. Several functions are called SReLU."""
    z = widened(x)
    low, high = t_l + a_l * (z - t_l), t_r + a_r * (z - t_r)
    return torch.where(z >= t_r, high, torch.where(z <= t_l, low, z)).to(x.dtype)


@activation(
    formula=(
        "Piecewise(((1 + 1 / (1 + exp(-beta))) * x, x >= 0),"
        " (Min(Max(alpha, Rational(1, 100)), Rational(99, 100)) * x, True))"
    ),
    shape=Shape(-_INF, _INF, kinks=(0.0,)),
    source="Chen, Li and Xu 2020, AReLU: Attention-based Rectified Linear Unit, arXiv:2006.13858",
    class_name="AReLU",
)
def arelu(
    x: Tensor,
    alpha: Annotated[Learned, Bounds(0.01, 0.99, typical=(0.25, 0.9))] = 0.9,
    beta: Annotated[Learned, Bounds(typical=(-2.0, 2.0))] = 2.0,
) -> Tensor:
    """Positive inputs grow by 1 + sigmoid(beta), negative ones shrink by `alpha`, which is held in [0.01, 0.99]."""
    z = widened(x)
    up, down = 1 + scalar(beta, z).sigmoid(), scalar(alpha, z).clamp(0.01, 0.99)
    return torch.where(z >= 0, up * z, down * z).to(x.dtype)


@activation(
    formula="s * Max(x, 0)**2 + b",
    shape=lambda s, b: Shape(b, _far(s, b)),
    source="Yu, Si, Zhou, Luo, Zhou, Feng, Yan and Wang 2022, MetaFormer Baselines for Vision, arXiv:2210.13452",
    class_name="StarReLU",
    # As timm's and the paper's code; the constants make mean 0 and variance 1 of a normal input.
    accuracy=_MOVED,
)
def star_relu(
    x: Tensor,
    s: LearnedPositive = 0.8944,
    b: Annotated[Learned, Bounds(typical=(-0.5, 0.5))] = -0.4472,
) -> Tensor:
    """The squared ReLU times `s`, plus `b`."""
    r = widened(x).relu()
    return (r * (r * s) + b).to(x.dtype)
