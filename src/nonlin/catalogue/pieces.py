"""Functions from straight and parabolic pieces."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import EXACT, Accuracy, Bounds, Positive, Real, Shape
from nonlin.catalogue.stable import need, size, wide, within

_INF = math.inf


@activation(
    formula="Abs(x)",
    shape=Shape(_INF, _INF, turns=(0.0,), kinks=(0.0,)),
    source="classical",
    class_name="Absolute",
    aliases=("abs", "absolute_value", "modulus"),
    accuracy=EXACT,
)
def absolute(x: Tensor) -> Tensor:
    """The input without its sign; the slope at zero is 1, where that of torch.abs is 0."""
    return functional.leaky_relu(-x, -1.0)


@activation(
    formula="Piecewise((x, x > theta), (0, True))",
    shape=lambda theta: Shape(0.0, _INF, kinks=(theta,)),
    source="Konda, Memisevic and Krueger 2014, Zero-bias autoencoders, arXiv:1402.3337",
    class_name="ThresholdedReLU",
    aliases=("trec", "truncated_rectified", "fatrelu"),
    kernel="threshold",
    serves=(),
    accuracy=EXACT,
)
def thresholded_relu(x: Tensor, theta: Real = 1.0) -> Tensor:
    """Identity above `theta`, zero elsewhere."""
    return functional.threshold(x, theta, 0.0)


@activation(
    formula="Max(x - b, 0)",
    shape=lambda b: Shape(0.0, _INF, kinks=(b,)),
    source="torch-activation 1.0.0, ShiftedReLU",
    class_name="ShiftedReLU",
    aliases=("srelu_shifted",),
    accuracy=Accuracy(ulps=(1.0, 0.0)),
)
def shifted_relu(x: Tensor, b: Real = 1.0) -> Tensor:
    """ReLU that starts at `b`."""
    return functional.relu(x - b)


def _shrink_shape(lambd: float, bias: float) -> Shape:
    need(lambd >= 0, "lambd is negative")
    if lambd == 0:
        return Shape(-_INF, _INF, kinks=(0.0,) if bias else ())
    return Shape(-_INF, _INF, kinks=(-lambd, lambd))


@activation(
    formula="Piecewise((x - bias, x > lambd), (x + bias, x < -lambd), (0, True))",
    shape=_shrink_shape,
    source="ONNX operator Shrink, opset 9",
    class_name="Shrink",
    accuracy=Accuracy(ulps=(1.0, 0.0)),
)
@wide
def shrink(
    x: Tensor,
    lambd: Annotated[float, Bounds(0.0, typical=(0.1, 1.0))] = 0.5,
    bias: Annotated[float, Bounds(typical=(0.0, 0.5))] = 0.0,
) -> Tensor:
    """Zero within [-lambd, lambd], outside the input moved towards zero by `bias`."""
    kept = functional.hardshrink(x, lambd)
    return kept - bias * torch.sign(kept)


@activation(
    formula="Min(Max((x + 1) / 2, 0), 1)",
    shape=Shape(0.0, 1.0, kinks=(-1.0, 1.0)),
    source="Blondel, Martins and Niculae 2019, Learning with Fenchel-Young Losses, arXiv:1901.02324",
    class_name="SparseSigmoid",
    aliases=("sparsemoid",),
)
@wide
def sparse_sigmoid(x: Tensor) -> Tensor:
    """A line from 0 at -1 to 1 at 1, flat outside: sparsemax of two classes."""
    return within((x + 1) / 2, 0, 1)


def _smooth_step_shape(gamma: float) -> Shape:
    need(gamma > 0, "gamma is not positive")
    return Shape(0.0, 1.0)


@activation(
    formula=(
        "Piecewise((0, x <= -gamma / 2), (1, x >= gamma / 2), "
        "(-2 * x**3 / gamma**3 + 3 * x / (2 * gamma) + Rational(1, 2), True))"
    ),
    shape=_smooth_step_shape,
    source="Hazimeh et al. 2020, The Tree Ensemble Layer, arXiv:2002.07772",
    class_name="SmoothStep",
    accuracy=Accuracy(ulps=(4.0, 8.0), slack=(1.0, 8.0)),
)
@wide
def smooth_step(
    x: Tensor, gamma: Annotated[float, Bounds(0.0, typical=(1.0, 4.0), open=True)] = 1.0
) -> Tensor:
    """Exactly 0 below -gamma / 2, exactly 1 above gamma / 2, and a cubic between."""
    s = within(x / gamma + 0.5, 0, 1)
    return s * s * (3 - 2 * s)


@activation(
    formula="Piecewise((1, x >= 2), (x - x**2 / 4, x >= 0), (x + x**2 / 4, x > -2), (-1, True))",
    shape=Shape(-1.0, 1.0),
    source="Wuraola and Patel 2018, SQNL: A New Computationally Efficient Activation Function, IJCNN",
    class_name="SQNL",
    aliases=("square_nonlinearity",),
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def sqnl(x: Tensor) -> Tensor:
    """A tanh from two parabolas: exactly -1 from -2 on, exactly 1 from 2 on."""
    u = within(x, -2, 2)
    return u * (1 - u.abs() / 4)


def _smelu_shape(beta: float) -> Shape:
    need(beta > 0, "beta is not positive")
    return Shape(0.0, _INF)


@activation(
    formula="Piecewise((0, x <= -beta), (x, x >= beta), ((x + beta)**2 / (4 * beta), True))",
    shape=_smelu_shape,
    source="Shamir, Lin and Coviello 2020, Smooth Activations and Reproducibility, arXiv:2010.09931",
    class_name="SmeLU",
    aliases=("smooth_relu_quadratic",),
)
@wide
def smelu(x: Tensor, beta: Positive = 1.0) -> Tensor:
    """ReLU whose corner is a parabola over [-beta, beta]."""
    return torch.where(x < beta, (x.clamp(-beta, beta) + beta).square() / (4 * beta), x)


@activation(
    formula="Piecewise((0, x <= -1), (x, x >= 1), ((x + 1)**2 / 4, True))",
    shape=Shape(0.0, _INF),
    source="jax.nn.sparse_plus; the integral of sparse_sigmoid",
    class_name="SparsePlus",
)
@wide
def sparse_plus(x: Tensor) -> Tensor:
    """Softplus with exact zeros; SmeLU with beta = 1."""
    return torch.where(x < 1, (x.clamp(-1, 1) + 1).square() / 4, x)


@activation(
    formula="x * Min(Max(x + 2, 0), 2) / 2",
    shape=Shape(0.0, _INF, turns=(-1.0,), kinks=(-2.0,)),
    source="timm.layers.HardMish",
    class_name="HardMish",
    accuracy=Accuracy(slack=(0.0, 1.0)),
)
@wide
def hard_mish(x: Tensor) -> Tensor:
    """Mish from pieces: zero below -2, the identity above zero, a parabola between."""
    return x / 2 * within(x + 2, 0, 2)


@activation(
    formula="Piecewise((x**2 * (2 - Abs(x)), Abs(x) <= 1), (Abs(x), True))",
    shape=Shape(_INF, _INF, turns=(0.0,)),
    source="Vallés-Pérez et al. 2023, Empirical study of the modulus as activation function, arXiv:2301.05993",
    class_name="SoftModulusQ",
)
@wide
def soft_modulus_q(x: Tensor) -> Tensor:
    """The modulus with a smooth bottom: a cubic on either side of zero, |x| beyond 1."""
    away = size(x)
    near = away.clamp(max=1)
    return torch.where(away < 1, near.square() * (2 - near), away)


@activation(
    formula="x**2",
    shape=Shape(_INF, _INF, turns=(0.0,)),
    source="classical",
    class_name="Square",
    aliases=("quadratic",),
    kernel="square",
    serves=(),
    accuracy=Accuracy(ulps=(1.0, 1.0)),
)
def square(x: Tensor) -> Tensor:
    """The square of the input."""
    return torch.square(x)
