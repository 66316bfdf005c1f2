"""Smooth rectifiers: softplus, and the input times a smooth gate."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.base.rewritten import Rewritten
from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Choices, Shape

_INF = math.inf
_LARGEST = sys.float_info.max
_OVERFLOW = math.log(_LARGEST)

# Where the slope is zero, to 30 digits by Newton's method.
_GELU_TURN = -0.751791524693564457457904946780
_GELU_TANH_TURN = -0.752461422071016258487954443289
_SILU_TURN = -1.27846454276107379510935873902
_MISH_TURN = -1.19243121451549521213758834042

# Left of about -5 the kernels add 1 to erf or tanh of nearly -1, and lose the small difference.
_GELU_ACCURACY = Accuracy(ulps=(4.0, 4.0), slack=(8.0, 8.0))


def _softplus_shape(beta: float, threshold: float) -> Shape:
    # Beyond beta * x = threshold the kernel returns x. A product that underflows exceeds it where it rounds up.
    switch = threshold / beta + math.ulp(0.0) / beta / 2
    places: list[float] = []
    if threshold < 37:  # a step of exp(-threshold) / beta, which is lost in rounding from 37 on
        places = [switch]
    elif threshold > _OVERFLOW:  # the exponential becomes infinite first
        places = [_OVERFLOW / beta, switch]
    kinks = tuple(min(max(place, -_LARGEST), _LARGEST) for place in places)
    return Shape(0.0 if beta > 0 else -_INF, _INF if beta > 0 else 0.0, kinks=kinks)


def _softplus_beta(params: Mapping[str, Any]) -> str | None:
    return "beta=0 divides by zero; try 0.5 to 2.0" if params["beta"] == 0 else None


@activation(
    formula="Piecewise((x, beta * x > threshold), (log(1 + exp(beta * x)) / beta, True))",
    shape=_softplus_shape,
    source="Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, NIPS 2000",
    class_name="Softplus",
    aliases=("soft_plus", "smooth_relu"),
    kernel="softplus",
    rule=_softplus_beta,
)
def softplus(
    x: Tensor,
    beta: Annotated[float, Bounds(typical=(0.5, 2.0))] = 1.0,
    threshold: Annotated[float, Bounds(typical=(15.0, 30.0))] = 20.0,
) -> Tensor:
    """A smooth ReLU, always above it. As in torch it is the identity where beta * x exceeds `threshold`."""
    return functional.softplus(x, beta, threshold)


@activation(
    formula="x * (1 + erf(x / sqrt(2))) / 2",
    shape=lambda approximate: Shape(
        0.0, _INF, turns=(_GELU_TURN if approximate == "none" else _GELU_TANH_TURN,)
    ),
    source="Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415",
    class_name="GELU",
    aliases=("gelu_erf", "gelu_exact", "gelu_python"),
    kernel="gelu",
    variants={("approximate", "tanh"): "gelu_tanh"},
    accuracy=_GELU_ACCURACY,
)
def gelu(x: Tensor, approximate: Annotated[str, Choices(("none", "tanh"))] = "none") -> Tensor:
    """The input times the probability that a standard normal number lies below it.

    `approximate="tanh"` makes it `gelu_tanh`.
    """
    return functional.gelu(x, approximate=approximate)


@activation(
    formula="x * (1 + tanh(sqrt(2 / pi) * (x + Rational(44715, 1000000) * x**3))) / 2",
    shape=Shape(0.0, _INF, turns=(_GELU_TANH_TURN,)),
    source="Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415",
    class_name="GELUTanh",
    aliases=(
        "gelu_new",
        "gelu_fast",
        "gelu_accurate",
        "gelu_python_tanh",
        "gelu_pytorch_tanh",
        "gelu_approx",
    ),
    kernel="gelu",
    serves=(),
    accuracy=_GELU_ACCURACY,
)
def gelu_tanh(x: Tensor) -> Tensor:
    """GELU with the normal distribution function approximated by a tanh."""
    return functional.gelu(x, approximate="tanh")


@activation(
    formula="x / (1 + exp(-x))",
    shape=Shape(0.0, _INF, turns=(_SILU_TURN,)),
    source="Elfwing, Uchibe, Doya 2017, arXiv:1702.03118; Ramachandran, Zoph, Le 2017, arXiv:1710.05941",
    class_name="SiLU",
    aliases=("swish", "swish1", "sigmoid_linear_unit"),
    kernel="silu",
    accuracy=Accuracy(ulps=(4.0, 8.0)),
)
def silu(x: Tensor, inplace: bool = False) -> Tensor:
    """The input times its sigmoid; Swish with beta = 1."""
    return functional.silu(x, inplace)


def _mish(x: Tensor) -> Tensor:
    # tanh(log(1 + e)) = n / (n + 2) with n = e * (e + 2): one exponential for torch's exp, log1p and tanh. Beyond 20
    # the quotient is 1 in double precision too.
    e = x.clamp(max=20).exp()
    n = (e + 2) * e
    return n / (n + 2) * x


def _mish_slope(x: Tensor) -> Tensor:
    x = x.clamp(max=20)
    e = x.exp()
    n = (e + 2) * e
    part = (n + 2).reciprocal()
    # The quotient's own slope is 4 * (e + e**2) / (n + 2)**2, and e + e**2 = n - e.
    return torch.addcmul(n * part, (n - e) * part, part * x, value=4)


@activation(
    formula="x * tanh(log(1 + exp(x)))",
    shape=Shape(0.0, _INF, turns=(_MISH_TURN,)),
    source="Misra 2019, Mish: A Self Regularized Non-Monotonic Activation Function, arXiv:1908.08681",
    class_name="Mish",
    kernel="mish",
    rewritten=Rewritten(_mish, _mish_slope),
    accuracy=Accuracy(ulps=(4.0, 8.0)),
)
def mish(x: Tensor, inplace: bool = False) -> Tensor:
    """The input times the tanh of its softplus."""
    return functional.mish(x, inplace)
