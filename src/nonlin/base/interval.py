"""Closed intervals of real numbers, with the arithmetic that the analyses need."""

from __future__ import annotations

import math
from dataclasses import dataclass

_INF = math.inf


def _times(a: float, b: float) -> float:
    # In interval arithmetic 0 * inf is 0: the end point inf is never attained by a finite value.
    return 0.0 if a == 0 or b == 0 else a * b


@dataclass(frozen=True, slots=True)
class Interval:
    """All x with lo <= x <= hi. NaN belongs to no interval: it means "not a number", not "any number"."""

    lo: float = -_INF
    hi: float = _INF

    def __post_init__(self) -> None:
        if math.isnan(self.lo) or math.isnan(self.hi) or self.lo > self.hi:
            object.__setattr__(self, "lo", -_INF)
            object.__setattr__(self, "hi", _INF)

    @property
    def bounded(self) -> bool:
        """Both ends are finite."""
        return math.isfinite(self.lo) and math.isfinite(self.hi)

    @property
    def unbounded(self) -> bool:
        """Neither end is finite: any real number."""
        return self.lo == -_INF and self.hi == _INF

    @property
    def width(self) -> float:
        """hi - lo; zero for a single point."""
        return self.hi - self.lo

    def holds(self, x: float, tolerance: float = 0.0) -> bool:
        """Whether x lies inside, up to `tolerance` relative to 1 + |end|."""
        return self.lo - tolerance * (1 + abs(self.lo)) <= x <= self.hi + tolerance * (1 + abs(self.hi))

    def within(self, other: Interval) -> bool:
        """Whether every point of this interval lies in the other."""
        return other.lo <= self.lo and self.hi <= other.hi

    def join(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.lo, other.lo), max(self.hi, other.hi))

    def meet(self, other: Interval) -> Interval:
        """What both hold; the other end where they do not overlap."""
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        return Interval(lo, hi) if lo <= hi else other

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        ends = [_times(a, b) for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        return self * other.reciprocal()

    def reciprocal(self) -> Interval:
        """1 / x. Anything where the interval touches zero: floating-point zero has a sign, and 1 / -0 is -inf."""
        if self.lo <= 0 <= self.hi:
            return ANYTHING
        return Interval(1 / self.hi, 1 / self.lo)

    def __abs__(self) -> Interval:
        if self.lo >= 0:
            return self
        if self.hi <= 0:
            return -self
        return Interval(0.0, max(-self.lo, self.hi))

    def __str__(self) -> str:
        left = "(-∞" if self.lo == -_INF else f"[{self.lo:.4g}"
        right = "∞)" if self.hi == _INF else f"{self.hi:.4g}]"
        return f"{left}, {right}"


ANYTHING = Interval()
UNIT = Interval(0.0, 1.0)
NONNEGATIVE = Interval(0.0, _INF)


def point(x: float) -> Interval:
    """The interval that holds one number."""
    return Interval(x, x)
