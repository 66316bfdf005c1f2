"""Capture one step of a model in hand: forward, and the loss if there is one. The model is left as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from nonlin.checker.graph import Graph
from nonlin.checker.places import ModuleStack
from nonlin.checker.recorder import Recorder


def capture_model(
    model: nn.Module,
    inputs: Any,
    *,
    loss: Callable[..., torch.Tensor] | None = None,
    targets: Any = None,
    observe: bool = False,
    stack: ModuleStack | None = None,
) -> Graph:
    """The tape of `loss(model(*inputs), targets)`, or of `model(*inputs)` alone.

    Args:
        model: any module, on any device, the meta device included.
        inputs: a tensor, a sequence of positional arguments, or a mapping of keyword arguments.
        loss: called with the model's output and, unless None, `targets`.
        targets: passed to the loss.
        observe: whether the numbers are the user's own data, so that they count as evidence.
        stack: knows where the modules were created; a fresh one does not.
    """
    recorder = Recorder(observe=observe)
    if stack is not None:
        recorder.modules = stack
    outputs: Any = None
    value: torch.Tensor | None = None
    with _unchanged(model), torch.enable_grad(), recorder.modules.following(_nothing, _nothing):
        with recorder.recording():
            if isinstance(inputs, Mapping):
                outputs = model(**inputs)
            elif isinstance(inputs, torch.Tensor):
                outputs = model(inputs)
            else:
                outputs = model(*inputs)
            if loss is not None:
                value = loss(outputs) if targets is None else loss(outputs, targets)
        graph = recorder.graph
        with torch.no_grad():
            graph.outputs.extend(recorder.value(tensor) for tensor in tensors_in(outputs))
            own = value if value is not None else getattr(outputs, "loss", None)
            if isinstance(own, torch.Tensor):
                recorder.objective(own)
            else:
                for tensor in tensors_in(outputs):
                    recorder.objective(tensor, is_loss=False)
    graph.idle = recorder.modules.idle()
    return graph


def tensors_in(item: Any) -> Iterator[torch.Tensor]:
    """Every tensor in a nest of mappings and sequences."""
    if isinstance(item, torch.Tensor):
        yield item
    elif isinstance(item, Mapping):
        for part in item.values():
            yield from tensors_in(part)
    elif isinstance(item, Sequence) and not isinstance(item, str):
        for part in item:
            yield from tensors_in(part)


def _nothing(*_: Any) -> None:
    pass


@contextmanager
def _unchanged(model: nn.Module) -> Iterator[None]:
    """Put back buffers (running statistics) and random states afterwards."""
    before = [(b, b.detach().clone()) for b in model.buffers() if not b.is_meta]
    try:
        with torch.random.fork_rng():
            yield
    finally:
        with torch.no_grad():
            for buffer, held in before:
                if buffer.shape == held.shape:
                    buffer.copy_(held)
