"""What the names in a user's function stand for: which of them still mean the tensor that a call overwrites."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

# Reading one of these of a tensor reads none of its elements.
_NO_ELEMENTS = frozenset(
    ("shape", "size", "dim", "ndim", "device", "dtype", "numel", "is_cuda", "requires_grad")
)


def overwritten_name(path: str, call_line: int, read_line: int, *, is_result: bool) -> str | None:
    """The name by which a later line reads a tensor as it was before a call on `call_line` overwrote it.

    The call is the one on its statement that is given a plain name: `self.act(x)`, `self.block(x)`. Its tensor may
    have other names too, as after `identity = x`. Names that are bound again in between count no more.

    Args:
        path: the file that holds both lines.
        call_line: where the call stands.
        read_line: the same line, or a later one in the same function.
        is_result: the call returns the overwritten tensor, so that its target is a new and true name for it.

    Returns:
        None where the source is not plain enough to tell, or where the later line uses no such name.
    """
    body = _function(path, call_line, read_line)
    call_at, read_at = _statement(body, call_line), _statement(body, read_line)
    if call_at is None or read_at is None or read_line < call_line or isinstance(call_at, ast.Expr):
        return None
    calls = [
        n for n in ast.walk(call_at) if isinstance(n, ast.Call) and n.args and isinstance(n.args[0], ast.Name)
    ]
    given = calls[0].args[0] if len(calls) == 1 else None
    if not isinstance(given, ast.Name):
        return None
    before = [s for s in _simple(body) if s.lineno < call_at.lineno]
    names = _names_of(given.id, before)
    own = _targets(call_at)
    true = own if is_result and getattr(call_at, "value", None) is calls[0] else set[str]()
    if call_at is read_at:
        used = _read(read_at, but=calls[0])
    else:
        names -= own
        # A name that is bound again on some branch only may still stand for the old tensor.
        for statement in body:
            if call_at.lineno < statement.lineno < read_at.lineno:
                names -= _targets(statement)
                true -= _targets(statement)
        used = _read(read_at)
    if used & true:
        return None
    return min(used & names, default=None)


@lru_cache(maxsize=64)
def _tree(path: str) -> ast.Module | None:
    try:
        return ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None


def _function(path: str, *lines: int) -> list[ast.stmt]:
    """The body of the innermost function that holds all lines, or of the module."""
    tree = _tree(path)
    body = tree.body if tree is not None else []
    for node in ast.walk(tree) if tree is not None else ():
        inside = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        if inside and all(node.lineno <= line <= (node.end_lineno or node.lineno) for line in lines):  # type: ignore[attr-defined]
            body = node.body  # type: ignore[attr-defined]
    return body


def _simple(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body that hold no others, those inside branches and loops too."""
    for statement in body:
        inner = [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)]
        if inner:
            yield from _simple(inner)
        else:
            yield statement


def _statement(body: list[ast.stmt], line: int) -> ast.stmt | None:
    return next((s for s in _simple(body) if s.lineno <= line <= (s.end_lineno or s.lineno)), None)


def _names_of(name: str, before: list[ast.stmt]) -> set[str]:
    """Every name that stands for the same object after these statements."""
    object_of: dict[str, object] = {name: name}
    for statement in before:
        value = getattr(statement, "value", None)
        same = object_of.setdefault(value.id, value.id) if isinstance(value, ast.Name) else statement
        unpacked = any(not isinstance(t, ast.Name) for t in getattr(statement, "targets", ()))
        for target in _targets(statement):
            object_of[target] = (statement, target) if unpacked else same  # `x, y = pair` names two objects
    return {other for other, held in object_of.items() if held == object_of[name]}


def _targets(statement: ast.stmt) -> set[str]:
    """The names that a statement binds; an augmented assignment binds none anew."""
    if isinstance(statement, ast.AugAssign):
        return set()
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return {n.id for t in targets if t is not None for n in ast.walk(t) if isinstance(n, ast.Name)}


def _read(statement: ast.stmt, but: ast.AST | None = None) -> set[str]:
    """The names whose elements a statement reads, outside the call `but`."""
    skipped = {id(node) for node in ast.walk(but)} if but is not None else set[int]()
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute) and node.attr in _NO_ELEMENTS:
            skipped.add(id(node.value))
    found = {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in skipped
    }
    augmented = statement.target if isinstance(statement, ast.AugAssign) else None
    return found | ({augmented.id} if isinstance(augmented, ast.Name) else set())
