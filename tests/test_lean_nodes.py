"""The nodes of torch's autograd graph on which lean relies: their names, and that each rule gives the very bits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from nonlin.base import recompute
from nonlin.catalogue import get
from nonlin.leaning.rules import RULES, _rms_normed

aten = torch.ops.aten
WEIGHT = torch.linspace(0.5, 1.5, 4, requires_grad=True)
BIAS = torch.linspace(-1, 1, 4, requires_grad=True)

# A call that makes each node; the input has shape (2, 4, 6).
MAKERS: dict[str, Callable[[Tensor], Tensor]] = {
    "AddBackward0": lambda x: torch.add(x, x * 2, alpha=3),
    "CeluBackward0": lambda x: F.celu(x, 0.7),
    "CloneBackward0": torch.clone,
    "CosBackward0": torch.cos,
    "DivBackward0": lambda x: x / torch.exp(x),
    "EluBackward0": F.selu,
    "ErfBackward0": torch.erf,
    "ExpBackward0": torch.exp,
    "ExpandBackward0": lambda x: x[:, :1].expand(2, 4, 6),
    "GeluBackward0": lambda x: F.gelu(x, approximate="tanh"),
    "GluBackward0": lambda x: F.glu(x, -1),
    "HardshrinkBackward0": F.hardshrink,
    "HardsigmoidBackward0": F.hardsigmoid,
    "HardswishBackward0": F.hardswish,
    "HardtanhBackward0": F.relu6,
    "LeakyReluBackward0": lambda x: F.leaky_relu(x, 0.3),
    "MaxPool2DWithIndicesBackward0": lambda x: F.max_pool2d(x, 2, padding=1, ceil_mode=True),
    "MishBackward0": F.mish,
    "MulBackward0": lambda x: x * 0.3,
    "MulBackward1": lambda x: aten.mul.Scalar(x, 0.3),
    "NativeBatchNormBackward0": lambda x: F.batch_norm(
        x, torch.zeros(4), torch.ones(4), WEIGHT, BIAS, training=True
    ),
    "NativeGroupNormBackward0": lambda x: F.group_norm(x, 2, WEIGHT, BIAS, 1e-4),
    "NativeLayerNormBackward0": lambda x: F.layer_norm(x, (6,), eps=1e-6),
    "NegBackward0": torch.neg,
    "PermuteBackward0": lambda x: x.permute(-1, 0, 1),
    "PowBackward0": lambda x: x**3,
    "RsubBackward1": lambda x: 1.5 - x,
    "ReluBackward0": torch.relu,
    "RsqrtBackward0": lambda x: torch.rsqrt(torch.exp(x)),
    "SigmoidBackward0": torch.sigmoid,
    "SiluBackward0": F.silu,
    "SinBackward0": torch.sin,
    "SliceBackward0": lambda x: x[:, 1:3],
    "SoftplusBackward0": lambda x: F.softplus(x, 2.0, 5.0),
    "SoftshrinkBackward0": F.softshrink,
    "SqrtBackward0": lambda x: torch.sqrt(torch.exp(x)),
    "SubBackward0": lambda x: x - x * 2,
    "TanhBackward0": torch.tanh,
    "ToCopyBackward0": lambda x: x.to(torch.bfloat16),
    "TransposeBackward0": lambda x: x.transpose(-1, 0),
    "UnsafeViewBackward0": lambda x: aten._unsafe_view(x * 1, [8, 6]),
    "UnsqueezeBackward0": lambda x: x.unsqueeze(-1),
    "ViewBackward0": lambda x: x.view(8, 6),
    "_RecomputedBackward": get("smish"),
    "_RecomputedHalvesBackward": get("swiglu"),
}


# Nodes of kernels that a CPU does not have: torch makes them on its device without values.
ELSEWHERE: dict[str, Callable[[Tensor], Tensor]] = {
    "CudnnBatchNormBackward0": lambda x: aten.cudnn_batch_norm(
        x, *(torch.ones(4, device="meta", requires_grad=True) for _ in "wb"), None, None, True, 0.1, 1e-5
    )[0],
}


def value(node, index: int) -> Tensor:
    """What a node read, by running the nodes before it."""
    source = node.next_functions[index][0]
    return source.variable if hasattr(source, "variable") else again(source)


def again(node) -> Tensor:
    """A node's output, by its rule."""
    way = RULES[node.name()](node)
    operands = [
        value(node, edge.index)
        if edge.index >= 0 and node.next_functions[edge.index][0] is not None
        else getattr(node, edge.saved)
        for edge in way.edges
    ]
    with torch.no_grad():
        fixed = (1.5,) if way.number else way.fixed  # the makers' number
        return way.function(*operands, *fixed)


def test_every_rule_has_a_maker() -> None:
    assert sorted([*MAKERS, *ELSEWHERE, "FusedRmsNormBackward0"]) == sorted(RULES)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_node_of_another_device_has_what_its_rule_reads(name) -> None:
    y = ELSEWHERE[name](torch.empty(2, 4, 6, device="meta", requires_grad=True))

    way = RULES[name](y.grad_fn)

    assert y.grad_fn.name() == name
    assert all(edge.index < len(y.grad_fn.next_functions) for edge in way.edges)
    assert isinstance(hash(way.fixed), int)


@pytest.mark.parametrize("name", MAKERS)
def test_torch_makes_this_node_and_its_rule_gives_the_very_bits(name, monkeypatch) -> None:
    monkeypatch.setattr(recompute, "LEAST", 1)
    x = torch.linspace(-3, 3, 48).view(2, 4, 6).requires_grad_()

    y = MAKERS[name](x)

    assert y.grad_fn.name() == name
    assert isinstance(hash(RULES[name](y.grad_fn).fixed), int)  # it is part of a recipe's form
    assert torch.equal(again(y.grad_fn), y)


@pytest.mark.parametrize("eps", [None, 1e-6, 1e-5])
def test_the_fused_norm_that_only_a_gpu_makes_is_known_to_torch(eps) -> None:
    x = torch.linspace(-3, 3, 48).view(2, 4, 6)
    weight = torch.linspace(0.5, 1.5, 6)

    y, scale = aten._fused_rms_norm(x, [6], weight, eps)

    kind = torch._C._functions.FusedRmsNormBackward0
    assert {"_saved_normalized_shape", "_saved_weight", "_saved_result1"} <= {*dir(kind)}
    assert torch.equal(_rms_normed(x, weight, scale, (6,)), y)
