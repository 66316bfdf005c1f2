"""Periodic functions, and two with a period that changes or ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated

import torch
from torch import Tensor

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import (
    Accuracy,
    Bounds,
    Positive,
    Shape,
    Waves,
    widened,
)
from nonlin.catalogue.stable import held, need, wide

_INF = math.inf
_NAN = math.nan
_PI = math.pi

# A wave is zero at multiples of pi, which are not numbers: there values are as exact as the input, not as themselves.
_WAVE = Accuracy(slack=(1.0, 1.0))


def _always(height: float) -> Callable[[float, float], tuple[float, float]]:
    """The bounds of a wave that is as high everywhere."""
    return lambda *_: (-height, height)


def _periodic(omega: float, phase: float, height: float) -> Shape:
    """Turns where omega * x = phase + k pi, with values of +-height."""
    rate = abs(omega)
    return Shape(
        _NAN,
        _NAN,
        waves=Waves(
            turn=lambda k: (phase + k * _PI) / rate,
            rank=lambda x: (rate * x - phase) / _PI,
            within=_always(height),
        ),
    )


@activation(
    formula="sin(omega * x)",
    shape=lambda omega: _periodic(omega, _PI / 2, 1.0) if omega else Shape(0.0, 0.0),
    source="Sitzmann et al. 2020, Implicit Neural Representations with Periodic Activation Functions, arXiv:2006.09661",
    class_name="Sine",
    aliases=("siren", "sinusoid"),
    kernel="sin",
    serves=(),
    accuracy=_WAVE,
)
@wide
def sin(x: Tensor, omega: Annotated[float, Bounds(0.0, typical=(1.0, 30.0), open=True)] = 1.0) -> Tensor:
    """The sine of `omega` times the input; SIREN takes omega = 30."""
    return torch.sin(x if omega == 1 else held(omega * x))


@activation(
    formula="cos(x)",
    shape=_periodic(1.0, 0.0, 1.0),
    source="classical",
    class_name="Cosine",
    kernel="cos",
    serves=(),
    accuracy=_WAVE,
)
@wide
def cos(x: Tensor) -> Tensor:
    """The cosine, even."""
    return torch.cos(x)


@activation(
    formula="tanh(beta * sin(x))",
    shape=lambda beta: _periodic(1.0, _PI / 2, math.tanh(abs(beta))) if beta else Shape(0.0, 0.0),
    source="Serrano, Szymkowiak and Musialski 2024, HOSC: A Periodic Activation Function, arXiv:2401.10967",
    class_name="HOSC",
    accuracy=Accuracy(slack=(1.0, 4.0)),
)
@wide
def hosc(x: Tensor, beta: Positive = 1.0) -> Tensor:
    """A sine with flattened crests: near a square wave for a large `beta`."""
    return torch.tanh(beta * torch.sin(x))


def _double(x: Tensor) -> Tensor:
    """In double precision, where the device has it."""
    return x.float() if x.device.type == "mps" else x.double()


def _finer_shape(omega: float) -> Shape:
    need(omega > 0, "omega is not positive")

    def turn(k: int) -> float:
        far = abs(k + 0.5) * _PI / omega
        return math.copysign(2 * far / (math.sqrt(1 + 4 * far) + 1), k + 0.5)

    return Shape(
        _NAN,
        _NAN,
        waves=Waves(
            turn=turn,
            rank=lambda x: omega * (abs(x) + 1) * x / _PI - 0.5,
            within=_always(1.0),
        ),
    )


@activation(
    formula="sin(omega * (Abs(x) + 1) * x)",
    shape=_finer_shape,
    source="Liu et al. 2023, FINER: Flexible Spectral-bias Tuning in Implicit NEural Representation, arXiv:2312.02434",
    class_name="FINER",
    accuracy=_WAVE,
)
def finer(x: Tensor, omega: Annotated[float, Bounds(0.0, typical=(1.0, 3.0), open=True)] = 1.0) -> Tensor:
    """A sine whose frequency grows with the distance from zero; the paper's networks take omega = 30."""
    # The phase grows like the square of the input: single precision would lose it from about 1000 on.
    z = _double(widened(x))
    return torch.sin(held(omega * ((z.abs() + 1) * z))).to(x.dtype)


def _sine_relu_shape(epsilon: float) -> Shape:
    need(epsilon > 0, "epsilon is not positive")
    height = math.sqrt(2) * epsilon

    def within(lo: float, hi: float) -> tuple[float, float]:
        return (-height if lo <= 0 else lo), max(height if lo <= 0 else hi, hi)

    return Shape(
        _NAN,
        _INF,
        kinks=(0.0,),
        waves=Waves(
            turn=lambda k: (k + 0.75) * _PI if k < 0 else _NAN,
            rank=lambda x: min(x, 0.0) / _PI - 0.75,
            within=within,
        ),
    )


@activation(
    formula="Piecewise((x, x > 0), (epsilon * (sin(x) - cos(x)), True))",
    shape=_sine_relu_shape,
    source="origin unverified; a blog post, and echoAI 0.1.3 and torch-activation 1.0.0 with other defaults",
    class_name="SineReLU",
    accuracy=Accuracy(slack=(1.0, 1.0)),
)
@wide
def sine_relu(
    x: Tensor, epsilon: Annotated[float, Bounds(0.0, typical=(0.0025, 0.5), open=True)] = 0.0025
) -> Tensor:
    """Identity above zero, a small wave below; it jumps by `epsilon` at zero."""
    return torch.where(x > 0, x, epsilon * (torch.sin(x) - torch.cos(x)))
