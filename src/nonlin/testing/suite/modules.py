"""The module in `nonlin.nn`: the same function, bit for bit, and one that can be saved, copied and converted."""

from __future__ import annotations

import copy
import inspect
import io
import pickle
from typing import Any

import torch

import nonlin.functional
import nonlin.nn
from nonlin.testing.check import OK, Figure, check, unclaimed
from nonlin.testing.subject import Subject

_NO_CLASS = unclaimed("it has no class in nonlin.nn", "它在 nonlin.nn 中没有类")


def _class(subject: Subject) -> Any:
    found = getattr(nonlin.nn, subject.record.class_name, None)
    return found if getattr(found, "spec", None) is subject.record else None


def _made(subject: Subject, params: dict[str, Any], **options: Any) -> torch.nn.Module:
    """The module in evaluation with these parameters; a required one that the class calls `init` is given under that name."""
    cls = _class(subject)
    taken = inspect.signature(cls).parameters
    given = {n if n in taken else "init": v for n, v in params.items() if n != "training"}
    made: torch.nn.Module = cls(**given, **options)
    return made.eval()


@check("module and function agree bit for bit", "模块与函数逐位一致")
def module(subject: Subject) -> Figure:
    if _class(subject) is None:
        return _NO_CLASS
    function = getattr(nonlin.functional, subject.name)
    for params in subject.settings:
        made = _made(subject, params)
        for dtype in (torch.float64, torch.float32, torch.bfloat16, torch.float16):
            x = subject.sample(dtype)
            given = {n: getattr(made.to(dtype), n, v) for n, v in params.items()}
            assert torch.equal(made(x), function(x, **given)), f"{subject.name} with {params} in {dtype}"
            assert torch.equal(function(x, **params), subject.record(x, **params))
    return OK


@check(
    "the module survives pickle, deepcopy and state_dict, learned parameters included",
    "模块可经 pickle、deepcopy、state_dict 往返，可学习参数亦保留",
)
def saved(subject: Subject) -> Figure:
    if _class(subject) is None:
        return _NO_CLASS
    x = subject.sample(torch.float32)
    for options in _options(subject):
        made = _made(subject, subject.plain, **options)
        with torch.no_grad():
            for parameter in made.parameters():
                parameter.mul_(1.125)
        loaded = _made(subject, subject.plain, **options)
        loaded.load_state_dict(made.state_dict())
        buffer = io.BytesIO()
        torch.save(made.state_dict(), buffer)
        for other in (loaded, copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own bytes
            assert repr(other) == repr(made)
            assert torch.equal(other(x), made(x))
    return OK


@check("the module can be made double, half and bfloat16", "模块可转换为 double、half、bfloat16")
def converted(subject: Subject) -> Figure:
    if _class(subject) is None:
        return _NO_CLASS
    for options in _options(subject):
        for dtype in (torch.float64, torch.float16, torch.bfloat16):
            made = _made(subject, subject.plain, **options).to(dtype)
            y = made(subject.sample(dtype))
            y.sum().backward() if options else None
            assert y.dtype == dtype
            assert all(p.dtype == dtype and p.grad is not None for p in made.parameters() if options)
    return OK


def _options(subject: Subject) -> list[dict[str, Any]]:
    return [{}, {"learnable": True}] if "learnable" in inspect.signature(_class(subject)).parameters else [{}]


@check(
    "in place gives the same bits, in the same memory, and its backward runs",
    "原地版本结果逐位相同、占用同一内存，反向可运行",
)
def inplace(subject: Subject) -> Figure:
    if "inplace" not in inspect.signature(subject.record.fn).parameters:
        return unclaimed("it has no in-place form", "它没有原地版本")
    x = subject.sample()
    wanted = subject.record(x, **subject.plain)
    leaf = x.clone().requires_grad_()
    twin = leaf * 1
    y = subject.record(twin, **subject.plain, inplace=True)
    y.sum().backward()
    assert torch.equal(y, wanted)
    assert y.data_ptr() == twin.data_ptr()
    assert leaf.grad is not None
    assert leaf.grad.isfinite().all()
    return OK
