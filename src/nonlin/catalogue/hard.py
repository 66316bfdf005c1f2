"""Hard functions: clips, cut-offs and straight-line stand-ins for smooth curves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import EXACT, Accuracy, Bounds, Shape

_INF = math.inf

Width: TypeAlias = Annotated[float, Bounds(0.0, _INF, typical=(0.1, 1.0))]


def _hardtanh_shape(min_val: float, max_val: float) -> Shape:
    # The kernel is min(max(x, min_val), max_val): with crossed ends it is max_val everywhere.
    if min_val >= max_val:
        return Shape(max_val, max_val)
    return Shape(min_val, max_val, kinks=tuple(x for x in (min_val, max_val) if math.isfinite(x)))


def _hardtanh_order(params: Mapping[str, Any]) -> str | None:
    low, high = params["min_val"], params["max_val"]
    return f"min_val={low:g} does not lie below max_val={high:g}; exchange them" if low >= high else None


@activation(
    formula="Min(Max(x, min_val), max_val)",
    shape=_hardtanh_shape,
    source="Collobert 2004, Large Scale Machine Learning (thesis, Université Paris VI); torch.nn.Hardtanh",
    class_name="Hardtanh",
    aliases=("hard_tanh",),
    kernel="hardtanh",
    rule=_hardtanh_order,
    accuracy=EXACT,
)
def hardtanh(
    x: Tensor,
    min_val: Annotated[float, Bounds(typical=(-2.0, -0.5))] = -1.0,
    max_val: Annotated[float, Bounds(typical=(0.5, 2.0))] = 1.0,
    inplace: bool = False,
) -> Tensor:
    """The input, clipped to [min_val, max_val]."""
    return functional.hardtanh(x, min_val, max_val, inplace)


@activation(
    formula="Min(Max(x / 6 + Rational(1, 2), 0), 1)",
    shape=Shape(0.0, 1.0, kinks=(-3.0, 3.0)),
    source="Howard et al. 2019, Searching for MobileNetV3, arXiv:1905.02244",
    class_name="Hardsigmoid",
    aliases=("hard_sigmoid",),
    kernel="hardsigmoid",
    # The backward holds 1/6 in single precision.
    accuracy=Accuracy(floor=(0.0, 1e-8)),
)
def hardsigmoid(x: Tensor, inplace: bool = False) -> Tensor:
    """A line from 0 at -3 to 1 at 3, flat outside."""
    return functional.hardsigmoid(x, inplace)


@activation(
    formula="x * Min(Max(x / 6 + Rational(1, 2), 0), 1)",
    shape=Shape(0.0, _INF, turns=(-1.5,), kinks=(-3.0, 3.0)),
    source="Howard et al. 2019, Searching for MobileNetV3, arXiv:1905.02244",
    class_name="Hardswish",
    aliases=("hard_swish", "hard_silu", "h_swish"),
    kernel="hardswish",
)
def hardswish(x: Tensor, inplace: bool = False) -> Tensor:
    """The input times its hardsigmoid: SiLU from three straight pieces of gate."""
    return functional.hardswish(x, inplace)


@activation(
    formula="Piecewise((0, Abs(x) <= lambd), (x, True))",
    shape=lambda lambd: Shape(-_INF, _INF, kinks=(-lambd, lambd) if lambd > 0 else ()),
    source="Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage, Biometrika 81(3)",
    class_name="Hardshrink",
    aliases=("hard_shrink", "hard_thresholding"),
    kernel="hardshrink",
    accuracy=EXACT,
)
def hardshrink(x: Tensor, lambd: Width = 0.5) -> Tensor:
    """Zero within [-lambd, lambd], the input outside."""
    return functional.hardshrink(x, lambd)


@activation(
    formula="Piecewise((x - lambd, x > lambd), (x + lambd, x < -lambd), (0, True))",
    shape=lambda lambd: Shape(-_INF, _INF, kinks=(-lambd, lambd) if lambd > 0 else ()),
    source="Donoho 1995, De-noising by soft-thresholding, IEEE Transactions on Information Theory 41(3)",
    class_name="Softshrink",
    aliases=("soft_shrink", "soft_thresholding"),
    kernel="softshrink",
)
def softshrink(x: Tensor, lambd: Width = 0.5) -> Tensor:
    """The input, moved towards zero by lambd and stopped there."""
    return functional.softshrink(x, lambd)
