"""Weights that keep the scale of signals and gradients, for any activation of the catalogue.

The functions are those of `torch.nn.init`, and take an activation where torch takes one of twelve names: replace
`torch.nn.init.kaiming_normal_(w, nonlinearity="relu")` by `nonlin.init.kaiming_normal_(w, "gelu")`.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Record, get
from nonlin.facts.depth import critical
from nonlin.facts.moments import backward_gain, gain, moments
from nonlin.initialise import Initialised, initialise_

__all__ = [
    "Initialised",
    "critical_",
    "initialise_",
    "kaiming_normal_",
    "kaiming_uniform_",
    "orthogonal_",
    "xavier_normal_",
    "xavier_uniform_",
]

Mode = Literal["fan_in", "fan_out"]


def kaiming_normal_(
    tensor: Tensor,
    nonlinearity: str | Record[Any],
    mode: Mode = "fan_in",
    generator: torch.Generator | None = None,
    **params: Any,
) -> Tensor:
    """Fill a weight from N(0, gain^2 / fan).

    Args:
        tensor: (out, in, *kernel), at least two axes.
        nonlinearity: an elementwise activation, a gated unit, or the name of one.
        mode: "fan_in" keeps the scale of the signal, by `nonlin.gain`; "fan_out" that of the gradient, by
            `nonlin.backward_gain`.
        generator: where the numbers come from; torch's own by default.
        params: the activation's parameters. As in torch, `a` is leaky_relu's `negative_slope`.

    Returns:
        The tensor.

    Raises:
        NonlinError: the activation has no gain, or the tensor or the mode makes no sense.

    Source: He, Zhang, Ren and Sun 2015, equations 10 and 14, arXiv:1502.01852.
    """
    std = _kaiming(tensor, nonlinearity, mode, params)
    with torch.no_grad():
        return tensor.normal_(0, std, generator=generator)


def kaiming_uniform_(
    tensor: Tensor,
    nonlinearity: str | Record[Any],
    mode: Mode = "fan_in",
    generator: torch.Generator | None = None,
    **params: Any,
) -> Tensor:
    """Fill a weight evenly from [-b, b] with b = gain sqrt(3 / fan); else as `kaiming_normal_`."""
    bound = math.sqrt(3) * _kaiming(tensor, nonlinearity, mode, params)
    with torch.no_grad():
        return tensor.uniform_(-bound, bound, generator=generator)


def xavier_normal_(
    tensor: Tensor, nonlinearity: str | Record[Any], generator: torch.Generator | None = None, **params: Any
) -> Tensor:
    """Fill a weight from N(0, 2 / (fan_in E[f^2] + fan_out E[f'^2])).

    That is Glorot and Bengio's compromise between the signal, which wants 1 / (fan_in E[f^2]), and the gradient, which
    wants 1 / (fan_out E[f'^2]); they have both moments at one, as for the identity.

    Args and errors are those of `kaiming_normal_`.

    Source: Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks,
    equations 10 to 12.
    """
    std = _xavier(tensor, nonlinearity, params)
    with torch.no_grad():
        return tensor.normal_(0, std, generator=generator)


def xavier_uniform_(
    tensor: Tensor, nonlinearity: str | Record[Any], generator: torch.Generator | None = None, **params: Any
) -> Tensor:
    """Fill a weight evenly from [-b, b], with the variance of `xavier_normal_`; else as that."""
    bound = math.sqrt(3) * _xavier(tensor, nonlinearity, params)
    with torch.no_grad():
        return tensor.uniform_(-bound, bound, generator=generator)


def orthogonal_(
    tensor: Tensor, nonlinearity: str | Record[Any], generator: torch.Generator | None = None, **params: Any
) -> Tensor:
    """Fill a weight with `nonlin.gain` times a random matrix whose rows, or columns if they are fewer, are orthonormal.

    Axes after the first are taken as one. A square weight keeps the scale of the signal.

    Args and errors are those of `kaiming_normal_`.

    Source: Saxe, McClelland and Ganguli 2013, arXiv:1312.6120.
    """
    _fans(tensor)
    scale = gain(nonlinearity, **_named(nonlinearity, params))
    torch.nn.init.orthogonal_(tensor, scale, generator=generator)
    return tensor


def critical_(
    weight: Tensor,
    bias: Tensor,
    /,
    nonlinearity: str | Record[Any],
    generator: torch.Generator | None = None,
    **params: Any,
) -> tuple[Tensor, Tensor]:
    """Fill a weight and its bias so that signal and gradient both keep their scale.

    Without biases a saturating activation can keep only one of the two. Weights from N(0, 1 / (fan_in E[f'^2])) keep
    the gradient, and biases from N(0, 1 - E[f^2] / E[f'^2]) give the signal what is missing.

    Returns:
        The weight and the bias.

    Raises:
        NonlinError: there is no such point for the activation, or signals drift away from it.

    Source: Schoenholz, Gilmer, Ganguli and Sohl-Dickstein 2017, section 3, arXiv:1611.01232.
    """
    fan_in, _ = _fans(weight)
    name = get(nonlinearity).name
    point = critical(nonlinearity, **_named(nonlinearity, params))
    if point is None:
        raise NonlinError(
            f"{name} has no critical point: E[f^2] is above E[f'^2], so no bias keeps both signal and gradient; "
            f"keep the signal with kaiming_normal_"
        )
    if not point.stable:
        raise NonlinError(
            f"{name} has no stable critical point: a layer multiplies a deviation of the signal by up to "
            f"{max(point.drift, point.far):.3g}; keep its scale with normalisation layers"
        )
    with torch.no_grad():
        weight.normal_(0, point.weight / math.sqrt(fan_in), generator=generator)
        bias.normal_(0, point.bias, generator=generator)
    return weight, bias


def _kaiming(tensor: Tensor, nonlinearity: str | Record[Any], mode: str, params: dict[str, Any]) -> float:
    """The standard deviation."""
    if mode not in ("fan_in", "fan_out"):
        raise NonlinError(
            f"mode={mode!r} is neither 'fan_in', for the signal, nor 'fan_out', for the gradient"
        )
    fan_in, fan_out = _fans(tensor)
    params = _named(nonlinearity, params)
    if mode == "fan_in":
        return gain(nonlinearity, **params) / math.sqrt(fan_in)
    return backward_gain(nonlinearity, **params) / math.sqrt(fan_out)


def _xavier(tensor: Tensor, nonlinearity: str | Record[Any], params: dict[str, Any]) -> float:
    """The standard deviation."""
    fan_in, fan_out = _fans(tensor)
    params = _named(nonlinearity, params)
    gain(nonlinearity, **params)
    known = moments(nonlinearity, **params)
    return math.sqrt(2 / (fan_in * known.second + fan_out * known.slope_second))


def _named(nonlinearity: str | Record[Any], params: dict[str, Any]) -> dict[str, Any]:
    """The parameters by their names here: torch has `a` for leaky_relu's slope."""
    if "a" in params and get(nonlinearity).name == "leaky_relu":
        return {"negative_slope" if name == "a" else name: value for name, value in params.items()}
    return params


def _fans(tensor: Tensor) -> tuple[int, int]:
    """(fan_in, fan_out) of a weight (out, in, *kernel)."""
    if tensor.dim() < 2 or tensor.numel() == 0:
        raise NonlinError(
            f"a tensor of shape {tuple(tensor.shape)} is no weight; one has (out, in, *kernel), two axes or more"
        )
    kernel = math.prod(tensor.shape[2:])
    return tensor.shape[1] * kernel, tensor.shape[0] * kernel
