"""Replace one activation by another in any model, and say what was replaced and what could not be."""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from torch import Tensor, nn

import nonlin.functional
import nonlin.nn
from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text, default_language
from nonlin.catalogue import Gated, Record, Simplex, get
from nonlin.leftover import Left, leftovers
from nonlin.recognise import recognise, recognise_function

_HEAD = Text("{model}: {old} -> {new}, {n} replaced", "{model}：{old} -> {new}，替换了 {n} 处")
_LEFT = Text("not reached, edit by hand:", "无法替换，请手工修改：")
_NONE = Text("no {old} among its modules", "模块中没有 {old}")


@dataclass(frozen=True, slots=True)
class Replaced:
    """One place: the path of the module, or of the attribute that held a function; and both as they print."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Swapped:
    """What `swap` replaced in a model, and what it could not reach; prints as a list."""

    model: str
    old: str
    new: str
    replaced: tuple[Replaced, ...]
    left: tuple[Left, ...]

    def render(self, language: Language | None = None) -> str:
        """One block for each pair of modules that print alike, then the places that are left."""
        language = language or default_language()
        names = {"model": self.model, "old": self.old, "new": self.new, "n": len(self.replaced)}
        lines = [_HEAD.to(language).format(**names)]
        if not self.replaced:
            lines.append("  " + _NONE.to(language).format(**names))
        kinds = sorted(self.replaced, key=lambda one: (one.before, one.after))
        for (before, after), members in groupby(kinds, key=lambda one: (one.before, one.after)):
            lines.append(f"  {before} -> {after}")
            lines += [f"    {one.path}" for one in members]
        if self.left:
            lines.append("  " + _LEFT.to(language))
        for one in self.left:
            place = f"{one.site.path}:{one.site.line}" if one.site.path else one.site.module
            lines.append(f"    {place}  {one.why.to(language)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.render()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.render())}</pre>"


def swap(
    model: nn.Module,
    old: str | Record[Any],
    new: str | Record[Any],
    *,
    inputs: Any = None,
    report: Callable[[Swapped], Any] | None = None,
    **params: Any,
) -> nn.Module:
    """Replace one activation by another, in place, and return the model.

    Replaced are modules of torch, nonlin, timm and transformers, and attributes that hold a function, such as
    `self.act = F.relu`. A new module keeps the training mode, the hooks and `inplace` of the old one, and the values
    of parameters that both have; a module that stands in several places stays one. What the new one learns lies on
    the device and in the dtype of the weights around it.

    Calls inside a `forward` cannot be replaced. Those that the source of the model's classes shows are named, and
    with `inputs` also those that the model reaches elsewhere. They go to `report`; without it, a warning names them.

    Args:
        model: any module that holds activations.
        old: the name or the record of what to replace. "gelu" is the exact one, "gelu_tanh" its approximation.
        new: the name or the record of what to put there.
        inputs: as for `nonlin.check`; the model runs once on them, before anything is replaced.
        report: called with what was done; `print` prints it.
        params: parameters of the new activation, `learnable=True` included.

    Raises:
        NonlinError: a name or parameter is not known, the two take inputs of different shapes, or the model is itself
            the activation.

    >>> model = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.ReLU())
    >>> swap(model, "relu", "leaky_relu", negative_slope=0.2)[1]
    LeakyReLU(negative_slope=0.2)
    """
    was, becomes = get(old), get(new)
    _agree(was, becomes)
    _know(becomes, params)
    if (found := recognise(model)) is not None and found.record is was:
        raise NonlinError(
            f"the model is itself a {type(model).__name__}, so nothing holds it to put another in its place; "
            f"use nonlin.nn.{becomes.class_name}"
        )
    # All are made before the first is put in place: wrong parameters leave the model as it was.
    plan = list(_plan(model, was, becomes, params))
    left = leftovers(model, was, inputs)
    for path, _, made, _ in plan:
        _put(model, path, made)
    replaced = tuple(Replaced(path, before, after) for path, before, _, after in plan)
    done = Swapped(type(model).__name__, was.name, becomes.name, replaced, left)
    if report is not None:
        report(done)
    elif done.left or not done.replaced:
        warnings.warn(str(done), stacklevel=2)
    return model


def _agree(was: Record[Any], becomes: Record[Any]) -> None:
    if isinstance(was, Gated) != isinstance(becomes, Gated):
        gated, plain = (was, becomes) if isinstance(was, Gated) else (becomes, was)
        raise NonlinError(
            f"{gated.name} halves its input and {plain.name} does not, so the layers around would no longer fit; "
            f"swap gated units for each other"
        )
    before, after = (r.resized(2) if isinstance(r, Simplex) and r.resized else 2 for r in (was, becomes))
    if before != after:
        raise NonlinError(
            f"{was.name} makes {before} entries of 2 and {becomes.name} makes {after}, so the layers around would no "
            f"longer fit; swap for one that makes as many"
        )


def _plan(
    model: nn.Module, was: Record[Any], becomes: Record[Any], params: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any, str]]:
    """(path, how the old prints, the new, how it prints) for each module and each attribute that holds a function."""
    made: dict[int, nn.Module] = {}
    inner: set[int] = set()
    for path, module in model.named_modules(remove_duplicate=False):
        if id(module) in inner:
            continue
        found = recognise(module)
        if found is None:
            yield from _plan_functions(path, module, was, becomes, params)
            continue
        inner.update(id(part) for part in module.modules() if part is not module)
        if found.record is was:
            if id(module) not in made:
                made[id(module)] = _like(module, found.params, becomes, params, _weights_near(model, path))
            yield path, repr(module), made[id(module)], repr(made[id(module)])


def _plan_functions(
    path: str, module: nn.Module, was: Record[Any], becomes: Record[Any], params: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any, str]]:
    for name, value in vars(module).items():
        found = recognise_function(value) if callable(value) else None
        if found is None or found.record is not was:
            continue
        given = {**_shared(found.params, becomes), **params}
        given.pop("learnable", None)  # a function keeps nothing that could learn
        function = getattr(nonlin.functional, becomes.name)
        new = functools.partial(function, **given) if given else function
        said = ", ".join(f"{key}={item!r}" for key, item in given.items())
        yield f"{path}.{name}".removeprefix("."), f"{was.name}()", new, f"{becomes.name}({said})"


def _like(
    module: nn.Module,
    held: Mapping[str, Any],
    becomes: Record[Any],
    params: Mapping[str, Any],
    near: Tensor | None,
) -> nn.Module:
    """The new module in the old one's state."""
    given = {**_shared(held, becomes), **params}
    accepted = _accepted(becomes)
    if getattr(module, "inplace", False) and "inplace" in accepted:
        given.setdefault("inplace", True)
    new = _make(becomes, given)
    if near is not None:
        new.to(near.device, near.dtype)
    new.train(module.training)
    # The dictionaries themselves, so that a handle still removes its hook.
    vars(new).update({name: value for name, value in vars(module).items() if "hook" in name})
    return new


def _accepted(record: Record[Any]) -> dict[str, inspect.Parameter]:
    """What the class takes; those without parameters inherit torch's (*args, **kwargs)."""
    found = inspect.signature(getattr(nonlin.nn, record.class_name)).parameters
    return {name: p for name, p in found.items() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)}


def _know(record: Record[Any], params: Mapping[str, Any]) -> None:
    accepted = _accepted(record)
    for name in params:
        if name not in accepted:
            raise NonlinError(
                f"{record.class_name} has no parameter {name!r}; it has {', '.join(accepted) or 'none'}"
            )


def _make(record: Record[Any], params: Mapping[str, Any]) -> nn.Module:
    needed = [name for name, p in _accepted(record).items() if p.default is p.empty and name not in params]
    if needed:
        raise NonlinError(f"{record.class_name} needs {', '.join(needed)}: pass it to swap")
    made: nn.Module = getattr(nonlin.nn, record.class_name)(**params)
    return made


def _shared(held: Mapping[str, Any], becomes: Record[Any]) -> dict[str, Any]:
    """The values of parameters that the new activation has too, learned ones as numbers."""
    accepted = _accepted(becomes)
    found = {}
    for name, value in held.items():
        if name not in accepted or name not in becomes.params:
            continue
        if not isinstance(value, Tensor):
            found[name] = value
        elif value.numel() == 1 and not value.is_meta:
            found[name] = value.item()
    return found


def _weights_near(model: nn.Module, path: str) -> Tensor | None:
    """A floating-point parameter of the module itself, else of the closest module around it."""
    while True:
        near = next((p for p in model.get_submodule(path).parameters() if p.is_floating_point()), None)
        if near is not None or not path:
            return near
        path = path.rpartition(".")[0]


def _put(model: nn.Module, path: str, new: Any) -> None:
    above, _, name = path.rpartition(".")
    parent = model.get_submodule(above)
    setattr(parent, name, new)
    if isinstance(parent, nn.TransformerEncoderLayer) and name == "activation":
        # A number says which activation torch's fused inference kernel applies; 0 turns that kernel off.
        found = recognise(new) if isinstance(new, nn.Module) else recognise_function(new)
        kind = found.record.name if found is not None else ""
        parent.activation_relu_or_gelu = {"relu": 1, "gelu": 2}.get(kind, 0)
        for around in model.modules():
            if isinstance(around, nn.TransformerEncoder) and parent in set(around.layers):
                # Nested tensors are for the fused kernel alone.
                around.use_nested_tensor &= bool(parent.activation_relu_or_gelu)
