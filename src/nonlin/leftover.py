"""What in a model computes an activation, and is neither a module nor a function that an attribute holds."""

from __future__ import annotations

import ast
import contextlib
import inspect
import linecache
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

import nonlin.nn
from nonlin.base.finding import Site
from nonlin.base.language import Text
from nonlin.catalogue import Record, by_kernel
from nonlin.checker.capture import capture_model
from nonlin.checker.graph import Op, Value
from nonlin.checker.target import examples_of
from nonlin.recognise import recognise, recognise_function, settled

_KERNEL = Text("inside the kernel of {kind}", "在 {kind} 的内核中")
_OWN = Text("{kind} has its own forward", "{kind} 重写了 forward")


@dataclass(frozen=True, slots=True)
class Left:
    """One place that still computes the old activation."""

    site: Site
    why: Text


def leftovers(model: nn.Module, record: Record[Any], inputs: Any = None) -> tuple[Left, ...]:
    """Every such place: in kernels of torch, in subclasses, and in functional calls.

    Without inputs the calls are those that the source of the model's classes shows; with inputs, also those that a
    run of the model meets elsewhere.
    """
    found = [*_kernels(model, record), *_written(model, record)]
    if inputs is not None:
        found += _called(model, record, inputs)
    # A call that the source shows and that ran is one.
    once: dict[Any, Left] = {}
    for one in found:
        once.setdefault((one.site.path, one.site.line) if one.site.path else one.site.module, one)
    return tuple(once.values())


def _kernels(model: nn.Module, record: Record[Any]) -> Iterator[Left]:
    """Modules that compute the activation in a kernel of torch, and subclasses that may compute anything."""
    classes = {getattr(torch.nn, record.class_name, None), getattr(nonlin.nn, record.class_name)}
    for path, module in model.named_modules():
        kind = type(module).__name__
        if isinstance(module, (nn.LSTM, nn.LSTMCell, nn.GRU, nn.GRUCell)):
            inside = record.name in ("tanh", "sigmoid")
        elif isinstance(module, (nn.RNN, nn.RNNCell)):
            inside = record.name == module.nonlinearity
        else:
            inside = isinstance(module, nn.MultiheadAttention) and record.name == "softmax"
        if inside:
            yield Left(Site(module=path or kind), Text(*(t.format(kind=f"nn.{kind}") for t in _KERNEL)))
        elif classes & set(type(module).__mro__) and recognise(module) is None:
            yield Left(Site(module=path or kind), Text(*(t.format(kind=kind) for t in _OWN)))


def _written(model: nn.Module, record: Record[Any]) -> Iterator[Left]:
    """Functional calls in the source of the model's classes."""
    kinds = {
        kind
        for module in model.modules()
        if recognise(module) is None
        for kind in type(module).__mro__
        if not kind.__module__.startswith(("torch.", "nonlin.", "builtins"))
    }
    for kind in sorted(kinds, key=lambda kind: (kind.__module__, kind.__qualname__)):
        try:
            lines, first = inspect.getsourcelines(kind)
            path = inspect.getsourcefile(kind) or ""
            tree = ast.parse(textwrap.dedent("".join(lines)))
        except (OSError, TypeError, SyntaxError):  # made without a file, as in a console
            continue
        functions = [inspect.unwrap(made) for made in vars(kind).values() if inspect.isfunction(made)]
        scope: dict[str, Any] = functions[0].__globals__ if functions else {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _computes(node, scope, record):
                yield _call(path, first + node.lineno - 1)


def _computes(call: ast.Call, scope: Mapping[str, Any], record: Record[Any]) -> bool:
    """Whether a call is of a function of the activation, or of a tensor's method."""
    if not isinstance(call.func, (ast.Name, ast.Attribute)):
        return False
    head, *rest = ast.unparse(call.func).split(".")
    function = scope.get(head)
    for name in rest:
        function = getattr(function, name, None)
    found = recognise_function(function)
    if found is None and isinstance(call.func, ast.Attribute) and head not in scope:
        # `x.relu()`; but `self.relu(x)` is a module or a method of the class.
        of_self = isinstance(call.func.value, ast.Name) and head in ("self", "cls", "super")
        method = getattr(Tensor, call.func.attr, None)
        found = recognise_function(getattr(torch, call.func.attr, None)) if method and not of_self else None
    if found is None:
        return False
    words = {
        k.arg: k.value.value for k in call.keywords if k.arg is not None and isinstance(k.value, ast.Constant)
    }
    return settled(found.record, {**found.params, **words}).record is record


def _called(model: nn.Module, record: Record[Any], inputs: Any) -> Iterator[Left]:
    """Functional calls on the tape of one step, in helpers and libraries too."""
    modules, holders = set(), set()
    for path, module in model.named_modules():
        if recognise(module) is not None:
            modules.add(path or type(module).__name__)
        elif any(callable(v) and recognise_function(v) is not None for v in vars(module).values()):
            holders.add(path or type(module).__name__)
    given, _ = examples_of(model, inputs)
    for op in capture_model(model, given).ops:
        if _record(op) is not record or any(owner.path in modules for owner in op.owners):
            continue
        # A module that holds the function calls it in a line without the function's name.
        if op.owners and op.owners[-1].path in holders and not _names_it(op, record):
            continue
        yield _call(op.site.path, op.site.line, op.module)


def _record(op: Op) -> Record[Any] | None:
    record = by_kernel(op.kind)
    if record is None:
        return None
    given = {name: item for name in record.params if (item := op.get(name)) is not None}
    return settled(record, {n: v for n, v in given.items() if not isinstance(v, Value)}).record


def _names_it(op: Op, record: Record[Any]) -> bool:
    line = linecache.getline(op.site.path, op.site.line)
    return any(name in line for name in (record.name, *record.aliases))


def _call(path: str, line: int, module: str = "") -> Left:
    """A functional call, shown as its line of source, with a path that an editor's terminal makes a link."""
    said = linecache.getline(path, line).strip()
    with contextlib.suppress(ValueError):  # outside the working folder
        path = str(Path(path).resolve().relative_to(Path.cwd()))
    return Left(Site(path, line, module), Text(said, said))
