"""Relatives of softmax that change what it normalises: with one more entry, by powers, by the length of the vector."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor

from nonlin.catalogue.enter import simplex
from nonlin.catalogue.record import Accuracy, Bounds, Learned, dim_is_named, existing, widened

_SPHERICAL = "de Brébisson and Vincent 2015, An Exploration of Softmax Alternatives, arXiv:1511.05042"

# The backward subtracts a mean from the incoming gradient: 8 holds up to gradients of size 8.
_ACCURACY = Accuracy(slack=(0.0, 8.0))


@simplex(
    formula="exp(x[i]) / (1 + Sum(exp(x[j]), (j, 1, n)))",
    source="Miller 2023, Attention Is Off By One",
    class_name="SoftmaxOne",
    aliases=("softmax1", "quiet_softmax", "softmax_off_by_one"),
    accuracy=_ACCURACY,
    rule=dim_is_named,
)
def softmax_one(x: Tensor, dim: int | None = None) -> Tensor:
    """Softmax with one more entry that is always zero: the outputs may all vanish."""
    along = existing("softmax_one", x, dim)
    z = widened(x)
    full = torch.cat([z, torch.zeros_like(z.narrow(along, 0, 1))], along)
    return full.softmax(along).narrow(along, 0, x.shape[along]).to(x.dtype)


@simplex(
    formula="exp(s * log(n) * x[i]) / Sum(exp(s * log(n) * x[j]), (j, 1, n))",
    source="Nakanishi 2025, Scalable-Softmax Is Superior for Attention, arXiv:2501.19399",
    class_name="SSMax",
    aliases=("scalable_softmax",),
    # The exponent t is a product, so exp(-t) is off by up to t eps exp(-t) < eps.
    accuracy=Accuracy(slack=(2.0, 32.0)),
    rule=dim_is_named,
)
def ssmax(
    x: Tensor,
    s: Annotated[Learned, Bounds(0.0, typical=(0.1, 1.0), open=True)] = 1.0,
    dim: int | None = None,
) -> Tensor:
    """Softmax of the input times s log n, where n is the size of the dimension: it stays sharp as n grows."""
    along = existing("ssmax", x, dim)
    z = widened(x)
    z = z - z.detach().amax(along, keepdim=True)
    return (z * (s * math.log(x.shape[along]))).softmax(along).to(x.dtype)


@simplex(
    formula="(1 + x[i] + x[i]**2 / 2) / Sum(1 + x[j] + x[j]**2 / 2, (j, 1, n))",
    source=_SPHERICAL,
    class_name="TaylorSoftmax",
    accuracy=_ACCURACY,
    rule=dim_is_named,
)
def taylor_softmax(x: Tensor, dim: int | None = None) -> Tensor:
    """Softmax with the exponential replaced by its second-order Taylor polynomial, which is positive too."""
    along = existing("taylor_softmax", x, dim)
    terms = (1 + widened(x)).square() + 1  # twice the polynomial, as a sum of squares
    return (terms / terms.sum(along, keepdim=True)).to(x.dtype)


@simplex(
    formula="x[i] * exp(x[i]) / Sum(exp(x[j]), (j, 1, n))",
    source="Elhage et al. 2022, Softmax Linear Units, Transformer Circuits Thread",
    class_name="SoLU",
    aliases=("softmax_linear_unit",),
    # The slope is that of softmax times the input: the slack holds up to inputs of size 128.
    accuracy=Accuracy(slack=(0.0, 1024.0)),
    rule=dim_is_named,
    outputs=(-math.inf, math.inf),
)
def solu(x: Tensor, dim: int | None = None) -> Tensor:
    """The input times its softmax."""
    along = existing("solu", x, dim)
    z = widened(x)
    return (z * z.softmax(along)).to(x.dtype)


@simplex(
    formula="x[i] * sqrt(Sum(x[j]**2, (j, 1, n))) / (1 + Sum(x[j]**2, (j, 1, n)))",
    source="Sabour, Frosst and Hinton 2017, Dynamic Routing Between Capsules, arXiv:1710.09829",
    class_name="Squash",
    accuracy=_ACCURACY,
    rule=dim_is_named,
    outputs=(-1.0, 1.0),
)
def squash(x: Tensor, dim: int | None = None) -> Tensor:
    """Keeps the direction of a vector and takes its length r to r^2 / (1 + r^2), which is below one."""
    along = existing("squash", x, dim)
    z = widened(x)
    length: Tensor = torch.linalg.vector_norm(z, dim=along, keepdim=True)
    return (z * (length / (1 + length.square()))).to(x.dtype)
