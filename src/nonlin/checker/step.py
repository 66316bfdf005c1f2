"""Record a training step that somebody else runs: a script's loop, or a trainer's."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

from nonlin.checker.devices import eager
from nonlin.checker.graph import Frame, Graph
from nonlin.checker.places import user_frames
from nonlin.checker.predispatch import unwatched, watched
from nonlin.checker.recorder import Recorder


def _nothing() -> None:
    pass


class StepRecorder:
    """Records from the first module call with gradients to the last place at which a backward pass started.

    Each place from which a backward pass starts is one objective.

    Args:
        before: called ahead of each outermost module call; may raise, to end the run.
        again: called where a backward pass starts at a place that is on the tape already; may raise too.
    """

    def __init__(
        self, *, before: Callable[[], None] = _nothing, again: Callable[[], None] = _nothing
    ) -> None:
        self.recorder = Recorder()
        self.sites: set[tuple[Frame, ...]] = set()
        self.length = 0
        """The number of operations up to the last objective."""
        self._before = before
        self._again = again
        self._active = contextlib.ExitStack()
        self._on = False
        self._late = False
        self._backward = False

    @property
    def graph(self) -> Graph:
        """The tape."""
        return self.recorder.graph

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Patch the entry points of modules, of the backward pass and of optimisers; at the end, close the tape."""
        backward, grad = torch.autograd.backward, torch.autograd.grad

        def on_backward(tensors: Any, *args: Any, **kwargs: Any) -> Any:
            if self._backward:  # a reentrant checkpoint sends its own part back
                backward(tensors, *args, **kwargs)
                return
            self._reached(tensors)
            self._backward = True
            try:
                with unwatched():
                    backward(tensors, *args, **kwargs)
            finally:
                self._backward = False
            if self._late:
                self._begin()

        def on_grad(outputs: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            if _trains(inputs):
                self._reached(outputs)
            with unwatched():
                return grad(outputs, inputs, *args, **kwargs)

        # An optimiser's arithmetic is no part of the network: do not record it.
        # With a closure the step itself runs the network, so then it is recorded.
        def steps(_: Optimizer, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            self.recorder.muted = not any(callable(given) for given in (*args, *kwargs.values()))

        def stepped(optimizer: Optimizer, *_: Any) -> None:
            self.recorder.muted = False
            if self._on:
                self.trains(optimizer)

        hooks = register_optimizer_step_pre_hook(steps), register_optimizer_step_post_hook(stepped)
        modules = self.recorder.modules
        with eager(), modules.noting_creation(), modules.following(self._begin, self._returned):
            torch.autograd.backward, torch.autograd.grad = on_backward, on_grad
            try:
                yield
            finally:
                torch.autograd.backward, torch.autograd.grad = backward, grad
                for hook in hooks:
                    hook.remove()
                self._end()

    def trains(self, optimizer: Optimizer) -> None:
        """Note the parameters that an optimiser steps."""
        weights = [weight for group in optimizer.param_groups for weight in group["params"]]
        for weight in weights:
            self.graph.stepped.setdefault(self.recorder.value(weight), len(self.graph.objectives))

    def _begin(self, _: nn.Module | None = None) -> None:
        """Start the tape, unless it or that of an inner check runs already, or no gradient is wanted."""
        self._before()
        if not self._on and torch.is_grad_enabled() and not watched():
            self._on = True
            self._active.enter_context(self.recorder.recording())

    def _reached(self, roots: Any) -> None:
        """A backward pass begins here: note an objective, unless this place has been here before."""
        place = user_frames(sys._getframe(2))
        if place in self.sites:
            self._again()
            return
        if not self._on:
            # A model without modules: its first step went by unseen, the next one will be recorded.
            self._late = True
            return
        self.sites.add(place)
        for root in roots if isinstance(roots, (list, tuple)) else (roots,):
            if isinstance(root, torch.Tensor):
                self.recorder.objective(root)
        self.length = len(self.graph.ops)

    def _returned(self, _: nn.Module, result: Any) -> None:
        if self._on and isinstance(result, torch.Tensor):
            with torch.no_grad():
                self.graph.outputs.append(self.recorder.value(result))

    def _end(self) -> None:
        """Stop the tape and cut off what came after the last objective."""
        self._active.close()
        del self.graph.ops[self.length :]
        kept = {op.index for op in self.graph.ops}
        for op in self.graph.ops:
            for value in (*op.inputs, *op.outputs):
                value.users = [user for user in value.users if user.index in kept]
        self.graph.idle = self.recorder.modules.idle()


def _trains(inputs: Any) -> bool:
    """Whether gradients are asked for weights: `autograd.grad` in the place of a backward pass."""
    tensors = inputs if isinstance(inputs, (list, tuple)) else (inputs,)
    return bool(tensors) and all(isinstance(t, nn.Parameter) and t.is_leaf for t in tensors)
