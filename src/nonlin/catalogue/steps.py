"""Functions that jump: they train only with the help of what is beside them, or of another slope."""

from __future__ import annotations

from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.pieces import thresholded_relu
from nonlin.catalogue.record import EXACT, Bounds, Shape


@activation(
    formula="Piecewise((1, x > 0), (0, True))",
    shape=Shape(0.0, 1.0, kinks=(0.0,)),
    source="classical; McCulloch and Pitts 1943, A Logical Calculus of the Ideas Immanent in Nervous Activity",
    class_name="Heaviside",
    aliases=("step", "binary_step", "unit_step"),
    accuracy=EXACT,
)
def heaviside(x: Tensor) -> Tensor:
    """One for positive inputs, zero for the others; its slope is zero everywhere, so nothing learns through it."""
    return torch.sign(functional.relu(x))


@activation(
    formula="sign(x)",
    shape=Shape(-1.0, 1.0, kinks=(0.0,)),
    source="classical",
    class_name="Sign",
    aliases=("sgn", "signum"),
    kernel="sign",
    serves=(),
    accuracy=EXACT,
)
def sign(x: Tensor) -> Tensor:
    """-1, 0 or 1, the sign of the input; its slope is zero everywhere, so nothing learns through it."""
    return torch.sign(x)


@activation(
    formula=thresholded_relu.formula,
    shape=thresholded_relu.shape,
    source="Erichson, Yao and Mahoney 2019, JumpReLU: A Retrofit Defense Strategy, arXiv:1904.03750",
    class_name="JumpReLU",
    kernel="threshold",
    serves=(),
    accuracy=EXACT,
)
def jump_relu(x: Tensor, theta: Annotated[float, Bounds(0.0, typical=(0.001, 0.5))] = 0.001) -> Tensor:
    """Thresholded ReLU with a small `theta`. Sparse autoencoders learn theta by an estimate; its slope is zero."""
    return thresholded_relu.fn(x, theta)
