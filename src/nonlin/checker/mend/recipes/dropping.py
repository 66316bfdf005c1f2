"""Take an activation out, and give it back to those who read its value for something else than the loss."""

from __future__ import annotations

import ast
import contextlib
import copy
from collections.abc import Collection, Iterator

import torch

from nonlin.checker.flow.kind import LOG_SOFTMAX, SOFTMAX
from nonlin.checker.graph import Graph, Op
from nonlin.checker.mend.changes import Change, replaced, whole, without_element, without_statement
from nonlin.checker.mend.names import stores
from nonlin.checker.mend.objects import denoting, is_self
from nonlin.checker.mend.reach import companions, container_of, readers, returned
from nonlin.checker.mend.reads import Reads
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Function, Unclear, called
from nonlin.checker.mend.written import Written, call_of, creation, written


@recipe
def drop(graph: Graph, op: Op, loss: Op | None = None, *, among: Collection[Op] = ()) -> Iterator[Change]:
    """Take out an activation.

    With a loss, everything but that loss is given the activation's value as before: a value that only the loss
    reads, or that is read for its order alone (`argmax`), is left as it becomes. Without a loss every reader gets the
    value before the activation.

    Args:
        graph: the tape.
        op: the activation.
        loss: the operation for which it is wrong.
        among: further activations that are wrong in the same way, and may come from the same expression.
    """
    found = written(op)
    if any(o not in among for o in companions(graph, op)):
        raise Unclear
    if loss is not None and _is_helper(op):
        yield _inlined(op, found)
        return
    if loss is not None:
        reads = readers(op, found, loss)
        around = _substituted(found, reads)
        if around is not None:
            yield from around
            return
        for node in reads.others:
            yield replaced(found.source, node, _applied(op, found, found.source.segment(node)))
    if found.form == "element":
        yield _without(op, found)
    else:
        yield from _unwrapped(found)


def _is_helper(op: Op) -> bool:
    """Whether the line to edit is the one that calls a helper, such as `predict_proba`, in which the activation is."""
    return len(op.frames) > 1 and (op.site.path, op.site.line) == (op.frames[1].path, op.frames[1].line)


def _inlined(op: Op, found: Written) -> Change:
    """What the helper applies the activation to, in the place of its call.

    Raises:
        Unclear: the helper does more than that, or is not given plain arguments.
    """
    source, call = call_of(op.frames[1])
    function = found.source.scope(found.node)
    if not isinstance(function, Function) or not isinstance(found.source.parents[found.node], ast.Return):
        raise Unclear
    names = [a.arg for a in function.args.args]
    given = [call.func.value, *call.args] if isinstance(call.func, ast.Attribute) else [*call.args]
    if len(function.body) > 1 or len(names) != len(given) or call.keywords:
        raise Unclear
    return replaced(
        source,
        call,
        ast.unparse(_Substitution(dict(zip(names, given, strict=True))).visit(copy.deepcopy(found.argument))),
    )


class _Substitution(ast.NodeTransformer):
    """Arguments in the place of parameters."""

    def __init__(self, given: dict[str, ast.expr]) -> None:
        self.given = given

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.given.get(node.id, node)


def _substituted(found: Written, reads: Reads) -> list[Change] | None:
    """Where the value has a name, and what the activation is applied to as well: give the loss the other name."""
    source, value, statement = found.source, found.argument, found.source.parents[found.node]
    if not reads.others or found.form == "element" or not isinstance(value, ast.Name):
        return None
    scope = source.scope(statement)
    named = isinstance(statement, ast.Assign) and all(
        isinstance(n, ast.Name) and source.scope(n) is scope and n.id != value.id for n in reads.by_loss
    )
    later = [
        n
        for n in stores(scope, value.id)
        if isinstance(n, ast.Name) and n.lineno >= source.statement(found.node).lineno
    ]
    return [replaced(source, n, value.id) for n in reads.by_loss] if named and not later else None


def _applied(op: Op, found: Written, text: str) -> str:
    """The activation on another expression, as the user calls it; for modules, as a method.

    Raises:
        Unclear: tensors have no such method.
    """
    axis = f"dim={op.get('dim')}" if op.kind in SOFTMAX | LOG_SOFTMAX else ""
    if found.form == "function":
        return f"{found.source.segment(found.node.func)}({text}{axis and ', '}{axis})"
    if not hasattr(torch.Tensor, op.kind):
        raise Unclear
    return f"{whole(text)}.{op.kind}({axis})"


def _unwrapped(found: Written) -> Iterator[Change]:
    """What the activation is applied to, in its place."""
    source, node, value = found.source, found.node, found.argument
    parent = source.parents[node]
    same = isinstance(parent, ast.Assign) and [ast.unparse(t) for t in parent.targets] == [ast.unparse(value)]
    if isinstance(parent, ast.Expr) or (same and isinstance(value, ast.Name)):
        yield without_statement(source, source.statement(node))
    else:
        bound = isinstance(
            parent, (ast.operator, ast.BinOp, ast.UnaryOp, ast.Attribute, ast.Subscript, ast.Compare)
        )
        text = source.segment(value)
        yield replaced(source, node, whole(text) if bound or "\n" in text else text)
    if found.form == "module":
        yield from _unused(found)


def _unused(found: Written) -> Iterator[Change]:
    """Take out the attribute that held the module, where nothing else can read it."""
    source, func = found.source, found.node.func
    if not isinstance(func, ast.Attribute) or not is_self(func.value):
        return
    home = source.home(func)
    same = [n for n in source.parents if isinstance(n, ast.Attribute) and n.attr == func.attr]
    own = [n for n in same if is_self(n.value) and source.home(n) is home]
    # What is called like a method of tensors, on anything else than `self`, is that method.
    if len(own) == 2 and all(n in own or hasattr(torch.Tensor, n.attr) for n in same):
        statement = source.parents[next(n for n in own if n is not func)]
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            with contextlib.suppress(Unclear):
                yield without_statement(source, statement)


def _without(op: Op, found: Written) -> Change:
    """Take an element out of its container; put `nn.Identity()` there where other elements would change their index."""
    assert found.made is not None  # noqa: S101 - an element was created
    source, made = found.made
    parent = source.parents[made]
    if isinstance(parent, ast.Call) and called(parent) == "Sequential":
        elements = parent.args
    else:
        elements = parent.elts if isinstance(parent, ast.List) else []
    if elements[-1:] == [made] and len(elements) > 1 and returned(op, container_of(op)) and not _indexed(op):
        return without_element(source, made, elements)
    prefix, dot, _ = source.segment(made.func).rpartition(".")
    if not dot:
        raise Unclear
    return replaced(source, made, f"{prefix}.Identity()")


def _indexed(op: Op) -> bool:
    """Whether elements of the container may be picked by their index."""
    try:
        source, made = creation(container_of(op))
        return any(isinstance(source.parents[n], ast.Subscript) for n in denoting(source, made))
    except Unclear:
        return True
