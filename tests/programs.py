"""Random programs over tensors, for tests that must hold for any program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from hypothesis import strategies as st
from torch import Tensor

Step = Callable[[list[Tensor]], Tensor]

UNARY: dict[str, Callable[[Tensor], Tensor]] = {
    "relu": F.relu,
    "relu6": F.relu6,
    "leaky_relu": lambda x: F.leaky_relu(x, -0.3),
    "elu": lambda x: F.elu(x, 0.7),
    "celu": lambda x: F.celu(x, 1.3),
    "selu": F.selu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "softplus": lambda x: F.softplus(x, beta=2.0, threshold=5.0),
    "softsign": F.softsign,
    "softshrink": lambda x: F.softshrink(x, 0.4),
    "hardshrink": lambda x: F.hardshrink(x, 0.4),
    "tanhshrink": F.tanhshrink,
    "hardtanh": lambda x: F.hardtanh(x, -0.5, 2.0),
    "hardsigmoid": F.hardsigmoid,
    "hardswish": F.hardswish,
    "threshold": lambda x: F.threshold(x, 0.2, -3.0),
    "logsigmoid": F.logsigmoid,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "exp": torch.exp,
    "expm1": torch.expm1,
    "log": torch.log,
    "log1p": torch.log1p,
    "sqrt": torch.sqrt,
    "rsqrt": torch.rsqrt,
    "square": torch.square,
    "cube": lambda x: x**3,
    "root": lambda x: x**0.5,
    "inverse_square": lambda x: x**-2,
    "reciprocal": torch.reciprocal,
    "abs": torch.abs,
    "neg": torch.neg,
    "sin": torch.sin,
    "cos": torch.cos,
    "atan": torch.atan,
    "erf": torch.erf,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "asinh": torch.asinh,
    "sign": torch.sign,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "round": torch.round,
    "clamp": lambda x: x.clamp(-0.7, 1.9),
    "clamp_crossed": lambda x: x.clamp(min=2.0, max=1.0),
    "clamp_min": lambda x: x.clamp(min=0.3),
    "clamp_max": lambda x: x.clamp_max(0.3),
    "softmax": lambda x: F.softmax(x, dim=-1),
    "log_softmax": lambda x: F.log_softmax(x, dim=-1),
    "softmin": lambda x: F.softmin(x, dim=0),
    "scale": lambda x: -2.5 * x,
    "shift": lambda x: 3.0 - x,
    "halve": lambda x: x / 2,
    "into": lambda x: 2 / x,
    "cumsum": lambda x: x.cumsum(-1),
    "cumprod": lambda x: x.cumprod(-1),
    "sum_back": lambda x: x.sum(-1, keepdim=True).expand_as(x),
    "mean_back": lambda x: x.mean(0, keepdim=True).expand_as(x),
    "max_back": lambda x: x.amax(-1, keepdim=True).expand_as(x),
    "max_pair": lambda x: x.max(-1, keepdim=True).values.expand_as(x),
    "std_back": lambda x: x.std(-1, keepdim=True).expand_as(x),
    "norm_back": lambda x: x.norm(dim=-1, keepdim=True).expand_as(x),
    "logsumexp_back": lambda x: x.logsumexp(-1, keepdim=True).expand_as(x),
    "prod_back": lambda x: x.prod(-1, keepdim=True).expand_as(x),
    "turn": lambda x: x.flip(0).roll(1, -1),
    "reshape": lambda x: x.reshape(-1).reshape(x.shape),
    "masked_fill": lambda x: x.masked_fill(x > 0.5, -7.0),
    "dropout": lambda x: F.dropout(x, 0.5, training=True),
    "sort": lambda x: x.sort(-1).values,
    "inplace_relu": lambda x: x.clone().relu_(),
    "layer_norm": lambda x: F.layer_norm(x, x.shape[-1:]),
    "avg_pool": lambda x: F.avg_pool1d(x[None], 3, 1, 1)[0],
    "pad": lambda x: F.pad(x, (1, 0), value=-4.0)[:, 1:],
}


def _relu_through_view(x: Tensor) -> Tensor:
    held = x.clone()
    held.view(-1).relu_()
    return held


def _fill_part(x: Tensor) -> Tensor:
    held = x.clone()
    held[0].fill_(11.0)
    return held


UNARY |= {"inplace_view": _relu_through_view, "inplace_part": _fill_part}

BINARY: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "add": torch.add,
    "add_alpha": lambda a, b: torch.add(a, b, alpha=-2),
    "sub": torch.sub,
    "mul": torch.mul,
    "div": torch.div,
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "fmax": torch.fmax,
    "fmin": torch.fmin,
    "where": lambda a, b: torch.where(a > 0, a, b),
    "cat": lambda a, b: torch.cat([a, b])[: a.shape[0]],
    "stack": lambda a, b: torch.stack([a, b])[1],
    "lerp": lambda a, b: torch.lerp(a, b, 0.3),
    "mse": lambda a, b: F.mse_loss(a, b, reduction="none"),
    "copy": lambda a, b: a.clone().copy_(b),
    "glu": lambda a, b: F.glu(torch.cat([a, b], dim=-1), dim=-1),
    "matmul": lambda a, b: a @ b.T @ a,
}


@dataclass(frozen=True)
class Program:
    """A random straight-line program: each step reads one or two earlier values."""

    steps: tuple[tuple[str, int, int], ...]

    def __call__(self, x: Tensor) -> list[Tensor]:
        """Every intermediate value, the input first."""
        values = [x]
        for name, i, j in self.steps:
            a, b = values[i % len(values)], values[j % len(values)]
            values.append(UNARY[name](a) if name in UNARY else BINARY[name](a, b))
        return values


programs = st.lists(
    st.tuples(st.sampled_from(sorted([*UNARY, *BINARY])), st.integers(0, 50), st.integers(0, 50)),
    min_size=1,
    max_size=8,
).map(lambda steps: Program(tuple(steps)))

numbers = st.one_of(
    st.floats(-3, 3),
    st.floats(-1e4, 1e4),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e-8, -1e-30, 88.0, -104.0, 710.0]),
)
SINGULAR = [0.0, -0.0, 1.0, -1.0, 5e-324, 1e-300, -1e-300, 1e300, -1e300, 710.0, -710.0]
inputs = st.one_of(
    *(st.lists(n, min_size=12, max_size=12) for n in (numbers, st.sampled_from(SINGULAR)))
).map(lambda xs: torch.tensor(xs, dtype=torch.float64).reshape(3, 4))
