"""Gains agree with a 30-digit quadrature, and with the constants that torch and the papers give."""

from __future__ import annotations

import math

import pytest
import torch

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, get, records
from nonlin.facts.moments import backward_gain, gain, moments
from references import gains, numbers

GAINS = gains()
known = pytest.mark.parametrize("name", sorted(GAINS))


def test_every_elementwise_activation_has_a_reference():
    elementwise = {r.name for r in records() if isinstance(r, Activation)}

    assert elementwise - set(GAINS) == {"rrelu"}  # it is held against leaky_relu below


@known
def test_the_gain_is_that_of_the_reference(name):
    wanted = GAINS[name]

    assert gain(name, **numbers(wanted["params"])) == pytest.approx(float(wanted["forward_gain"]), rel=1e-12)


@known
def test_the_backward_gain_is_that_of_the_reference_or_of_torchs_slope(name):
    if GAINS[name]["backward_gain"] is None:
        with pytest.raises(NonlinError, match=r"E\[f'\^2\] is zero"):
            backward_gain(name)
        return
    wanted = float(GAINS[name]["backward_gain"])
    # A kernel that holds a constant in single precision has a slope, and so a gain, that is off by that much.
    slack = 1e-12 + get(name).accuracy.floor[1] * wanted

    assert backward_gain(name, **numbers(GAINS[name]["params"])) == pytest.approx(wanted, rel=slack)


@known
def test_the_moments_are_those_of_the_reference(name):
    wanted = GAINS[name]

    found = moments(name, **numbers(wanted["params"]))

    assert found.mean == pytest.approx(float(wanted["mean"]), rel=1e-12, abs=1e-14)
    assert found.variance == pytest.approx(float(wanted["variance"]), rel=1e-11)


def test_gains_are_those_of_torch_where_torch_is_exact():
    for slope in (0.01, 0.2, 1.0, -0.5):
        assert gain("leaky_relu", negative_slope=slope) == pytest.approx(
            torch.nn.init.calculate_gain("leaky_relu", slope), rel=1e-12
        )
    assert nonlin.gain("relu") == pytest.approx(math.sqrt(2), rel=1e-12)


def test_rrelu_has_the_gain_of_its_mean_slope():
    assert gain("rrelu", lower=0.1, upper=0.3) == pytest.approx(
        gain("leaky_relu", negative_slope=0.2), rel=1e-12
    )


def test_gelu_follows_its_approximation():
    assert gain("gelu", approximate="tanh") == gain("gelu_tanh") != gain("gelu")


def test_a_steep_curve_is_resolved():
    # For alpha -> 0 celu becomes relu; E[f^2] differs by alpha^2 E[(1 - exp(z / alpha))^2; z < 0].
    alpha = 1e-3
    correction = alpha**2 * (0.5 - 2 * alpha / math.sqrt(2 * math.pi) + alpha / (2 * math.sqrt(2 * math.pi)))

    assert moments("celu", alpha=alpha).second == pytest.approx(0.5 + correction, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("softmax", {}, "softmax is not elementwise"),
        ("swiglu", {}, "swiglu is not elementwise"),
        ("hardtanh", {"min_val": 0.0, "max_val": 0.0}, r"hardtanh has no gain .*E\[f\^2\] is zero"),
        ("celu", {"alpha": -0.01}, r"celu has no gain .*E\[f\^2\] is infinite"),
        ("prelu", {}, "prelu needs weight, e.g. weight=0.1"),
        ("prelu", {"weight": torch.ones(3)}, "give numbers"),
        ("relu", {"slope": 1}, "unknown parameter of relu 'slope'"),
        ("gelo", {}, "unknown activation 'gelo'"),
    ],
)
def test_a_gain_that_does_not_exist_is_refused(name, params, message):
    with pytest.raises(NonlinError, match=message):
        gain(name, **params)


def test_a_flat_curve_has_no_backward_gain():
    with pytest.raises(NonlinError, match=r"E\[f'\^2\] is zero"):
        backward_gain("threshold", threshold=50.0, value=1.0)
