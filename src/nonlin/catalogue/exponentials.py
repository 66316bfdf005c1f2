"""Exponential linear units: the identity above zero, an exponential below."""

from __future__ import annotations

import math

from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Positive, Shape

_INF = math.inf


def _elu_shape(alpha: float) -> Shape:
    return Shape(-alpha, _INF, turns=(0.0,) if alpha < 0 else (), kinks=() if alpha == 1 else (0.0,))


@activation(
    formula="Piecewise((x, x > 0), (alpha * (exp(x) - 1), True))",
    shape=_elu_shape,
    source="Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289",
    class_name="ELU",
    kernel="elu",
)
def elu(x: Tensor, alpha: Positive = 1.0, inplace: bool = False) -> Tensor:
    """Identity above zero; below it, saturates exponentially at -alpha."""
    return functional.elu(x, alpha, inplace)


@activation(
    formula="Piecewise((x, x > 0), (alpha * (exp(x / alpha) - 1), True))",
    shape=lambda alpha: Shape(-alpha if alpha > 0 else -_INF, _INF),
    source="Barron 2017, Continuously Differentiable Exponential Linear Units, arXiv:1704.07483",
    class_name="CELU",
    kernel="celu",
)
def celu(x: Tensor, alpha: Positive = 1.0, inplace: bool = False) -> Tensor:
    """ELU with a slope that is continuous for every alpha."""
    return functional.celu(x, alpha, inplace)


# Klambauer et al. 2017, appendix: the fixed point of mean 0 and variance 1.
_ALPHA = 1.6732632423543772848170429916717
_SCALE = 1.0507009873554804934193349852946


@activation(
    formula=(
        "1.0507009873554804934193349852946 * "
        "Piecewise((x, x > 0), (1.6732632423543772848170429916717 * (exp(x) - 1), True))"
    ),
    shape=Shape(-_ALPHA * _SCALE, _INF, kinks=(0.0,)),
    source="Klambauer et al. 2017, Self-Normalizing Neural Networks, arXiv:1706.02515",
    class_name="SELU",
    kernel="selu",
)
def selu(x: Tensor, inplace: bool = False) -> Tensor:
    """ELU, scaled so that mean 0 and variance 1 reproduce themselves from layer to layer."""
    return functional.selu(x, inplace)
