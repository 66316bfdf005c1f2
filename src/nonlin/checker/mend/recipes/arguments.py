"""Change an argument of an activation: the axis, or whether it overwrites its input."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nonlin.checker.flow.axes import RESHAPES
from nonlin.checker.graph import Graph, Op
from nonlin.checker.mend.changes import Change, replaced, whole, without_element
from nonlin.checker.mend.reach import companions
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Source, Unclear, called
from nonlin.checker.mend.written import Written, call_of, written


@recipe
def with_axis(graph: Graph, op: Op, axis: int) -> Iterator[Change]:
    """Let a softmax run over another axis; the last one is written as -1 where the old one was counted from the end too."""
    if any(companions(graph, op, created=True)):
        raise Unclear
    found = written(op)
    source, call = _call(found)
    place = 1 if found.form == "function" else 0
    given = [k.value for k in call.keywords if k.arg == "dim"] or call.args[place : place + 1]
    if not given:
        raise Unclear
    last = axis == op.output.rank - 1 and ast.unparse(given[0]).startswith("-")
    yield replaced(source, given[0], "-1" if last else str(axis))


@recipe
def after_reshape(op: Op) -> Iterator[Change]:
    """Let a softmax over the last axis run behind the reshaping of its result, in the place of before it."""
    found = written(op)
    source, node = found.source, found.node
    outer = source.parents[node]
    call = source.parents[outer]
    last = [k.value for k in node.keywords if k.arg == "dim"] or node.args[1:2]
    users = op.output.users
    shaped = len(users) == 1 and users[0].kind in RESHAPES and users[0].output.shape[-1] > 1
    if not shaped or found.form != "function" or [*map(ast.unparse, last)] != ["-1"]:
        raise Unclear
    if not isinstance(outer, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not outer:
        raise Unclear
    reshape = source.text[source.extent(node)[1] : source.extent(call)[1]]
    text = f"{whole(source.segment(found.argument))}{reshape}"
    yield replaced(source, call, f"{source.segment(node.func)}({text}, dim=-1)")


@recipe
def out_of_place(op: Op) -> Iterator[Change]:
    """Let an activation leave its input as it is."""
    found = written(op)
    source, call = _call(found)
    if called(call).endswith("_") and not isinstance(source.parents[call], ast.Expr):
        yield replaced(source, call.func, source.segment(call.func).removesuffix("_"))
        return
    given: list[ast.expr | ast.keyword] = [
        *(k for k in call.keywords if k.arg == "inplace"),
        *_last_true(call, found),
    ]
    if len(given) != 1:
        raise Unclear
    yield _without_argument(source, call, given[0])


@recipe
def named_inplace(op: Op) -> Iterator[Change]:
    """Name the argument of a module that was given `True` for a number: `inplace=True` was meant."""
    found = written(op)
    source, call = _call(found)
    given = _last_true(call, found)
    if found.made is None or not given or len(call.args) != 1 or call.keywords:
        raise Unclear
    yield replaced(source, given[0], "inplace=True")


@recipe
def rename(op: Op, old: str, new: str) -> Iterator[Change]:
    """Pass an argument of the call that made an operation under another name."""
    source, call = call_of(op.frames[0] if op.frames else None)
    given = [k for k in call.keywords if k.arg == old]
    if len(given) != 1:
        raise Unclear
    start, _ = source.extent(given[0])
    yield Change(source, start, start + len(old), new)


def _call(found: Written) -> tuple[Source, ast.Call]:
    return found.made or (found.source, found.node)


def _last_true(call: ast.Call, found: Written) -> list[ast.expr]:
    """The last positional argument, if it is `True` and not what the activation is applied to."""
    last = call.args[-1:]
    return [a for a in last if a is not found.argument and isinstance(a, ast.Constant) and a.value is True]


def _without_argument(source: Source, call: ast.Call, given: ast.expr | ast.keyword) -> Change:
    arguments = [*call.args, *call.keywords]
    if len(arguments) > 1:
        return without_element(source, given, arguments)
    return replaced(source, call, f"{source.segment(call.func)}()")
