"""Watch every operator call above autograd and autocast: the one module that touches torch's private switches.

Under the pre-dispatch key an operator is still whole (`linear`, `softmax`, `cross_entropy_loss`) and gradients stay
live. torch offers this key to its own tracing modes only, so the slot of its schema-checking mode is used by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import _ops as torch_ops
from torch._dispatch.python import enable_python_dispatcher
from torch.utils._python_dispatch import TorchDispatchMode

Handler = Callable[[Any, tuple[Any, ...], dict[str, Any], Any], None]
_KEY = torch._C.DispatchKey.PreDispatch


class _Watcher(TorchDispatchMode):
    """What torch calls for each operator: run it, then tell the handler."""

    def __init__(self, handler: Handler) -> None:
        super().__init__()
        self.handler = handler
        # Who sets all modes aside for a while, as the printing of a tensor does, puts each back by its key.
        self._dispatch_key = _KEY

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # else the first call imports torch._dynamo, which takes longer than most checks

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        # Below this call nothing is watched, and the Python dispatcher would choose other kernels (for GRU and LSTM).
        with torch._C._DisablePythonDispatcher():
            result = func(*args, **kwargs)
        self.handler(func, args, kwargs, result)
        return result


def _place(mode: _Watcher | None) -> None:
    torch_ops.mode_stack_state_for_pre_dispatch()._schema_check_mode = mode
    torch._C._dispatch_tls_set_dispatch_key_included(_KEY, mode is not None)


@contextmanager
def watching(handler: Handler) -> Iterator[None]:
    """Call `handler(operator, args, kwargs, result)` after each operator that runs in this thread.

    The handler itself runs unwatched. Nested use, as in a checked script that checks a model, sets the outer one aside.

    Raises:
        RuntimeError: a mode of somebody else is active.
    """
    with unwatched():
        if torch_ops.mode_stack_state_for_pre_dispatch().count():
            raise RuntimeError("another pre-dispatch mode is active")
        # A cached choice of kernel would skip the watcher for operators that have run before.
        keys = torch._C._functionality_to_backend_keys(_KEY)
        for operator in torch_ops.get_cached_ops():
            for key in keys:
                operator._uncache_dispatch(key)
        restore = torch_ops._set_mode_pre_dispatch
        torch_ops._set_mode_pre_dispatch = _place
        _place(_Watcher(handler))
        try:
            with enable_python_dispatcher():
                yield
        finally:
            _place(None)
            torch_ops._set_mode_pre_dispatch = restore


def watched() -> bool:
    """Whether operators of this thread are being watched."""
    return isinstance(torch_ops.mode_stack_state_for_pre_dispatch()._schema_check_mode, _Watcher)


@contextmanager
def unwatched() -> Iterator[None]:
    """Stop watching for a while, e.g. during a backward pass; harmless when nothing is watched."""
    state = torch_ops.mode_stack_state_for_pre_dispatch()
    mode = state._schema_check_mode
    if not isinstance(mode, _Watcher):
        yield
        return
    _place(None)
    try:
        with torch._C._DisablePythonDispatcher():
            yield
    finally:
        _place(mode)
