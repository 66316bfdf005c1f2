"""A function put together from several operators keeps its inputs alone for the backward pass.

Autograd keeps what each operator of a chain needs, often five tensors of the input's size. Here a chain and its
gradient are recorded once, on a few numbers, as a list of calls; the backward pass repeats the calls that the
gradient needs. They are the calls that autograd would make, so the gradients are the same to the last bit.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Mapping, Sequence
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
class Chain:
    """A function of tensors of one size, then of single numbers, with its two programs."""

    fn: Callable[..., Tensor]
    needs: tuple[bool, ...]
    """Which inputs need a gradient."""
    dtype: torch.dtype
    forward: Program
    backward: Program

    def wanted(self, inputs: Sequence[Tensor]) -> list[Tensor]:
        """Those inputs that need a gradient."""
        return [tensor for tensor, needed in zip(inputs, self.needs, strict=True) if needed]

    def value(self, *inputs: Tensor) -> Tensor:
        """The function itself, without autograd."""
        value = torch.empty_like(inputs[0], dtype=self.dtype)
        _in_pieces(self.forward, inputs, [value])
        return value


def sample(like: Sequence[Tensor], needs: Sequence[bool], size: int) -> list[Tensor]:
    """Inputs to record with, of the dtypes and devices of others: single numbers, or vectors of this size."""
    values = [
        torch.linspace(-4.0, 4.0 + i, size) if t.dim() else torch.tensor(1.5) for i, t in enumerate(like)
    ]
    pairs = zip(values, like, needs, strict=True)
    return [v.to(t.device, t.dtype).requires_grad_(needed) for v, t, needed in pairs]


def _recorded(fn: Callable[..., Tensor], like: Sequence[Tensor], needs: tuple[bool, ...]) -> Chain | None:
    """The chain of a function, or None where autograd keeps no more or it cannot be repeated to the last bit."""
    inputs = sample(like, needs, SIZE)
    with torch.enable_grad():
        with Tape() as ahead:
            kept, value = kept_by(lambda: fn(*inputs))
        own = {t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in inputs if t.dim()}
        if kept.keys() & own.keys():
            kept |= own  # halves of one tensor: to keep one is to keep both
        if sum(kept.values()) <= sum(own.values()):
            return None
        gradient = torch.ones_like(value)
        wanted = [tensor for tensor, needed in zip(inputs, needs, strict=True) if needed]
        with Tape() as back:
            slopes = torch.autograd.grad(value, wanted, gradient)
    back.calls = ahead.calls + back.calls
    try:
        forward, backward = program_of(ahead, inputs, [value]), program_of(back, [*inputs, gradient], slopes)
    except Refused:
        return None
    chain = Chain(fn, needs, value.dtype, forward, backward)
    return chain if _agrees(chain, like) else None


def _agrees(chain: Chain, like: Sequence[Tensor]) -> bool:
    """Whether the programs repeat the function on other numbers, and as many others."""
    inputs = sample(like, chain.needs, 2 * SIZE + 1)
    with torch.enable_grad():
        value = chain.fn(*inputs)
        gradient = torch.linspace(-1, 2, value.numel()).to(value)
        slopes = torch.autograd.grad(value, chain.wanted(inputs), gradient)
    with torch.no_grad():
        outs = [torch.empty_like(t) for t in chain.wanted(inputs) if t.dim()]
        again = chain.forward(*inputs, torch.empty_like(value)) + chain.backward(*inputs, gradient, *outs)
    return all(torch.equal(a, b) for a, b in zip((value, *slopes), again, strict=True))


class _Recomputed(torch.autograd.Function):
    """Runs a chain and keeps its inputs."""

    @staticmethod
    def forward(ctx: Any, chain: Chain, *inputs: Tensor) -> Tensor:
        ctx.chain = chain
        ctx.save_for_backward(*inputs)
        return chain.value(*inputs)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:
        chain: Chain = ctx.chain
        inputs: Sequence[Tensor] = ctx.saved_tensors
        slopes: Sequence[Tensor]
        if torch.is_grad_enabled():  # a second derivative will be asked for
            slopes = torch.autograd.grad(chain.fn(*inputs), chain.wanted(inputs), gradient, create_graph=True)
        else:
            slopes = [torch.empty_like(t) for t in chain.wanted(inputs)]
            sums = _in_pieces(chain.backward, (*inputs, gradient), [s for s in slopes if s.dim()])
            slopes = [s if s.dim() else total for s, total in zip(slopes, sums, strict=True)]
        found = iter(slopes)
        return None, *(next(found) if needed else None for needed in chain.needs)


def recomputed(chain: Chain, *inputs: Tensor) -> Tensor:
    """The chain's value, which keeps its inputs alone for the backward pass."""
    value: Tensor = _Recomputed.apply(chain, *inputs)
    return value


class _RecomputedHalves(torch.autograd.Function):
    """Runs a chain of the two halves of a tensor and keeps the tensor; its gradient is written in one piece."""

    @staticmethod
    def forward(ctx: Any, chain: Chain, x: Tensor, dim: int) -> Tensor:
        ctx.chain, ctx.dim = chain, dim
        ctx.save_for_backward(x)
        return chain.value(*x.chunk(2, dim))

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:
        chain: Chain = ctx.chain
        (x,) = ctx.saved_tensors
        if torch.is_grad_enabled():
            value = chain.fn(*x.chunk(2, ctx.dim))
            return None, *torch.autograd.grad(value, x, gradient, create_graph=True), None
        slope = torch.empty_like(x)
        _in_pieces(chain.backward, (*x.chunk(2, ctx.dim), gradient), slope.chunk(2, ctx.dim))
        return None, slope, None


def _in_pieces(program: Program, inputs: Sequence[Tensor], into: Sequence[Tensor]) -> Sequence[Tensor]:
    """Run a program on tensors of one size and single numbers; the results of that size are written `into` tensors.

    Results that are single numbers, the gradients of parameters, are summed over the pieces.
    """
    first = inputs[0]
    order = list(range(first.dim()))
    if 0 not in first.stride():  # an expanded dimension has no place in memory
        order.sort(key=first.stride().__getitem__, reverse=True)
    moved = [t.permute(order) if t.dim() else t for t in (*inputs, *into)]
    if not all(t.dim() for t in inputs):
        moved = [t.contiguous() for t in moved]  # the gradient of a parameter sums over one dimension
    if all(t.is_contiguous() for t in moved):
        moved = [t.view(-1) if t.dim() else t for t in moved]
    size = moved[0].shape[0]
    step = PIECE * torch.get_num_threads() if first.device.type == "cpu" else first.numel()
    rows = max(1, step * size // first.numel())
    if rows >= size:
        return program(*moved)
    pieces = [t.split(rows) if t.dim() else [t] * math.ceil(size / rows) for t in moved]
    found = [program(*piece) for piece in zip(*pieces, strict=True)]
    return [
        torch.stack(parts).sum(0) if not parts[0].dim() else parts[0] for parts in zip(*found, strict=True)
    ]


_CHAINS: dict[Hashable, Chain | None] = {}
_WATCHED = (torch._C.DispatchKey.Python, torch._C.DispatchKey.PreDispatch)
"""Keys under which somebody watches each operator."""
_MOST = 1024
"""Chains remembered; a parameter that changes at every step would fill the memory."""


def undisturbed(x: Any) -> bool:
    """Whether a gradient may be wanted, and eager autograd alone is at work."""
    return torch.is_grad_enabled() and eager(x)


def eager(x: Any) -> bool:
    """Whether eager torch alone is at work on a plain tensor: no compiling, transform or watcher."""
    return (
        type(x) in (Tensor, torch.nn.Parameter)
        and x.device.type in ("cpu", "cuda")
        and not torch.compiler.is_compiling()
        and not torch.jit.is_tracing()  # type: ignore[attr-defined]  # torch's stub leaves it out
        and not any(map(torch._C._dispatch_tls_is_dispatch_key_included, _WATCHED))
        and forward_ad._current_level < 0
        and not torch._C._are_functorch_transforms_active()
    )


def _large(x: Any) -> bool:
    return undisturbed(x) and x.numel() >= LEAST


def thrifty(fn: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """The function of one tensor that keeps it alone for its gradient; other tensors are single numbers.

    It is `fn` where autograd keeps no more, where the chain cannot be repeated to the last bit, under torch.compile,
    export and torch.func, and for small tensors.
    """

    @functools.wraps(fn)
    def run(x: Tensor, *given: Any, **named: Any) -> Tensor:
        chain = _chain(fn, (x, *given), named) if _large(x) else None
        if chain is None:
            return fn(x, *given, **named)
        inputs = [value for value in (x, *given, *named.values()) if isinstance(value, Tensor)]
        return recomputed(chain, *inputs)

    return run


def thrifty_halves(
    fn: Callable[..., Tensor], product: Callable[[Tensor, Tensor], Tensor]
) -> Callable[..., Tensor]:
    """The function of a tensor and a dimension, which applies `product` to its halves, but keeps the tensor alone."""

    @functools.wraps(fn)
    def run(x: Tensor, dim: int = -1) -> Tensor:
        halved = _large(x) and -x.dim() <= dim < x.dim() and x.shape[dim] % 2 == 0
        chain = _chain(product, x.chunk(2, dim), {}) if halved else None
        if chain is None:
            return fn(x, dim)
        value: Tensor = _RecomputedHalves.apply(chain, x, dim)
        return value

    return run


class _Replayed(torch.autograd.Function):
    """Runs a function and keeps its input; the backward pass runs it again."""

    @staticmethod
    def forward(ctx: Any, fn: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
        ctx.fn = fn
        ctx.save_for_backward(x)
        return fn(x)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Any:
        (x,) = ctx.saved_tensors
        again = torch.is_grad_enabled()
        with torch.enable_grad():
            x = x if again else x.detach().requires_grad_()
            return None, *torch.autograd.grad(ctx.fn(x), x, gradient, create_graph=again)


def replayed(fn: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """The function of one tensor, run again by the backward pass where autograd would keep more than its input."""

    @functools.wraps(fn)
    def run(x: Tensor, *given: Any, **named: Any) -> Tensor:
        values = (*given, *named.items())
        if (
            not _large(x)
            or not x.requires_grad
            or any(isinstance(v, Tensor) for v in (*given, *named.values()))
        ):
            return fn(x, *given, **named)
        key = (fn, values, x.dtype)
        if key not in _KEEPS_MORE:  # the first call shows
            kept, value = kept_by(lambda: fn(x, *given, **named))
            _KEEPS_MORE[key] = sum(kept.values()) > 1.1 * x.untyped_storage().nbytes()
            return value
        if not _KEEPS_MORE[key]:
            return fn(x, *given, **named)
        again: Tensor = _Replayed.apply(lambda x: fn(x, *given, **named), x)
        return again

    return run


_KEEPS_MORE: dict[Hashable, bool] = {}


def kept_by(call: Callable[[], Tensor]) -> tuple[dict[int, int], Tensor]:
    """What a call keeps for the backward pass, as bytes by address of the memory, and its result."""
    kept: dict[int, int] = {}

    def keep(saved: Tensor) -> Tensor:
        kept[saved.untyped_storage().data_ptr()] = saved.untyped_storage().nbytes() if saved.dim() else 0
        return saved

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda saved: saved):
        return kept, call()


def _chain(fn: Callable[..., Tensor], given: Sequence[Any], named: Mapping[str, Any]) -> Chain | None:
    """The chain of a call, recorded at the first one of its kind; None where there is none."""
    values = (*given, *named.values())
    inputs = [value for value in values if isinstance(value, Tensor)]
    needs = tuple(value.requires_grad for value in inputs)
    if not any(needs) or any(value.dim() and value.shape != inputs[0].shape for value in inputs):
        return None
    if any(isinstance(value, torch.Generator) for value in values):
        return None  # to record would draw from it
    pattern = tuple(_TENSOR if isinstance(value, Tensor) else value for value in values)
    kinds = tuple((value.dtype, value.dim() > 0) for value in inputs)
    device = inputs[0].device
    autocast = torch.is_autocast_enabled(device.type) and torch.get_autocast_dtype(device.type)
    key = (fn, pattern, tuple(named), kinds, needs, device, autocast)
    if key not in _CHAINS:
        if len(_CHAINS) >= _MOST:
            _CHAINS.clear()
        with torch.random.fork_rng([device] if device.type == "cuda" else []):
            _CHAINS[key] = _recorded(_of_tensors(fn, pattern, tuple(named)), inputs, needs)
    return _CHAINS[key]


_TENSOR = object()
"""Stands for a tensor in the pattern of a call."""


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
