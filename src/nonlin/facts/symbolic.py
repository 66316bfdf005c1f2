"""The sympy view of an activation: LaTeX, derivative, many digits. Imports sympy on first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Record, Simplex, get

if TYPE_CHECKING:
    import sympy  # type: ignore[import-untyped]  # it ships no types


def expression(activation: str | Record[Any], **params: Any) -> sympy.Expr:
    """The formula: in x; for gated units in a and b, where b gates; for maps of vectors in x[1] .. x[n].

    Args:
        activation: the activation or its name.
        params: values to put in; parameters that are left out stay symbols.

    Raises:
        NonlinError: a parameter does not exist.
    """
    record = get(activation)
    if params:
        record.bind({name: params.get(name, 0.0) for name in {*record.params, *params}})
    if isinstance(record, Activation):
        for (name, value), other in record.variants.items():
            if params.get(name) == value:
                return expression(other, **{k: v for k, v in params.items() if k != name})
    return _with(_parsed(record), params)


def latex(activation: str | Record[Any]) -> str:
    """The formula in LaTeX, with its parameters as symbols."""
    import sympy

    formula = expression(activation)
    plain = {s: _word(s.name) for s in formula.free_symbols if len(getattr(s, "name", "")) > 1}
    words = {symbol: word for symbol, word in plain.items() if word}
    return str(sympy.latex(formula, symbol_names=words))


def condition(activation: str | Record[Any], **params: Any) -> sympy.Expr | None:
    """What is zero at the value of the symbol tau in the formula of a map of vectors; None if it has no tau."""
    record = get(activation)
    if not isinstance(record, Simplex) or record.where is None:
        return None
    return _with(_read(record, record.where), params)


def _with(parsed: sympy.Expr, params: Mapping[str, Any]) -> sympy.Expr:
    """An expression with these values put in."""
    by_name = {symbol.name: symbol for symbol in parsed.free_symbols if hasattr(symbol, "name")}
    return parsed.subs({by_name[k]: _exact(v) for k, v in params.items() if k in by_name})


def _word(name: str) -> str:
    """A parameter's name in LaTeX; empty where sympy knows it as a Greek letter."""
    if name in ("alpha", "beta", "gamma", "delta", "theta", "kappa", "sigma", "omega", "mu", "nu", "tau"):
        return ""
    return r"\lambda" if name == "lambd" else r"\mathrm{" + name.replace("_", r"\_") + "}"


def derivative(activation: str | Record[Any], **params: Any) -> sympy.Expr:
    """The slope f'(x) of an elementwise activation; at a kink it takes the side that the formula names.

    Raises:
        NonlinError: the activation is not elementwise, or a parameter does not exist.
    """
    import sympy

    record = get(activation)
    if not isinstance(record, Activation):
        raise NonlinError(f"{record.name} is not elementwise, so it has no single derivative")
    x = sympy.Symbol("x", real=True)
    return expression(record, **params).rewrite(sympy.Piecewise).diff(x)


def value(activation: str | Record[Any], x: Any, *, digits: int = 50, order: int = 0, **params: Any) -> Any:
    """f(x) of an elementwise activation to many digits, however much its formula cancels there.

    Args:
        activation: the activation or its name.
        x: a number: float, int, Fraction or sympy's Rational.
        digits: the correct digits wanted.
        order: 0 for the value, 1 for the slope, and so on.
        params: parameters; those that are left out have their defaults.

    Returns:
        mpmath's mpf; zero where the value is zero or smaller than 10^-5000.

    Raises:
        NonlinError: the activation is not elementwise, or a parameter does not exist or is missing.
    """
    import mpmath

    record = get(activation)
    if not isinstance(record, Activation):
        raise NonlinError(f"{record.name} is not elementwise, so it has no value at a number")
    compute = _compiled(record, order, tuple(record.bind(params).items()))
    # Terms as small as exp(-|x|) or exp(-x^2 / 2) must not be lost beside 1 in both of two evaluations that agree.
    size = abs(float(x))
    working, before = digits + 15 + int(min(6000.0, max(0.45 * size, 0.25 * size * size))), None
    while True:
        with mpmath.workdps(working):
            found = compute(mpmath.mpf(_exact(x).p) / _exact(x).q)
            close = before is not None and abs(found - before) <= abs(found) * mpmath.mpf(10) ** -digits
        if close and (found != 0 or working > 5000):
            return found
        if working > 20000:
            raise NonlinError(f"{record.name} at {x} cancels too much for {digits} digits")
        working, before = 2 * working, found


@lru_cache(maxsize=256)
def _compiled(record: Activation[Any], order: int, params: tuple[tuple[str, Any], ...]) -> Any:
    import sympy

    x = sympy.Symbol("x", real=True)
    formula = expression(record, **dict(params))
    for _ in range(order):
        formula = formula.rewrite(sympy.Piecewise).diff(x)
    return sympy.lambdify(x, formula, modules="mpmath")


@lru_cache(maxsize=512)
def _parsed(record: Record[Any]) -> sympy.Expr:
    return _read(record, record.formula)


def _read(record: Record[Any], text: str) -> sympy.Expr:
    import sympy

    symbols: dict[str, Any] = {
        name: sympy.Symbol(name, real=True) for name in (*record.params, "x", "a", "b", "tau")
    }
    if isinstance(record, Simplex):
        symbols |= {name: sympy.Symbol(name, integer=True, positive=True) for name in ("i", "j", "n")}
        symbols["x"] = sympy.IndexedBase("x", real=True)
    return sympy.sympify(text, locals=symbols)


def _exact(number: Any) -> Any:
    """A number as the fraction that it is; a word as it comes."""
    import sympy

    return number if isinstance(number, str) else sympy.Rational(number)
