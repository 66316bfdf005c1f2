"""What names mean in a file: what they were imported as, and where a scope stores and reads them."""

from __future__ import annotations

import ast

import torch
import torch.nn.functional

from nonlin.checker.mend.source import Function, Scope, Source, Unclear

_HOMES = {"torch.nn.functional": torch.nn.functional, "torch": torch}
# What people write as torch.tanh even where torch.nn.functional is at hand, which only forwards to it.
_OF_TORCH = {"sigmoid", "tanh", "exp", "log", "sqrt"}


def imports(source: Source) -> dict[str, str]:
    """The full name of everything that a file imports, by the name that it has there."""
    found: dict[str, str] = {}
    for node in source.parents:
        if isinstance(node, ast.Import):
            found |= {a.asname: a.name for a in node.names if a.asname}
            found |= {a.name.partition(".")[0]: a.name.partition(".")[0] for a in node.names if not a.asname}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return found


def full_name(source: Source, node: ast.expr) -> str:
    """What an expression names in full: "torch.nn.functional.relu" for `F.relu`; "" for what was not imported."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    root = imports(source).get(node.id) if isinstance(node, ast.Name) else None
    return ".".join([root, *reversed(parts)]) if root else ""


def function(source: Source, name: str) -> str:
    """How a file can call a function of torch.nn.functional or of torch, by what it imports.

    Raises:
        Unclear: it imports nothing that leads there.
    """
    known = {full: alias for alias, full in imports(source).items()}
    homes = [home for home, module in _HOMES.items() if hasattr(module, name)]
    direct = [known[f"{home}.{name}"] for home in homes if f"{home}.{name}" in known]
    if direct:
        return direct[0]
    if name in _OF_TORCH and "torch" in known:
        return f"{known['torch']}.{name}"
    ways = [(start, home) for start in ("torch.nn.functional", "torch", "torch.nn") for home in homes]
    for start, home in sorted(ways, key=lambda way: way[0] != way[1]):
        if start in known and home.startswith(start):
            return f"{known[start]}{home[len(start) :]}.{name}"
    raise Unclear


def module(source: Source, name: str) -> str:
    """How a file can name a class of torch.nn, by what it imports.

    Raises:
        Unclear: it imports nothing that leads there.
    """
    known = {full: alias for alias, full in imports(source).items()}
    if f"torch.nn.{name}" in known:
        return known[f"torch.nn.{name}"]
    for start in ("torch.nn", "torch"):
        if start in known:
            return f"{known[start]}{'torch.nn'[len(start) :]}.{name}"
    raise Unclear


def stores(scope: Scope, name: str) -> list[ast.AST]:
    """Where a scope gives a name a value: assignments, loops, arguments."""
    return [
        node
        for node in inside(scope)
        if (isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.arg) and node.arg == name)
    ]


def loads(scope: Scope, name: str) -> list[ast.Name]:
    """Where a name of a scope is read, also by the functions inside that do not have it for themselves."""
    found: list[ast.Name] = []
    for node in inside(scope):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            found.append(node)
        elif isinstance(node, (Function, ast.Lambda, ast.ClassDef)) and not stores(node, name):
            found += loads(node, name)
    return found


def inside(scope: Scope) -> list[ast.AST]:
    """The nodes of a scope, without those of the scopes inside it."""
    found: list[ast.AST] = []
    todo: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while todo:
        node = todo.pop()
        found.append(node)
        if not isinstance(node, (Function, ast.Lambda, ast.ClassDef)):
            todo += ast.iter_child_nodes(node)
    return found
