"""Compute the reference values of an elementwise activation from its formula, and write them for the tests.

    python tools/reference.py NAME [NAME...]

Values and slopes to 20 digits on the grid of the other references go to tests/data/reference/NAME.json; the moments
under a standard normal input, and the gains, to tests/data/gains.json. Both come from the record's formula by mpmath
and share nothing with its code, so that each checks the other.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, get
from nonlin.facts.symbolic import value

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
sys.set_int_max_str_digits(0)  # a slope such as 1e-4336 is printed through an integer of as many digits

BESIDE = Fraction(1, 2**400)  # so close to a kink that no digit is lost, and yet beside it


def text(number: Any) -> str:
    """20 significant digits."""
    with mpmath.workdps(40):
        return str(mpmath.nstr(number, 20)) if number else "0"


def defaults(record: Activation[Any]) -> dict[str, Fraction]:
    """The default parameters that are numbers, as the decimal fractions that they are written as."""
    numbers = {
        n: v for n, v in record.bind({}).items() if isinstance(v, (int, float)) and not isinstance(v, bool)
    }
    return {name: Fraction(repr(number)) for name, number in numbers.items()}


def curve(record: Activation[Any], grid: list[str]) -> dict[str, Any]:
    """The record at its default parameters on a grid, with both slopes at a kink."""
    params = defaults(record)
    kinks = {Fraction(k) for k in record.shape_of(**record.bind({})).kinks}
    points = [Fraction(x) for x in grid]
    slopes: list[Any] = []
    for x in points:
        sides = (x - BESIDE, x + BESIDE) if x in kinks else (x,)
        found = [text(value(record, side, digits=25, order=1, **params)) for side in sides]
        slopes.append(found if len(found) > 1 else found[0])
    written = {name: str(number) for name, number in params.items()}
    return {
        "params": written,
        "f": [text(value(record, x, digits=25, **params)) for x in points],
        "d1": slopes,
    }


def gains(record: Activation[Any]) -> dict[str, Any]:
    """Moments of f(X) and f'(X) for a standard normal X, by quadrature split at kinks and turns."""
    params = defaults(record)
    shape = record.shape_of(**record.bind({}))
    edges = sorted(
        {-38, 38, *range(-12, 13), *(Fraction(x) for x in (*shape.kinks, *shape.turns) if abs(x) < 38)}
    )

    def mean(order: int, power: int) -> Any:
        def integrand(x: Any) -> Any:
            at = Fraction(int(mpmath.floor(x * 2**200)), 2**200)
            return mpmath.mpf(value(record, at, digits=25, order=order, **params)) ** power * mpmath.npdf(x)

        return mpmath.quad(
            integrand, [mpmath.mpf(Fraction(e).numerator) / Fraction(e).denominator for e in edges]
        )

    with mpmath.workdps(28):
        mean_f, square, slope, slope_square = mean(0, 1), mean(0, 2), mean(1, 1), mean(1, 2)
        found = {
            "mean": mean_f,
            "second_moment": square,
            "variance": square - mean_f**2,
            "mean_derivative": slope,
            "derivative_second_moment": slope_square,
            "forward_gain": 1 / mpmath.sqrt(square),
            "backward_gain": 1 / mpmath.sqrt(slope_square),
            "centred_gain": 1 / mpmath.sqrt(square - mean_f**2),
        }
        written = {name: str(mpmath.nstr(number, 17)) for name, number in found.items()}
    return {**written, "params": curve(record, [])["params"]}


def main(names: list[str]) -> int:
    """Write the files; 2 without a name or for one that is not elementwise."""
    if not names:
        print(__doc__)
        return 2
    grid = json.loads((DATA / "reference" / "relu.json").read_text("utf-8"))["x"]
    for name in names:
        record = get(name)
        if not isinstance(record, Activation):
            raise NonlinError(f"{name} is not elementwise: its references need a computation of their own")
        made = {
            "name": record.name,
            "kind": "elementwise",
            "digits": 20,
            "x": grid,
            "sets": [curve(record, grid)],
        }
        path = DATA / "reference" / f"{record.name}.json"
        path.write_text(json.dumps(made, separators=(",", ":")) + "\n", "utf-8")
        table = json.loads((DATA / "gains.json").read_text("utf-8"))
        table["activations"][record.name] = gains(record)
        (DATA / "gains.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"{record.name}: {path.relative_to(DATA.parents[1])} and its gains")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NonlinError as error:
        sys.exit(f"reference: {error}")
