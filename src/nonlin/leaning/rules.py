"""How a tensor follows from others: one rule for each node of the autograd graph whose output can be had again.

A rule looks at a node and names the edges whose tensors it needs and a function of them. Node names and saved
attributes are semi-private to torch: `tests/test_lean_nodes.py` lists all that are used here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

aten = torch.ops.aten


@dataclass(frozen=True, slots=True)
class Edge:
    """A tensor that a node read: its input of this index, or, where no gradient flows, what it saved of it."""

    index: int = -1
    """-1: no input; the node computed the tensor itself."""
    saved: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The edges that are needed, and the output as a function of their tensors."""

    edges: tuple[Edge, ...]
    function: Callable[..., Tensor]


Rule = Callable[[Any], Way]
RULES: dict[str, Rule] = {}
"""Name of a node -> its rule."""


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Enter a rule for nodes of these names."""

    def enter(found: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, found))
        return found

    return enter


def _signed(number: Any) -> Any:
    """A saved number; nodes show a negative dimension as an unsigned one."""
    return number - (1 << 64) if isinstance(number, int) and number >= 1 << 63 else number


def _of_one(function: Callable[..., Tensor], *scalars: str) -> Rule:
    """The rule of an operator with one tensor; its other arguments are saved as numbers."""

    def find(node: Any) -> Way:
        values = [_signed(getattr(node, f"_saved_{name}")) for name in scalars]
        return Way((Edge(0),), lambda x: function(x, *values))

    return find


# Node -> the operator, and the attributes of the node that hold its other arguments, in order.
_OF_ONE: dict[str, tuple[Callable[..., Tensor], tuple[str, ...]]] = {
    "CeluBackward0": (aten.celu, ("alpha",)),
    "CosBackward0": (aten.cos, ()),
    "EluBackward0": (aten.elu, ("alpha", "scale", "input_scale")),
    "ErfBackward0": (aten.erf, ()),
    "ExpBackward0": (aten.exp, ()),
    "GluBackward0": (aten.glu, ("dim",)),
    "HardshrinkBackward0": (aten.hardshrink, ("lambd",)),
    "HardsigmoidBackward0": (aten.hardsigmoid, ()),
    "HardswishBackward0": (aten.hardswish, ()),
    "HardtanhBackward0": (aten.hardtanh, ("min_val", "max_val")),
    "LeakyReluBackward0": (aten.leaky_relu, ("negative_slope",)),
    "MishBackward0": (aten.mish, ()),
    "NegBackward0": (aten.neg, ()),
    "PowBackward0": (aten.pow, ("exponent",)),
    "ReluBackward0": (aten.relu, ()),
    "RsqrtBackward0": (aten.rsqrt, ()),
    "SigmoidBackward0": (aten.sigmoid, ()),
    "SiluBackward0": (aten.silu, ()),
    "SinBackward0": (aten.sin, ()),
    "SoftplusBackward0": (aten.softplus, ("beta", "threshold")),
    "SoftshrinkBackward0": (aten.softshrink, ("lambd",)),
    "SqrtBackward0": (aten.sqrt, ()),
    "TanhBackward0": (aten.tanh, ()),
}
for _name, (_function, _scalars) in _OF_ONE.items():
    RULES[_name] = _of_one(_function, *_scalars)


@rule("GeluBackward0")
def _gelu(node: Any) -> Way:
    approximate = node._saved_approximate
    return Way((Edge(0),), lambda x: torch.nn.functional.gelu(x, approximate=approximate))


@rule("ToCopyBackward0")
def _cast(node: Any) -> Way:
    dtype = node._input_metadata[0].dtype
    return Way((Edge(0),), lambda x: x.to(dtype))


@rule("ViewBackward0", "UnsafeViewBackward0")
def _view(node: Any) -> Way:
    shape = node._input_metadata[0].shape
    return Way((Edge(0),), lambda x: x.view(shape))


@rule("ExpandBackward0")
def _expanded(node: Any) -> Way:
    shape = node._input_metadata[0].shape
    return Way((Edge(0),), lambda x: x.expand(shape))


@rule("TransposeBackward0")
def _transposed(node: Any) -> Way:
    dims = _signed(node._saved_dim0), _signed(node._saved_dim1)
    return Way((Edge(0),), lambda x: x.transpose(*dims))


@rule("PermuteBackward0")
def _permuted(node: Any) -> Way:
    dims = [_signed(dim) for dim in node._saved_dims]
    return Way((Edge(0),), lambda x: x.permute(dims))


@rule("UnsqueezeBackward0")
def _unsqueezed(node: Any) -> Way:
    dim = _signed(node._saved_dim)
    return Way((Edge(0),), lambda x: x.unsqueeze(dim))


@rule("SliceBackward0")
def _sliced(node: Any) -> Way:
    where = _signed(node._saved_dim), node._saved_start, node._saved_end, node._saved_step
    return Way((Edge(0),), lambda x: aten.slice(x, *where))


@rule("MulBackward0", "DivBackward0")
def _product(node: Any) -> Way:
    operator = torch.mul if node.name() == "MulBackward0" else torch.div
    return Way((Edge(0, "_saved_self"), Edge(1, "_saved_other")), operator)


@rule("AddBackward0", "SubBackward0")
def _sum(node: Any) -> Way:
    operator, alpha = (torch.add if node.name() == "AddBackward0" else torch.sub), node._saved_alpha
    return Way(
        (Edge(0), Edge(1)), lambda a, b: operator(a, b, alpha=alpha)
    )  # a number is not held: no way then


# nn.LayerNorm's eps is not saved: these are what libraries use.
_EPS = (1e-5, 1e-6, 1e-12, 1e-8, 1e-7, 1e-3, 0.0)


@rule("NativeLayerNormBackward0")
def _layer_norm(node: Any) -> Way:
    shape = list(node._saved_normalized_shape)
    edges = (Edge(0), Edge(1, "_saved_weight"), Edge(2, "_saved_bias"), Edge(saved="_saved_result2"))

    def again(x: Tensor, weight: Tensor | None, bias: Tensor | None, rstd: Tensor) -> Tensor:
        row = x.reshape(-1, *shape)[:1]
        first = rstd.reshape(-1)[:1]
        for eps in _EPS:
            if torch.equal(aten.native_layer_norm(row, shape, None, None, eps)[2].reshape(-1), first):
                return torch.native_layer_norm(x, shape, weight, bias, eps)[0]
        return x.new_empty(0)  # an unusual eps: no tensor equals this

    return Way(edges, again)


@rule("NativeGroupNormBackward0")
def _group_norm(node: Any) -> Way:
    sizes = (node._saved_N, node._saved_C, node._saved_HxW, node._saved_group, node._saved_eps)
    weight, bias = _affine(node)

    def again(x: Tensor, *affine: Tensor | None) -> Tensor:
        y: Tensor = aten.native_group_norm(x, *affine, *sizes)[0]
        return y

    return Way((Edge(0), weight, bias), again)


def _affine(node: Any) -> tuple[Edge, Edge]:
    """A norm's weight and bias; a bias is not saved, but without a weight there is none."""
    return Edge(1, "_saved_weight"), Edge(2, "_saved_weight" if node.next_functions[1][0] is None else "")


@rule("NativeBatchNormBackward0")
def _batch_norm(node: Any) -> Way:
    weight, bias = _affine(node)
    if not node._saved_training:
        eps = node._saved_eps
        running = Edge(saved="_saved_running_mean"), Edge(saved="_saved_running_var")

        def evaluated(x: Tensor, *others: Tensor | None) -> Tensor:
            y: Tensor = aten.native_batch_norm(x, *others, False, 0.0, eps)[0]
            return y

        return Way((Edge(0), weight, bias, *running), evaluated)

    def again(x: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | None, bias: Tensor | None) -> Tensor:
        # As torch's kernel computes it, so that the bits agree: x * scale + (bias - mean * scale).
        shape = [1, -1] + [1] * (x.dim() - 2)
        scale = rstd if weight is None else weight * rstd
        shift = torch.addcmul(torch.zeros_like(mean) if bias is None else bias, mean, scale, value=-1)
        return torch.addcmul(shift.view(shape), x, scale.view(shape))

    return Way((Edge(0), Edge(saved="_saved_result1"), Edge(saved="_saved_result2"), weight, bias), again)


@rule("_RecomputedBackward")
def _chain(node: Any) -> Way:
    chain = node.chain
    return Way(tuple(Edge(i) for i in range(len(node.next_functions))), lambda *inputs: chain.value(inputs))


@rule("_RecomputedHalvesBackward")
def _chain_of_halves(node: Any) -> Way:
    chain, dim = node.chain, node.dim
    return Way((Edge(0),), lambda x: chain.value(x.chunk(2, dim)))
