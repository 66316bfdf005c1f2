"""Functions that grow faster than a line: powers and exponentials."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Bounds, Learned, Shape, widened
from nonlin.catalogue.stable import need, odd, size, wide

_INF = math.inf
_ZHUO = "Zhuo, Wang, Zeng, Li, Zhou and Ma 2024, Polynomial Composition Activations, arXiv:2411.03884"


@activation(
    formula="x**3",
    shape=Shape(-_INF, _INF),
    source="Chen and Manning 2014, A Fast and Accurate Dependency Parser using Neural Networks, EMNLP",
    class_name="Cube",
    aliases=("cubic",),
)
@wide
def cube(x: Tensor) -> Tensor:
    """The third power, odd."""
    return x * x * x


def _repu_shape(p: float) -> Shape:
    need(p >= 1, "p is below 1")
    return Shape(0.0, _INF, kinks=(0.0,) if p == 1 else ())


@activation(
    formula="Max(x, 0)**p",
    shape=_repu_shape,
    source="Li, Tang and Yu 2019, Better Approximations by Rectified Power Units, arXiv:1903.05858",
    class_name="RePU",
    aliases=("rectified_power_unit", "relu_k"),
)
@wide
def repu(x: Tensor, p: Annotated[float, Bounds(1.0, typical=(2.0, 4.0))] = 3.0) -> Tensor:
    """ReLU to the power `p`: 1 is ReLU, 2 the squared ReLU."""
    return torch.relu(x) ** p


def _poly_shape(a0: float, a1: float, a2: float, a3: float) -> Shape:
    need(min(a1, a2, a3) >= 0 and max(a1, a2, a3) > 0, "a coefficient is negative, or none is positive")
    return Shape(a0, _INF, kinks=(0.0,) if a1 else ())


@activation(
    formula="a0 + a1 * Max(x, 0) + a2 * Max(x, 0)**2 + a3 * Max(x, 0)**3",
    shape=_poly_shape,
    source=_ZHUO,
    class_name="PolyReLU",
    accuracy=Accuracy(ulps=(8.0, 8.0)),
)
def poly_relu(
    x: Tensor,
    a0: Annotated[Learned, Bounds(typical=(0.0, 0.5))] = 0.0,
    a1: Annotated[Learned, Bounds(typical=(0.25, 1.0))] = 1 / 3,
    a2: Annotated[Learned, Bounds(typical=(0.25, 1.0))] = 1 / 3,
    a3: Annotated[Learned, Bounds(typical=(0.25, 1.0))] = 1 / 3,
) -> Tensor:
    """A polynomial of the third degree in ReLU."""
    r = widened(x).relu()
    return (a0 + r * (a1 + r * (a2 + r * a3))).to(x.dtype)


@activation(
    formula="exp(x)",
    shape=Shape(0.0, _INF),
    source="classical",
    class_name="Exponential",
    aliases=("exp",),
    kernel="exp",
    serves=(),
)
def exponential(x: Tensor) -> Tensor:
    """The exponential function, for outputs that are rates; single precision ends at 88."""
    return torch.exp(x)


@activation(
    formula="sign(x) * (exp(Abs(x)) - 1)",
    shape=Shape(-_INF, _INF),
    source="Hafner et al. 2023, Mastering Diverse Domains through World Models, arXiv:2301.04104",
    class_name="Symexp",
)
@wide
def symexp(x: Tensor) -> Tensor:
    """The inverse of symlog: exp(|x|) - 1 with the sign of the input."""
    return odd(x, torch.expm1(size(x)))
