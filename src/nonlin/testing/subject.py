"""What a check looks at: an activation, its parameter sets, inputs for it, and its exact values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from nonlin.catalogue import Activation, Record

# Dimension 1 is halved or normalised; images suit every activation, softmax2d too.
SHAPE = (2, 4, 3, 2)
SMALL = (1, 4, 1, 2)


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact values on a grid, at one set of parameters.

    Attributes:
        params: the parameters, `dim` included.
        shape: the shape of the input.
        rows: how many parts of the input have nothing to do with each other; they lie one after another.
        x: the input, flat.
        cotangent: what flows into the output backward, flat.
        f: the values, flat.
        slope: for each input every gradient that is right: one, two at a kink; empty where any finite one is.
    """

    params: dict[str, Any]
    shape: tuple[int, ...]
    rows: int
    x: Sequence[Fraction]
    cotangent: Sequence[int]
    f: Sequence[Fraction]
    slope: Sequence[tuple[Fraction, ...]]


@dataclass(frozen=True, eq=False)
class Subject:
    """An activation under examination. Without exact values given they come from its formula, if it is elementwise."""

    record: Record[Any]
    given: Sequence[Exact] | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The activation's name."""
        return self.record.name

    @cached_property
    def exact(self) -> Sequence[Exact]:
        """Exact values; none for what is not elementwise and came without them."""
        from nonlin.testing.exact import from_formula

        if self.given is not None:
            return self.given
        return [from_formula(self.record, self.plain)] if isinstance(self.record, Activation) else []

    @cached_property
    def settings(self) -> list[dict[str, Any]]:
        """Parameter sets: the defaults, then both ends of what is typical, then each word of a choice; none draws."""
        record = self.record
        bounded = [p for p in record.params.values() if p.bounds]
        required = {p.name: sum(p.bounds.typical) / 2 for p in bounded if p.bounds and p.required}
        ends = [{p.name: p.bounds.typical[end] for p in bounded if p.bounds} for end in (0, 1)]
        words = [{p.name: word} for p in record.params.values() for word in p.choices]
        along: dict[str, Any] = {"dim": 1} if "dim" in record.params else {}
        along |= {"training": False} if "training" in record.params else {}
        sets: list[dict[str, Any]] = [{}, *(end for end in ends if end), *words]
        return [{**along, **required, **one} for one in sets]

    @property
    def plain(self) -> dict[str, Any]:
        """The first parameter set."""
        return self.settings[0]

    def sample(self, dtype: torch.dtype = torch.float64, shape: Sequence[int] = SHAPE) -> Tensor:
        """Normal numbers of size 3, the same in each call, a little beside the kinks of every parameter set."""
        x = torch.randn(tuple(shape), generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 3
        for kink in self.kinks():
            x = torch.where((x - kink).abs() < 0.02, x + 0.05, x)
        return x.to(dtype)

    def kinks(self) -> set[float]:
        """Where the function has kinks at some parameter set; zero at least."""
        return self._landmarks("kinks") | {0.0}

    def landmarks(self) -> set[float]:
        """Kinks and turns at all parameter sets."""
        return self._landmarks("kinks") | self._landmarks("turns")

    def _landmarks(self, kind: str) -> set[float]:
        if not isinstance(self.record, Activation):
            return set()
        shapes = [self.record.shape_of(**params) for params in self.settings]
        return {x for shape in shapes for x in getattr(shape, kind)}

    def learned(self) -> list[str]:
        """The parameters that may be learned."""
        return [p.name for p in self.record.params.values() if p.learnable]
