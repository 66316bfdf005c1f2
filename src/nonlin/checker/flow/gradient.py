"""Which values pass a gradient on, which ones it reaches from a loss, and the operations at which it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from nonlin.checker.graph import Graph, Op, Value

Loss = Literal["flat", "index", "detach", "no_grad"]
"""How an operation loses the gradient: a slope of zero, a choice or test, a request, or a block without gradients."""

# Their derivative is zero wherever it exists; torch passes on zeros and says nothing.
FLAT = frozenset(("round", "floor", "ceil", "trunc", "fix", "sign", "sgn", "heaviside", "floor_divide"))
_CHOICES = frozenset(("multinomial", "bernoulli", "one_hot"))
_REQUESTS = frozenset(("detach", "alias", "lift_fresh", "_to_copy"))


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """`flowing`: values through which a parameter can be trained; `reached`: values that some loss sends a gradient."""

    graph: Graph
    flowing: frozenset[Value]
    reached: frozenset[Value]

    def lost_parameters(self) -> Iterator[tuple[Value, list[Op]]]:
        """(parameter, where its gradient is lost) for those that a loss depends on and none sends a gradient."""
        roots = [o.root for o in self.graph.objectives if o.is_loss]
        live = self.graph.upstream(roots)
        ops = [op for op in self.graph.ops if op.index in live]
        wanted = {v for op in ops for v in op.inputs if v.role == "parameter" and v.grad and v.maker is None}
        # An optimiser's or initialiser's write makes a new value of one tensor.
        got = {id(v.tensor()) for v in wanted & self.reached}
        for parameter in sorted(wanted - self.reached, key=lambda v: v.index):
            if id(parameter.tensor()) not in got:
                yield parameter, list(self.losses([parameter], live))

    def losses(self, starts: Iterable[Value], live: set[int]) -> Iterator[Op]:
        """The operations among `live` at which the gradient of these values ends."""
        todo, seen = list(starts), set[Op]()
        while todo:
            for op in todo.pop().users:
                if op.index not in live or op in seen:
                    continue
                seen.add(op)
                going = [v for v in op.outputs if v in self.flowing]
                todo += going
                if not going:
                    yield op

    def losses_above(self, value: Value) -> list[Op]:
        """The operations at which the gradient is lost on the way to a value that no longer has one."""
        above = self.graph.upstream([value])
        return [
            op
            for op in self.graph.ops
            if op.index in above
            and any(v in self.flowing for v in op.inputs)
            and not any(v in self.flowing for v in op.outputs)
        ]


def how(op: Op) -> Loss | None:
    """How an operation loses the gradient; None if that is not known."""
    if not op.tracked:
        return "no_grad"
    if op.kind in FLAT:
        return "flat"
    if op.kind in _CHOICES or not any(v.floating for v in op.outputs):
        return "index"
    return "detach" if op.kind in _REQUESTS else None


def gradients(graph: Graph) -> Gradients:
    """Follow gradients forward from the parameters, and back from the losses."""
    flowing: set[Value] = set()
    for op in graph.ops:
        flowing.update(v for v in op.inputs if v.maker is None and v.grad)
        flowing.update(v for v in op.outputs if v.regained or (v.grad and _passes(op, flowing)))
    reached: set[Value] = set()
    todo = [o.root for o in graph.objectives if o.is_loss]
    while todo:
        value = todo.pop()
        if value in reached or value not in flowing:
            continue
        reached.add(value)
        if value.regained:
            # What a custom function does with its gradient is not on the tape: it may reach everything above.
            above = graph.upstream([value])
            reached.update(v for op in graph.ops if op.index in above for v in op.inputs)
        elif value.maker is not None:
            todo += value.maker.inputs
    return Gradients(graph, frozenset(flowing), frozenset(reached))


def _passes(op: Op, flowing: set[Value]) -> bool:
    """Whether a gradient of the output becomes one of an input that can be trained."""
    given = [v for v in op.inputs if v.grad]
    # Without a known source the gradient comes from somewhere that the tape does not show.
    return not given or (op.kind not in FLAT and any(v in flowing for v in given))
