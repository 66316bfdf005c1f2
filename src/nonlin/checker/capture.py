"""Capture one step of a model in hand: forward, and the loss and its gradients if there is one.

The model is left as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import torch
from torch import nn
from torch.autograd import (
    grad,
)  # the function itself: while a script is checked, another has its place in torch

from nonlin.checker.devices import eager
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
        observe: whether the numbers are the user's own data, so that they count as evidence; then a loss that is one
            number is sent back too, for the sizes of its gradients.
        stack: knows where the modules were created; a fresh one does not.
    """
    recorder = Recorder(observe=observe)
    if stack is not None:
        recorder.modules = stack
    outputs: Any = None
    value: torch.Tensor | None = None
    with _unchanged(model), eager(), torch.enable_grad(), recorder.modules.following(_nothing, _nothing):
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
        if observe and isinstance(own, torch.Tensor):
            _send_back(own, model)
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


def _send_back(loss: torch.Tensor, model: nn.Module) -> None:
    """Run the backward pass of a loss, on whose way the operations note their gradients; `.grad` stays as it is."""
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    if weights and loss.requires_grad and loss.numel() == 1 and not loss.is_meta:
        # Some steps have a forward only (a cuDNN LSTM in eval mode, reentrant checkpoints): then nothing is noted.
        with suppress(RuntimeError):
            grad(loss, weights, allow_unused=True)


@contextmanager
def _unchanged(model: nn.Module) -> Iterator[None]:
    """Put back buffers (running statistics) and random states afterwards."""
    before = [
        (module, name, buffer, buffer.detach().clone())
        for module in model.modules()
        for name, buffer in module.named_buffers(recurse=False)
        if not buffer.is_meta
    ]
    places = {tensor.device for tensor in (*model.parameters(), *model.buffers())}
    cuda = [place for place in places if place.type == "cuda"]
    others = any(place.type not in ("cpu", "meta", "cuda") for place in places)
    try:
        # Where there are several CUDA devices and none is named, torch takes all, and warns.
        with torch.random.fork_rng(None if others else cuda):
            yield
    finally:
        with torch.no_grad():
            for module, name, buffer, held in before:
                setattr(module, name, buffer)  # the forward may have put another in its place
                if buffer.shape == held.shape:
                    buffer.copy_(held)
