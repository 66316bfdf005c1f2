"""The decorators that turn a function into an entry of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from torch import Tensor

from nonlin.catalogue.record import Activation, Gated, Record, Simplex

P = ParamSpec("P")
R = TypeVar("R", bound=Record[Any])

ENTRIES: list[Record[Any]] = []
"""Every entry whose file has been imported, in order of import."""


def _entered(record: R) -> R:
    ENTRIES.append(record)
    return record


def activation(**facts: Any) -> Callable[[Callable[Concatenate[Tensor, P], Tensor]], Activation[P]]:
    """Enter an elementwise function; `facts` are the fields of `Activation`."""
    return lambda fn: _entered(Activation(fn=fn, **facts))


def gated(**facts: Any) -> Callable[[Callable[Concatenate[Tensor, P], Tensor]], Gated[P]]:
    """Enter a gated unit; `facts` are the fields of `Gated`."""
    return lambda fn: _entered(Gated(fn=fn, **facts))


def simplex(**facts: Any) -> Callable[[Callable[Concatenate[Tensor, P], Tensor]], Simplex[P]]:
    """Enter a map of vectors; `facts` are the fields of `Simplex`."""
    return lambda fn: _entered(Simplex(fn=fn, **facts))
