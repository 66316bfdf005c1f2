"""A function put together from several operators keeps its inputs alone for the backward pass.

Autograd keeps what each operator of a chain needs, often five tensors of the input's size. Here a chain and its
gradient are recorded once, on a few numbers, as a list of calls; the backward pass repeats the calls that the
gradient needs. They are the calls that autograd would make, so the gradients are the same to the last bit.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad

from nonlin.base.program import SIZE, Program, Refused, Tape, program_of

# Below this many elements the bytes do not matter, and autograd's own way is faster.
LEAST = 1 << 18
# Elements of one piece, for each thread: a CPU then finds the chain's intermediate values in its cache.
PIECE = 1 << 16


@dataclass(frozen=True)
class _Chain:
    """A function of tensors of one size, then of single numbers, with its two programs."""

    fn: Callable[..., Tensor]
    needs: tuple[bool, ...]
    """Which inputs need a gradient."""
    forward: Program
    backward: Program

    def wanted(self, inputs: Sequence[Tensor]) -> list[Tensor]:
        return [tensor for tensor, needed in zip(inputs, self.needs, strict=True) if needed]


def _sample(like: Sequence[Tensor], needs: Sequence[bool], size: int) -> list[Tensor]:
    values = [
        torch.linspace(-4.0, 4.0 + i, size) if t.dim() else torch.tensor(1.5) for i, t in enumerate(like)
    ]
    pairs = zip(values, like, needs, strict=True)
    return [v.to(t.device, t.dtype).requires_grad_(needed) for v, t, needed in pairs]


def _recorded(fn: Callable[..., Tensor], like: Sequence[Tensor], needs: tuple[bool, ...]) -> _Chain | None:
    """The chain of a function, or None where it cannot be repeated to the last bit."""
    inputs = _sample(like, needs, SIZE)
    with torch.enable_grad():
        with Tape() as ahead:
            value = fn(*inputs)
        gradient = torch.ones_like(value)
        wanted = [tensor for tensor, needed in zip(inputs, needs, strict=True) if needed]
        with Tape() as back:
            slopes = torch.autograd.grad(value, wanted, gradient)
    back.calls = ahead.calls + back.calls
    try:
        forward, backward = program_of(ahead, inputs, [value]), program_of(back, [*inputs, gradient], slopes)
    except Refused:
        return None
    chain = _Chain(fn, needs, forward, backward)
    return chain if _agrees(chain, like) else None


def _agrees(chain: _Chain, like: Sequence[Tensor]) -> bool:
    """Whether the programs repeat the function on other numbers, and as many others."""
    inputs = _sample(like, chain.needs, 2 * SIZE + 1)
    with torch.enable_grad():
        value = chain.fn(*inputs)
        gradient = torch.linspace(-1, 2, value.numel()).to(value)
        slopes = torch.autograd.grad(value, chain.wanted(inputs), gradient)
    with torch.no_grad():
        again = [*chain.forward(*inputs), *chain.backward(*inputs, gradient)]
    return all(torch.equal(a, b) for a, b in zip((value, *slopes), again, strict=True))


class _Recomputed(torch.autograd.Function):
    """Runs a chain and keeps its inputs."""

    @staticmethod
    def forward(ctx: Any, chain: _Chain, *inputs: Tensor) -> Tensor:
        ctx.chain = chain
        ctx.save_for_backward(*inputs)
        return _in_pieces(chain.forward, inputs)[0]

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:
        chain: _Chain = ctx.chain
        inputs: Sequence[Tensor] = ctx.saved_tensors
        slopes: Sequence[Tensor]
        if torch.is_grad_enabled():  # a second derivative will be asked for
            slopes = torch.autograd.grad(chain.fn(*inputs), chain.wanted(inputs), gradient, create_graph=True)
        else:
            slopes = _in_pieces(chain.backward, (*inputs, gradient))
        found = iter(slopes)
        return None, *(next(found) if needed else None for needed in chain.needs)


def _in_pieces(program: Program, inputs: Sequence[Tensor]) -> Sequence[Tensor]:
    """The results of a program on tensors of one size and single numbers; memory formats stay as they are.

    Results that are single numbers, the gradients of parameters, are summed over the pieces.
    """
    first = inputs[0]
    singles = not all(t.dim() for t in inputs)
    step = PIECE * torch.get_num_threads() if first.device.type == "cpu" else first.numel()
    if first.numel() <= step and not singles:
        return program(*inputs)
    order = list(range(first.dim()))
    if 0 not in first.stride():  # an expanded dimension has no place in memory
        order.sort(key=first.stride().__getitem__, reverse=True)
    moved = [t.permute(order) if t.dim() else t for t in inputs]
    if singles:
        moved = [t.contiguous() for t in moved]  # the gradient of a parameter sums over one dimension
    if all(t.is_contiguous() for t in moved):
        moved = [t.view(-1) if t.dim() else t for t in moved]
    size = moved[0].shape
    rows = max(1, step * size[0] // first.numel())
    pieces = [t.split(rows) if t.dim() else None for t in moved]
    results: list[Tensor] = []
    for at in range(math.ceil(size[0] / rows)):
        found = program(*(t if p is None else p[at] for t, p in zip(moved, pieces, strict=True)))
        if not results:
            results = [first.new_empty(size if r.dim() else (), dtype=r.dtype) for r in found]
        for result, piece in zip(results, found, strict=True):
            if piece.dim():
                result[at * rows : (at + 1) * rows].copy_(piece)
            else:
                result.copy_(result + piece if at else piece)
    shape, back = [first.shape[d] for d in order], [order.index(d) for d in range(first.dim())]
    return [r.view(shape).permute(back) if r.dim() else r for r in results]


_CHAINS: dict[Hashable, _Chain | None] = {}
_WATCHED = (torch._C.DispatchKey.Python, torch._C.DispatchKey.PreDispatch)
"""Keys under which somebody watches each operator."""
_MOST = 1024
"""Chains remembered; a parameter that changes at every step would fill the memory."""


def _plain(x: Any) -> bool:
    """Whether something other than eager autograd is at work, or the tensor is too small to matter."""
    return (
        type(x) not in (Tensor, torch.nn.Parameter)
        or x.numel() < LEAST
        or x.device.type not in ("cpu", "cuda")
        or not torch.is_grad_enabled()
        or torch.compiler.is_compiling()
        or torch.jit.is_tracing()  # type: ignore[attr-defined]  # torch's stub leaves it out
        or any(map(torch._C._dispatch_tls_is_dispatch_key_included, _WATCHED))
        or forward_ad._current_level >= 0
        or torch._C._are_functorch_transforms_active()
    )


def thrifty(fn: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """The function of one tensor, or of several of its size, that keeps these alone for its gradient.

    It is `fn` where a chain cannot be repeated to the last bit, under torch.compile, export and torch.func, and for
    small tensors.
    """

    @functools.wraps(fn)
    def run(*given: Any, **named: Any) -> Tensor:
        if _plain(given[0]):
            return fn(*given, **named)
        values = (*given, *named.values())
        inputs = [value for value in values if isinstance(value, Tensor)]
        needs = tuple(value.requires_grad for value in inputs)
        if not any(needs) or any(value.dim() and value.shape != given[0].shape for value in inputs):
            return fn(*given, **named)
        pattern = tuple(_TENSOR if isinstance(value, Tensor) else value for value in values)
        kinds = tuple((value.dtype, value.dim() > 0) for value in inputs)
        device = given[0].device
        autocast = torch.is_autocast_enabled(device.type) and torch.get_autocast_dtype(device.type)
        key = (fn, pattern, tuple(named), kinds, needs, device, autocast)
        if key not in _CHAINS:
            if len(_CHAINS) >= _MOST:
                _CHAINS.clear()
            _CHAINS[key] = _recorded(_of_tensors(fn, pattern, tuple(named)), inputs, needs)
        chain = _CHAINS[key]
        if chain is None:
            return fn(*given, **named)
        value: Tensor = _Recomputed.apply(chain, *inputs)
        return value

    return run


_TENSOR = object()


def _of_tensors(
    fn: Callable[..., Tensor], pattern: Sequence[Any], names: Sequence[str]
) -> Callable[..., Tensor]:
    """The function of its tensors alone; the other arguments are fixed."""

    def call(*tensors: Tensor) -> Tensor:
        left = iter(tensors)
        values = [next(left) if value is _TENSOR else value for value in pattern]
        split = len(values) - len(names)
        return fn(*values[:split], **dict(zip(names, values[split:], strict=True)))

    return call
