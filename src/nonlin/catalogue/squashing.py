"""Further S-shaped functions, most of them rational or from tanh."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Positive, Shape
from nonlin.catalogue.stable import hypot, need, odd, side, size, wide, within

_INF = math.inf

# To 30 digits by Newton's method.
_DSILU_TURN = 2.39935728051546766783273969728

# The backward of tanh is 1 - y^2 of the rounded y, and loses both tails.
_TANH_ACCURACY = Accuracy(slack=(0.0, 2.0))


@activation(
    formula="x / (2 * (1 + Abs(x))) + Rational(1, 2)",
    shape=Shape(0.0, 1.0),
    source="Elliott 1993, A Better Activation Function for Artificial Neural Networks, ISR TR 93-8",
    class_name="Elliott",
    aliases=("elliott_sigmoid",),
)
@wide
def elliott(x: Tensor) -> Tensor:
    """Softsign, moved to rise from 0 to 1."""
    tail = 0.5 / (1 + size(x))
    right = side(x)
    return right / 2 + 0.5 - right * tail


def _lecun_shape(a: float, b: float) -> Shape:
    end = a * math.copysign(1.0, b) if b else 0.0
    return Shape(-end if end else 0.0, end)


@activation(
    formula="a * tanh(b * x)",
    shape=_lecun_shape,
    source="LeCun, Bottou, Orr and Müller 1998, Efficient BackProp",
    class_name="LeCunTanh",
    aliases=("scaled_tanh", "stanh"),
    accuracy=_TANH_ACCURACY,
)
@wide
def lecun_tanh(x: Tensor, a: Positive = 1.7159, b: Positive = 2 / 3) -> Tensor:
    """Tanh, stretched so that it is near 1 at 1 and near -1 at -1."""
    return a * torch.tanh(b * x)


def _softcap_shape(cap: float) -> Shape:
    need(cap != 0, "cap is zero")
    return Shape(-abs(cap), abs(cap))


@activation(
    formula="cap * tanh(x / cap)",
    shape=_softcap_shape,
    source="Gemma Team 2024, Gemma 2: Improving Open Language Models at a Practical Size, arXiv:2408.00118",
    class_name="Softcap",
    aliases=("logit_softcap", "tanh_softcap"),
    accuracy=_TANH_ACCURACY,
)
@wide
def softcap(x: Tensor, cap: Annotated[float, Bounds(0.0, typical=(10.0, 50.0), open=True)] = 30.0) -> Tensor:
    """The identity near zero, held smoothly within (-cap, cap)."""
    return cap * torch.tanh(x / cap)


def _penalized_shape(a: float) -> Shape:
    return Shape(-a if a else 0.0, 1.0, turns=(0.0,) if a < 0 else (), kinks=() if a == 1 else (0.0,))


@activation(
    formula="Piecewise((tanh(x), x > 0), (a * tanh(x), True))",
    shape=_penalized_shape,
    source="Xu, Huang and Li 2016, Revise Saturated Activation Functions, arXiv:1602.05980",
    class_name="PenalizedTanh",
    aliases=("leaky_tanh",),
    accuracy=_TANH_ACCURACY,
)
@wide
def penalized_tanh(x: Tensor, a: Annotated[float, Bounds(typical=(0.1, 0.5))] = 0.25) -> Tensor:
    """Tanh above zero; below it, `a` times tanh."""
    y = torch.tanh(x)
    return functional.leaky_relu(y, a)


@activation(
    formula="Max(tanh(x), 0)",
    shape=Shape(0.0, 1.0, kinks=(0.0,)),
    source="deeplearning4j, RectifiedTanh",
    class_name="RectifiedTanh",
    accuracy=_TANH_ACCURACY,
)
@wide
def rectified_tanh(x: Tensor) -> Tensor:
    """Tanh above zero, zero below."""
    return within(torch.tanh(x), 0, 2)


@activation(
    formula=(
        "Rational(17159, 10000) * sign(x) * (1 - 1 / (1 + Abs(2 * x / 3) + (2 * x / 3)**2 "
        "+ Rational(141645, 100000) * (2 * x / 3)**4))"
    ),
    shape=Shape(-1.7159, 1.7159),
    source="Kalinovskii and Spitsyn 2015, Compact CNN Cascade for Face Detection, arXiv:1508.01292",
    class_name="RationalTanh",
    accuracy=Accuracy(ulps=(4.0, 16.0)),
)
@wide
def rational_tanh(x: Tensor) -> Tensor:
    """LeCun's tanh, approximated by a rational function."""
    u = (size(x) * (2 / 3)).clamp(max=1e6)
    p = u * (1 + u * (1 + 1.41645 * u * u))
    return odd(x, 1.7159 * torch.where(u < 1, p / (1 + p), 1 - 1 / (1 + p)))


@activation(
    formula="atan(x)",
    shape=Shape(-math.pi / 2, math.pi / 2),
    source="classical",
    class_name="Arctan",
    aliases=("atan",),
    kernel="atan",
    serves=(),
)
@wide
def arctan(x: Tensor) -> Tensor:
    """The inverse of the tangent: rises from -pi / 2 to pi / 2, odd."""
    return torch.atan(x)


@activation(
    formula="erf(x)",
    shape=Shape(-1.0, 1.0),
    source="classical",
    class_name="Erf",
    kernel="erf",
    serves=(),
)
@wide
def erf(x: Tensor) -> Tensor:
    """The error function: rises from -1 to 1, odd."""
    return torch.erf(x)


def _isru(x: Tensor, alpha: float) -> Tensor:
    root = math.sqrt(alpha)
    if root > 1:  # root * x would overflow before x does
        return x / hypot(x, torch.full_like(x, 1 / root)) / root
    bent = root * x
    return x / hypot(bent, torch.ones_like(bent))


def _isru_end(alpha: float) -> float:
    need(alpha >= 0, "alpha is negative")
    if alpha in (0, 1):
        return 1.0 if alpha else _INF
    return (1 + 2**-51) / math.sqrt(alpha)  # the values round to both sides of the limit


@activation(
    formula="x / sqrt(1 + alpha * x**2)",
    shape=lambda alpha: Shape(-_isru_end(alpha), _isru_end(alpha)),
    source="Carlile et al. 2017, Improving Deep Learning by Inverse Square Root Linear Units, arXiv:1710.09967",
    class_name="ISRU",
    # The slope is put together from 1 / s and x^2 / s^3, which cancel far from zero.
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def isru(x: Tensor, alpha: Positive = 1.0) -> Tensor:
    """Rises from -1 / sqrt(alpha) to 1 / sqrt(alpha) without exponentials, odd."""
    return _isru(x, alpha)


@activation(
    formula="Piecewise((x, x >= 0), (x / sqrt(1 + alpha * x**2), True))",
    shape=lambda alpha: Shape(-_isru_end(alpha), _INF),
    source="Carlile et al. 2017, Improving Deep Learning by Inverse Square Root Linear Units, arXiv:1710.09967",
    class_name="ISRLU",
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def isrlu(x: Tensor, alpha: Positive = 1.0) -> Tensor:
    """Identity above zero, the inverse square root unit below."""
    return torch.where(x < 0, _isru(x, alpha), x)


@activation(
    formula="(1 + x / (1 + exp(x))) / (1 + exp(-x))",
    shape=Shape(0.0, 1.0, turns=(-_DSILU_TURN, _DSILU_TURN)),
    source="Elfwing, Uchibe and Doya 2017, Sigmoid-Weighted Linear Units, arXiv:1702.03118",
    class_name="DSiLU",
    aliases=("silu_derivative",),
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(1.0, 4.0)),
)
@wide
def dsilu(x: Tensor) -> Tensor:
    """The derivative of SiLU: a sigmoid that overshoots on both sides."""
    return torch.sigmoid(x) * (1 + x * torch.sigmoid(-x))


def _clipping_shape(alpha: float) -> Shape:
    need(0 < alpha < 500, "alpha is not between 0 and 500")
    return Shape(0.0, 1.0)


@activation(
    formula="log((exp(-alpha * x) + 1) / (exp(-alpha * x) + exp(-alpha))) / alpha",
    shape=_clipping_shape,
    source="Klimek and Perelstein 2018, Neural Network-Based Approach to Phase Space Integration, arXiv:1810.11509",
    class_name="SoftClipping",
    aliases=("softclip", "soft_clip"),
    accuracy=Accuracy(ulps=(8.0, 8.0), slack=(1e-3, 2.0)),
)
@wide
def soft_clipping(
    x: Tensor, alpha: Annotated[float, Bounds(0.0, 500.0, typical=(0.5, 2.0), open=True)] = 1.0
) -> Tensor:
    """Clips to [0, 1] with rounded corners, the sharper the larger `alpha`."""
    return torch.log1p(math.expm1(alpha) * torch.sigmoid(alpha * (x - 1))) / alpha
