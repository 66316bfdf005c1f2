"""Which reads of a name may see the value that one statement gives it: a walk forward along the statements."""

from __future__ import annotations

import ast

from nonlin.checker.mend.names import loads, stores
from nonlin.checker.mend.source import Function, Scope, Source, Unclear


def uses(source: Source, statement: ast.stmt, name: str) -> list[ast.Name]:
    """The reads that may see the value that a statement stores under a name.

    Raises:
        Unclear: the name is changed in place (`name += 1`), deleted, or handed to `global`.
    """
    walk = _Walk(name)
    walk.onward(source, statement)
    scope = source.scope(statement)
    if isinstance(scope, ast.Module):
        walk.found += [load for load in loads(scope, name) if source.scope(load) is not scope]
    return list(dict.fromkeys(walk.found))


def uses_of_argument(function: Function, name: str) -> list[ast.Name]:
    """The reads that may see the value with which a function is called.

    Raises:
        Unclear: as for `uses`.
    """
    walk = _Walk(name)
    walk.block(function.body)
    return list(dict.fromkeys(walk.found))


def sees_others(source: Source, read: ast.Name, statement: ast.stmt) -> bool:
    """Whether a read may see the value of another statement, or of an argument, than this one."""
    scope = source.scope(statement)
    for store in stores(scope, read.id):
        if isinstance(store, ast.arg):
            if isinstance(scope, Function) and read in uses_of_argument(scope, read.id):
                return True
        elif source.statement(store) is not statement and read in uses(
            source, source.statement(store), read.id
        ):
            return True
    return False


class _Walk:
    """Follows a value of a name; each method answers whether the value may still be there afterwards."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[ast.Name] = []

    def onward(self, source: Source, statement: ast.stmt) -> None:
        """From the statement after this one to the end of the scope, once round each loop on the way."""
        outer = source.parents[statement]
        block = source.block(statement)
        place = block.index(statement)
        alive = self.block(block[place + 1 :])
        if isinstance(outer, ast.Try):
            alive = self.statement(outer) or alive
        if isinstance(outer, (ast.For, ast.AsyncFor, ast.While)) and (alive or _jumps(block)):
            alive = True
            if self.head(outer):
                self.block(block[: place + 1])
        if isinstance(outer, (ast.excepthandler, ast.match_case)):
            outer = source.parents[outer]
        if alive and isinstance(outer, ast.stmt) and not isinstance(outer, Scope):
            self.onward(source, outer)

    def block(self, statements: list[ast.stmt]) -> bool:
        return all(self.statement(s) for s in statements)

    def statement(self, s: ast.stmt) -> bool:
        if isinstance(s, (Function, ast.ClassDef)):
            if not stores(s, self.name):
                self.found += loads(s, self.name)
            return s.name != self.name
        if isinstance(s, (ast.For, ast.AsyncFor, ast.While)):
            if self.head(s):
                self.block(s.body)
            return self.block(s.orelse)
        if isinstance(s, ast.If):
            self.read(s.test)
            branches = [self.block(s.body), self.block(s.orelse)]
            return any(branches)
        if isinstance(s, (ast.With, ast.AsyncWith)):
            kept = [self.expression(part) for item in s.items for part in ast.iter_child_nodes(item)]
            return all(kept) and self.block(s.body)
        if isinstance(s, (ast.Try, ast.Match)):
            self.read(s.subject if isinstance(s, ast.Match) else None)
            for block in _blocks(s):
                self.block(block)
            return True
        if isinstance(s, (ast.AugAssign, ast.Delete, ast.Global, ast.Nonlocal)) and self._touches(s):
            raise Unclear
        return self.expression(s) and not isinstance(s, ast.Return)

    def head(self, loop: ast.For | ast.AsyncFor | ast.While) -> bool:
        """The part of a loop that runs before each round."""
        if isinstance(loop, ast.While):
            return self.expression(loop.test)
        self.read(loop.iter)
        return self.expression(loop.target)

    def read(self, node: ast.AST | None) -> None:
        if node is not None:
            self.expression(node)

    def expression(self, node: ast.AST) -> bool:
        names = [n for n in ast.walk(node) if isinstance(n, ast.Name) and n.id == self.name]
        self.found += [n for n in names if isinstance(n.ctx, ast.Load)]
        return all(isinstance(n.ctx, ast.Load) for n in names)

    def _touches(self, s: ast.stmt) -> bool:
        if isinstance(s, (ast.Global, ast.Nonlocal)):
            return self.name in s.names
        targets = [s.target] if isinstance(s, ast.AugAssign) else getattr(s, "targets", [])
        return any(isinstance(t, ast.Name) and t.id == self.name for t in targets)


def _blocks(s: ast.Try | ast.Match) -> list[list[ast.stmt]]:
    if isinstance(s, ast.Match):
        return [case.body for case in s.cases]
    return [s.body, *(h.body for h in s.handlers), s.orelse, s.finalbody]


def _jumps(block: list[ast.stmt]) -> bool:
    """Whether `continue` or `break` may leave a block before its end."""
    return any(isinstance(n, (ast.Continue, ast.Break)) for s in block for n in ast.walk(s))
