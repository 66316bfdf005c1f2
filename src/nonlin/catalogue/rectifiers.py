"""Rectifiers: linear on either side of zero, and their near kin."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import EXACT, Accuracy, Bounds, Real, Shape

_INF = math.inf

Slope: TypeAlias = Annotated[float, Bounds(typical=(0.01, 0.3))]


def _two_slopes(negative_slope: float) -> Shape:
    left = -math.copysign(_INF, negative_slope) if negative_slope else 0.0
    turns = (0.0,) if negative_slope < 0 else ()
    return Shape(left, _INF, turns, kinks=() if negative_slope == 1 else (0.0,))


@activation(
    formula="x",
    shape=Shape(-_INF, _INF),
    source="classical",
    class_name="Identity",
    aliases=("linear",),
    accuracy=EXACT,
)
def identity(x: Tensor) -> Tensor:
    """The input itself."""
    return x


@activation(
    formula="Max(x, 0)",
    shape=Shape(0.0, _INF, kinks=(0.0,)),
    source="Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML",
    class_name="ReLU",
    aliases=("rectifier", "ramp"),
    kernel="relu",
    accuracy=EXACT,
)
def relu(x: Tensor, inplace: bool = False) -> Tensor:
    """Identity above zero, zero below."""
    return functional.relu(x, inplace)


@activation(
    formula="Min(Max(x, 0), 6)",
    shape=Shape(0.0, 6.0, kinks=(0.0, 6.0)),
    source="Krizhevsky 2010, Convolutional Deep Belief Networks on CIFAR-10",
    class_name="ReLU6",
    kernel="hardtanh",
    serves=("relu6",),
    accuracy=EXACT,
)
def relu6(x: Tensor, inplace: bool = False) -> Tensor:
    """ReLU, cut off at 6."""
    return functional.relu6(x, inplace)


@activation(
    formula="Piecewise((x, x > 0), (negative_slope * x, True))",
    shape=_two_slopes,
    source="Maas, Hannun, Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models",
    class_name="LeakyReLU",
    aliases=("lrelu",),
    kernel="leaky_relu",
)
def leaky_relu(x: Tensor, negative_slope: Slope = 0.01, inplace: bool = False) -> Tensor:
    """Identity above zero; below it, a line of slope `negative_slope`."""
    return functional.leaky_relu(x, negative_slope, inplace)


def _prelu_between(weight: float | tuple[float, float]) -> Sequence[Mapping[str, Any]]:
    return [{"weight": slope} for slope in (weight if isinstance(weight, tuple) else (weight,))]


@activation(
    formula="Piecewise((x, x > 0), (weight * x, True))",
    shape=lambda weight: _two_slopes(float(weight)),
    source="He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers, arXiv:1502.01852",
    class_name="PReLU",
    aliases=("parametric_relu",),
    kernel="prelu",
    serves=("prelu", "_prelu_kernel"),
    between=_prelu_between,
)
def prelu(x: Tensor, weight: Annotated[float | Tensor, Bounds(typical=(0.1, 0.3))]) -> Tensor:
    """Identity above zero; below it, a line whose slope `weight` is learned.

    `weight` is a number, or a tensor with one element or one for each channel (dimension 1 of the input).
    """
    if not isinstance(weight, Tensor):
        weight = torch.full((1,), weight, dtype=x.dtype, device=x.device)
    return functional.prelu(x, weight)


def _rrelu_between(lower: float, upper: float, training: bool) -> Sequence[Mapping[str, Any]]:
    if not training:
        return ({"lower": lower, "upper": upper},)
    return ({"lower": lower, "upper": lower}, {"lower": upper, "upper": upper})


def _rrelu_order(params: Mapping[str, Any]) -> str | None:
    lower, upper = params["lower"], params["upper"]
    return f"lower={lower:g} lies above upper={upper:g}; exchange them" if lower > upper else None


@activation(
    formula="Piecewise((x, x > 0), ((lower + upper) / 2 * x, True))",
    shape=lambda lower, upper: _two_slopes((lower + upper) / 2),
    source="Xu, Wang, Chen and Li 2015, Empirical Evaluation of Rectified Activations, arXiv:1505.00853",
    class_name="RReLU",
    kernel="rrelu",
    serves=("rrelu", "rrelu_with_noise"),
    between=_rrelu_between,
    rule=_rrelu_order,
)
def rrelu(
    x: Tensor, lower: Slope = 1 / 8, upper: Slope = 1 / 3, training: bool = False, inplace: bool = False
) -> Tensor:
    """LeakyReLU whose slope is drawn from [lower, upper] for each element; outside training, their mean.

    The formula, the landmarks and the gain are those outside training.
    """
    if torch.onnx.is_in_onnx_export() and not training:  # ONNX has no RReLU
        return functional.leaky_relu(x, (lower + upper) / 2, inplace)
    return functional.rrelu(x, lower, upper, training, inplace)


@activation(
    formula="Piecewise((x, x > threshold), (value, True))",
    shape=lambda threshold, value: Shape(value, _INF, kinks=(threshold,)),
    source="torch.nn.Threshold",
    class_name="Threshold",
    kernel="threshold",
    accuracy=EXACT,
)
def threshold(x: Tensor, threshold: Real, value: Real, inplace: bool = False) -> Tensor:
    """Identity above `threshold`, and `value` elsewhere."""
    return functional.threshold(x, threshold, value, inplace)


@activation(
    formula="Max(x, 0)**2",
    shape=Shape(0.0, _INF),
    source="So et al. 2021, Primer: Searching for Efficient Transformers, arXiv:2109.08668",
    class_name="SquaredReLU",
    aliases=("relu2", "relu_squared", "sq_relu"),
    accuracy=Accuracy(ulps=(1.0, 1.0)),
)
def squared_relu(x: Tensor) -> Tensor:
    """The square of ReLU."""
    return functional.relu(x).square()
