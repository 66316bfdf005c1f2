"""Limits, turns and kinks of every curve are where its record says, and nowhere else."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from nonlin.catalogue import Activation, get, records
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


@every
def test_the_limits_are_those_of_the_curve(record, params):
    shape = record.shape_of(**params)

    far = record(torch.tensor([-1e300, 1e300], dtype=torch.float64), **params).tolist()
    near = record(torch.tensor([-1e100, 1e100], dtype=torch.float64), **params).tolist()

    for value, before, limit in zip(far, near, (shape.left, shape.right), strict=True):
        # A logarithm grows by log(10^200) = 460.5 between the two.
        grows = abs(value) > 1e200 or abs(value) > abs(before) + 460
        assert grows if math.isinf(limit) else value == pytest.approx(limit, abs=1e-12)
        assert math.isfinite(limit) or math.copysign(1, value) == math.copysign(1, limit)


@every
def test_the_slope_changes_sign_at_the_turns_and_only_there(record, params):
    shape = record.shape_of(**params)
    _, slope = slopes(record, params, GRID)
    # Below this a slope is the rounding error of a flat tail.
    moving = slope.abs() > 1e-13
    x, sign = GRID[moving], slope[moving].sign()
    flips = torch.nonzero(sign[1:] != sign[:-1]).flatten().tolist()

    found = [(float(x[i]), float(x[i + 1])) for i in flips]

    assert len(found) == len(shape.turns)
    for (left, right), turn in zip(found, shape.turns, strict=True):
        assert left <= turn <= right


@every
def test_turns_are_exact_to_the_last_digits(record, params):
    shape = record.shape_of(**params)
    smooth = [x for x in shape.turns if x not in shape.kinks]

    _, slope = slopes(record, params, torch.tensor(smooth, dtype=torch.float64))

    assert slope.abs().max().item() < 1e-14 if smooth else slope.numel() == 0


@every
def test_slope_or_value_jumps_at_the_kinks(record, params):
    for kink in record.shape_of(**params).kinks:
        step = 8 * math.ulp(kink)
        sides = torch.tensor([kink - step, kink + step], dtype=torch.float64)

        y, slope = slopes(record, params, sides)

        assert abs(float(slope[1] - slope[0])) > 2e-14 or abs(float(y[1] - y[0])) > 1e-7


@every
def test_nothing_jumps_between_the_kinks(record, params):
    y, slope = slopes(record, params, GRID)
    kinks = record.shape_of(**params).kinks
    rough = (slope[1:] - slope[:-1]).abs() > 0.05
    rough |= (y[1:] - y[:-1]).abs() > STEP * (1 + slope.abs()[1:] + slope.abs()[:-1])

    places = GRID[:-1][rough].tolist()

    for x, kink in itertools.product(places, kinks or (math.inf,)):
        assert any(x <= k <= x + STEP for k in kinks), (x, kink)
