"""Limits, turns and kinks of every curve are where its record says, and nowhere else."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from nonlin.catalogue import Activation, get, records
from nonlin.facts.symbolic import value
from references import settings

CURVES = [(r, params) for r in records() if isinstance(r, Activation) for params in settings(r)]
# Modules refuse some of these; operators in a user's model may still carry them.
CURVES += [(get("elu"), {"alpha": -0.5}), (get("leaky_relu"), {"negative_slope": -0.5})]
every = pytest.mark.parametrize(
    ("record", "params"), CURVES, ids=[f"{r.name}-{'-'.join(map(str, p.values()))}" for r, p in CURVES]
)
STEP = 0.005
GRID = torch.arange(-12, 26, STEP, dtype=torch.float64) + 0.00047


def slopes(record, params, x):
    x = x.clone().requires_grad_()
    y = record(x, **params)
    (slope,) = torch.autograd.grad(y.sum(), x)
    return y.detach(), slope


def grows(record, params, side):
    """Whether the formula doubles at least as x goes from 10^3 to 10^30 to 10^300: a logarithm grows tenfold."""
    sizes = [abs(value(record, side * 10**k, digits=10, **params)) for k in (3, 30, 300)]
    return all(b > 2 * a for a, b in itertools.pairwise(sizes))


def assert_waves_hold(record, params, shape):
    """Where there is no limit, values come near both bounds of a stretch, however far out; else near the limit."""
    for side, limit in ((-1, shape.left), (1, shape.right)):
        for start in (1e3, 1e4):
            stretch = side * (start + torch.arange(0, 100, STEP, dtype=torch.float64))
            low, high = shape.waves.within(*sorted((float(stretch[0]), float(stretch[-1]))))

            y = record(stretch, **params)

            size = max(abs(low), abs(high))
            assert low - 1e-9 * size <= float(y.min())
            assert float(y.max()) <= high + 1e-9 * size
            if math.isnan(limit):
                assert float(y.min()) < low + size / 10
                assert float(y.max()) > high - size / 10
            elif math.isfinite(limit):
                assert size < 2 / start
                assert low <= limit <= high
            else:
                assert math.copysign(1, limit) * float(y.abs().min()) == pytest.approx(
                    side * math.copysign(1, limit * side) * start, rel=0.2
                )


@every
def test_the_limits_are_those_of_the_curve(record, params):
    shape = record.shape_of(**params)
    if shape.waves:
        assert_waves_hold(record, params, shape)
        return

    far = record(torch.tensor([-1e300, 1e300], dtype=torch.float64), **params).tolist()

    for side, found, limit in zip((-1, 1), far, (shape.left, shape.right), strict=True):
        if math.isinf(limit):
            assert abs(found) > 1e200 or grows(record, params, side)
            assert math.copysign(1, found) == math.copysign(1, limit)
        else:
            assert found == pytest.approx(limit, abs=1e-12)


@every
def test_the_slope_changes_sign_at_the_turns_and_only_there(record, params):
    shape = record.shape_of(**params)
    _, slope = slopes(record, params, GRID)
    # Below this a slope is the rounding error of a flat tail.
    moving = slope.abs() > 1e-13
    x, sign = GRID[moving], slope[moving].sign()
    flips = torch.nonzero(sign[1:] != sign[:-1]).flatten().tolist()

    found = [(float(x[i]), float(x[i + 1])) for i in flips]

    turns = shape.turns_in(float(GRID[0]), float(GRID[-1]))
    assert len(found) == len(turns)
    for (left, right), turn in zip(found, turns, strict=True):
        assert left <= turn <= right


@every
def test_turns_are_exact_to_the_last_digits(record, params):
    shape = record.shape_of(**params)
    smooth = [x for x in shape.turns_in(-12, 26) if x not in shape.kinks]

    x = torch.tensor(smooth, dtype=torch.float64)
    _, slope = slopes(record, params, x)

    # Within a few roundings of its place, and of its phase, the slope of a fast wave changes by more.
    step = [4 * math.ulp(place) for place in smooth]
    _, after = slopes(record, params, x + torch.tensor(step, dtype=torch.float64))
    exact = (slope.abs() < 1e-14) | (shape.waves is not None and slope.abs() <= (after - slope).abs())
    assert x[~exact].tolist() == []


@every
def test_slope_or_value_jumps_at_the_kinks(record, params):
    for kink in record.shape_of(**params).kinks:
        step = 8 * math.ulp(kink)
        sides = torch.tensor([kink - step, kink + step], dtype=torch.float64)

        y, slope = slopes(record, params, sides)

        assert abs(float(slope[1] - slope[0])) > 2e-14 or abs(float(y[1] - y[0])) > 1e-7


def jump(record, params, left, right):
    """How much the slope changes, and how far the value strays from what the slopes foretell, for a step of one."""
    (before, low), (after, high) = slopes(record, params, left), slopes(record, params, right)
    step = right - left
    return (high - low).abs() + ((after - before) / step - (low + high) / 2).abs()


@every
def test_nothing_jumps_between_the_kinks(record, params):
    y, slope = slopes(record, params, GRID)
    kinks = record.shape_of(**params).kinks
    rough = (slope[1:] - slope[:-1]).abs() > 0.05
    rough |= (y[1:] - y[:-1]).abs() > STEP * (1 + slope.abs()[1:] + slope.abs()[:-1])

    # A jump stays as large when its interval is halved again and again; a steep curve becomes flat.
    left, right = GRID[:-1][rough], GRID[1:][rough]
    for _ in range(30):
        middle = (left + right) / 2
        first = jump(record, params, left, middle) >= jump(record, params, middle, right)
        left, right = torch.where(first, left, middle), torch.where(first, middle, right)
    y, slope = slopes(record, params, left)
    places = left[jump(record, params, left, right) > 0.01 * (1 + y.abs() + slope.abs())].tolist()

    for x in places:
        assert any(abs(x - k) <= STEP for k in kinks), x
