"""The number in `1 + tanh(x)`: autograd does not keep it, but the first elements on both sides tell it."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch._prims_common import make_contiguous_strides_for

from nonlin.leaning.rules import ELEMENTWISE
from nonlin.leaning.saved import Saved

_FIRST = 256
"""Elements that are looked at."""
_DIGITS = 10
_INVERSE: dict[Callable[..., Tensor], Callable[[Tensor, Tensor], Tensor]] = {
    torch.add: lambda x, y: y - x,
    torch.sub: lambda x, y: x - y,
    torch.rsub: lambda x, y: x + y,
}
"""A function of a tensor x and a number -> the number from x and the value y."""


def number_of(function: Callable[..., Tensor], x: Saved, y: Tensor) -> float | None:
    """The number with which `function(x, number)` is y in its first elements; the shortest in decimals.

    None where there is none, or where others that differ by a few ulps would do as well.
    """
    if not y.is_floating_point() or not y.is_contiguous() or (before := _first(x, y.numel())) is None:
        return None
    before, after = before.cpu(), y.detach().view(-1)[:_FIRST].cpu()
    guess = _INVERSE[function](before.double(), after.double()).mean().item()
    for digits in range(_DIGITS):
        number = round(guess, digits)
        if torch.equal(function(before, number), after):
            other = number * (1 + 8 * torch.finfo(y.dtype).eps)
            return None if torch.equal(function(before, other), after) else number
    return None


def _first(saved: Saved, size: int) -> Tensor | None:
    """The first elements of a tensor of this size, where each follows from the elements in its place."""
    if saved.held is not None:
        return _leading(saved.held, size)
    if saved.function is torch.as_strided:  # a view
        base, (shape, strides, offset) = saved.inputs[0], saved.fixed
        whole = not offset and strides == make_contiguous_strides_for(shape)
        return _first(base, size) if base is not None and whole else None
    if saved.function not in ELEMENTWISE:
        return None
    firsts = [_first(i, size) if i is not None else None for i in saved.inputs]
    return saved.function(*firsts, *saved.fixed) if all(f is not None for f in firsts) else None


def _leading(held: Tensor, size: int) -> Tensor | None:
    if held.numel() == 1:
        return held
    return held.view(-1)[:_FIRST] if held.numel() == size and held.is_contiguous() else None
