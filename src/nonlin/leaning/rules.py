"""How a tensor follows from others: one rule for each node of the autograd graph whose output can be had again.

A rule looks at a node and names the edges whose tensors it needs and a function of them. Node names and saved
attributes are semi-private to torch: `tests/test_lean_nodes.py` lists all that are used here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    """The edges that are needed, and the output as a function of their tensors and of what is no tensor.

    The function is the same object for every node of a kind: with `fixed` it tells what is done.
    """

    edges: tuple[Edge, ...]
    function: Callable[..., Tensor]
    fixed: tuple[Any, ...] = ()
    number: bool = False
    """A last argument is a number that the node did not save; `numbers.py` finds it."""


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
        return Way((Edge(0),), function, tuple(_signed(getattr(node, f"_saved_{name}")) for name in scalars))

    return find


# Node -> the operator, and the attributes of the node that hold its other arguments, in order.
_ELEMENTWISE: dict[str, tuple[Callable[..., Tensor], tuple[str, ...]]] = {
    "CeluBackward0": (aten.celu, ("alpha",)),
    "CosBackward0": (aten.cos, ()),
    "EluBackward0": (aten.elu, ("alpha", "scale", "input_scale")),
    "ErfBackward0": (aten.erf, ()),
    "ExpBackward0": (aten.exp, ()),
    "GeluBackward0": (lambda x, approximate: aten.gelu(x, approximate=approximate), ("approximate",)),
    "HardshrinkBackward0": (aten.hardshrink, ("lambd",)),
    "HardsigmoidBackward0": (aten.hardsigmoid, ()),
    "HardswishBackward0": (aten.hardswish, ()),
    "HardtanhBackward0": (aten.hardtanh, ("min_val", "max_val")),
    "LeakyReluBackward0": (aten.leaky_relu, ("negative_slope",)),
    "MishBackward0": (aten.mish, ()),
    "MulBackward1": (aten.mul, ("other",)),
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
_OF_ONE: dict[str, tuple[Callable[..., Tensor], tuple[str, ...]]] = {
    "CloneBackward0": (aten.alias, ()),  # a recipe gives the strides of the tensor that it stands for
    "GluBackward0": (aten.glu, ("dim",)),
    "SliceBackward0": (aten.slice, ("dim", "start", "end", "step")),
    "TransposeBackward0": (aten.transpose, ("dim0", "dim1")),
    "UnsqueezeBackward0": (aten.unsqueeze, ("dim",)),
}
for _name, (_function, _scalars) in {**_ELEMENTWISE, **_OF_ONE}.items():
    RULES[_name] = _of_one(_function, *_scalars)


@rule("ToCopyBackward0")
def _cast(node: Any) -> Way:
    return Way((Edge(0),), Tensor.to, (node._input_metadata[0].dtype,))


@rule("ViewBackward0", "UnsafeViewBackward0")
def _view(node: Any) -> Way:
    return Way((Edge(0),), Tensor.view, (tuple(node._input_metadata[0].shape),))


@rule("ExpandBackward0")
def _expanded(node: Any) -> Way:
    return Way((Edge(0),), Tensor.expand, (tuple(node._input_metadata[0].shape),))


@rule("PermuteBackward0")
def _permuted(node: Any) -> Way:
    return Way((Edge(0),), torch.permute, (tuple(map(_signed, node._saved_dims)),))


@rule("MulBackward0", "DivBackward0")
def _product(node: Any) -> Way:
    operator = torch.mul if node.name() == "MulBackward0" else torch.div
    return Way((Edge(0, "_saved_self"), Edge(1, "_saved_other")), operator)


@rule("AddBackward0", "SubBackward0")
def _sum(node: Any) -> Way:
    plus, alpha = node.name() == "AddBackward0", node._saved_alpha
    first, second = (source is not None for source, _ in node.next_functions)
    if (first and second) or alpha != 1:
        return Way((Edge(0), Edge(1)), _plus if plus else _minus, (alpha,))
    if plus:
        return Way((Edge(0 if first else 1),), torch.add, number=True)
    return Way((Edge(0),), torch.sub, number=True) if first else Way((Edge(1),), torch.rsub, number=True)


@rule("RsubBackward1")
def _from_number(node: Any) -> Way:
    return Way((Edge(0 if node._saved_alpha == 1 else -1),), torch.rsub, number=True)


def _plus(a: Tensor, b: Tensor, alpha: float) -> Tensor:
    return torch.add(a, b, alpha=alpha)


def _minus(a: Tensor, b: Tensor, alpha: float) -> Tensor:
    return torch.sub(a, b, alpha=alpha)


ELEMENTWISE = frozenset(
    [operator for operator, _ in _ELEMENTWISE.values()]
    + [torch.mul, torch.div, torch.add, torch.sub, torch.rsub, _plus, _minus, Tensor.to]
)
"""Functions whose elements follow from the elements in the same place."""


# The eps of these two norms is not saved, but the scale of each row: an eps that gives all of them gives the output.
_EPS = (1e-5, 1e-6, 1e-12, 1e-8, 1e-7, 1e-3, 0.0)


@rule("NativeLayerNormBackward0")
def _layer_norm(node: Any) -> Way:
    edges = (Edge(0), Edge(1, "_saved_weight"), Edge(2, "_saved_bias"), Edge(saved="_saved_result2"))
    return Way(edges, _normed, (tuple(node._saved_normalized_shape),))


@rule("FusedRmsNormBackward0")  # a GPU's; on a CPU the norm is put together from other nodes
def _rms_norm(node: Any) -> Way:
    edges = (Edge(0), Edge(1, "_saved_weight"), Edge(saved="_saved_result1"))
    return Way(edges, _rms_normed, (tuple(node._saved_normalized_shape),))


def _normed(x: Tensor, weight: Any, bias: Any, rstd: Tensor, shape: tuple[int, ...]) -> Tensor:
    def norm(x: Tensor, eps: float | None) -> tuple[Tensor, Tensor]:
        y, _, scale = aten.native_layer_norm(x, shape, weight, bias, eps)
        return y, scale

    return _by_scale(norm, _EPS, x, rstd, shape)


def _rms_normed(x: Tensor, weight: Any, rstd: Tensor, shape: tuple[int, ...]) -> Tensor:
    # None is nn.RMSNorm's own eps.
    return _by_scale(
        lambda x, eps: aten._fused_rms_norm(x, shape, weight, eps), (None, *_EPS), x, rstd, shape
    )


def _by_scale(
    norm: Callable[[Tensor, float | None], tuple[Tensor, Tensor]],
    choices: Sequence[float | None],
    x: Tensor,
    rstd: Tensor,
    shape: tuple[int, ...],
) -> Tensor:
    """The output of a norm over the last dimensions, which have this shape, where the scales are known."""
    row, scale = x.reshape(-1, *shape)[:1], rstd.flatten()[:1]
    for eps in choices:
        if torch.equal(norm(row, eps)[1].flatten(), scale):
            y, scales = norm(x, eps)
            if torch.equal(scales, rstd):
                return y
    return x.new_empty(0)  # an unusual eps: no tensor equals this


@rule("NativeGroupNormBackward0")
def _group_norm(node: Any) -> Way:
    sizes = (node._saved_N, node._saved_C, node._saved_HxW, node._saved_group, node._saved_eps)
    return Way((Edge(0), *_affine(node)), _first_of_group_norm, sizes)


def _first_of_group_norm(*given: Any) -> Tensor:
    y: Tensor = aten.native_group_norm(*given)[0]
    return y


def _affine(node: Any) -> tuple[Edge, Edge]:
    """A norm's weight and bias; a bias is not saved, but without a weight there is none."""
    return Edge(1, "_saved_weight"), Edge(2, "_saved_weight" if node.next_functions[1][0] is None else "")


@rule("NativeBatchNormBackward0")
def _batch_norm(node: Any) -> Way:
    eps = node._saved_eps
    if node._saved_training:
        statistics = Edge(saved="_saved_result1"), Edge(saved="_saved_result2")
        return Way((Edge(0), *_affine(node), *statistics), _trained, (eps,))
    statistics = Edge(saved="_saved_running_mean"), Edge(saved="_saved_running_var")
    return Way((Edge(0), *_affine(node), *statistics), _evaluated, (eps,))


@rule("CudnnBatchNormBackward0")
def _cudnn_batch_norm(node: Any) -> Way:
    training = node._saved_training  # else cuDNN is not asked
    return Way((Edge(0 if training else -1), *_affine(node)), _trained_by_cudnn, (node._saved_epsilon,))


def _evaluated(x: Tensor, weight: Any, bias: Any, mean: Tensor, var: Tensor, eps: float) -> Tensor:
    y: Tensor = aten.native_batch_norm(x, weight, bias, mean, var, False, 0.0, eps)[0]
    return y


def _trained(x: Tensor, weight: Any, bias: Any, mean: Tensor, rstd: Tensor, eps: float) -> Tensor:
    if x.device.type != "cpu" or x.dtype != mean.dtype:
        y: Tensor = aten.native_batch_norm(x, weight, bias, None, None, True, 0.0, eps)[0]
        return y
    # As torch's kernel computes it, so that the bits agree, in a seventh of its time: x * scale + (bias - mean * scale).
    shape = [1, -1] + [1] * (x.dim() - 2)
    scale = rstd if weight is None else weight * rstd
    shift = torch.addcmul(torch.zeros_like(mean) if bias is None else bias, mean, scale, value=-1)
    return torch.addcmul(shift.view(shape), x, scale.view(shape))


def _trained_by_cudnn(x: Tensor, weight: Tensor, bias: Any, eps: float) -> Tensor:
    y: Tensor = aten.cudnn_batch_norm(x, weight, bias, None, None, True, 0.0, eps)[0]
    return y


@rule("MaxPool2DWithIndicesBackward0")
def _max_pool(node: Any) -> Way:
    names = ("kernel_size", "stride", "padding", "dilation")
    sizes = [tuple(getattr(node, f"_saved_{name}")) for name in names]
    return Way((Edge(0),), _first_of_max_pool, (*sizes, node._saved_ceil_mode))


def _first_of_max_pool(*given: Any) -> Tensor:
    y: Tensor = aten.max_pool2d_with_indices(*given)[0]
    return y


@rule("_RecomputedBackward")
def _chain(node: Any) -> Way:
    return Way(tuple(Edge(i) for i in range(len(node.next_functions))), node.chain.value)


@rule("_RecomputedHalvesBackward")
def _chain_of_halves(node: Any) -> Way:
    return Way((Edge(0),), _of_halves, (node.chain.value, node.dim))


def _of_halves(x: Tensor, product: Callable[..., Tensor], dim: int) -> Tensor:
    return product(*x.chunk(2, dim))
