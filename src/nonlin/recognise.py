"""Which activation a module or a function is, where that is certain."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

import nonlin.functional
import nonlin.nn
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Record, by_kernel, get, records

# Their classes are named for what they compute, some loosely: those count only if their values agree.
_LIBRARIES = ("transformers.activations", "timm.layers.activations", "timm.models.layers.activations")
_ENDINGS = ("Activation", "Me")
_NAMES = {"NewGELU": "gelu_tanh", "FastGELU": "gelu_tanh", "AccurateGELU": "gelu_tanh"}
_PROBE = (-12.0, 12.0, 97)
# Single precision strays by 1e-6; tanh GELU differs from the exact one by 5e-4.
_AGREES = 1e-5


@dataclass(frozen=True, slots=True)
class Recognised:
    """An activation with those of its parameters that differ from module to module."""

    record: Record[Any]
    params: Mapping[str, Any]


def recognise(module: torch.nn.Module) -> Recognised | None:
    """The activation that a module of torch, nonlin, timm or transformers is; None for any other.

    A subclass counts while it leaves `forward` alone.
    """
    if "forward" in vars(module):
        return None
    for kind in type(module).__mro__:
        record = _classes().get(kind)
        if record is not None:
            params = {p: getattr(module, p) for p in record.params if hasattr(module, p)}
            return settled(record, params)
        if kind.__module__.startswith(_LIBRARIES):
            return _of_library(module, kind)
        if "forward" in vars(kind):
            return None
    return None


def recognise_function(function: Any) -> Recognised | None:
    """The activation that a function of torch or nonlin is, `functools.partial` of it with keywords included."""
    if isinstance(function, Record):
        return Recognised(function, {})
    if isinstance(function, functools.partial):
        inner = recognise_function(function.func)
        unknown = (
            inner is None or function.args or not set(function.keywords) <= {*inner.record.params, "inplace"}
        )
        return (
            None if unknown or inner is None else settled(inner.record, {**inner.params, **function.keywords})
        )
    try:
        record = _functions().get(function)
    except TypeError:  # not hashable, so not a function
        return None
    return Recognised(record, {}) if record is not None else None


def settled(record: Record[Any], params: Mapping[str, Any]) -> Recognised:
    """The record that these parameters choose: GELU with `approximate="tanh"` is the record gelu_tanh."""
    held = {name: value for name, value in params.items() if name in record.params}
    if isinstance(record, Activation):
        for (name, value), other in record.variants.items():
            if held.get(name) == value:
                return Recognised(get(other), {n: v for n, v in held.items() if n != name})
    return Recognised(record, held)


@lru_cache(maxsize=1)
def _classes() -> dict[type, Record[Any]]:
    found: dict[type, Record[Any]] = {}
    for record in records():
        for home in (torch.nn, nonlin.nn):
            kind = getattr(home, record.class_name, None)
            if isinstance(kind, type):
                found[kind] = record
    return found


@lru_cache(maxsize=1)
def _functions() -> dict[Callable[..., Any], Record[Any]]:
    found: dict[Callable[..., Any], Record[Any]] = {}
    for record in records():
        found[getattr(nonlin.functional, record.name)] = record
        for name in {record.name, record.kernel or record.name}:
            # A name alone proves nothing: torch's sinc is that of signal processing, sin(pi x) / (pi x).
            known = by_kernel(name) is record or (
                name == record.name and hasattr(torch.nn, record.class_name)
            )
            for home in (torch, torch.nn.functional):
                for function in (getattr(home, name, None), getattr(home, f"{name}_", None)):
                    if callable(function) and (known or _agree(function, record, {})):
                        found[function] = record
    return found


def _of_library(module: torch.nn.Module, kind: type[torch.nn.Module]) -> Recognised | None:
    name = kind.__name__
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    try:
        record = get(_NAMES.get(name, name))
    except NonlinError:
        return None
    params = {p: getattr(module, p) for p in record.params if hasattr(module, p)}
    return Recognised(record, params) if _agree(lambda x: kind.forward(module, x), record, params) else None


def _agree(function: Callable[[Tensor], Any], record: Record[Any], params: Mapping[str, Any]) -> bool:
    """Whether a function gives the record's values; not if it takes other arguments."""
    x = torch.linspace(*_PROBE)
    try:
        with torch.no_grad(), torch.random.fork_rng([]):
            torch.default_generator.manual_seed(0)  # what draws has to draw alike
            theirs = function(x.clone())
            torch.default_generator.manual_seed(0)
            return torch.allclose(theirs, record.fn(x, **params), _AGREES, _AGREES)
    except Exception:  # noqa: BLE001 - it may be any function, or class, of that name
        return False
