"""How far an edit of an activation reaches: what else its expression makes, and who reads its value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nonlin.checker.flow.axes import COPIES, RESHAPES
from nonlin.checker.flow.kind import LOG_SOFTMAX, SOFTMAX
from nonlin.checker.graph import Graph, Op, Owner
from nonlin.checker.mend.objects import denoting, runs
from nonlin.checker.mend.reads import Reader, Reads, called_for
from nonlin.checker.mend.source import Unclear
from nonlin.checker.mend.written import Written, contained, creation

# An edit that changes more operations than this is looked at no further: no one reads them all.
_MOST = 50


def companions(graph: Graph, op: Op, *, created: bool = False) -> Iterator[Op]:
    """The other operations that an edit of an expression changes: of other layers, in a loop or in a shared class.

    The same operation of another step or another call of the network is none. With `created` the edit is where the
    module is created, else (but for elements of containers) where it is called.

    Raises:
        Unclear: there are very many.
    """
    element = contained(op)
    made = element or (created and bool(op.owners) and op.owners[-1].library)

    def role(o: Op) -> object:
        if element:
            return o.owners[-1].number
        return o.frames[:1], [w.number for w in o.owners if not w.library or made]

    others = [o for o in (graph.created_with(op) if made else graph.called_with(op)) if o is not op]
    if len(others) > _MOST:
        raise Unclear
    again = [o for o in others if role(o) == role(op)]
    upstream = graph.upstream([op.input]) if again else set()
    return (o for o in others if role(o) != role(op) or o.index in upstream)


def readers(op: Op, found: Written, loss: Op) -> Reads:
    """Who reads the activation's value, the loss among them.

    Raises:
        Unclear: the loss is not seen to read it.
    """
    source, text = called_for(loss)
    if source is not found.source:
        raise Unclear
    reader = Reader(source, op, frozenset([text]))
    starts: list[ast.expr] = [found.node]
    if found.form == "element":
        starts = _runs_of_container(op, found)
    reads = [reader.of(start) for start in starts]
    both = Reads([n for r in reads for n in r.by_loss], [n for r in reads for n in r.others])
    if not both.by_loss:
        raise Unclear
    return both


def _runs_of_container(op: Op, found: Written) -> list[ast.expr]:
    """The calls of the outermost container of torch around an element whose value it returns."""
    container = container_of(op)
    source, made = creation(container)
    if source is not found.source or not returned(op, container):
        raise Unclear
    calls = [runs(source, denoted) for denoted in denoting(source, made)]
    return [*dict.fromkeys(call for call in calls if call is not None)]


def container_of(op: Op) -> Owner:
    """The outermost of the containers of torch around the module that did an operation."""
    owners = [*op.owners]
    while len(owners) >= 2 and owners[-2].library:
        owners.pop()
    return owners[-1]


def returned(op: Op, container: Owner) -> bool:
    """Whether a container returns what an element makes: nothing follows, or only what moves single numbers."""
    inside = [u for u in op.output.users if container.number in [o.number for o in u.owners]]
    moves = op.kind not in SOFTMAX | LOG_SOFTMAX
    return all(moves and u.kind in COPIES | RESHAPES and returned(u, container) for u in inside)
