"""What 100 layers do to the scale of a signal and its gradient: the theory against networks that run."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import fmean

import pytest
import torch

from nonlin import init
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Gated, Simplex, get, records
from nonlin.catalogue.record import REQUIRED
from nonlin.facts.depth import LAYERS, Depth, critical, depth

WIDTH, BATCH, SEEDS = 96, 4, 2
NOTHING = 1e-300  # the gradient of a step
FLOAT = {"dtype": torch.float64}  # gradients grow to 1e48 and shrink to 1e-50


def typical(record):
    """Values for the parameters that have no default."""
    return {p.name: p.bounds.typical[0] for p in record.params.values() if p.default is REQUIRED}


SCALED = [r for r in records() if not isinstance(r, Simplex)]
THEORY = {r: depth(r, **typical(r)) for r in SCALED}
POINTS = {r: point for r in SCALED if (point := critical(r, **typical(r))) is not None and point.stable}
stable = pytest.mark.parametrize("record", [r for r in SCALED if THEORY[r].keeps_signal], ids=str)
balanced = pytest.mark.parametrize("record", [r for r in SCALED if THEORY[r].keeps_both], ids=str)
has_point = pytest.mark.parametrize("record", list(POINTS), ids=str)


def through_layers(record, fill):
    """Logarithms of the second moments of the signal at the end, and of the gradient at the beginning.

    Those at the other ends are one; `fill` sets the weight and the bias of each layer. Means over the seeds.
    """
    logs = []
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        rows = WIDTH * (2 if isinstance(record, Gated) else 1)
        first = h = torch.randn(BATCH, rows, requires_grad=True, **FLOAT)
        for _ in range(LAYERS):
            weight, bias = torch.empty(rows, WIDTH, **FLOAT), torch.zeros(rows, **FLOAT)
            fill(weight, bias)
            h = torch.nn.functional.linear(record.fn(h, **typical(record)), weight, bias)
        h.backward(torch.randn_like(h))
        logs.append([math.log(max(float(t.square().mean()), NOTHING)) for t in (h.detach(), first.grad)])
    return [fmean(column) for column in zip(*logs, strict=True)]


@lru_cache
def with_gain(record):
    return through_layers(record, lambda w, _: init.kaiming_normal_(w, record, **typical(record)))


def allowance(noise, drift=1.0):
    """Four standard deviations of the mean over the seeds, and how far a mean logarithm lies below."""
    variance = Depth(1.0, drift, 1.0, 1.0, noise, noise).spread(WIDTH) ** 2
    return 4 * math.sqrt((variance + 2 / WIDTH) / SEEDS) + variance / 2


@stable
def test_the_signal_keeps_its_scale_where_theory_says_so(record):
    theory = THEORY[record]

    signal, _ = with_gain(record)

    assert abs(signal) <= allowance(theory.noise, theory.drift)


@stable
def test_the_gradient_changes_as_theory_says(record):
    theory = THEORY[record]
    wanted = LAYERS * math.log(theory.gradient) if theory.gradient else math.log(NOTHING)

    _, gradient = with_gain(record)

    # The signal's own noise moves each layer's factor a little, the more the stronger it is.
    assert abs(gradient - wanted) <= allowance(theory.gradient_noise) + 0.3 * abs(wanted)


@balanced
def test_signal_and_gradient_both_keep_their_scale_where_theory_says_so(record):
    theory = THEORY[record]

    _, gradient = with_gain(record)

    assert abs(gradient) <= allowance(theory.gradient_noise) + math.log(1.5)


@has_point
def test_random_biases_keep_both_at_the_critical_point(record):
    point, theory = POINTS[record], THEORY[record]

    signal, gradient = through_layers(record, lambda w, b: init.critical_(w, b, record, **typical(record)))

    # Biases are as noisy as the normal distribution: E[z^4] - 1 = 2.
    assert abs(signal) <= allowance(theory.noise + 2, point.drift)
    assert abs(gradient) <= allowance(theory.gradient_noise)


@pytest.mark.parametrize("name", ["relu", "tanh", "gelu"])
def test_torchs_default_weights_lose_signal_and_gradient_within_100_layers(name):
    signal, gradient = through_layers(
        get(name), lambda weight, _: torch.nn.init.kaiming_uniform_(weight, a=math.sqrt(5))
    )

    assert signal < math.log(1e-10)
    assert gradient < math.log(1e-10)


def test_the_verdicts_are_those_of_the_papers():
    both = {r.name for r in SCALED if THEORY[r].keeps_both}

    # Homogeneous: a layer multiplies signal and gradient alike.
    assert {"relu", "leaky_relu", "prelu", "rrelu", "absolute", "identity"} <= both
    # Without biases, tanh keeps its signal at the cost of the gradient; it has a critical point.
    assert THEORY[get("tanh")].keeps_signal
    assert get("tanh") not in both
    assert get("tanh") in POINTS
    # Superlinear functions drive signals away from their fixed point.
    for name in ("gelu", "silu", "mish", "squared_relu", "swiglu"):
        assert not THEORY[get(name)].keeps_signal


@pytest.mark.parametrize("name", ["sigmoid", "softplus"])
def test_where_the_slope_is_smaller_than_the_value_there_is_no_critical_point(name):
    assert critical(name) is None
    with pytest.raises(NonlinError, match=f"{name} has no critical point"):
        init.critical_(torch.empty(8, 8), torch.empty(8), name)


def test_an_unstable_critical_point_is_refused():
    with pytest.raises(NonlinError, match="gelu has no stable critical point"):
        init.critical_(torch.empty(8, 8), torch.empty(8), "gelu")
