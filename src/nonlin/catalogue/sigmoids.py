"""S-shaped functions, and what is left of the input beside one."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Accuracy, Shape

_INF = math.inf


@activation(
    formula="1 / (1 + exp(-x))",
    shape=Shape(0.0, 1.0),
    source="classical",
    class_name="Sigmoid",
    aliases=("logistic", "expit", "softstep"),
    kernel="sigmoid",
    # The backward is y * (1 - y) of the rounded y, and loses the tail of the right side.
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
def sigmoid(x: Tensor) -> Tensor:
    """Rises from 0 to 1, through 1/2 at zero."""
    return torch.sigmoid(x)


@activation(
    formula="tanh(x)",
    shape=Shape(-1.0, 1.0),
    source="classical",
    class_name="Tanh",
    kernel="tanh",
    # The backward is 1 - y^2 of the rounded y, and loses both tails.
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
def tanh(x: Tensor) -> Tensor:
    """The hyperbolic tangent: rises from -1 to 1, odd."""
    return torch.tanh(x)


@activation(
    formula="-log(1 + exp(-x))",
    shape=Shape(-_INF, 0.0),
    source="classical",
    class_name="LogSigmoid",
    aliases=("log_sigmoid",),
    kernel="log_sigmoid",
    serves=("log_sigmoid", "log_sigmoid_forward"),
)
def logsigmoid(x: Tensor) -> Tensor:
    """The logarithm of the sigmoid, without its underflow."""
    if torch.onnx.is_in_onnx_export():  # the exporter writes log(sigmoid(x)), which is -inf at -104
        return -functional.softplus(-x)
    return functional.logsigmoid(x)


@activation(
    formula="x / (1 + Abs(x))",
    shape=Shape(-1.0, 1.0),
    source="Bergstra, Desjardins, Lamblin and Bengio 2009, Quadratic Polynomials Learn Better Image Features",
    class_name="Softsign",
    aliases=("soft_sign",),
    # The slope is put together from 1 / (1 + |x|) and x / (1 + |x|)^2, which cancel far from zero.
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
def softsign(x: Tensor) -> Tensor:
    """Rises from -1 to 1 as slowly as 1/x, odd."""
    return functional.softsign(x)


@activation(
    formula="x - tanh(x)",
    shape=Shape(-_INF, _INF),
    source="torch.nn.Tanhshrink",
    class_name="Tanhshrink",
    aliases=("tanh_shrink",),
    # Near zero the value is about x^3 / 3, the difference of two numbers near x.
    accuracy=Accuracy(slack=(1.0, 4.0)),
)
def tanhshrink(x: Tensor) -> Tensor:
    """The input less its hyperbolic tangent: flat at zero, and one off the identity far away."""
    return functional.tanhshrink(x)
