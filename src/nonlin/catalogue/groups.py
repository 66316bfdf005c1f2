"""Functions of pairs of channels, and rectifiers that keep both signs by changing the number of channels."""

from __future__ import annotations

import math
from typing import Annotated

import torch
from torch import Tensor
from torch.nn import functional

from nonlin.base.errors import NonlinError
from nonlin.catalogue.enter import simplex
from nonlin.catalogue.record import EXACT, Accuracy, Bounds, dim_is_named, existing, halves, widened
from nonlin.catalogue.stable import within

_INF = math.inf


def _pairs(name: str, x: Tensor, dim: int | None) -> tuple[Tensor, Tensor, int]:
    """The entries 1, 3, 5, ... along a dimension, the entries 2, 4, 6, ..., and the dimension counted from zero.

    Raises:
        NonlinError: the dimension is missing or has an odd size.
    """
    along = existing(name, x, dim) % max(x.ndim, 1)
    if x.shape[along] % 2:
        raise NonlinError(
            f"{name}: dimension {dim} has size {x.shape[along]}, which makes no pairs; make it even"
        )
    first, second = x.unflatten(along, (-1, 2)).unbind(along + 1)
    return first, second, along


def _woven(first: Tensor, second: Tensor, along: int) -> Tensor:
    """The entries of two tensors in turn along a dimension."""
    return torch.stack([first, second], along + 1).flatten(along, along + 1)


def _double(n: int) -> int:
    return 2 * n


def _half(n: int) -> int:
    return n // 2


@simplex(
    formula="Piecewise((Max(x[i], 0), i <= n), (Max(-x[i - n], 0), True))",
    source="Shang, Sohn, Almeida and Lee 2016, Concatenated Rectified Linear Units, arXiv:1603.05201",
    class_name="CReLU",
    aliases=("concatenated_relu", "concat_relu"),
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(0.0, _INF),
    resized=_double,
)
def crelu(x: Tensor, dim: int | None = None) -> Tensor:
    """The ReLU of the input, and behind it along `dim` that of its negative: nothing is lost."""
    return functional.relu(torch.cat([x, -x], existing("crelu", x, dim)))


@simplex(
    formula=(
        "Piecewise((Piecewise((x[i], x[i] > 0), (exp(x[i]) - 1, True)), i <= n),"
        " (Piecewise((-x[i - n], x[i - n] < 0), (exp(-x[i - n]) - 1, True)), True))"
    ),
    source="Salimans, Karpathy, Chen and Kingma 2017, PixelCNN++, arXiv:1701.05517",
    class_name="ConcatELU",
    accuracy=Accuracy(ulps=(4.0, 8.0)),
    rule=dim_is_named,
    outputs=(-1.0, _INF),
    resized=_double,
)
def concat_elu(x: Tensor, dim: int | None = None) -> Tensor:
    """The ELU of the input, and behind it along `dim` that of its negative."""
    z = widened(x)
    return functional.elu(torch.cat([z, -z], existing("concat_elu", x, dim))).to(x.dtype)


@simplex(
    formula="Max(x[i], x[i + n / 2])",
    source="Wu, He, Sun and Tan 2015, A Light CNN for Deep Face Representation with Noisy Labels, arXiv:1511.02683",
    class_name="MFM",
    aliases=("max_feature_map",),
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(-_INF, _INF),
    resized=_half,
)
def mfm(x: Tensor, dim: int | None = None) -> Tensor:
    """The larger of both halves of the input, element by element; Maxout of two."""
    first, second = halves("mfm", x, existing("mfm", x, dim))
    return torch.maximum(first, second)


@simplex(
    formula="Max(x[i], 0) - Max(x[i + n / 2], 0)",
    source="Godin, Degrave, Dambre and De Neve 2017, Dual Rectified Linear Units (DReLUs), arXiv:1707.08214",
    class_name="DualReLU",
    accuracy=Accuracy(ulps=(1.0, 0.0)),
    rule=dim_is_named,
    outputs=(-_INF, _INF),
    resized=_half,
)
def dual_relu(x: Tensor, dim: int | None = None) -> Tensor:
    """The ReLU of the first half less the ReLU of the second: both signs, with exact zeros."""
    first, second = halves("dual_relu", x, existing("dual_relu", x, dim))
    return functional.relu(first) - functional.relu(second)


@simplex(
    formula="Piecewise((Max(x[i], 0), Eq(Mod(i, 2), 1)), (Min(x[i], 0), True))",
    source="Eidnes and Nøkland 2017, Shifting Mean Activation Towards Zero, arXiv:1709.04054",
    class_name="BipolarReLU",
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(-_INF, _INF),
)
def bipolar_relu(x: Tensor, dim: int | None = None) -> Tensor:
    """ReLU for every other entry along `dim`, beginning with the first; the others keep what is negative."""
    along = existing("bipolar_relu", x, dim)
    shape = [1] * x.ndim
    shape[along] = -1
    sign = 1 - 2 * (torch.arange(x.shape[along], device=x.device) % 2).to(x.dtype).reshape(shape)
    return sign * functional.relu(sign * x)


@simplex(
    formula=("Piecewise((Min(x[i], x[i + 1]), Eq(Mod(i, 2), 1)), (Max(x[i - 1], x[i]), True))"),
    source="Anil, Lucas and Grosse 2018, Sorting out Lipschitz function approximation, arXiv:1811.05381",
    class_name="MaxMin",
    aliases=("groupsort", "oplu"),
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(-_INF, _INF),
)
def maxmin(x: Tensor, dim: int | None = None) -> Tensor:
    """GroupSort of pairs: each pair of neighbours along `dim` in ascending order. It keeps norms of gradients."""
    first, second, along = _pairs("maxmin", x, dim)
    return _woven(torch.minimum(first, second), torch.maximum(first, second), along)


@simplex(
    formula=(
        "Piecewise((Piecewise((x[i], x[i] >= x[i + 1]), (0, True)), Eq(Mod(i, 2), 1)),"
        " (Piecewise((x[i], x[i] > x[i - 1]), (0, True)), True))"
    ),
    source="Srivastava, Masci, Kazerounian, Gomez and Schmidhuber 2013, Compete to Compute, NIPS",
    class_name="LWTA",
    aliases=("local_winner_take_all",),
    accuracy=EXACT,
    rule=dim_is_named,
    outputs=(-_INF, _INF),
)
def lwta(x: Tensor, dim: int | None = None) -> Tensor:
    """Of each pair of neighbours along `dim` the larger stays; the other becomes zero."""
    first, second, along = _pairs("lwta", x, dim)
    kept = torch.where(first < second, 0, first), torch.where(second <= first, 0, second)  # NaN stays NaN
    return _woven(*kept, along)


@simplex(
    formula=(
        "(Min(Max(x[2*i], -limit), limit) + 1) * Min(x[2*i - 1], limit)"
        " / (1 + exp(-alpha * Min(x[2*i - 1], limit)))"
    ),
    source="transformers, models.gpt_oss, GptOssExperts",
    class_name="SwiGLUOAI",
    aliases=("clamped_swiglu", "gpt_oss_swiglu"),
    # exp(-t) of a rounded t is off by t exp(-t) eps, times the other half.
    accuracy=Accuracy(ulps=(8.0, 16.0), slack=(4.0, 16.0)),
    rule=dim_is_named,
    outputs=(-_INF, _INF),
    resized=_half,
)
def swiglu_oai(
    x: Tensor,
    alpha: Annotated[float, Bounds(0.0, typical=(1.0, 1.702), open=True)] = 1.702,
    limit: Annotated[float, Bounds(0.0, typical=(3.0, 10.0), open=True)] = 7.0,
    dim: int | None = None,
) -> Tensor:
    """The SwiGLU of gpt-oss: pairs of neighbours, of which the *first* gates; both clipped, the other plus one."""
    gate, up, _ = _pairs("swiglu_oai", widened(x), dim)
    gate = within(gate, -_INF, limit)
    return ((within(up, -limit, limit) + 1) * gate * torch.sigmoid(alpha * gate)).to(x.dtype)


@simplex(
    formula=("Min(Max(x[i + n / 2], -limit), limit) * Min(x[i], limit) / (1 + exp(-Min(x[i], limit)))"),
    source="transformers, models.deepseek_v4, DeepseekV4Experts",
    class_name="SwiGLUClamped",
    accuracy=Accuracy(ulps=(8.0, 16.0), slack=(0.0, 16.0)),
    rule=dim_is_named,
    outputs=(-_INF, _INF),
    resized=_half,
)
def swiglu_clamped(
    x: Tensor,
    limit: Annotated[float, Bounds(0.0, typical=(3.0, 10.0), open=True)] = 10.0,
    dim: int | None = None,
) -> Tensor:
    """SwiGLU of clipped halves, of which the *first* gates, as the experts of DeepSeek-V4 have it."""
    gate, up = halves("swiglu_clamped", widened(x), existing("swiglu_clamped", x, dim))
    return (within(up, -limit, limit) * functional.silu(within(gate, -_INF, limit))).to(x.dtype)
