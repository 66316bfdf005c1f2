"""Figures computed from the user's own tensors. torch is imported when a figure is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from nonlin.checker.collapse import Pair, data_of, weight_of
from nonlin.checker.graph import Op, Value


def share(value: Value | None, holds: Callable[[Any], Any]) -> float | None:
    """The share of a value's elements for which `holds` is true, or None where the tensor is not at hand."""
    tensor = value.tensor() if value is not None else None
    if tensor is None or tensor.is_meta or tensor.numel() == 0:
        return None
    return float(holds(tensor.detach().double()).double().mean())


def mean(value: Value | None) -> float | None:
    """The mean of a value's elements, or None where the tensor is not at hand."""
    return share(value, lambda x: x)


def ends(value: Value) -> dict[str, float]:
    """What the step held: the least and the greatest finite element."""
    if value.seen is None or math.isnan(value.seen.lo):
        return {}
    return {"seen_low": value.seen.lo, "seen_high": value.seen.hi}


def collapse(pair: Pair) -> dict[str, float | int | str]:
    """Build the single layer that equals a pair, and compare the two on random inputs in double precision.

    Returns:
        `difference`: the largest absolute difference of the outputs; `output`: the largest absolute output;
        `parameters` of the pair and `parameters_of_one` layer. Empty where the weights are not at hand.
    """
    import torch

    with torch.no_grad():
        maps = [_numbers(op) for op in (pair.first, pair.second)]
        if any(one is None for one in maps):
            return {}
        (w1, b1), (w2, b2) = (one for one in maps if one is not None)
        scale, shift = _between(pair, w1.shape[0])
        generator = torch.Generator().manual_seed(0)
        sizes: dict[str, float | int | str] = {"parameters": sum(t.numel() for t in (w1, b1, w2, b2))}
        if w1.dim() == 2 and w2.dim() == 2:
            x = torch.randn(64, w1.shape[1], generator=generator, dtype=torch.float64)
            two = (x @ w1.T + b1) * scale + shift
            two = two @ w2.T + b2
            weight, bias = w2 @ (scale[:, None] * w1), w2 @ (scale * b1 + shift) + b2
            one_layer = x @ weight.T + bias
        elif w1.dim() == w2.dim():
            weight, bias, two, one_layer = _convolutions(w1, b1, w2, b2, scale, shift, pair, generator)
        else:
            return sizes
        sizes["parameters_of_one"] = weight.numel() + bias.numel()
        sizes["difference"] = float((two - one_layer).abs().max())
        sizes["output"] = float(two.abs().max())
        return sizes


def _numbers(op: Op) -> tuple[Any, Any] | None:
    """(weight with the output features first, bias) in double precision."""
    import torch

    source = weight_of(op)
    weight = source.tensor()
    if weight is None or weight.is_meta or type(weight) not in (torch.Tensor, torch.nn.Parameter):
        return None
    weight = weight.detach().cpu().double()
    if op.value("weight") is None and weight.shape == (data_of(op).shape[-1], op.output.shape[-1]):
        weight = weight.T
    held = op.value("bias")
    bias = held.tensor() if held is not None else None
    return weight, torch.zeros(weight.shape[0]).double() if bias is None else bias.detach().cpu().double()


def _between(pair: Pair, width: int) -> tuple[Any, Any]:
    """What the operations between do to each feature: times a scale, plus a shift (batch norm as in evaluation)."""
    import torch

    scale, shift = torch.ones(width).double(), torch.zeros(width).double()
    for op in pair.path:
        if op.kind != "batch_norm":
            continue
        held = {name: op.value(name) for name in ("weight", "bias", "running_mean", "running_var")}
        at = {name: v.tensor() for name, v in held.items() if v is not None}
        numbers = {name: t.detach().cpu().double() for name, t in at.items() if t is not None}
        by = (
            numbers.get("weight", 1.0)
            / (numbers.get("running_var", torch.ones(width).double()) + 1e-5).sqrt()
        )
        shift = (shift - numbers.get("running_mean", 0.0)) * by + numbers.get("bias", 0.0)
        scale = scale * by
    return scale, shift


def _convolutions(
    w1: Any, b1: Any, w2: Any, b2: Any, scale: Any, shift: Any, pair: Pair, generator: Any
) -> tuple[Any, Any, Any, Any]:
    """The one convolution that equals two, away from the padded border."""
    import torch
    import torch.nn.functional as F

    n = w1.dim() - 2
    conv = (F.conv1d, F.conv2d, F.conv3d)[n - 1]
    stride = _tuple(pair.first.get("stride", 1), n)
    around = (scale.reshape(-1, *[1] * n), shift.reshape(-1, *[1] * n))
    # The second kernel steps over the first one's outputs: spread it out by the first stride.
    spread = [(k - 1) * s + 1 for k, s in zip(w2.shape[2:], stride, strict=True)]
    wide = torch.zeros(*w2.shape[:2], *spread, dtype=torch.float64)
    wide[(slice(None), slice(None), *[slice(None, None, s) for s in stride])] = w2
    scaled = w1 * scale.reshape(-1, 1, *[1] * n)
    # Correlating twice is correlating once with the convolution of the kernels.
    axes = list(range(2, 2 + n))
    weight = conv(scaled.transpose(0, 1), wide.flip(axes), padding=[k - 1 for k in spread]).transpose(0, 1)
    bias = b2 + (w2.flatten(2).sum(2) @ (scale * b1 + shift))
    size = [2 * max(k, 2) + 2 for k in weight.shape[2:]]
    x = torch.randn(2, w1.shape[1], *size, generator=generator, dtype=torch.float64)
    inner = conv(x, w1, b1, stride=stride) * around[0] + around[1]
    return weight, bias, conv(inner, w2, b2), conv(x, weight, bias, stride=stride)


def _tuple(item: Any, n: int) -> tuple[int, ...]:
    return tuple(item) * (n if len(item) == 1 else 1) if isinstance(item, (list, tuple)) else (int(item),) * n
