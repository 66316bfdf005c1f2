"""Softmax and its kin: maps of whole vectors along a dimension, which has to be named."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.base.errors import NonlinError
from nonlin.catalogue.enter import simplex
from nonlin.catalogue.record import Accuracy, dim_is_named, named

# The backward subtracts a mean from the incoming gradient: 8 holds up to gradients of size 8.
_ACCURACY = Accuracy(slack=(0.0, 8.0))


@simplex(
    formula="exp(x[i]) / Sum(exp(x[j]), (j, 1, n))",
    source="Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs",
    class_name="Softmax",
    accuracy=_ACCURACY,
    kernel="softmax",
    serves=("softmax", "_softmax", "_safe_softmax"),
    rule=dim_is_named,
)
def softmax(x: Tensor, dim: int | None = None, *, dtype: torch.dtype | None = None) -> Tensor:
    """Exponentials, divided by their sum along `dim`: positive numbers that sum to one.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.
    """
    return functional.softmax(x, named("softmax", dim), dtype=dtype)


@simplex(
    formula="x[i] - log(Sum(exp(x[j]), (j, 1, n)))",
    source="classical",
    class_name="LogSoftmax",
    accuracy=_ACCURACY,
    kernel="log_softmax",
    serves=("log_softmax", "_log_softmax"),
    rule=dim_is_named,
    outputs=(-math.inf, 0.0),
)
def log_softmax(x: Tensor, dim: int | None = None, *, dtype: torch.dtype | None = None) -> Tensor:
    """The logarithm of softmax, without its underflow.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.
    """
    return functional.log_softmax(x, named("log_softmax", dim), dtype=dtype)


@simplex(
    formula="exp(-x[i]) / Sum(exp(-x[j]), (j, 1, n))",
    source="classical",
    class_name="Softmin",
    accuracy=_ACCURACY,
    rule=dim_is_named,
)
def softmin(x: Tensor, dim: int | None = None, *, dtype: torch.dtype | None = None) -> Tensor:
    """Softmax of the negated input: the smallest gets the most.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.
    """
    return functional.softmin(x, named("softmin", dim), dtype=dtype)


@simplex(
    formula="exp(x[i]) / Sum(exp(x[j]), (j, 1, n))",
    source="torch.nn.Softmax2d",
    class_name="Softmax2d",
    accuracy=_ACCURACY,
    kernel="softmax",
    serves=(),
)
def softmax2d(x: Tensor) -> Tensor:
    """Softmax over the channels of an image: dimension -3 of (N, C, H, W) or (C, H, W)."""
    if x.ndim not in (3, 4):
        raise NonlinError(f"softmax2d: the input has shape {tuple(x.shape)}; give (N, C, H, W) or (C, H, W)")
    return functional.softmax(x, -3)
