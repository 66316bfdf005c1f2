"""Whether two ways to compute one function agree: to twice the accuracy that the entry states."""

from __future__ import annotations

import torch
from torch import Tensor

from nonlin.testing.subject import Subject


def agree(subject: Subject, got: Tensor, wanted: Tensor, *, slope: bool = False, slack: float = 0.0) -> None:
    """Compare values, or gradients.

    Raises:
        AssertionError: they differ in shape or dtype, or by more than twice what each may be off, and `slack` eps.
    """
    assert (got.shape, got.dtype) == (wanted.shape, wanted.dtype), (
        f"{subject.name}: {tuple(got.shape)} {got.dtype}, not {tuple(wanted.shape)} {wanted.dtype}"
    )
    info, accuracy = torch.finfo(got.dtype), subject.record.accuracy
    a, b = got.detach().double(), wanted.detach().double()
    # Kernels for one number and for many differ in the last digit even where every value is claimed to be exact.
    allowed = (accuracy.ulps[slope] * b.abs() + accuracy.slack[slope] + slack) * info.eps + accuracy.floor[
        slope
    ]
    bad = ~((a - b).abs() <= 2 * allowed + info.tiny) & (a != b)
    assert not bad.any(), f"{subject.name}: {a[bad][:3].tolist()}, not {b[bad][:3].tolist()}"
