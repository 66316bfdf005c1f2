"""Dropout masks as bits: on a CPU torch keeps them as floating-point numbers, of which there are only two."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

_LOOK = 256
"""Elements that decide whether the others are worth a look."""


WHOLE = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}
"""Bytes of an element -> the integers of that size."""


@dataclass(frozen=True)
class Bits:
    """A tensor of zeros and one other number; bit k of byte i tells of element i of the k-th eighth."""

    packed: Tensor
    number: float
    dtype: torch.dtype
    size: torch.Size

    @classmethod
    def of(cls, tensor: Tensor) -> Bits | None:
        """A tensor as bits, or None where it is no scaled mask. The number is above 1, as 1 / (1 - p) is."""
        if not tensor.is_floating_point() or tensor.device.type != "cpu" or not tensor.is_contiguous():
            return None
        flat = tensor.detach().view(-1)
        number = flat[:_LOOK].max().item()
        if not number > 1 or _of_two(flat[:_LOOK], number) is None:
            return None
        if (kept := _of_two(flat, number)) is None:
            return None
        part = -(-flat.numel() // 8)
        packed = torch.zeros(part, dtype=torch.uint8)
        for k, eighth in enumerate(kept.view(torch.uint8).split(part)):
            packed[: eighth.numel()].add_(eighth, alpha=1 << k)
        return cls(packed, number, tensor.dtype, tensor.size())

    def tensor(self) -> Tensor:
        """The mask as it was."""
        flat = torch.empty(self.size.numel(), dtype=self.dtype)
        for k, eighth in enumerate(flat.split(len(self.packed))):
            bits = self.packed[: eighth.numel()].bitwise_and(1 << k).bitwise_right_shift_(k)
            eighth.copy_(bits).mul_(self.number)
        return flat.view(self.size)


def _of_two(values: Tensor, number: float) -> Tensor | None:
    """Where the number stands, if all other bits are zero."""
    found = values == number
    same = torch.count_nonzero(values.view(WHOLE[values.element_size()])) == torch.count_nonzero(found)
    return found if same else None
