"""The formulas, written apart from the functions, say the same; so do their derivatives."""

from __future__ import annotations

import itertools
from fractions import Fraction

import mpmath
import pytest
import sympy
import torch

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Gated, Simplex, records
from nonlin.facts.symbolic import condition, derivative, expression, latex, value
from references import curves, load, settings

RECORDS = records()
PLACES = range(0, 45, 4)  # of the references' 45 points: enough, and quick


def of(kind):
    return pytest.mark.parametrize(
        "record", [r for r in RECORDS if isinstance(r, kind)], ids=lambda r: r.name
    )


TAU = sympy.Symbol("tau", real=True)


def root(equation) -> sympy.Float:
    """Where a decreasing function of tau is zero, by bisection."""
    compute = sympy.lambdify(TAU, equation, modules="mpmath")
    with mpmath.workdps(40):
        low, high = mpmath.mpf(-100), mpmath.mpf(100)
        for _ in range(140):
            middle = (low + high) / 2
            low, high = (middle, high) if compute(middle) > 0 else (low, middle)
        return sympy.Float(str(low), 40)


def close(found, exact: Fraction) -> bool:
    with mpmath.workdps(60):
        wanted = mpmath.mpf(exact.numerator) / exact.denominator
        return abs(found - wanted) <= abs(wanted) * mpmath.mpf(10) ** -15 + mpmath.mpf(10) ** -5000


@of(Activation)
def test_the_formula_has_the_values_of_the_reference(record):
    for curve in curves(record.name):
        for i in PLACES:
            assert close(value(record, curve.x[i], digits=20, **curve.exact), curve.f[i])


@of(Activation)
def test_the_derivative_has_the_slopes_of_the_reference(record):
    for curve in curves(record.name):
        for i in PLACES:
            if len(curve.slope[i]) == 1:
                found = value(record, curve.x[i], digits=20, order=1, **curve.exact)
                assert close(found, curve.slope[i][0]), float(curve.x[i])


@of(Activation)
def test_the_formula_is_the_function(record):
    points = [-7.3, -2.0, -0.4, 0.3, 1.7, 5.9]
    for params in settings(record):
        y = record(torch.tensor(points, dtype=torch.float64), **params).tolist()

        exact = [float(value(record, point, **params)) for point in points]

        assert y == pytest.approx(exact, rel=1e-13, abs=1e-14)


@of(Gated)
def test_the_gated_formula_is_the_function(record):
    formula, a, b = expression(record), *sympy.symbols("a b", real=True)
    pairs = list(itertools.product([-1.5, 0.25, 3.0], [-4.0, -0.5, 0.0, 2.5]))

    y = record(torch.tensor(pairs, dtype=torch.float64))[:, 0].tolist()

    assert y == pytest.approx([float(formula.subs({a: p, b: q})) for p, q in pairs], rel=1e-13)


@of(Simplex)
def test_the_formula_of_an_element_is_that_of_the_function(record):
    x = [0.5, -2.0, 3.25, 1.0]
    vector, i, n = sympy.IndexedBase("x", real=True), *sympy.symbols("i n", integer=True, positive=True)
    dim = {"dim": -3} if "dim" in record.params else {}
    numbers = {vector[k + 1]: sympy.Rational(v) for k, v in enumerate(x)}
    for params in settings(record):
        terms = expression(record, **params).subs(n, len(x)).doit()
        equation = condition(record, **params)
        if equation is not None:
            terms = terms.subs(TAU, root(equation.subs(n, len(x)).doit().subs(numbers)))

        y = record(torch.tensor(x, dtype=torch.float64).reshape(-1, 1, 1), **dim, **params)

        exact = [float(terms.subs(i, k + 1).subs(numbers)) for k in range(y.numel())]
        assert y.flatten().tolist() == pytest.approx(exact, rel=1e-13)


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.name)
def test_latex_names_no_parameter_raw(record):
    text = latex(record)

    assert text
    assert "lambd" not in text.replace(r"\lambda", "")
    assert "_{slope}" not in text


def test_gelu_follows_its_approximation():
    assert expression("gelu", approximate="tanh") == expression("gelu_tanh") != expression("gelu")


def test_many_digits_survive_cancellation():
    exact = Fraction(load("gelu")["sets"][0]["f"][5])

    assert close(value("gelu", -20), exact)
    assert str(value("gelu", -20))[:12] == "-5.507248237"


def test_the_derivative_is_sympys():
    x, alpha = sympy.symbols("x alpha", real=True)

    assert derivative("elu") == sympy.Piecewise((1, x > 0), (alpha * sympy.exp(x), True))


@pytest.mark.parametrize("look", [derivative, lambda name: value(name, 0)])
def test_maps_of_vectors_have_no_single_slope_or_value(look):
    with pytest.raises(NonlinError, match="softmax is not elementwise"):
        look("softmax")


def test_unknown_parameters_are_refused():
    with pytest.raises(NonlinError, match="unknown parameter of elu 'alhpa'"):
        expression("elu", alhpa=1)
