"""Composed functions stay finite far beyond the grid of the references."""

from __future__ import annotations

import pytest
import torch

from nonlin.catalogue import Activation, records
from references import settings

FAR = [s * x for s in (1, -1) for x in (1e5, 1e10, 1e18, 1e19, 1e25, 1e30, 1e37, 1e38, 3e38)]
COMPOSED = [r for r in records() if isinstance(r, Activation) and r.kernel is None]


@pytest.mark.parametrize("record", COMPOSED, ids=lambda r: r.name)
def test_nothing_overflows_on_the_way(record):
    """Torch's own kernels do in places: the slope of gelu's tanh form is NaN from 1e25 on."""
    params = settings(record)[0]

    def at(dtype: torch.dtype) -> torch.Tensor:
        x = torch.tensor(FAR, dtype=dtype, requires_grad=True)
        y = record(x, **params)
        return torch.stack([y, *torch.autograd.grad(y.sum(), x)]).detach()

    wide = at(torch.float64)

    representable = wide.abs() < torch.finfo(torch.float32).max
    assert at(torch.float32)[representable].isfinite().all()
