"""Put an activation between two linear maps: the network's own, or one that stands in the wrong place."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from nonlin.catalogue import by_kernel
from nonlin.checker.flow.kind import is_activation
from nonlin.checker.graph import Graph, Op
from nonlin.checker.mend.changes import (
    Change,
    after_element,
    after_statement,
    peeled,
    replaced,
    without_element,
)
from nonlin.checker.mend.names import function, module
from nonlin.checker.mend.reach import companions
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Source, Unclear, called
from nonlin.checker.mend.written import contained, creation, result, written

# What may follow a linear map before its activation.
_NORMS = {"batch_norm", "layer_norm", "group_norm", "instance_norm"}
# Activations that a network has at its end or in its gates, whatever it has between its layers.
_NOT_HIDDEN = {"sigmoid", "log_sigmoid", "exp", "hardsigmoid", "softplus"}


@recipe
def insert(
    graph: Graph, first: Op, path: tuple[Op, ...], second: Op, *, among: Collection[Op]
) -> Iterator[Change]:
    """Put the network's own activation, or ReLU if it has none, behind the first of two linear maps.

    Args:
        graph: the tape.
        first: the map, on its way to `second` by the affine operations of `path`.
        path: those operations; a normalisation at its beginning stays with the map.
        second: the next map.
        among: all maps that lack an activation behind them.
    """
    place = path[0] if path and path[0].kind in _NORMS else first
    if contained(place):
        if place is first and any(o not in among for o in companions(graph, place)):
            raise Unclear
        yield _behind_element(place, lambda source: _own_module(graph, source))
    else:
        _complain_unless_together(first, second)
        source, node = result(place)
        yield replaced(source, node, _own_call(graph, source, node)(source.segment(node)))


@recipe
def move(graph: Graph, act: Op, first: Op, second: Op, *, among: Collection[Op]) -> Iterator[Change]:
    """Take an activation from before or behind two linear maps, and put it between them."""
    found = written(act)
    if any(o not in among for o in companions(graph, act)):
        raise Unclear
    source = found.source
    if found.form == "element" and contained(first):
        assert found.made is not None  # noqa: S101 - an element was created
        home, made = found.made
        around = home.parents[made]
        elements = around.args if isinstance(around, ast.Call) else []
        yield without_element(home, made, elements if made in elements else [made])
        yield _behind_element(first, lambda _: home.segment(made))
        return
    _complain_unless_together(first, second)
    home, node = result(first)
    if home is not source or source.scope(node) is not source.scope(found.node):
        raise Unclear
    yield from peeled(source, found.node, found.argument)
    before, after = found.around("\0").split("\0")
    start, end = source.extent(node)
    yield Change(source, start, start, before)
    yield Change(source, end, end, after)


def _complain_unless_together(first: Op, second: Op) -> None:
    """Both maps must run in one function, by different expressions: only then do all calls of it lack the activation.

    Raises:
        Unclear: they do not.
    """
    one, other = first.frames[:1], second.frames[:1]
    if not one or not other or one == other or one[0][::2] != other[0][::2]:
        raise Unclear


def _behind_element(op: Op, text: Callable[[Source], str]) -> Change:
    source, made = creation(op.owners[-1])
    parent = source.parents[made]
    if isinstance(parent, ast.List) or (isinstance(parent, ast.Call) and called(parent) == "Sequential"):
        return after_element(source, made, text(source))
    statement = source.parents[parent]
    if isinstance(parent, ast.Call) and called(parent) == "append" and isinstance(statement, ast.Expr):
        return after_statement(source, statement, f"{source.segment(parent.func)}({text(source)})")
    raise Unclear


def _own(graph: Graph) -> list[Op]:
    """The network's hidden activations of the kind that it has most of."""
    found = [
        op for op in graph.ops if op.index in graph.live and is_activation(op) and op.kind not in _NOT_HIDDEN
    ]
    counts = Counter(op.kind for op in found)
    return [op for op in found if op.kind == counts.most_common(1)[0][0]]


def _own_module(graph: Graph, source: Source) -> str:
    """The network's activation, created anew: as elsewhere in the file, or by its class."""
    own = _own(graph)
    for op in own:
        if op.owners and op.owners[-1].library:
            try:
                home, made = creation(op.owners[-1])
            except Unclear:
                continue
            if home is source and all(isinstance(a, ast.Constant) for a in made.args):
                return source.segment(made)
    record = by_kernel(own[0].kind) if own else None
    return f"{module(source, record.class_name if record is not None else 'ReLU')}()"


def _own_call(graph: Graph, source: Source, node: ast.expr) -> Callable[[str], str]:
    """The network's activation as it is called in the same class or else by its function."""
    own = _own(graph)
    for op in own:
        try:
            found = written(op)
        except Unclear:
            continue
        near = found.form == "module" and source.home(found.node) is source.home(node)
        if found.source is source and (found.form == "function" or near):
            return found.around
    name = function(source, own[0].kind if own else "relu")
    return lambda text: f"{name}({text})"
