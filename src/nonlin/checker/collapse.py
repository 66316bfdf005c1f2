"""Pairs of linear maps with only affine operations between, and what shows that one is a mistake.

Published models hold such pairs by design (low rank, factorised kernels, linear bottlenecks). A pair is a candidate
if the factorisation buys nothing, and a mistake only with evidence from the same network.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from nonlin.base.finding import Site
from nonlin.checker.graph import Op, Owner, Value

if TYPE_CHECKING:
    from nonlin.checker.flow.affine import Affine
    from nonlin.checker.run import Run

Evidence = Literal["", "whole", "twin", "sibling", "idle", "misplaced", "expansion"]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """`second` follows `first` with only `path` between; `evidence` says why that is a mistake, "" if nothing does."""

    first: Op
    second: Op
    path: tuple[Op, ...]
    evidence: Evidence = ""
    witness: Op | Owner | None = None
    """The twin's activation, the activation that stands before or after both, or the module that never ran."""

    @property
    def place(self) -> Site:
        """The line to edit for an activation between the two: if they stand in different containers, that of the call."""
        if _parent(self.first, self.second) is None and self.first.frames:
            return Site(self.first.frames[0].path, self.first.frames[0].line, self.first.site.module)
        return self.first.site

    @property
    def widths(self) -> tuple[int, int, int]:
        """(in, inner, out) features."""
        return _fan_in(self.first), _fan_out(self.first), _fan_out(self.second)


def pairs(run: Run) -> list[Pair]:
    """The candidates, each with its evidence, in order."""
    links = list(_links(run))
    calls = Counter((weight_of(first), weight_of(second)) for first, second, _ in links)
    network = _network(run, links)
    result = []
    for first, second, way in links:
        if way.bent or not way.alone or not _plain(run, first, second, way, calls):
            continue
        pair = Pair(first, second, way.path)
        inside, inner, out = pair.widths
        if inner >= min(inside, out):
            result.append(_with_evidence(run, pair, network))
    return result


def _links(run: Run) -> Iterator[tuple[Op, Op, Affine]]:
    """(first, second, way) for all linear maps that follow each other, bent by an activation or not."""
    for op in run.graph.ops:
        if op.index in run.graph.live and run.is_linear_map(op):
            way = run.affine(data_of(op))
            if way is not None:
                yield way.start, op, way


def data_of(op: Op) -> Value:
    """The value to which a linear map applies its weight."""
    return op.value("mat1") or op.input


def weight_of(op: Op) -> Value:
    """The weight of a linear map, before any transposition or cast."""
    weight = op.value("weight") or op.value("mat2") or op.inputs[1]
    while weight.maker is not None and weight.maker.inputs:
        weight = weight.maker.input
    return weight


def _fan_in(op: Op) -> int:
    weight = op.value("weight")
    return weight.shape[1] if weight is not None else data_of(op).shape[-1]


def _fan_out(op: Op) -> int:
    weight = op.value("weight")
    return weight.shape[0] if weight is not None else op.output.shape[-1]


def _plain(run: Run, first: Op, second: Op, way: Affine, calls: Counter[tuple[Value, Value]]) -> bool:
    """Ungrouped, untransposed, square maps along the same axis, whose weights serve nothing else."""
    for op in (first, second):
        if op.get("groups", 1) != 1 or "transpose" in op.kind or not _square(op):
            return False
    if first.output in run.graph.outputs:
        return False
    data = data_of(second)
    spatial = second.kind.removeprefix("conv").removesuffix("d") if second.kind.startswith("conv") else "0"
    if way.axis is None or way.axis != data.rank - 1 - int(spatial):
        return False
    ours = calls[weight_of(first), weight_of(second)]
    return all(len(run.graph.users(weight_of(op))) == ours for op in (first, second))


def _square(op: Op) -> bool:
    weight = op.value("weight")
    return weight is None or len(set(weight.shape[2:])) <= 1


def _is_linear_throughout(run: Run) -> bool:
    """No map in the network stands behind anything that is not affine; nothing else holds weights."""
    for op in run.graph.ops:
        if op.index not in run.graph.live:
            continue
        if run.is_linear_map(op):
            data = data_of(op)
            way = run.affine(data)
            if run.trained(data) and (way is None or way.bent):
                return False
        elif any(v.role == "parameter" and v.grad and v.rank >= 2 for v in op.inputs) and op.kind not in (
            "t",
            "numpy_T",
            "transpose",
        ):
            return False
    return True


@dataclass(slots=True)
class _Network:
    """What in the network can be evidence, by where it stands."""

    linear: bool
    """Nothing but linear maps hold weights, and nothing bends the ways between them."""
    idle: dict[int | str, Owner] = field(default_factory=dict)
    """By parent, an activation module that never ran."""
    twins: dict[tuple[str, str], dict[str, Affine]] = field(default_factory=dict)
    """Ways that an activation bends, by the patterns of their two maps' modules, then by the first one's module."""
    siblings: dict[int | str | None, Affine] = field(default_factory=dict)
    """The first such way in each parent."""


def _network(run: Run, links: list[tuple[Op, Op, Affine]]) -> _Network:
    network = _Network(_is_linear_throughout(run))
    for owner in run.graph.idle:
        if run.is_activation_class(owner.kind):
            network.idle.setdefault(owner.parent, owner)
    for first, second, way in links:
        if way.bent:
            twins = network.twins.setdefault((_pattern(first), _pattern(second)), {})
            twins.setdefault(first.module, way)
            network.siblings.setdefault(_parent(first, second), way)
    return network


def _with_evidence(run: Run, pair: Pair, network: _Network) -> Pair:
    def found(evidence: Evidence, witness: Op | Owner | None = None) -> Pair:
        return replace(pair, evidence=evidence, witness=witness)

    parent = _parent(pair.first, pair.second)
    if parent is not None and parent in network.idle:
        return found("idle", network.idle[parent])
    if network.linear:
        return found("whole")
    twins = network.twins.get((_pattern(pair.first), _pattern(pair.second)), {})
    twin = next((way for module, way in twins.items() if module != pair.first.module), None)
    if twin is not None:
        return found("twin", _activation(run, twin))
    if parent is not None and parent in network.siblings:
        return found("sibling", _activation(run, network.siblings[parent]))
    after = _next(run, pair.second)
    inside, inner, out = pair.widths
    if (
        after is not None
        and inner > max(inside, out)
        and parent is not None
        and _direct_parent(after) == parent
    ):
        return found("misplaced", after)
    if inner >= 2 * max(inside, out):
        before = data_of(pair.first).maker
        if before is not None and run.is_activation(before) and _direct_parent(before) == parent is not None:
            return found("misplaced", before)
        return found("expansion")
    return pair


def _activation(run: Run, way: Affine) -> Op | None:
    return next((op for op in way.path if run.is_activation(op)), None)


def _next(run: Run, op: Op) -> Op | None:
    """The activation that is the only reader of a map's output."""
    users = run.graph.users(op.output)
    return users[0] if len(users) == 1 and run.is_activation(users[0]) else None


def _pattern(op: Op) -> str:
    """The module's path with its numbers left open: the same position in repeated blocks."""
    return re.sub(r"\d+", "#", op.module)


def _direct_parent(op: Op) -> int | str | None:
    """What holds the code that ran an operation: the number of a module, or the function where there is none."""
    if not op.owners:
        return f"{op.frames[0].path}:{op.frames[0].function}" if op.frames else None
    owners = (
        op.owners[:-1]
        if op.owners and op.owners[-1].library and op.owners[-1].kind != "Sequential"
        else op.owners
    )
    return owners[-1].number if owners else None


def _parent(first: Op, second: Op) -> int | str | None:
    """The module that directly holds both maps, if one does."""
    one, other = _direct_parent(first), _direct_parent(second)
    return one if one == other else None
