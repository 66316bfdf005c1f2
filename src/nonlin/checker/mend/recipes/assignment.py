"""Use the result of an activation that is thrown away, or the module that never runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nonlin.checker.graph import Op, Owner
from nonlin.checker.mend.changes import Change, replaced
from nonlin.checker.mend.objects import is_self
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Unclear
from nonlin.checker.mend.written import result, written


@recipe
def assign(op: Op) -> Iterator[Change]:
    """Store the result of an activation under the name of what it was applied to."""
    found = written(op)
    source, name = found.source, found.argument
    if not isinstance(source.parents[found.node], ast.Expr) or not isinstance(name, ast.Name):
        raise Unclear
    yield replaced(source, found.node, f"{name.id} = {source.segment(found.node)}")


@recipe
def call_idle(idle: Owner, after: Op) -> Iterator[Change]:
    """Call a module that never runs on what an operation of the same class makes."""
    source, node = result(after)
    name, home = idle.path.rpartition(".")[2], source.home(node)
    stored = [
        n
        for n in source.parents
        if isinstance(n, ast.Attribute)
        and isinstance(n.ctx, ast.Store)
        and is_self(n.value)
        and n.attr == name
    ]
    around = [owner.number for owner in after.owners if not owner.library]
    if [source.home(n) for n in stored] != [home] or around[-1:] != [idle.parent]:
        raise Unclear
    yield replaced(source, node, f"self.{name}({source.segment(node)})")
