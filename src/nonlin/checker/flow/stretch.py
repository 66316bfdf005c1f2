"""Stretches of linear maps with nothing but one activation between each two: where the scale of the weights decides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, by_kernel
from nonlin.checker.collapse import data_of, weight_of
from nonlin.checker.flow.affine import Affine, Provenance
from nonlin.checker.flow.axes import COPIES, MOVES, RESHAPES
from nonlin.checker.flow.kind import is_activation, is_linear_map
from nonlin.checker.graph import Graph, Op, Value
from nonlin.facts.moments import gain


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """`activations[i]` stands between `maps[i]` and `maps[i + 1]`: no normalisation, no skip, no other reader."""

    maps: tuple[Op, ...]
    activations: tuple[Op, ...]

    def factors(self) -> list[float]:
        """By how much each activated map changes the size of a signal, judged by its weights.

        The size of w·x is that of x times spread(w)·√(fan-in); an activation with gain g divides it by g. Empty where
        the weights are not at hand, or where an activation is bounded or not zero at zero, so that sizes say little.
        """
        found = []
        for op, activation in zip(self.maps, self.activations, strict=False):
            wide = spread(weight_of(op))
            record = by_kernel(activation.kind)
            size = _size_kept(record, activation) if isinstance(record, Activation) else None
            if wide is None or size is None:
                return []
            found.append(wide * size)
        return found


def spread(weight: Value) -> float | None:
    """By how much weights change the size of a signal: their root mean square times √(fan-in); None if not at hand."""
    tensor = weight.tensor()
    if tensor is None or tensor.is_meta:
        return None
    numbers = tensor.detach().double()
    return float(numbers.square().mean().sqrt()) * math.sqrt(numbers[0].numel())


def stretches(graph: Graph, provenance: Provenance) -> Iterator[Stretch]:
    """Every maximal stretch of at least two maps."""
    following: dict[Op, tuple[Op, Op]] = {}
    begun: set[Op] = set()
    for op in graph.ops:
        if op.index in graph.live and _is_plain(graph, op):
            way = provenance.get(data_of(op))
            activation = _only_activation(way) if way is not None and _is_plain(graph, way.start) else None
            if way is not None and activation is not None:
                following[way.start] = op, activation
                begun.add(op)
    for first in [op for op in following if op not in begun]:
        maps, activations = [first], []
        while maps[-1] in following:
            after, activation = following[maps[-1]]
            maps.append(after)
            activations.append(activation)
        yield Stretch(tuple(maps), tuple(activations))


def _is_plain(graph: Graph, op: Op) -> bool:
    """A linear map whose weight serves this one call, with the output features first."""
    return (
        is_linear_map(op)
        and op.value("weight") is not None
        and "transpose" not in op.kind
        and (len(graph.users(weight_of(op))) == 1)
    )


def _only_activation(way: Affine) -> Op | None:
    """The one activation of a path on which nothing else changes the size of a signal."""
    if not way.alone:
        return None
    bends = [op for op in way.path if is_activation(op)]
    others = [op for op in way.path if not is_activation(op) and op.kind not in COPIES | MOVES | RESHAPES]
    return bends[0] if len(bends) == 1 and not others else None


def _size_kept(record: Activation[Any], op: Op) -> float | None:
    """1 / gain of an unbounded activation that is zero at zero."""
    numbers = {
        name: op.arguments[name]
        for name in record.params
        if isinstance(op.arguments.get(name), (int, float, str))
    }
    try:
        shape = record.shape_of(**numbers)
        if math.isfinite(shape.left) and math.isfinite(shape.right):
            return None
        at_zero = float(record.fn(torch.zeros(1, dtype=torch.float64), **numbers))
        return 1 / gain(record, **numbers) if at_zero == 0 else None
    except (NonlinError, TypeError, RuntimeError):
        return None
