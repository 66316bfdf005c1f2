"""Let a script run here, eagerly: without an accelerator that is missing, and without the compiler."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from nonlin.base.language import Text

_NOTE = Text(
    "the script asks for CUDA, which is not here: it was run on the CPU instead",
    "脚本要求使用 CUDA，但本机没有：已改在 CPU 上运行",
)


def _is_cuda(item: Any) -> bool:
    if isinstance(item, torch.device):
        return item.type == "cuda"
    return isinstance(item, str) and (item == "cuda" or item.startswith("cuda:"))


class _OnCpu(TorchFunctionMode):
    """Rewrites a CUDA device among the arguments of any torch function."""

    def __init__(self, note: Callable[[], None]) -> None:
        super().__init__()
        self.note = note

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        if _is_cuda(kwargs.get("device")):
            self.note()
            kwargs["device"] = "cpu"
        if func is torch.Tensor.cuda:
            self.note()
            return args[0]
        if func is torch.Tensor.to and any(map(_is_cuda, args[1:])):
            self.note()
            args = tuple("cpu" if _is_cuda(a) else a for a in args)
        return func(*args, **kwargs)


@contextmanager
def without_accelerator(*, wanted: bool = True) -> Iterator[list[Text]]:
    """Where CUDA is missing, turn requests for it into requests for the CPU; yields the notes to report."""
    notes: list[Text] = []
    if not wanted or torch.cuda.is_available():
        yield notes
        return

    def note() -> None:
        if _NOTE not in notes:
            notes.append(_NOTE)

    def to(module: nn.Module, *args: Any, **kwargs: Any) -> nn.Module:
        if any(map(_is_cuda, (*args, kwargs.get("device")))):
            note()
            args = tuple("cpu" if _is_cuda(a) else a for a in args)
            kwargs = {name: "cpu" if _is_cuda(a) else a for name, a in kwargs.items()}
        return original_to(module, *args, **kwargs)

    def cuda(module: nn.Module, *_: Any, **__: Any) -> nn.Module:
        note()
        return module

    original_to, original_cuda = nn.Module.to, nn.Module.cuda
    nn.Module.to, nn.Module.cuda = to, cuda  # type: ignore[method-assign, assignment]
    try:
        with _OnCpu(note):
            yield notes
    finally:
        nn.Module.to, nn.Module.cuda = original_to, original_cuda  # type: ignore[method-assign]


@contextmanager
def uncompiled() -> Iterator[None]:
    """Make `torch.compile` hand back what it is given: a compiled network shows no operations."""

    def compile_nothing(model: Any = None, **_: Any) -> Any:
        return model if model is not None else lambda function: function

    def compile_in_place(module: nn.Module, *_: Any, **__: Any) -> None:
        del module

    held, held_method = torch.compile, nn.Module.compile
    torch.compile, nn.Module.compile = compile_nothing, compile_in_place  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        torch.compile, nn.Module.compile = held, held_method  # type: ignore[method-assign]


@contextmanager
def eager() -> Iterator[None]:
    """Run as it was written what has been compiled already."""
    if "torch._dynamo" not in sys.modules:  # nothing has been, and to import it takes seconds
        yield
        return
    with torch.compiler.set_stance("force_eager"):
        yield
