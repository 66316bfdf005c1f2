"""Maps of vectors in which entries compete: only the largest stay; and one that normalises powers."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError
from nonlin.catalogue.enter import simplex
from nonlin.catalogue.record import EXACT, Accuracy, Bounds, Learned, dim_is_named, existing, widened

_INF = math.inf


def _largest(name: str, x: Tensor, k: int, dim: int | None) -> Tensor:
    """Which entries are among the `k` largest along a dimension; of equal ones the first.

    Raises:
        NonlinError: the dimension is missing, or has fewer entries.
    """
    along, count = existing(name, x, dim), int(k)
    if count > x.shape[along]:
        raise NonlinError(
            f"{name}: k={count} is more than the {x.shape[along]} entries of dimension {along}; lower k"
        )
    z = x.detach()
    if torch.onnx.is_in_onnx_export():  # ONNX has no stable sort, but its TopK takes the first of equals
        places = z.topk(count, along).indices
    else:
        places = z.sort(stable=True, dim=along, descending=True).indices.narrow(along, 0, count)
    return torch.zeros_like(x, dtype=torch.bool).scatter(along, places, value=True)


@simplex(
    formula="Piecewise((1, Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < 1), (0, True))",
    source="ONNX operator Hardmax, opset 13",
    class_name="Hardmax",
    accuracy=EXACT,
    rule=dim_is_named,
)
def hardmax(x: Tensor, dim: int | None = None) -> Tensor:
    """One for the largest entry, the first of equals, and zero for the others; nothing learns through it."""
    along = existing("hardmax", x, dim)
    first = x.detach().argmax(along, keepdim=True)
    wins = torch.zeros_like(x, dtype=torch.bool).scatter(along, first, value=True)
    return torch.sign(torch.where(wins, x.clamp(1, 1), 0))


@simplex(
    formula="Piecewise((x[i], Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < k), (0, True))",
    source="Makhzani and Frey 2013, k-Sparse Autoencoders, arXiv:1312.5663",
    class_name="TopK",
    aliases=("k_sparse", "k_wta"),
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(-_INF, _INF),
)
def top_k(x: Tensor, k: Annotated[int, Bounds(1, typical=(1, 3))] = 1, dim: int | None = None) -> Tensor:
    """The `k` largest entries stay, the others become zero."""
    return torch.where(_largest("top_k", x, k, dim), x, 0)


@simplex(
    formula="Piecewise((Max(x[i], 0), Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < k), (0, True))",
    source="Gao et al. 2024, Scaling and evaluating sparse autoencoders, arXiv:2406.04093",
    class_name="TopKReLU",
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(0.0, _INF),
)
def top_k_relu(x: Tensor, k: Annotated[int, Bounds(1, typical=(1, 3))] = 1, dim: int | None = None) -> Tensor:
    """The `k` largest entries stay where they are positive, the others become zero."""
    return torch.where(_largest("top_k_relu", x, k, dim) & ~(x <= 0), x, 0)  # NaN stays NaN


@simplex(
    formula=(
        "b + a1 * x[i] / sqrt(Sum(x[j]**2, (j, 1, n)) / n + eps)"
        " + a2 * x[i]**2 / sqrt(Sum(x[j]**4, (j, 1, n)) / n + eps)"
        " + a3 * x[i]**3 / sqrt(Sum(x[j]**6, (j, 1, n)) / n + eps)"
    ),
    source="Zhuo, Wang, Zeng, Li, Zhou and Ma 2024, Polynomial Composition Activations, arXiv:2411.03884",
    class_name="PolyNorm",
    accuracy=Accuracy(ulps=(16.0, 16.0), slack=(4.0, 64.0)),
    rule=dim_is_named,
    outputs=(-_INF, _INF),
)
def polynorm(
    x: Tensor,
    a1: Annotated[Learned, Bounds(typical=(0.25, 1.0))] = 1 / 3,
    a2: Annotated[Learned, Bounds(typical=(0.25, 1.0))] = 1 / 3,
    a3: Annotated[Learned, Bounds(typical=(0.25, 1.0))] = 1 / 3,
    b: Annotated[Learned, Bounds(typical=(0.0, 0.5))] = 0.0,
    eps: Annotated[float, Bounds(0.0, typical=(1e-6, 1e-5), open=True)] = 1e-6,
    dim: int | None = None,
) -> Tensor:
    """The first three powers of the input, each over its root mean square along `dim`, weighed and summed."""
    along = existing("polynorm", x, dim)
    z = widened(x)
    # Powers of large numbers would overflow: the largest is taken out, and changes nothing but the share of eps.
    scale = z.detach().abs().amax(along, keepdim=True).clamp(min=1)
    r, total = z / scale, torch.zeros_like(z) + b
    for power, weight in ((1, a1), (2, a2), (3, a3)):
        raised = r**power
        mean = raised.square().mean(along, keepdim=True)
        total = total + weight * raised * torch.rsqrt(mean + eps * scale ** (-2 * power))
    return total.to(x.dtype)
