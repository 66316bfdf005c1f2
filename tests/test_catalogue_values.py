"""Every activation has the values and slopes of its 20-digit reference, in four dtypes."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import torch

from nonlin.catalogue import Activation, Gated, Record, Simplex, records
from references import curves, fraction, load, numbers, settings

ELEMENTWISE = [r for r in records() if isinstance(r, Activation)]
GATED = [r for r in records() if isinstance(r, Gated)]
SIMPLEX = [r for r in records() if isinstance(r, Simplex)]
DTYPES = [torch.float64, torch.float32, torch.bfloat16, torch.float16]

by_record = pytest.mark.parametrize("record", ELEMENTWISE, ids=lambda r: r.name)
by_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: str(d).removeprefix("torch."))


def near(record: Record, dtype: torch.dtype, value: float, true: Fraction | None, *, slope: bool) -> bool:
    """Whether a value is as close to the true one as the record's accuracy promises; None allows any finite one.

    Besides, numbers below the smallest normal one may be flushed, those above the largest are infinite, and the
    reference itself is rounded.
    """
    info = torch.finfo(dtype)
    if true is None:
        return math.isfinite(value)
    if not math.isfinite(value):
        return abs(true) * Fraction(1 + info.eps) > info.max and value == (
            math.inf if true > 0 else -math.inf
        )
    # What a double cannot hold is beyond every bound.
    size = float(true) if abs(true) < Fraction(torch.finfo(torch.float64).max) else math.inf
    allowed = record.accuracy.error(size, info.eps, slope=slope) + info.tiny
    return abs(Fraction(value) - true) <= Fraction(allowed) + abs(true) / 10**19


def misses(record: Record, dtype: torch.dtype, got: list[float], exact: list, *, slope: bool = False) -> list:
    """The places where a value is further from every acceptable one than the record's accuracy allows."""
    bad = []
    for i, (value, one) in enumerate(zip(got, exact, strict=True)):
        allowed = one if isinstance(one, tuple) else (one,)
        if not any(near(record, dtype, value, true, slope=slope) for true in allowed):
            bad.append((i, value, *allowed))
    return bad


def held(dtype: torch.dtype, *numbers: Fraction) -> bool:
    """Whether a dtype has these numbers: half precision has no 2^-27."""
    return all(Fraction(torch.tensor(float(n), dtype=dtype).item()) == n for n in numbers)


@by_dtype
@by_record
def test_values_and_slopes_are_those_of_the_reference(record, dtype):
    for curve in curves(record.name):
        at = [i for i, v in enumerate(curve.x) if held(dtype, v)]
        x = torch.tensor([float(curve.x[i]) for i in at], dtype=dtype, requires_grad=True)

        y = record(x, **curve.params)
        (slope,) = torch.autograd.grad(y.sum(), x)

        assert y.dtype == dtype
        assert misses(record, dtype, y.tolist(), [curve.f[i] for i in at]) == []
        assert misses(record, dtype, slope.tolist(), [curve.slope[i] for i in at], slope=True) == []


@by_dtype
@pytest.mark.parametrize("record", GATED, ids=lambda r: r.name)
def test_gated_values_and_slopes_are_those_of_the_reference(record, dtype):
    for one in load(record.name)["sets"]:
        a, b, f, da, db = ([fraction(v) for v in column] for column in zip(*one["rows"], strict=True))
        x = torch.tensor(
            [[float(p), float(q)] for p, q in zip(a, b, strict=True)], dtype=dtype, requires_grad=True
        )

        y = record(x)
        (slope,) = torch.autograd.grad(y.sum(), x)

        assert y.shape == (len(a), 1)
        assert misses(record, dtype, y[:, 0].tolist(), f) == []
        assert misses(record, dtype, slope[:, 0].tolist(), da, slope=True) == []
        assert misses(record, dtype, slope[:, 1].tolist(), db, slope=True) == []


@by_dtype
@pytest.mark.parametrize("record", SIMPLEX, ids=lambda r: r.name)
def test_vector_values_and_gradients_are_those_of_the_reference(record, dtype):
    rows = [(numbers(one["params"]), row) for one in load(record.name)["sets"] for row in one["rows"]]
    dim = {"dim": -3} if "dim" in record.params else {}
    for params, row in rows:
        if not held(dtype, *map(Fraction, row["x"])):
            continue
        x = torch.tensor([float(v) for v in row["x"]], dtype=dtype).reshape(-1, 1, 1).requires_grad_()

        y = record(x, **dim, **params)
        cotangent = torch.arange(1, y.numel() + 1, dtype=dtype).reshape(y.shape)
        (gradient,) = torch.autograd.grad(y, x, cotangent)

        assert misses(record, dtype, y.flatten().tolist(), [fraction(v) for v in row["f"]]) == []
        assert (
            misses(record, dtype, gradient.flatten().tolist(), [fraction(v) for v in row["vjp"]], slope=True)
            == []
        )


FAR = [s * x for s in (1, -1) for x in (1e5, 1e10, 1e18, 1e19, 1e25, 1e30, 1e37, 1e38, 3e38)]
COMPOSED = [r for r in records() if isinstance(r, Activation) and r.kernel is None]


@pytest.mark.parametrize("record", COMPOSED, ids=lambda r: r.name)
def test_nothing_overflows_on_the_way(record):
    """Torch's own kernels do in places: the slope of gelu's tanh form is NaN from 1e25 on."""
    params = settings(record)[0]

    def at(dtype: torch.dtype) -> torch.Tensor:
        x = torch.tensor(FAR, dtype=dtype, requires_grad=True)
        y = record(x, **params)
        return torch.stack([y, *torch.autograd.grad(y.sum(), x)]).detach()

    wide = at(torch.float64)

    representable = wide.abs() < torch.finfo(torch.float32).max
    assert at(torch.float32)[representable].isfinite().all()
