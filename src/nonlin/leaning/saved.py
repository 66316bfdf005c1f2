"""What stands in a graph for one tensor that autograd saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.utils.weak import TensorWeakRef

from nonlin.leaning.masks import Bits


@dataclass(eq=False, slots=True, weakref_slot=True)
class Saved:
    """A tensor that is held, or bits, or a function of others that are held anyway."""

    version: int
    held: Tensor | None = None
    bits: Bits | None = None
    function: Callable[..., Tensor] | None = None
    inputs: tuple[Saved | None, ...] = ()
    original: TensorWeakRef | None = None
    """The tensor itself, as long as somebody else holds it: it must not be changed in place."""
    uses: int = 0
    cache: Tensor | None = None

    @classmethod
    def itself(cls, tensor: Tensor) -> Saved:
        """A tensor that is held. Detached: a graph that holds its own output would never be freed."""
        return cls(tensor._version, tensor.detach())

    def value(self) -> Tensor:
        """The tensor, with the bits it had.

        Raises:
            RuntimeError: it was changed in place since; the words are torch's.
        """
        if self.held is not None:
            _unchanged(self.held, self.version)
            return self.held
        original = self.original() if self.original is not None else None
        if original is not None:
            _unchanged(original, self.version)
        if self.cache is not None:
            return self.cache
        if self.bits is not None:
            return self.bits.tensor()
        if self.function is None:
            raise AssertionError("neither held nor known")
        return self.function(*(i.value() if i is not None else None for i in self.inputs))

    def used(self) -> Tensor:
        """The tensor for one of those who saved it. It is made once for all of them."""
        self.uses -= 1
        value = self.value()
        self.cache = value if self.uses > 0 and self.held is None else None
        return value

    def rests_on(self, other: Saved) -> bool:
        """Whether this one is had from another."""
        return self is other or any(i is not None and i.rests_on(other) for i in self.inputs)


@dataclass(slots=True)
class View:
    """A tensor that shares the memory of one that is saved."""

    base: Saved
    size: torch.Size
    stride: tuple[int, ...]
    offset: int
    alias: Saved | None = None
    """The view as a recipe, for those that are had from it."""

    def of(self, base: Tensor) -> Tensor:
        """The view of a tensor that has the memory of the base."""
        return torch.as_strided(base, self.size, self.stride, self.offset)

    def used(self) -> Tensor:
        """The view for one of those who saved it."""
        return self.of(self.base.used())


def _unchanged(tensor: Tensor, version: int) -> None:
    if tensor._version != version:
        raise RuntimeError(
            "one of the variables needed for gradient computation has been modified by an inplace operation: "
            f"[{tensor.type()} {list(tensor.shape)}] is at version {tensor._version}; expected version {version} "
            "instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, "
            "with torch.autograd.set_detect_anomaly(True)."
        )
