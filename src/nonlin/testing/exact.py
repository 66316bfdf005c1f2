"""Exact values of an elementwise activation from its formula, by mpmath and without its code."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from nonlin.catalogue import Activation
from nonlin.facts.symbolic import value
from nonlin.testing.subject import Exact

# Exact in bfloat16, so that one grid serves every dtype; 2^-100 and 2^-27 stand for 1e-30 and 1e-8, 9984 for 1e4.
POSITIVE = (
    *(Fraction(1, 2**k) for k in (100, 27, 10, 3, 2, 1)),
    Fraction(3, 4),
    *(Fraction(k, 2) for k in (2, 3, 4, 5, 6, 8, 12, 16, 20, 40, 100, 176, 208, 1000, 19968)),
)
GRID = (*(-x for x in reversed(POSITIVE)), Fraction(0), *POSITIVE)

BESIDE = Fraction(1, 2**400)  # so close to a kink that no digit is lost, and yet beside it


def from_formula(record: Activation[Any], params: Mapping[str, Any]) -> Exact:
    """Values and slopes on the grid, 25 digits each, at one set of parameters; both slopes at a kink."""
    kinks = {Fraction(k) for k in record.shape_of(**params).kinks}

    def at(x: Fraction, order: int) -> Fraction:
        return _fraction(value(record, x, digits=25, order=order, **params))

    return Exact(
        dict(params),
        (len(GRID),),
        len(GRID),
        GRID,
        [1] * len(GRID),
        [at(x, 0) for x in GRID],
        [(at(x - BESIDE, 1), at(x + BESIDE, 1)) if x in kinks else (at(x, 1),) for x in GRID],
    )


def _fraction(number: Any) -> Fraction:
    """An mpf, or the int that a constant is, exactly."""
    if isinstance(number, int):
        return Fraction(number)
    # mpmath's documented format of a real number
    sign, mantissa, exponent, _ = number._mpf_
    size: Fraction = Fraction(mantissa) * Fraction(2) ** exponent
    return -size if sign else size
