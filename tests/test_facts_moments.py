"""Gains agree with a 30-digit quadrature, and with the constants that torch and the papers give."""

from __future__ import annotations

import math

import pytest
import torch
from numpy.polynomial.legendre import leggauss

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Gated, get, records
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


@pytest.mark.parametrize("record", [r for r in records() if isinstance(r, Gated)], ids=str)
def test_the_moments_of_a_gated_unit_are_those_of_two_independent_halves(record):
    # Gauss-Legendre in two dimensions on the unit itself: it knows nothing of products. A kink at zero stands between
    # two panels; others limit how exact it is.
    nodes, weights = (torch.from_numpy(part) for part in leggauss(90))
    nodes, weights = torch.cat([6 * nodes - 6, 6 * nodes + 6]), torch.cat([weights, weights])
    weights = weights * torch.exp(-nodes.square() / 2)
    density = torch.outer(weights, weights).flatten() / weights.sum() ** 2
    halves = torch.cartesian_prod(nodes, nodes).requires_grad_()
    y = record.fn(halves, dim=1).squeeze(1)
    (slopes,) = torch.autograd.grad(y.sum(), halves)
    with torch.no_grad():
        stretched = record.fn(halves * math.sqrt(1.001), dim=1).squeeze(1)

    found = moments(record)

    for value, integrand, rel in (
        (found.mean, y, 1e-3),
        (found.second, y**2, 1e-3),
        (found.slope_second, slopes.square().mean(1), 1e-2),
        (found.fourth, y**4, 1e-3),
        (found.slope_fourth, (slopes**4).mean(1), 2e-2),
        (found.growth, (stretched**2 - y**2) / 0.001, 1e-2),
    ):
        assert value == pytest.approx(float(density @ integrand.detach()), rel=rel, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("softmax", {}, "softmax is not elementwise"),
        ("sparsemax", {}, "sparsemax is not elementwise"),
        ("swiglu", {"gate": 1}, "unknown parameter of swiglu 'gate'"),
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


def test_a_gated_unit_without_a_function_on_its_first_half_has_the_gain_of_its_gate():
    for unit, gate in (
        ("reglu", "relu"),
        ("swiglu", "silu"),
        ("glu", "sigmoid"),
        ("bilinear_glu", "identity"),
    ):
        assert gain(unit) == pytest.approx(gain(gate), rel=1e-14)


@known
def test_growth_is_what_a_slightly_larger_input_does(name):
    record, params = get(name), numbers(GAINS[name]["params"])
    z = torch.linspace(-12, 12, 240_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2)
    density /= density.sum()
    with torch.no_grad():
        sizes = [float(density @ record.fn(z * math.sqrt(q), **params).square()) for q in (0.998, 1.002)]
        fourth = float(density @ record.fn(z, **params) ** 4)

    found = moments(name, **params)

    assert found.growth == pytest.approx((sizes[1] - sizes[0]) / 0.004, rel=1e-3, abs=1e-3 * found.second)
    assert found.fourth == pytest.approx(fourth, rel=1e-3)
