"""Functions that draw noise in training; in evaluation they are what the noise leaves in the middle.

Formula, landmarks and gain are those of evaluation. A `generator` makes the draws repeatable.
"""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation, simplex
from nonlin.catalogue.record import Accuracy, Bounds, Positive, Shape, existing, widened
from nonlin.catalogue.stable import need, wide, within

_INF = math.inf


def _logistic(x: Tensor, generator: torch.Generator | None) -> Tensor:
    """Noise of the standard logistic distribution, of the input's shape; always finite."""
    u = torch.empty_like(x, requires_grad=False).uniform_(generator=generator)
    tiny = torch.finfo(x.dtype).eps
    return torch.logit(u, eps=tiny)


def _still(training: bool) -> None:
    need(not training, "in training the values are drawn")


def _gumbel_shape(tau: float, training: bool) -> Shape:
    _still(training)
    need(tau > 0, "tau is not positive")
    return Shape(0.0, 1.0)


@activation(
    formula="1 / (1 + exp(-x / tau))",
    shape=_gumbel_shape,
    source="Maddison, Mnih and Teh 2016, The Concrete Distribution, arXiv:1611.00712",
    class_name="GumbelSigmoid",
    aliases=("binary_concrete", "relaxed_bernoulli"),
    accuracy=Accuracy(slack=(0.0, 2.0)),
)
@wide
def gumbel_sigmoid(
    x: Tensor, tau: Positive = 1.0, training: bool = False, *, generator: torch.Generator | None = None
) -> Tensor:
    """A relaxed coin with the input as its log-odds; the smaller `tau`, the nearer its draws to 0 and 1."""
    noisy = x + _logistic(x, generator) if training else x
    return torch.sigmoid(noisy / tau)


def _hard_concrete_shape(gamma: float, zeta: float, training: bool) -> Shape:
    _still(training)
    need(gamma < 0 and zeta > 1, "the stretch does not go beyond [0, 1]")
    return Shape(0.0, 1.0, kinks=(math.log(-gamma / zeta), math.log((1 - gamma) / (zeta - 1))))


@activation(
    formula="Min(Max((zeta - gamma) / (1 + exp(-x)) + gamma, 0), 1)",
    shape=_hard_concrete_shape,
    source="Louizos, Welling and Kingma 2017, Learning Sparse Neural Networks through L0, arXiv:1712.01312",
    class_name="HardConcrete",
    accuracy=Accuracy(slack=(2.0, 2.0)),
)
@wide
def hard_concrete(
    x: Tensor,
    beta: Annotated[float, Bounds(0.0, typical=(0.5, 1.0), open=True)] = 2 / 3,
    gamma: Annotated[float, Bounds(hi=0.0, typical=(-0.5, -0.1), open=True)] = -0.1,
    zeta: Annotated[float, Bounds(1.0, typical=(1.1, 1.5), open=True)] = 1.1,
    training: bool = False,
    *,
    generator: torch.Generator | None = None,
) -> Tensor:
    """A gate for sparse networks: a relaxed coin, stretched to [gamma, zeta] and clipped, so that it is often 0 or 1.

    `beta` is the temperature of the draws; evaluation does without.
    """
    s = torch.sigmoid((x + _logistic(x, generator)) / beta if training else x)
    return within(s * (zeta - gamma) + gamma, 0, 1)


def _noisy_shape(training: bool) -> Shape:
    _still(training)
    return Shape(0.0, _INF, kinks=(0.0,))


@activation(
    formula="Max(x, 0)",
    shape=_noisy_shape,
    source="Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML",
    class_name="NoisyReLU",
    aliases=("nrelu",),
    accuracy=Accuracy(ulps=(1.0, 1.0)),
)
@wide
def noisy_relu(x: Tensor, training: bool = False, *, generator: torch.Generator | None = None) -> Tensor:
    """ReLU of the input plus normal noise, whose variance is the sigmoid of the input."""
    if training:
        noise = torch.empty_like(x, requires_grad=False).normal_(generator=generator)
        x = x + noise * torch.sigmoid(x.detach()).sqrt()
    return torch.relu(x)


@simplex(
    formula="exp(x[i] / tau) / Sum(exp(x[j] / tau), (j, 1, n))",
    source=(
        "Jang, Gu and Poole 2016, Categorical Reparameterization with Gumbel-Softmax, arXiv:1611.01144; "
        "Maddison, Mnih and Teh 2016, The Concrete Distribution, arXiv:1611.00712"
    ),
    class_name="GumbelSoftmax",
    aliases=("concrete",),
    # The exponent is a quotient t, so exp(-t) is off by up to t eps exp(-t) < eps; the backward subtracts a mean.
    accuracy=Accuracy(slack=(2.0, 16.0)),
)
def gumbel_softmax(
    x: Tensor,
    tau: Positive = 1,
    hard: bool = False,
    eps: float = 1e-10,  # noqa: ARG001 - torch has it, and ignores it too
    dim: int = -1,
    *,
    training: bool = True,
    generator: torch.Generator | None = None,
) -> Tensor:
    """A relaxed draw of one entry, with the inputs as log-probabilities; `hard` makes it one-hot with the soft slope.

    As in torch the function draws unless `training=False` is said, and ignores `eps`; a module in evaluation is
    softmax(x / tau).
    """
    along = existing("gumbel_softmax", x, dim)
    z = widened(x)
    if training:
        waits = torch.empty_like(z, memory_format=torch.contiguous_format, requires_grad=False)
        # A wait of zero, which torch's own function lets pass, would make the output NaN.
        waits = waits.exponential_(generator=generator).clamp(min=torch.finfo(z.dtype).tiny)
        z = z - waits.log()
    soft = ((z - z.detach().amax(along, keepdim=True)) / tau).softmax(along)
    if hard:
        chosen = soft.detach().argmax(along, keepdim=True)
        soft = torch.zeros_like(soft).scatter(along, chosen, 1.0) + (soft - soft.detach())
    return soft.to(x.dtype)
