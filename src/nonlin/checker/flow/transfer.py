"""How an operation maps intervals: the table of the interval analysis, filled by `moves` and `arithmetic`."""

from __future__ import annotations

from collections.abc import Callable

from nonlin.base.interval import Interval
from nonlin.checker.graph import Op

Of = Callable[[object], Interval]
"""The interval of an argument: of a value on the tape, a number, or the hull of a tuple of values."""
Transfer = Callable[[Op, Of], Interval]
TRANSFERS: dict[str, Transfer] = {}


def transfer(*kinds: str) -> Callable[[Transfer], Transfer]:
    """Register how operations of these kinds map intervals."""

    def register(function: Transfer) -> Transfer:
        for kind in kinds:
            TRANSFERS[kind] = function
        return function

    return register
