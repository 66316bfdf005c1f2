"""Values and derivatives of a curve at chosen places, in double precision."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import torch
from torch import Tensor

from nonlin.catalogue import Record

Curve: TypeAlias = Callable[[Tensor], Tensor]
"""A function of one number, applied to each element."""

# A difference of slopes this far apart is off by about 1e-10, which no picture shows.
_STEP = 2.0**-17


def example(record: Record[Any]) -> dict[str, Any]:
    """Parameters to show a record with: the defaults; where there is none, what is typical; no draws."""
    found = {}
    for p in record.params.values():
        typical = p.bounds.typical[0] if p.bounds else p.choices[0] if p.choices else None
        found[p.name] = typical if p.required else -1 if p.name == "dim" else p.default
    return found | ({"training": False} if "training" in found else {})


def derivatives(curve: Curve, places: Sequence[float], order: int = 1) -> list[list[float]]:
    """f, f' and so on to this order (at most 2) at each place; where f has a kink, the slope that autograd takes."""
    x = torch.tensor(places, dtype=torch.float64, requires_grad=True)
    with torch.enable_grad():
        found = [curve(x)]
        while len(found) <= order:
            found.append(_slope(found[-1], x, keep=len(found) < order))
    if order == 2 and not found[-1].isfinite().all():
        found[-1] = _difference(curve, x.detach())
    return [[float(number) for number in row] for row in torch.stack([f.detach() for f in found]).tolist()]


def _slope(y: Tensor, x: Tensor, *, keep: bool) -> Tensor:
    """The derivative of each y by its own x; NaN where torch's operator can be differentiated only once."""
    if not y.requires_grad:
        return torch.zeros_like(x)
    try:
        (slope,) = torch.autograd.grad(y.sum(), x, create_graph=keep)
    except RuntimeError:
        return torch.full_like(x, math.nan)
    return slope


def _difference(curve: Curve, x: Tensor) -> Tensor:
    low, high = (derivatives(curve, (x + side).tolist())[1] for side in (-_STEP, _STEP))
    return (torch.tensor(high, dtype=x.dtype) - torch.tensor(low, dtype=x.dtype)) / (2 * _STEP)
