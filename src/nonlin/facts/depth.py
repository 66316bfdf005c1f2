"""What many layers of one activation do to the scale of a signal and of its gradient.

The theory is that of wide layers with independent normal weights. With weights of variance gain^2 / fan_in, the
second moment q of the values before the activation becomes gain^2 E[f(sqrt(q) z)^2] after one layer more; the gain is
chosen so that q = 1 stays. Sources: Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016, arXiv:1606.05340;
Schoenholz, Gilmer, Ganguli and Sohl-Dickstein 2017, arXiv:1611.01232.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from nonlin.catalogue import Gated, Record, get
from nonlin.facts.moments import ELSEWHERE, Moments, gain, moments

# What the verdicts are about: over so many layers the scale stays within this factor.
LAYERS = 100
_WITHIN = 1.5
# relu6 grows by a little less than relu, and quadrature rounds: neither matters over 100 layers.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Depth:
    """One layer with the gain of its activation and no bias, followed by the activation.

    Attributes:
        gain: 1 / sqrt(E[f^2]).
        drift: by what a small deviation of q from one is multiplied; beyond 1 it grows from layer to layer.
        far: by what a deviation of log q is multiplied at most, for q from 1/4 to 4.
        gradient: by what the second moment of the gradient is multiplied on its way back.
        noise: E[f^4] / E[f^2]^2 - 1; divided by the width, the variance that one layer adds to log q.
        gradient_noise: 3 E[f'^4] / E[f'^2]^2 - 1, the same for the gradient, whose elements are normal (E[z^4] = 3)
            before they meet the slope.
    """

    gain: float
    drift: float
    far: float
    gradient: float
    noise: float
    gradient_noise: float

    @property
    def keeps_signal(self) -> bool:
        """Whether the signal's scale stays: deviations do not grow."""
        return _stays(self.drift, self.far)

    @property
    def keeps_gradient(self) -> bool:
        """Whether the gradient's scale stays within a factor of 1.5 over 100 layers, while the signal's is one."""
        return self.gradient > 0 and abs(math.log(self.gradient)) * LAYERS <= math.log(_WITHIN)

    @property
    def keeps_both(self) -> bool:
        """Whether signal and gradient both stay."""
        return self.keeps_signal and self.keeps_gradient

    def spread(self, width: int, layers: int = LAYERS) -> float:
        """The standard deviation of log q after layers of finite width, while deviations are small."""
        return math.sqrt(self.noise / width * sum(self.drift ** (2 * layer) for layer in range(layers)))


@dataclass(frozen=True, slots=True)
class Critical:
    """Standard deviations of weights (times sqrt(fan_in)) and biases for which signal and gradient both stay."""

    weight: float
    bias: float
    drift: float
    """As in `Depth`."""
    far: float
    """As in `Depth`."""

    @property
    def stable(self) -> bool:
        """Whether signals stay at the point, and do not drift away from it."""
        return _stays(self.drift, self.far)


def depth(activation: str | Record[Any], **params: Any) -> Depth:
    """What a layer with the activation's gain does to signal and gradient.

    Raises:
        NonlinError: the activation has no gain.
    """
    found = get(activation)
    known = moments(found, **params)
    slope = _slope(found, known)
    return Depth(
        gain=gain(found, **params),
        drift=known.growth / known.second,
        far=_far([second / known.second for second in known.elsewhere]),
        gradient=slope / known.second,
        noise=known.fourth / known.second**2 - 1,
        gradient_noise=3 * known.slope_fourth / known.slope_second**2 - 1 if slope else 0.0,
    )


def critical(activation: str | Record[Any], **params: Any) -> Critical | None:
    """Where both scales stay if biases may be random: the critical point with q = 1, or None if there is none.

    The gradient fixes the weights, gain^2 E[f'^2] = 1, and the biases give the signal what is missing from 1: so there
    is a point only where E[f^2] <= E[f'^2].

    Raises:
        NonlinError: the activation has no gain.

    Source: Schoenholz, Gilmer, Ganguli and Sohl-Dickstein 2017, section 3, arXiv:1611.01232.
    """
    found = get(activation)
    known = moments(found, **params)
    gain(found, **params)
    slope = _slope(found, known)
    missing = 1 - known.second / slope if slope else -1.0
    if missing < -_ROUNDING:
        return None
    missing = max(missing, 0.0)
    far = _far([second / slope + missing for second in known.elsewhere])
    return Critical(1 / math.sqrt(slope), math.sqrt(missing), known.growth / slope, far)


def _stays(drift: float, far: float) -> bool:
    """Whether no deviation grows from layer to layer."""
    return max(abs(drift), far) <= 1 + _ROUNDING


def _far(after: list[float]) -> float:
    """The greatest |log q after one layer more| / |log q|."""
    return max(
        abs(math.log(q)) / abs(math.log(before)) if q > 0 else math.inf
        for before, q in zip(ELSEWHERE, after, strict=True)
    )


def _slope(record: Record[Any], known: Moments) -> float:
    """E[f'^2] summed over the inputs of one output: a gated unit has two."""
    return known.slope_second * (2 if isinstance(record, Gated) else 1)
