"""Values and slopes against the exact ones, to the accuracy that the entry states."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import torch

from nonlin.base.language import Text
from nonlin.testing.check import CHECKS, Check, Figure, unclaimed
from nonlin.testing.subject import Exact, Subject

DTYPES = (torch.float64, torch.float32, torch.bfloat16, torch.float16)

_ROUNDED = Fraction(1, 10**19)  # exact values are kept to 20 digits


class Point(NamedTuple):
    """One number that came, and every number that is right; none where any finite one is."""

    where: str
    got: float
    right: tuple[Fraction, ...]


def points(subject: Subject, dtype: torch.dtype, *, slope: bool) -> Iterator[Point]:
    """Values or slopes at every point of the grid that the dtype can hold."""
    for one in subject.exact:
        wide = torch.tensor([float(v) for v in one.x], dtype=torch.float64)
        x = wide.to(dtype)
        held = (x.double() == wide).reshape(one.rows, -1).all(1).tolist()
        got, right = _numbers(subject, one, x, slope=slope)
        size = len(got) // one.rows
        for i, (number, numbers) in enumerate(zip(got, right, strict=True)):
            if held[i // size]:
                first = i // size * (len(one.x) // one.rows)
                inside = one.x[first : first + len(one.x) // one.rows]
                yield Point(f"x = {', '.join(f'{float(v):g}' for v in inside)}", number, numbers)


def _numbers(
    subject: Subject, one: Exact, x: torch.Tensor, *, slope: bool
) -> tuple[list[float], Sequence[tuple[Fraction, ...]]]:
    x = x.reshape(one.shape).requires_grad_(slope)
    y = subject.record(x, **one.params)
    if y.dtype != x.dtype:
        raise AssertionError(f"{subject.name}: the output is {y.dtype} for an input in {x.dtype}")
    if not slope:
        return y.flatten().tolist(), [(v,) for v in one.f]
    cotangent = torch.tensor(one.cotangent, dtype=x.dtype).reshape(y.shape)
    (gradient,) = torch.autograd.grad(y, x, cotangent)
    return gradient.flatten().tolist(), one.slope


def off(got: float, right: Fraction, dtype: torch.dtype) -> float:
    """How far a number is from the right one.

    What is smaller than the smallest normal number may be flushed; what is larger than the largest is infinite.
    """
    info = torch.finfo(dtype)
    if not math.isfinite(got):
        too_large = abs(right) * (1 + Fraction(info.eps)) > info.max
        return 0.0 if too_large and got == (math.inf if right > 0 else -math.inf) else math.inf
    return max(_double(abs(Fraction(got) - right) - abs(right) * _ROUNDED - Fraction(info.tiny)), 0.0)


def _double(number: Fraction) -> float:
    """The nearest double; what none can hold is infinite."""
    held = abs(number) < Fraction(torch.finfo(torch.float64).max)
    return float(number) if held else math.inf if number > 0 else -math.inf


def _seen(subject: Subject, dtype: torch.dtype, *, slope: bool) -> Figure:
    if not subject.exact:
        return unclaimed("no exact values are at hand for it", "没有可供对照的精确值")
    accuracy, eps = subject.record.accuracy, torch.finfo(dtype).eps
    # Where a kernel cancels, errors are in eps of 1; elsewhere, of the value.
    absolute = bool(accuracy.slack[slope] or accuracy.floor[slope])
    worst = 0.0
    for where, got, right in points(subject, dtype, slope=slope):
        if not right:
            assert math.isfinite(got), f"{subject.name}: the slope at {where} in {dtype} is {got}"
            continue
        error, true = min((off(got, one, dtype), _double(one)) for one in right)
        assert error <= accuracy.error(true, eps, slope=slope), (
            f"{subject.name}: the {'slope' if slope else 'value'} at {where} in {dtype} is {got!r}, not {true!r}"
        )
        if 0 < error < math.inf:
            worst = max(worst, error / eps / max(abs(true), float(absolute)))
    return Figure(f"{worst:.2f}" + "*" * absolute)


def _enter(dtype: torch.dtype, *, slope: bool) -> None:
    what, name = "slope" if slope else "value", str(dtype).removeprefix("torch.")
    title = Text(
        f"{what} in {name}: the worst error on the grid, in ulp",
        f"{name} 下{'斜率' if slope else '函数值'}在网格上的最大误差，单位 ulp",
    )

    def see(subjects: Sequence[Subject]) -> list[Figure]:
        return [_seen(subject, dtype, slope=slope) for subject in subjects]

    CHECKS.append(Check(f"{what}_{name}", title, see))


for _slope in (False, True):
    for _dtype in DTYPES:
        _enter(_dtype, slope=_slope)
