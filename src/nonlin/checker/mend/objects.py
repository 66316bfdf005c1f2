"""Which expressions of a file denote one object: the names of a network, and the calls that run it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nonlin.checker.mend.names import loads
from nonlin.checker.mend.source import Function, Source, Unclear, called

# Methods of a module that return it.
_RETURN_SELF = {
    *("to", "cuda", "cpu", "float", "double", "half", "bfloat16", "train", "eval", "apply", "requires_grad_"),
    *("share_memory", "to_empty", "type"),
}
# Functions that return the module, or one that does the same.
_WRAP = {"compile", "DataParallel", "DistributedDataParallel", "deepcopy", "script", "prepare"}
# Functions that only look at a module.
_LOOK = {"print", "len", "isinstance", "type", "id", "hasattr", "repr", "str", "save", "summary"}


def denoting(source: Source, made: ast.expr) -> list[ast.expr]:
    """The expressions of the file that may denote the object that an expression creates, that one included.

    Raises:
        Unclear: the object goes where its names cannot be told: into a list, say, or to another file.
    """
    found: dict[ast.expr, None] = {}
    ahead = [made]
    while ahead:
        node = ahead.pop()
        if node not in found:
            found[node] = None
            ahead += _onward(source, node)
    return [*found]


def _onward(source: Source, node: ast.expr) -> list[ast.expr]:
    """The expressions that get the object from this one."""
    parent = source.parents[node]
    if isinstance(parent, ast.Attribute):
        call = source.parents[parent]
        moves = parent.attr in _RETURN_SELF and isinstance(call, ast.Call) and call.func is parent
        return [call] if moves and isinstance(call, ast.Call) else []
    if isinstance(parent, (ast.Expr, ast.Compare, ast.BoolOp, ast.Assert, ast.If, ast.While, ast.UnaryOp)):
        return []
    if isinstance(parent, ast.Assign):
        return [n for target in parent.targets for n in _stored(source, target)]
    if isinstance(parent, ast.AnnAssign):
        return _stored(source, parent.target)
    if isinstance(parent, ast.Tuple) and isinstance(outer := source.parents[parent], ast.Assign):
        return _unpacked(source, outer, parent.elts.index(node))
    if isinstance(parent, ast.Return):
        function = source.scope(parent)
        return [*calls_by_name(source, function)] if isinstance(function, Function) else []
    if isinstance(parent, ast.Call) and node is not parent.func:
        return _passed(source, parent, node)
    if isinstance(parent, ast.keyword) and isinstance(call := source.parents[parent], ast.Call):
        return _passed(source, call, node, parent.arg)
    if isinstance(parent, ast.Call):
        return []
    raise Unclear


def _stored(source: Source, target: ast.expr) -> list[ast.expr]:
    """The reads of what an assignment stores in a name or in an attribute of `self`, wherever they stand."""
    if isinstance(target, ast.Name):
        return [*loads(source.scope(target), target.id)]
    home = source.home(target)
    if not isinstance(target, ast.Attribute) or not is_self(target.value) or home is None:
        raise Unclear
    same = [
        n
        for n in source.parents
        if isinstance(n, ast.Attribute) and n.attr == target.attr and n is not target
    ]
    reads = [n for n in same if isinstance(n.ctx, ast.Load)]
    inside = [n for n in reads if source.home(n) is home and is_self(n.value)]
    elsewhere = [n for n in reads if not is_self(n.value)]
    others = [n for n in same if n not in reads and source.home(n) is not home]
    if others and elsewhere:
        raise Unclear  # another class has an attribute of this name: whose is meant elsewhere?
    return [*inside, *elsewhere]


def _unpacked(source: Source, statement: ast.Assign, place: int) -> list[ast.expr]:
    found: list[ast.expr] = []
    for target in statement.targets:
        if not isinstance(target, ast.Tuple) or any(isinstance(e, ast.Starred) for e in target.elts):
            raise Unclear
        found += _stored(source, target.elts[place])
    return found


def _passed(source: Source, call: ast.Call, node: ast.expr, keyword: str | None = None) -> list[ast.expr]:
    name = called(call)
    if name in _LOOK:
        return []
    if name in _WRAP:
        return [call]
    if name == "Sequential" and call.args[-1] is node:
        return [call]
    parameter = parameter_for(callee(source, call), call, node, keyword)
    if parameter is None:
        raise Unclear
    function, argument = parameter
    return [*loads(function, argument)]


def is_self(node: ast.expr) -> bool:
    """Whether an expression is the name `self`."""
    return isinstance(node, ast.Name) and node.id == "self"


def callee(source: Source, call: ast.Call) -> Function | None:
    """The function of the same file that a call runs: by its name, of `self`, or as a module's `forward`."""
    func = call.func
    if isinstance(func, ast.Name):
        for node in source.tree.body:
            if isinstance(node, Function) and node.name == func.id:
                return node
            if isinstance(node, ast.ClassDef) and node.name == func.id:
                return method(node, "__init__")
    home = source.home(call)
    if isinstance(func, ast.Attribute) and is_self(func.value) and home is not None:
        found = method(home, func.attr)
        if found is not None:
            return found
    kind = _class_of(source, func)
    return method(kind, "forward") if kind is not None else None


def _class_of(source: Source, held: ast.expr) -> ast.ClassDef | None:
    """The class of this file whose instance a name or an attribute holds, by the only assignment to it."""
    text = source.segment(held)
    values = [
        n.value
        for n in source.parents
        if isinstance(n, ast.Assign) and any(source.segment(t) == text for t in n.targets)
    ]
    if len(values) != 1 or not isinstance(values[0], ast.Call):
        return None
    name = called(values[0])
    return next((n for n in source.tree.body if isinstance(n, ast.ClassDef) and n.name == name), None)


def method(kind: ast.ClassDef, name: str) -> Function | None:
    """The method of this name that a class itself defines."""
    return next((n for n in kind.body if isinstance(n, Function) and n.name == name), None)


def parameter_for(
    function: Function | None, call: ast.Call, node: ast.expr, keyword: str | None
) -> tuple[Function, str] | None:
    """(function, name of the parameter) that gets an argument of a call."""
    if function is None or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    if keyword is not None:
        known = {*names, *(a.arg for a in function.args.kwonlyargs)}
        return (function, keyword) if keyword in known else None
    place = call.args.index(node) + (names[:1] == ["self"])
    return (function, names[place]) if place < len(names) else None


def calls_by_name(source: Source, function: Function) -> list[ast.Call]:
    """The calls of a function of the file by its bare name.

    Raises:
        Unclear: it is a method, or it is handed on without a call.
    """
    if isinstance(source.parents[function], ast.ClassDef):
        raise Unclear
    found: list[ast.Call] = []
    for load in loads(source.scope(function), function.name):
        call = source.parents[load]
        if not isinstance(call, ast.Call) or call.func is not load:
            raise Unclear
        found.append(call)
    return found


def instances(source: Source, kind: ast.ClassDef) -> Iterator[ast.expr]:
    """The expressions that denote an instance of a class: inside its methods, and wherever one is created.

    Raises:
        Unclear: as for `denoting`.
    """
    for node in source.parents:
        if isinstance(node, ast.Name) and node.id == "self" and source.home(node) is kind:
            yield node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind.name:
            yield from denoting(source, node)


def runs(source: Source, denoted: ast.expr, name: str = "forward") -> ast.Call | None:
    """The call that runs a module through an expression that denotes it: `net(x)`, `net.forward(x)`."""
    parent = source.parents[denoted]
    if name == "forward" and isinstance(parent, ast.Call) and parent.func is denoted:
        return parent
    if isinstance(parent, ast.Attribute) and parent.attr == name:
        call = source.parents[parent]
        return call if isinstance(call, ast.Call) and call.func is parent else None
    return None
