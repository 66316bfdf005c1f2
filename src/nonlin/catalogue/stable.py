"""What several families need so that values and slopes stay finite and exact."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import torch
from torch import Tensor
from torch.nn import functional

P = ParamSpec("P")

SATURATED = 1e4
"""Here every gate has reached its limit, and its slope is zero: a clamp to it keeps zero times infinity out of slopes."""

_HALVES = (torch.bfloat16, torch.float16)


def wide(fn: Callable[Concatenate[Tensor, P], Tensor]) -> Callable[Concatenate[Tensor, P], Tensor]:
    """Half precision runs in single: a chain of several operators would round at each, and lose the tails.

    Raises:
        RuntimeError: the input holds complex numbers; torch's kernels say the same.
    """

    @functools.wraps(fn)
    def run(x: Tensor, /, *args: P.args, **kwargs: P.kwargs) -> Tensor:
        if x.dtype in _HALVES:
            return fn(x.float(), *args, **kwargs).to(x.dtype)
        if x.is_complex():
            raise RuntimeError(f"not implemented for {x.dtype}")
        return fn(x, *args, **kwargs)

    return run


# On a CPU torch.where and the backward of torch.clamp compute one number at a time, and take ten times as long as the
# kernels in what follows, which compute eight at once.


def within(x: Tensor, low: float, high: float) -> Tensor:
    """clamp(low, high); the slope at both ends is zero."""
    return functional.hardtanh(x, low, high)


def size(x: Tensor) -> Tensor:
    """|x|, with slope -1 at zero where torch.abs has 0; for functions that are put together from both sides.

    There relu has slope 0, so that relu(x) + g(size(x)) has the slope of its left side at zero.
    """
    return functional.leaky_relu(x, -1.0)


def side(x: Tensor) -> Tensor:
    """-1 at zero and left of it, 1 right of it: the slope of `size`."""
    return torch.sign(torch.sign(x.detach()) - 0.5)


def odd(x: Tensor, right: Tensor) -> Tensor:
    """The odd function whose right half, computed from `size(x)`, is given."""
    return right * side(x) + 0.0  # no negative zero at zero


def held(x: Tensor) -> Tensor:
    """What has overflowed, as a finite number: the sine of infinity is NaN, and so is zero times it."""
    end = torch.finfo(x.dtype).max
    return within(x, -end, end)


def gate(line: Tensor, u: Tensor) -> Tensor:
    """A line times sigmoid(u), from the nearer limit, so that slopes do not cancel far away."""
    right = side(u)
    return line * (right / 2 + 0.5) - right * (line * torch.sigmoid(-size(u)))


def times_tanh(line: Tensor, u: Tensor) -> Tensor:
    """A line times tanh(u) for a positive u; from 1 / 2 on from its limit, as the slope of tanh is lost there."""
    far = side(u - 0.5) / 2 + 0.5
    return line * (torch.tanh(u) * (1 - far) + (1 - 2 * torch.sigmoid(-2 * u)) * far)


def softplus(x: Tensor) -> Tensor:
    """log(1 + exp(x)); torch's own becomes x from 20 on, which double precision can tell."""
    return functional.softplus(x, threshold=40.0)


def hypot(x: Tensor, y: Tensor) -> Tensor:
    """sqrt(x^2 + y^2), without overflow on the way."""
    if not torch.onnx.is_in_onnx_export():  # ONNX has no such operator
        return torch.hypot(x, y)
    a, b = x.abs(), y.abs()
    large = torch.maximum(a, b)
    return large * torch.sqrt(1 + (torch.minimum(a, b) / large.clamp(min=1e-30)).square())


def root(curve: Callable[[float], float], low: float, high: float) -> float:
    """Where an increasing curve crosses zero between two places, to the last digit."""
    while True:
        middle = low + (high - low) / 2
        if not low < middle < high:
            return high if abs(curve(high)) <= abs(curve(low)) else low
        if curve(middle) < 0:
            low = middle
        else:
            high = middle


def crossings(curve: Callable[[float], float], low: float, high: float, steps: int) -> tuple[float, ...]:
    """Every place between two where a curve changes sign, if no two of them lie within one of so many steps."""
    places = [low + (high - low) * i / steps for i in range(steps + 1)]
    found = []
    for left, right in itertools.pairwise(places):
        rises, falls = curve(left) < 0 <= curve(right), curve(left) >= 0 > curve(right)
        if rises:
            found.append(root(curve, left, right))
        if falls:
            found.append(root(lambda x: -curve(x), left, right))
    return tuple(found)


def log1pexp(x: float) -> float:
    """log(1 + exp(x)) of a number."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def logistic(x: float) -> float:
    """The sigmoid of a number."""
    return math.exp(-log1pexp(-x))


def sech2(x: float) -> float:
    """1 / cosh(x)^2 of a number: the slope of tanh."""
    return 4 * math.exp(-2 * abs(x)) / (1 + math.exp(-2 * abs(x))) ** 2


def need(condition: bool, what: str) -> None:
    """Landmarks are not known for these parameters.

    Raises:
        ValueError: the condition does not hold.
    """
    if not condition:
        raise ValueError(what)


def log_lambert(k: float) -> float:
    """The x with x + exp(x) = k."""
    x = k if k < 1 else math.log(k)
    for _ in range(60):
        x -= (x + math.exp(x) - k) / (1 + math.exp(x))
    return x
