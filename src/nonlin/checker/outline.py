"""The tape as a picture of at most so many blocks: modules inside modules, with repeated ones folded."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nonlin.base.finding import Finding, Site
from nonlin.base.network import Block, BlockKind
from nonlin.catalogue import by_kernel
from nonlin.checker.calls import JOINS, Call, Place, kind_of, nature, operations, tree
from nonlin.checker.graph import Graph, Op, Owner, Value

_MOST = 60


@dataclass(eq=False)
class _Box:
    """A block in the making."""

    place: Place
    above: tuple[_Box, ...] = ()
    """The boxes around it, the outermost first."""
    number: int = 0
    """Its place inside the box around it."""
    inside: list[_Box] = field(default_factory=list)
    edges: set[tuple[int, int]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def add(self, place: Place) -> _Box:
        """A new box inside this one."""
        self.inside.append(_Box(place, (*self.above, self), len(self.inside)))
        return self.inside[-1]


def outline(graph: Graph, findings: Sequence[Finding] = (), most: int = _MOST) -> Block | None:
    """The network with its findings; None where the outermost modules alone are more than `most`."""
    ops = [op for op in graph.ops if op.index in graph.live or (op.tracked and op.outputs and op.output.grad)]
    roots = {objective.root for objective in graph.objectives if objective.is_loss}
    whole = tree(ops, roots)
    subjects = _subjects(findings, ops)
    wanted = {owner for op in subjects if op is not None for owner in op.owners}
    box = _opened(whole, wanted, most)
    if box is None:
        return None
    homes = _Homes(box)
    for found, op in zip(findings, subjects, strict=True):
        if op is not None:
            homes.of(op)[0].findings.append(found)
    _connect(ops, homes, [value for value in graph.outputs if not value.users])
    return _block(box, roots)


def _subjects(findings: Iterable[Finding], ops: Iterable[Op]) -> list[Op | None]:
    """The operation that each finding is about: on its line, and named by the rule where several stand there.

    Else it is the first in its module, or on a line that takes part in it: an initialisation is no operation.
    """
    at: dict[Site, list[Op]] = {}
    first: dict[str, Op] = {}
    for op in ops:
        at.setdefault(op.site, []).append(op)
        for owner in op.owners:
            first.setdefault(owner.path, op)
    found: list[Op | None] = []
    for finding in findings:
        inside = first.get(finding.site.module)
        here = at.get(finding.site) or ([inside] if inside is not None else [])
        here = here or [op for site in finding.related for op in at.get(site, [])]
        words = [word for word in finding.name.split("-") if len(word) > 2]
        named = (op for word in words for op in here if word in op.kind.replace("_", ""))
        found.append(next(named, here[0] if here else None))
    return found


def _opened(whole: Call, wanted: set[Owner], most: int) -> _Box | None:
    """The boxes: opened from the outside in, those with a finding first, while there is room; alike ones once."""
    outermost = _Box([[whole]])
    order = itertools.count()
    ahead: list[tuple[bool, int, int, _Box]] = [(False, 0, next(order), outermost)]
    shown: set[int] = set()
    count = 0
    while ahead:
        plain, _, _, box = heapq.heappop(ahead)
        (call,) = box.place[0]
        if isinstance(call, Op) or (plain and call.form in shown):
            continue
        count += (more := sum(len(place[0]) + (len(place[0]) > 1) for place in call.places))
        if count > most:
            if box is outermost:
                return None
            count -= more
            continue
        shown.add(call.form)
        for place in call.places:
            added = box.add(place)
            for one in [added] if len(place[0]) == 1 else [added.add([[part]]) for part in place[0]]:
                part = one.place[0][0]
                plain = isinstance(part, Op) or part.owner not in wanted
                heapq.heappush(ahead, (plain, len(one.above), next(order), one))
    return outermost


class _Homes:
    """Which box shows an operation."""

    def __init__(self, outermost: _Box) -> None:
        self.outermost = outermost
        self._held: dict[Owner | Op, tuple[_Box, bool]] = {}
        todo = [outermost]
        while todo:
            box = todo.pop()
            todo += box.inside
            for number, copy in enumerate(box.place):
                # What ran again is shown by the box of the first run, and not inside it.
                if number or len(copy) == 1:
                    for part in copy:
                        key = part.owner if isinstance(part, Call) else part
                        if key is not None:
                            self._held[key] = box, number > 0 or not box.inside

    def of(self, op: Op) -> tuple[_Box, bool]:
        """The innermost box that holds an operation, and whether that is as far as the picture goes.

        If not, the operation itself is not shown: values pass through it.
        """
        box, closed = self.outermost, False
        for key in (*op.owners, op):
            if not closed and key in self._held:
                box, closed = self._held[key]
        return box, closed


def _connect(ops: Iterable[Op], homes: _Homes, outputs: Iterable[Value]) -> None:
    """The edges between boxes, each at the level where the two ends are neighbours."""
    came: dict[Value, set[_Box]] = {}
    given = {homes.outermost}
    for op in ops:
        sources: set[_Box] = set()
        for value in op.inputs:
            sources |= came.get(value, given if value.role == "data" else set())
        box, closed = homes.of(op)
        if closed:
            # Masks and indices come from outside too, but they are not what the network works on.
            joins = op.kind in JOINS and box.place[0] == [op]
            for source in sources if joins else sources - given or (sources if op.output.grad else set()):
                _join(source, box)
            sources = {box}
        came.update(dict.fromkeys(op.outputs, sources))
    for value in outputs:
        for source in came.get(value, ()):
            _join(source, homes.outermost)


def _join(source: _Box, target: _Box) -> None:
    """An edge; it leaves the boxes around its source and enters those around its target.

    Where one end holds the other it stands for what enters it, or for what leaves it.
    """
    up, down = (*source.above, source), (*target.above, target)
    shared = sum(1 for one, other in zip(up, down, strict=False) if one is other)
    up, down = up[shared - 1 :], down[shared - 1 :]
    if len(up) > 1 or len(down) > 1:
        first = up[1].number if len(up) > 1 else -1
        last = down[1].number if len(down) > 1 else len(up[0].inside)
        up[0].edges.add((first, last))
    for box, inner in itertools.pairwise(up[1:]):
        box.edges.add((inner.number, len(box.inside)))
    for box, inner in itertools.pairwise(down[1:]):
        box.edges.add((-1, inner.number))


def _block(box: _Box, roots: set[Value]) -> Block:
    held: dict[str, Any] = {
        "times": len(box.place),
        "inside": tuple(_block(inner, roots) for inner in box.inside),
        "edges": tuple(sorted(box.edges)),
        "findings": tuple(box.findings),
    }
    part = box.place[0][0]
    if isinstance(part, Op):
        kind = kind_of(part, roots) or "operation"
        name = JOINS.get(part.kind, part.kind)
        return Block(name, kind, activation=_entry(part, kind), shape=part.output.shape, **held)
    if len(box.place[0]) > 1 or part.owner is None:
        return Block("", "module", **held)
    kind = nature(part, roots) if not part.places else "module"
    activation = _entry(operations(part)[0], kind) if len(part.parts) == 1 and not part.places else ""
    shape = part.last.output.shape if part.last is not None and part.last.outputs else ()
    return Block(part.owner.kind, kind, part.owner.path, activation, shape, **held)


def _entry(op: Op, kind: BlockKind) -> str:
    """The name of the catalogue's entry that an activation is."""
    record = by_kernel(op.kind) if kind == "activation" else None
    return record.name if record is not None else ""
