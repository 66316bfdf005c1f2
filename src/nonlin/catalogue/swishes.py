"""The input times a gate near the sigmoid: SiLU's kin."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Positive, Real, Shape
from nonlin.catalogue.stable import SATURATED, hypot, log_lambert, need, root, size, wide, within

_INF = math.inf

# Where the slope is zero, to 30 digits.
_SILU_TURN = -1.27846454276107379510935873902
_GELU_TURN = -0.751791524693564457457904946780
_GOLU_TURN = -0.56714329040978387299996866221
_COLU_TURN = -0.726924988596044140625127921025

# The values round to both sides of their limit, 1 / pi.
_ATLU_END = (1 + 2**-51) / math.pi

_SILU_ACCURACY = Accuracy(ulps=(8.0, 8.0))


def _eswish_shape(beta: float) -> Shape:
    if beta == 0:
        return Shape(0.0, 0.0)
    return Shape(0.0, math.copysign(_INF, beta), turns=(_SILU_TURN,))


@activation(
    formula="beta * x / (1 + exp(-x))",
    shape=_eswish_shape,
    source="Alcaide 2018, E-swish: Adjusting Activations to Different Network Depths, arXiv:1801.07145",
    class_name="ESwish",
    aliases=("e_swish",),
    accuracy=_SILU_ACCURACY,
)
@wide
def eswish(x: Tensor, beta: Annotated[float, Bounds(0.0, typical=(1.0, 2.0), open=True)] = 1.25) -> Tensor:
    """SiLU times `beta`; the paper recommends 1 to 2."""
    return beta * functional.silu(x)


@activation(
    formula="x / (1 + exp(-x)) / Rational(6, 10)",
    shape=Shape(0.0, _INF, turns=(_SILU_TURN,)),
    source="Gasteiger, Becker and Günnemann 2021, GemNet, arXiv:2106.08903",
    class_name="ScaledSiLU",
    accuracy=_SILU_ACCURACY,
)
@wide
def scaled_silu(x: Tensor) -> Tensor:
    """SiLU over 0.6, which brings its second moment near 1."""
    return functional.silu(x) / 0.6


@activation(
    formula="x / (1 + exp(-Rational(1702, 1000) * x))",
    shape=Shape(0.0, _INF, turns=(_SILU_TURN / 1.702,)),
    source="Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415",
    class_name="QuickGELU",
    aliases=("gelu_sigmoid", "gelu_quick"),
    # exp multiplies the rounding of its argument by it, where the values have become tiny.
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(1e-6, 1.0)),
)
@wide
def quick_gelu(x: Tensor) -> Tensor:
    """GELU with the normal distribution function approximated by the sigmoid of 1.702 x; CLIP's."""
    away = size(x)
    return torch.relu(x) - away * torch.sigmoid(-1.702 * away)


def _gelu(x: float) -> float:
    return x * math.erfc(-x / math.sqrt(2)) / 2


def _clipped_shape(min_val: float, max_val: float) -> Shape:
    need(min_val < 0 < max_val < _INF, "min_val is not negative or max_val is not positive")
    kinks = [root(lambda x: _gelu(x) - max_val, 0.0, 2 * max_val + 1)]
    if min_val > _gelu(_GELU_TURN):
        kinks.append(root(lambda x: _gelu(x) - min_val, _GELU_TURN, 0.0))
        kinks.append(root(lambda x: min_val - _gelu(x), -40.0, _GELU_TURN))
    return Shape(0.0, max_val, turns=(_GELU_TURN,), kinks=tuple(sorted(kinks)))


def _clipped_order(params: Mapping[str, Any]) -> str | None:
    low, high = params["min_val"], params["max_val"]
    return None if low < high else f"min_val={low:g} does not lie below max_val={high:g}; exchange them"


@activation(
    formula="Min(Max(x * (1 + erf(x / sqrt(2))) / 2, min_val), max_val)",
    shape=_clipped_shape,
    source="Wu et al. 2020, Integer Quantization for Deep Learning Inference, arXiv:2004.09602",
    class_name="ClippedGELU",
    aliases=("gelu_10",),
    rule=_clipped_order,
    accuracy=Accuracy(slack=(8.0, 8.0)),
)
@wide
def clipped_gelu(
    x: Tensor,
    min_val: Annotated[float, Bounds(-_INF, 0.0, typical=(-10.0, -1.0), open=True)] = -10.0,
    max_val: Annotated[float, Bounds(0.0, _INF, typical=(6.0, 10.0), open=True)] = 10.0,
) -> Tensor:
    """GELU, clipped for integers; a `min_val` below -0.17 never acts."""
    return functional.gelu(x).clamp(min_val, max_val)


@activation(
    formula="x * exp(-exp(-x))",
    shape=Shape(0.0, _INF, turns=(_GOLU_TURN,)),
    source="Das et al. 2025, Gompertz Linear Units, arXiv:2502.03654",
    class_name="GoLU",
    # The outer exponential multiplies the rounding of the inner one by it, where the values have become tiny.
    accuracy=Accuracy(ulps=(16.0, 16.0), slack=(1e-4, 1e-1)),
)
@wide
def golu(x: Tensor) -> Tensor:
    """The input times its Gompertz function."""
    return x * torch.exp(-torch.exp(-within(x, -8, _INF)))


def _sliding(alpha: float) -> Shape:
    return Shape(-alpha / 2 if alpha else 0.0, _INF, turns=(log_lambert(-1 - alpha),))


# The slope of tanh is 1 - y^2 of the rounded y, which loses the tails.
_SLIDING_ACCURACY = Accuracy(ulps=(4.0, 8.0), slack=(1.0, 2.0))


@activation(
    formula="(x + alpha) / (1 + exp(-x)) - alpha / 2",
    shape=_sliding,
    source="Horuz et al. 2025, The Resurrection of the ReLU, arXiv:2505.22074",
    class_name="BSiLU",
    accuracy=_SLIDING_ACCURACY,
)
@wide
def bsilu(x: Tensor, alpha: Annotated[float, Bounds(typical=(0.5, 2.0))] = 1.67) -> Tensor:
    """SiLU plus alpha times (sigmoid - 1/2): a steeper middle, for surrogate gradients."""
    return functional.silu(x) + alpha / 2 * torch.tanh(x / 2)


@activation(
    formula="(x + 2 * alpha) / (1 + exp(-x)) - alpha",
    shape=lambda alpha: _sliding(2 * alpha),
    source="Seo, Kim and Park 2024, Swish-T, arXiv:2407.01012",
    class_name="SwishTA",
    aliases=("swish_ta",),
    accuracy=_SLIDING_ACCURACY,
)
@wide
def swish_t_a(x: Tensor, alpha: Annotated[float, Bounds(typical=(0.05, 0.5))] = 0.1) -> Tensor:
    """SiLU plus alpha times tanh(x / 2); BSiLU with twice the alpha."""
    return functional.silu(x) + alpha * torch.tanh(x / 2)


@activation(
    formula="Piecewise((x / (1 + exp(-x)) + t, x >= 0), (t, True))",
    shape=lambda t: Shape(t, _INF, kinks=(0.0,)),
    source="Chieng et al. 2018, Flatten-T Swish, arXiv:1812.06247",
    class_name="FlattenTSwish",
    aliases=("fts",),
    accuracy=Accuracy(ulps=(4.0, 8.0), slack=(1.0, 0.0)),
)
@wide
def flatten_t_swish(x: Tensor, t: Real = -0.2) -> Tensor:
    """SiLU above zero, zero below, all moved by `t`."""
    return functional.silu(functional.relu(x)) + t


def _aptx_shape(alpha: float, beta: float, gamma: float) -> Shape:
    need(0 <= alpha <= 1 and beta > 0 and gamma > 0, "alpha, beta or gamma is outside its bounds")

    def slope(u: float) -> float:
        return alpha + math.tanh(u) + u / math.cosh(u) ** 2

    # u tanh(u) has its inflection at -1.19968; from there on the slope rises through -alpha once.
    turn = root(slope, -1.1996786402577338, 1.0)
    return Shape(0.0 if alpha == 1 else _INF, _INF, turns=(0.0 if alpha == 0 else turn / beta,))


@activation(
    formula="(alpha + tanh(beta * x)) * gamma * x",
    shape=_aptx_shape,
    source="Kumar 2022, APTx: better activation function than MISH, SWISH, arXiv:2209.06119",
    class_name="APTx",
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(1e-6, 1.0)),
)
@wide
def aptx(
    x: Tensor,
    alpha: Annotated[float, Bounds(0.0, 1.0, typical=(0.5, 1.0))] = 1.0,
    beta: Positive = 1.0,
    gamma: Annotated[float, Bounds(0.0, typical=(0.5, 1.0), open=True)] = 0.5,
) -> Tensor:
    """Gamma x (alpha + tanh(beta x)); with the defaults it is Swish with beta = 2."""
    u = within(beta * x, -SATURATED, SATURATED)
    # 1 + tanh(u) is 2 sigmoid(2 u), which keeps the left tail.
    gate = 2 * torch.sigmoid(2 * u) if alpha == 1 else alpha + torch.tanh(u)
    return x * (gamma * gate)


@activation(
    formula="x * (atan(x) + pi / 2) / pi",
    shape=Shape(-_ATLU_END, _INF),
    source="Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768",
    class_name="ATLU",
    aliases=("arctan_linear_unit", "calu", "cauchy_linear_unit"),
    # The slope is the gate and x times its own, which cancel on the left.
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def atlu(x: Tensor) -> Tensor:
    """The input times an arctan gate; it rises everywhere, unlike SiLU."""
    flat = -1 / x.clamp(max=-1)  # where atan(x) + pi / 2 is atan(-1 / x)
    return torch.where(x < -1, torch.atan(flat) / flat / -math.pi, x * (torch.atan(x) / math.pi + 0.5))


@activation(
    formula="Piecewise((x * (1 - exp(-x) / 2), x >= 0), (x * exp(x) / 2, True))",
    shape=Shape(0.0, _INF, turns=(-1.0,)),
    source="torch-activation 1.0.0, LaLU",
    class_name="LaLU",
    aliases=("laplace_linear_unit",),
    accuracy=Accuracy(ulps=(4.0, 8.0)),
)
@wide
def lalu(x: Tensor) -> Tensor:
    """The input times the distribution function of Laplace."""
    away = size(x)
    return torch.relu(x) - away * (torch.exp(-away) / 2)


def _swim_shape(k: float) -> Shape:
    need(abs(k) <= 1, "k is outside [-1, 1]")
    if k < 0:  # f(x; k) = -f(-x; -k)
        other = _swim_shape(-k)
        return Shape(-other.right, -other.left or 0.0, turns=tuple(-x for x in reversed(other.turns)))
    # With u = -x / sqrt(1 + x^2) the slope is (1 - k (2 u - u^3)) / 2; 2 u - u^3 peaks at sqrt(2 / 3).
    peak = math.sqrt(2 / 3)
    turns = []
    if k * peak * 4 / 3 > 1:
        if k < 1:
            turns.append(root(lambda u: 1 - k * u * (2 - u * u), peak, 1.0))
        turns.append(root(lambda u: k * u * (2 - u * u) - 1, 0.0, peak))
    return Shape(-_INF if k < 1 else 0.0, _INF, turns=tuple(-u / math.sqrt((1 - u) * (1 + u)) for u in turns))


@activation(
    formula="x * (1 + k * x / sqrt(1 + x**2)) / 2",
    shape=_swim_shape,
    source="Abdool and Dear 2023, Swim, arXiv:2303.02640",
    class_name="Swim",
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(0.0, 1.0)),
)
@wide
def swim(x: Tensor, k: Annotated[float, Bounds(-1.0, 1.0, typical=(0.25, 1.0))] = 0.5) -> Tensor:
    """Swish from a square root: the input times an algebraic gate from (1 - k) / 2 to (1 + k) / 2."""
    away = size(x)
    slant = hypot(away, torch.ones_like(away))
    return (1 - k) * (x / 2) + k * torch.relu(x) - (k / 2) * (away / slant / (slant + away))


@activation(
    formula="x / (1 - x * exp(-(x + exp(x))))",
    shape=Shape(0.0, _INF, turns=(_COLU_TURN,)),
    source="Vagerwal 2021, Deeper Learning with CoLU Activation, arXiv:2112.12078",
    class_name="CoLU",
    accuracy=Accuracy(ulps=(8.0, 16.0)),
)
@wide
def colu(x: Tensor) -> Tensor:
    """The input over 1 - x exp(-x - exp(x)): near Mish."""
    low, high = x.clamp(max=0), x.clamp(0, 8)
    gate = torch.exp(low + torch.exp(low))
    below = low * (gate / (gate - low))
    return torch.where(x < 0, below, x / (1 - high * torch.exp(-(high + torch.exp(high)))))
