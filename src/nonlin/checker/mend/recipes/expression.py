"""Write a computation of several steps as the one function of torch that it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from nonlin.checker.graph import Op
from nonlin.checker.mend.bindings import uses
from nonlin.checker.mend.changes import Change, replaced, whole, without_statement
from nonlin.checker.mend.names import function
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Source, Unclear, expression_at
from nonlin.checker.mend.written import result, written


@recipe
def express(
    last: Op, first: Sequence[Op], name: str, options: str = "", *, minus: bool = False
) -> Iterator[Change]:
    """Call a function of torch on what the first step is applied to, in the place of the last step.

    A step before that has a name of its own, which nothing else reads then, is taken out.

    Args:
        last: the operation whose value is the function's.
        first: operations that read the function's argument and nothing else: any that can be found in the source does.
        name: the function.
        options: its further arguments, as they are written.
        minus: whether the function is applied to the negative of the argument.
    """
    source, node = result(last)
    for op in first:
        try:
            inner, value = _operand(op)
        except Unclear:
            continue
        text = source.segment(value)
        text = f"-{whole(text)}" if minus else text
        call = f"{function(source, name)}({', '.join([text, *[options] * bool(options)])})"
        if inner in ast.walk(node):
            yield replaced(source, node, call)
            return
        step = _named_before(source, inner, node)
        alone = all(use in ast.walk(node) for use in uses(source, step, ast.unparse(step.targets[0])))
        _complain_if_changed(source, value, step, source.statement(node), moved=alone)
        yield replaced(source, node, call)
        if alone:
            yield without_statement(source, step)
        return
    raise Unclear


def _operand(op: Op) -> tuple[ast.expr, ast.expr]:
    """(expression of an operation, its one operand that is no number).

    Raises:
        Unclear: that is not certain.
    """
    found = expression_at(op.frames[0]) if op.frames else None
    if found is not None and isinstance(found[1], ast.UnaryOp):
        return found[1], found[1].operand
    if found is not None and isinstance(found[1], ast.BinOp):
        sides = [side for side in (found[1].left, found[1].right) if not isinstance(side, ast.Constant)]
        if len(sides) == 1:
            return found[1], sides[0]
        raise Unclear
    call = written(op)
    if call.form not in ("function", "method"):
        raise Unclear
    return call.node, call.argument


def _named_before(source: Source, inner: ast.expr, node: ast.expr) -> ast.Assign:
    """The statement that gives an earlier step a name, before the last step in the same block.

    Raises:
        Unclear: it is no such statement.
    """
    step, last = source.parents[inner], source.statement(node)
    if isinstance(step, ast.Assign) and len(step.targets) == 1 and isinstance(step.targets[0], ast.Name):
        block = source.block(step)
        if last in block and block.index(step) < block.index(last):
            return step
    raise Unclear


def _complain_if_changed(
    source: Source, value: ast.expr, step: ast.Assign, last: ast.stmt, *, moved: bool
) -> None:
    """Refuse to read a value later than it was, where it may be another one by then, or would be computed twice.

    Raises:
        Unclear: it may.
    """
    block = source.block(step)
    between = block[block.index(step) + moved : block.index(last)]
    names = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
    stored = {
        n.id
        for s in between
        for n in (s, *ast.walk(s))
        if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)
    }
    if names & stored or (not moved and not isinstance(value, ast.Name)):
        raise Unclear
    if moved and len(between) > 0 and any(isinstance(n, ast.Call) for n in ast.walk(value)):
        raise Unclear  # a call may draw random numbers, or change what it is given: its turn matters
