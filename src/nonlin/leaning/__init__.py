"""Layer 3: the same gradients to the last bit, from fewer bytes kept for the backward pass.

`torch.autograd.graph.saved_tensors_hooks` shows every tensor that autograd saves, with the node that made it. Where a
rule can make the tensor again from others that are kept anyway, the recipe is kept in its place.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from types import TracebackType
from typing import Any, get_args

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks

from nonlin.base.errors import NonlinError
from nonlin.leaning.keeper import Keeper, Verify
from nonlin.leaning.ledger import Ledger

__all__ = ["Lean", "Ledger", "lean"]


class Lean:
    """Autograd keeps fewer bytes for what runs inside; made by `nonlin.lean`.

    Attributes:
        saved: what was done in the passes so far; print it.
    """

    def __init__(self, min_bytes: int, verify: Verify) -> None:
        self.min_bytes, self.verify = min_bytes, verify
        self.saved = Ledger()
        self._open = threading.local()
        self._hooks: list[Any] = []

    def __enter__(self) -> Ledger:
        stack = ExitStack()
        if not torch.compiler.is_compiling():
            keeper = Keeper(self.min_bytes, self.verify, self.saved.note, self.saved.released)
            stack.callback(keeper.close)
            stack.callback(self.saved.finished)
            stack.enter_context(saved_tensors_hooks(keeper.pack, keeper.unpack))
        self._stacks().append(stack)
        return self.saved

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stacks().pop().close()

    def attach(self, model: nn.Module) -> Lean:
        """Be active in every forward pass of a model, until `remove`."""

        def enter(*_: Any) -> None:
            self.__enter__()

        def leave(*_: Any) -> None:
            self.__exit__(None, None, None)

        self._hooks += [
            model.register_forward_pre_hook(enter),
            model.register_forward_hook(leave, always_call=True),
        ]
        return self

    def remove(self) -> None:
        """Leave the models as they were."""
        while self._hooks:
            self._hooks.pop().remove()

    def _stacks(self) -> list[ExitStack]:
        if not hasattr(self._open, "stacks"):
            self._open.stacks = []
        stacks: list[ExitStack] = self._open.stacks
        return stacks


def lean(model: nn.Module | None = None, *, min_bytes: int = 1 << 20, verify: Verify = "first") -> Lean:
    """Keep fewer bytes for the backward pass; the gradients are the same to the last bit.

    As a context around a forward pass (or a whole step), or with a model for loops that one cannot edit:

        with nonlin.lean() as saved:
            loss = criterion(model(x), y)
        loss.backward()
        print(saved)

        handle = nonlin.lean(model)  # until handle.remove()

    A tensor that an activation, norm, product, sum or cast made is not kept where what it was made from is. The first
    time that a call site is met its recipe is compared with the tensor, bit for bit; one that differs is never used.
    Under torch.compile nothing is done, since the compiler decides what is kept.

    Args:
        model: be active in each of its forward passes; without it, use the result in a `with` statement.
        min_bytes: smaller tensors are kept as they are; to treat them would cost more time than it is worth.
        verify: "always" compares each recipe each time, at the cost of time.

    Raises:
        NonlinError: an argument makes no sense.
    """
    if verify not in get_args(Verify):
        raise NonlinError(f"lean: verify={verify!r} is not one of {', '.join(map(repr, get_args(Verify)))}")
    if type(min_bytes) is not int or min_bytes < 0:
        raise NonlinError(f"lean: min_bytes={min_bytes!r} is not a number of bytes, such as {1 << 20}")
    if model is not None and not isinstance(model, nn.Module):
        raise NonlinError(f"lean: the model is a {type(model).__name__}, not a torch.nn.Module")
    made = Lean(min_bytes, verify)
    return made if model is None else made.attach(model)
