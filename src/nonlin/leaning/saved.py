"""What stands in a graph for one tensor that autograd saves."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

import torch
from torch import Tensor
from torch.utils.weak import TensorWeakRef

from nonlin.leaning.masks import Bits

_MOST = 1 << 14
"""Entries of a table that lives as long as the process; at this many it starts anew."""

_NEAR = 8
"""Nodes that lie between the parts of one activation, but not between two blocks of a network."""

_FORMS: dict[Hashable, int] = {}
_NUMBERS = count()

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def remember(table: dict[K, V], key: K, value: V) -> V:
    """Enter a value in a table, and give it back."""
    if len(table) >= _MOST:
        table.clear()
    table[key] = value
    return value


@dataclass(eq=False, slots=True, weakref_slot=True)
class Saved:
    """A tensor that is held, or bits, or a function of others that are held anyway."""

    version: int
    held: Tensor | None = None
    bits: Bits | None = None
    function: Callable[..., Tensor] | None = None
    inputs: tuple[Saved | None, ...] = ()
    fixed: tuple[Any, ...] = ()
    """Further arguments of the function; they are no tensors."""
    strides: tuple[int, ...] = ()
    """Those of the tensor, where they are known."""
    original: TensorWeakRef | None = None
    """The tensor itself, as long as somebody else holds it: it must not be changed in place."""
    order: int = 0
    """The sequence number of the node that made the tensor, where it was saved."""
    uses: int = 0
    cache: Tensor | None = None
    _form: int | None = None

    @classmethod
    def itself(cls, tensor: Tensor) -> Saved:
        """A tensor that is held. Detached: a graph that holds its own output would never be freed."""
        return cls(tensor._version, tensor.detach())

    def value(self, *, backward: bool = False) -> Tensor:
        """The tensor, with the bits it had.

        In the backward pass, what it is made from is kept where it was saved a few nodes before: it is asked for soon.

        Raises:
            RuntimeError: it was changed in place since; the words are torch's.
        """
        if self.held is not None:
            unchanged(self.held, self.version)
            return self.held
        original = self.original() if self.original is not None else None
        if original is not None:
            unchanged(original, self.version)
        if self.cache is not None:
            return self.cache
        if self.bits is not None:
            return self.bits.tensor()
        if self.function is None:
            raise AssertionError("neither held nor known")
        inputs = [i.value(backward=backward) if i is not None else None for i in self.inputs]
        for i, value in zip(self.inputs, inputs, strict=True) if backward else ():
            if i is not None and i.uses > 0 and i.held is None and 0 <= self.order - i.order <= _NEAR:
                i.cache = value
        value = self.function(*inputs, *self.fixed)
        if self.strides and value.stride() != self.strides:
            value = torch.empty_strided(
                value.size(), self.strides, dtype=value.dtype, device=value.device
            ).copy_(value)
        return value

    def used(self) -> Tensor:
        """The tensor for one of those who saved it. It is made once for all of them."""
        self.uses -= 1
        value = self.value(backward=True)
        self.cache = value if self.uses > 0 and self.held is None else None
        return value

    @property
    def form(self) -> int:
        """A number for the way in which this tensor is had: the functions, and the kinds of tensors they begin with."""
        if self._form is None:
            key: Hashable
            if self.function is not None:
                key = (self.function, self.fixed, *(i.form if i is not None else None for i in self.inputs))
            elif self.held is not None:
                key = (self.held.size(), self.held.stride(), self.held.dtype)
            else:
                key = self.bits and (self.bits.size, self.bits.dtype)
            known = _FORMS.get(key)
            self._form = known if known is not None else remember(_FORMS, key, next(_NUMBERS))
        return self._form

    def become(self, other: Saved) -> None:
        """Be had as another one is, and hold nothing."""
        self.function, self.inputs, self.fixed = other.function, other.inputs, other.fixed
        self.strides, self.held = other.strides, None

    def rests_on(self, other: Saved) -> bool:
        """Whether this one is had from another."""
        return self is other or any(i is not None and i.rests_on(other) for i in self.inputs)


@dataclass(slots=True)
class View:
    """A tensor that shares the memory of one that is saved."""

    base: Saved
    place: tuple[torch.Size, tuple[int, ...], int]
    """Its size, its strides, and where in the memory it begins."""
    alias: Saved | None = None
    """The view as a recipe, for those that are had from it."""

    def recipe(self, version: int = 0) -> Saved:
        """How to have the view of a tensor that has the memory of the base."""
        return Saved(version, function=torch.as_strided, inputs=(self.base,), fixed=self.place)

    def used(self) -> Tensor:
        """The view for one of those who saved it."""
        return torch.as_strided(self.base.used(), *self.place)


def unchanged(tensor: Tensor, version: int) -> None:
    """Raise what torch raises where a saved tensor was changed in place since it had this version."""
    if tensor._version != version:
        raise RuntimeError(
            "one of the variables needed for gradient computation has been modified by an inplace operation: "
            f"[{tensor.type()} {list(tensor.shape)}] is at version {tensor._version}; expected version {version} "
            "instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, "
            "with torch.autograd.set_detect_anomaly(True)."
        )
