"""Every activation as a function; names, signatures and defaults are torch's where torch has it.

Written by tools/sync.py from the catalogue: change the entry there, then run it.
"""

# ruff: noqa: A002 - `input` is torch's name

from __future__ import annotations

import torch
from torch import Tensor

from nonlin.catalogue.exponentials import celu as _celu
from nonlin.catalogue.exponentials import elu as _elu
from nonlin.catalogue.exponentials import selu as _selu
from nonlin.catalogue.gates import bilinear_glu as _bilinear_glu
from nonlin.catalogue.gates import geglu as _geglu
from nonlin.catalogue.gates import geglu_tanh as _geglu_tanh
from nonlin.catalogue.gates import glu as _glu
from nonlin.catalogue.gates import gtu as _gtu
from nonlin.catalogue.gates import mishglu as _mishglu
from nonlin.catalogue.gates import reglu as _reglu
from nonlin.catalogue.gates import reglu2 as _reglu2
from nonlin.catalogue.gates import swiglu as _swiglu
from nonlin.catalogue.hard import hardshrink as _hardshrink
from nonlin.catalogue.hard import hardsigmoid as _hardsigmoid
from nonlin.catalogue.hard import hardswish as _hardswish
from nonlin.catalogue.hard import hardtanh as _hardtanh
from nonlin.catalogue.hard import softshrink as _softshrink
from nonlin.catalogue.hinged import arelu as _arelu
from nonlin.catalogue.hinged import flexible_relu as _flexible_relu
from nonlin.catalogue.hinged import relun as _relun
from nonlin.catalogue.hinged import rprelu as _rprelu
from nonlin.catalogue.hinged import s_shaped_relu as _s_shaped_relu
from nonlin.catalogue.hinged import shilu as _shilu
from nonlin.catalogue.hinged import star_relu as _star_relu
from nonlin.catalogue.hinged import tlu as _tlu
from nonlin.catalogue.learnable import apa as _apa
from nonlin.catalogue.learnable import derf as _derf
from nonlin.catalogue.learnable import dyisru as _dyisru
from nonlin.catalogue.learnable import dyt as _dyt
from nonlin.catalogue.learnable import mpelu as _mpelu
from nonlin.catalogue.learnable import pelu as _pelu
from nonlin.catalogue.learnable import scaled_softsign as _scaled_softsign
from nonlin.catalogue.learnable import snake as _snake
from nonlin.catalogue.learnable import xielu as _xielu
from nonlin.catalogue.rectifiers import identity as _identity
from nonlin.catalogue.rectifiers import leaky_relu as _leaky_relu
from nonlin.catalogue.rectifiers import prelu as _prelu
from nonlin.catalogue.rectifiers import relu as _relu
from nonlin.catalogue.rectifiers import relu6 as _relu6
from nonlin.catalogue.rectifiers import rrelu as _rrelu
from nonlin.catalogue.rectifiers import squared_relu as _squared_relu
from nonlin.catalogue.rectifiers import threshold as _threshold
from nonlin.catalogue.sigmoids import logsigmoid as _logsigmoid
from nonlin.catalogue.sigmoids import sigmoid as _sigmoid
from nonlin.catalogue.sigmoids import softsign as _softsign
from nonlin.catalogue.sigmoids import tanh as _tanh
from nonlin.catalogue.sigmoids import tanhshrink as _tanhshrink
from nonlin.catalogue.smooth import gelu as _gelu
from nonlin.catalogue.smooth import gelu_tanh as _gelu_tanh
from nonlin.catalogue.smooth import mish as _mish
from nonlin.catalogue.smooth import silu as _silu
from nonlin.catalogue.smooth import softplus as _softplus
from nonlin.catalogue.softmaxes import softmax_one as _softmax_one
from nonlin.catalogue.softmaxes import solu as _solu
from nonlin.catalogue.softmaxes import squash as _squash
from nonlin.catalogue.softmaxes import ssmax as _ssmax
from nonlin.catalogue.softmaxes import taylor_softmax as _taylor_softmax
from nonlin.catalogue.sparse import entmax as _entmax
from nonlin.catalogue.sparse import entmax15 as _entmax15
from nonlin.catalogue.sparse import sparsemax as _sparsemax
from nonlin.catalogue.vectors import log_softmax as _log_softmax
from nonlin.catalogue.vectors import softmax as _softmax
from nonlin.catalogue.vectors import softmax2d as _softmax2d
from nonlin.catalogue.vectors import softmin as _softmin

__all__ = [
    "apa",
    "arelu",
    "bilinear_glu",
    "celu",
    "derf",
    "dyisru",
    "dyt",
    "elu",
    "entmax",
    "entmax15",
    "flexible_relu",
    "geglu",
    "geglu_tanh",
    "gelu",
    "gelu_tanh",
    "glu",
    "gtu",
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "identity",
    "leaky_relu",
    "log_softmax",
    "logsigmoid",
    "mish",
    "mishglu",
    "mpelu",
    "pelu",
    "prelu",
    "reglu",
    "reglu2",
    "relu",
    "relu6",
    "relun",
    "rprelu",
    "rrelu",
    "s_shaped_relu",
    "scaled_softsign",
    "selu",
    "shilu",
    "sigmoid",
    "silu",
    "snake",
    "softmax",
    "softmax2d",
    "softmax_one",
    "softmin",
    "softplus",
    "softshrink",
    "softsign",
    "solu",
    "sparsemax",
    "squared_relu",
    "squash",
    "ssmax",
    "star_relu",
    "swiglu",
    "tanh",
    "tanhshrink",
    "taylor_softmax",
    "threshold",
    "tlu",
    "xielu",
]


def apa(input: Tensor, lambd: float | torch.Tensor = 1.0, kappa: float | torch.Tensor = 1.0) -> Tensor:
    r"""A sigmoid that `lambd` bends to one side: lambd = 1 is the sigmoid, lambd near 0 the Gompertz curve.

    Formula: `(1 + lambd * exp(-kappa * x))**(-1 / lambd)`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        lambd: in (0.0, inf); typical 0.5 to 2.
        kappa: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Alexandridis, Deng, Nguyen and Luo 2024, Adaptive Parametric Activation, arXiv:2407.08567
    """
    return _apa(input, lambd, kappa)


def arelu(input: Tensor, alpha: float | torch.Tensor = 0.9, beta: float | torch.Tensor = 2.0) -> Tensor:
    r"""Positive inputs grow by 1 + sigmoid(beta), negative ones shrink by `alpha`, which is held in [0.01, 0.99].

    Formula: `Piecewise(((1 + 1 / (1 + exp(-beta))) * x, x >= 0), (Min(Max(alpha, Rational(1, 100)), Rational(99, 100)) * x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in [0.01, 0.99]; typical 0.25 to 0.9.
        beta: in (-inf, inf); typical -2 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Chen, Li and Xu 2020, AReLU: Attention-based Rectified Linear Unit, arXiv:2006.13858
    """
    return _arelu(input, alpha, beta)


def bilinear_glu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The product of both halves, with no nonlinearity but that.

    Formula: `a * b`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """
    return _bilinear_glu(input, dim)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    r"""ELU with a slope that is continuous for every alpha.

    Formula: `Piecewise((x, x > 0), (alpha * (exp(x / alpha) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Barron 2017, Continuously Differentiable Exponential Linear Units, arXiv:1704.07483
    """
    return _celu(input, alpha, inplace)


def derf(
    input: Tensor,
    alpha: float | torch.Tensor = 0.5,
    s: float | torch.Tensor = 0.0,
    gamma: float | torch.Tensor = 1.0,
    beta: float | torch.Tensor = 0.0,
) -> Tensor:
    r"""A scaled and shifted error function in place of layer normalisation.

    Formula: `gamma * erf(alpha * x + s) + beta`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        s: in (-inf, inf); typical -1 to 1.
        gamma: in (-inf, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Chen, Lu, Zhu, Sun and Liu 2025, Stronger Normalization-Free Transformers, arXiv:2512.10938
    """
    return _derf(input, alpha, s, gamma, beta)


def dyisru(
    input: Tensor,
    alpha: float | torch.Tensor = 1.0,
    gamma: float | torch.Tensor = 1.0,
    beta: float | torch.Tensor = 0.0,
) -> Tensor:
    r"""The input over the root of its square plus `alpha`: layer normalisation, seen by one element.

    Formula: `gamma * x / sqrt(x**2 + alpha) + beta`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        gamma: in (-inf, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Stollenwerk 2025, Layer Normalization and Dynamic Activation Functions, arXiv:2503.21708
    """
    return _dyisru(input, alpha, gamma, beta)


def dyt(
    input: Tensor,
    alpha: float | torch.Tensor = 0.5,
    gamma: float | torch.Tensor = 1.0,
    beta: float | torch.Tensor = 0.0,
) -> Tensor:
    r"""A scaled tanh in place of layer normalisation; gamma and beta may be tensors, one number a channel.

    Formula: `gamma * tanh(alpha * x) + beta`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        gamma: in (-inf, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Zhu, Chen, He, LeCun and Liu 2025, Transformers without Normalization, arXiv:2503.10622
    """
    return _dyt(input, alpha, gamma, beta)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    r"""Identity above zero; below it, saturates exponentially at -alpha.

    Formula: `Piecewise((x, x > 0), (alpha * (exp(x) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289
    """
    return _elu(input, alpha, inplace)


def entmax(input: Tensor, alpha: float | torch.Tensor = 1.5, dim: int | None = None) -> Tensor:
    r"""A family from softmax (alpha near 1) over entmax15 to sparsemax (alpha = 2), found by bisection.

    Formula: `Max((alpha - 1) * x[i] - tau, 0)**(1 / (alpha - 1))`, where tau makes `Sum(Max((alpha - 1) * x[j] - tau, 0)**(1 / (alpha - 1)), (j, 1, n)) - 1` zero

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        alpha: in (1.0, inf); typical 1.25 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Peters, Niculae and Martins 2019, Sparse Sequence-to-Sequence Models, arXiv:1905.05702
    """
    return _entmax(input, alpha, dim)


def entmax15(input: Tensor, dim: int | None = None) -> Tensor:
    r"""Entmax with alpha = 1.5, between softmax and sparsemax: small entries become exactly zero.

    Formula: `Max(x[i] / 2 - tau, 0)**2`, where tau makes `Sum(Max(x[j] / 2 - tau, 0)**2, (j, 1, n)) - 1` zero

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Peters, Niculae and Martins 2019, Sparse Sequence-to-Sequence Models, arXiv:1905.05702
    """
    return _entmax15(input, dim)


def flexible_relu(input: Tensor, b: float | torch.Tensor = 0.0) -> Tensor:
    r"""ReLU moved up by `b`. The funnel activation, which mixes positions, is also called FReLU.

    Formula: `Max(x, 0) + b`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        b: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Qiu, Xu and Cai 2017, FReLU: Flexible Rectified Linear Units, arXiv:1706.08098
    """
    return _flexible_relu(input, b)


def geglu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the exact GELU of the second.

    Formula: `a * b * (1 + erf(b / sqrt(2))) / 2`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """
    return _geglu(input, dim)


def geglu_tanh(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the tanh-approximated GELU of the second.

    Formula: `a * b * (1 + tanh(sqrt(2 / pi) * (b + Rational(44715, 1000000) * b**3))) / 2`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """
    return _geglu_tanh(input, dim)


def gelu(input: Tensor, approximate: str = "none") -> Tensor:
    r"""The input times the probability that a standard normal number lies below it.

    `approximate="tanh"` makes it `gelu_tanh`.

    Formula: `x * (1 + erf(x / sqrt(2))) / 2`

    Shape: any; the output has the same.

    Range: within [-0.169971, inf), at the default parameters.

    Parameters:
        approximate: one of 'none', 'tanh'.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415
    """
    return _gelu(input, approximate)


def gelu_tanh(input: Tensor) -> Tensor:
    r"""GELU with the normal distribution function approximated by a tanh.

    Formula: `x * (1 + tanh(sqrt(2 / pi) * (x + Rational(44715, 1000000) * x**3))) / 2`

    Shape: any; the output has the same.

    Range: within [-0.170041, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415
    """
    return _gelu_tanh(input)


def glu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the sigmoid of the second.

    Formula: `a / (1 + exp(-b))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Dauphin et al. 2016, Language Modeling with Gated Convolutional Networks, arXiv:1612.08083
    """
    return _glu(input, dim)


def gtu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The tanh of the first half times the sigmoid of the second.

    Formula: `tanh(a) / (1 + exp(-b))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: van den Oord et al. 2016, Conditional Image Generation with PixelCNN Decoders, arXiv:1606.05328
    """
    return _gtu(input, dim)


def hardshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    r"""Zero within [-lambd, lambd], the input outside.

    Formula: `Piecewise((0, Abs(x) <= lambd), (x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lambd: in [0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage, Biometrika 81(3)
    """
    return _hardshrink(input, lambd)


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    r"""A line from 0 at -3 to 1 at 3, flat outside.

    Formula: `Min(Max(x / 6 + Rational(1, 2), 0), 1)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Howard et al. 2019, Searching for MobileNetV3, arXiv:1905.02244
    """
    return _hardsigmoid(input, inplace)


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    r"""The input times its hardsigmoid: SiLU from three straight pieces of gate.

    Formula: `x * Min(Max(x / 6 + Rational(1, 2), 0), 1)`

    Shape: any; the output has the same.

    Range: within [-0.375, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Howard et al. 2019, Searching for MobileNetV3, arXiv:1905.02244
    """
    return _hardswish(input, inplace)


def hardtanh(input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    r"""The input, clipped to [min_val, max_val].

    Formula: `Min(Max(x, min_val), max_val)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        min_val: in (-inf, inf); typical -2 to -0.5.
        max_val: in (-inf, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Collobert 2004, Large Scale Machine Learning (thesis, Université Paris VI); torch.nn.Hardtanh
    """
    return _hardtanh(input, min_val, max_val, inplace)


def identity(input: Tensor) -> Tensor:
    r"""The input itself.

    Formula: `x`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _identity(input)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    r"""Identity above zero; below it, a line of slope `negative_slope`.

    Formula: `Piecewise((x, x > 0), (negative_slope * x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        negative_slope: in (-inf, inf); typical 0.01 to 0.3.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Maas, Hannun, Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models
    """
    return _leaky_relu(input, negative_slope, inplace)


def log_softmax(input: Tensor, dim: int | None = None, *, dtype: torch.dtype | None = None) -> Tensor:
    r"""The logarithm of softmax, without its underflow.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.

    Formula: `x[i] - log(Sum(exp(x[j]), (j, 1, n)))`

    Shape: any; the output has the same.

    Range: within (-inf, 0].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: classical
    """
    return _log_softmax(input, dim, dtype=dtype)


def logsigmoid(input: Tensor) -> Tensor:
    r"""The logarithm of the sigmoid, without its underflow.

    Formula: `-log(1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within (-inf, 0].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _logsigmoid(input)


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    r"""The input times the tanh of its softplus.

    Formula: `x * tanh(log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.308843, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Misra 2019, Mish: A Self Regularized Non-Monotonic Activation Function, arXiv:1908.08681
    """
    return _mish(input, inplace)


def mishglu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the Mish of the second.

    Formula: `a * b * tanh(log(1 + exp(b)))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: the gate of Shazeer 2020, arXiv:2002.05202, with Mish, Misra 2019, arXiv:1908.08681
    """
    return _mishglu(input, dim)


def mpelu(input: Tensor, alpha: float | torch.Tensor = 0.25, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""ELU with saturation -alpha and steepness `beta` on the left.

    Formula: `Piecewise((x, x > 0), (alpha * (exp(beta * x) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-0.25, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.25 to 1.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Li, Fan, Li, Wu and Ming 2016, Multiple Parametric Exponential Linear Units, arXiv:1606.00305
    """
    return _mpelu(input, alpha, beta)


def pelu(input: Tensor, a: float | torch.Tensor = 1.0, b: float | torch.Tensor = 1.0) -> Tensor:
    r"""ELU with saturation -a and scale `b`, and the slope a / b on the right, so that it has no kink.

    Formula: `Piecewise((a / b * x, x >= 0), (a * (exp(x / b) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        a: in (0.0, inf); typical 0.5 to 2.
        b: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Trottier, Giguère and Chaib-draa 2016, Parametric Exponential Linear Unit, arXiv:1605.09332
    """
    return _pelu(input, a, b)


def prelu(input: Tensor, weight: float | torch.Tensor) -> Tensor:
    r"""Identity above zero; below it, a line whose slope `weight` is learned.

    `weight` is a number, or a tensor with one element or one for each channel (dimension 1 of the input).

    Formula: `Piecewise((x, x > 0), (weight * x, True))`

    Shape: any; the output has the same.

    Parameters:
        weight: in (-inf, inf); typical 0.1 to 0.3.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers, arXiv:1502.01852
    """
    return _prelu(input, weight)


def reglu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the ReLU of the second.

    Formula: `a * Max(b, 0)`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """
    return _reglu(input, dim)


def reglu2(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the squared ReLU of the second.

    Formula: `a * Max(b, 0)**2`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: ReGLU of Shazeer 2020, arXiv:2002.05202, with the squared ReLU of So et al. 2021, arXiv:2109.08668
    """
    return _reglu2(input, dim)


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    r"""Identity above zero, zero below.

    Formula: `Max(x, 0)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML
    """
    return _relu(input, inplace)


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    r"""ReLU, cut off at 6.

    Formula: `Min(Max(x, 0), 6)`

    Shape: any; the output has the same.

    Range: within [0, 6].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Krizhevsky 2010, Convolutional Deep Belief Networks on CIFAR-10
    """
    return _relu6(input, inplace)


def relun(input: Tensor, n: float | torch.Tensor = 1.0) -> Tensor:
    r"""ReLU that stops rising at `n`; ReLU6 has n = 6.

    Formula: `Min(Max(x, 0), n)`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        n: in (0.0, inf); typical 0.5 to 6.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """
    return _relun(input, n)


def rprelu(
    input: Tensor,
    gamma: float | torch.Tensor = 0.0,
    zeta: float | torch.Tensor = 0.0,
    beta: float | torch.Tensor = 0.25,
) -> Tensor:
    r"""PReLU with slope `beta`, its corner moved to the point (gamma, zeta).

    Formula: `Piecewise((x - gamma + zeta, x > gamma), (beta * (x - gamma) + zeta, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        gamma: in (-inf, inf); typical -1 to 1.
        zeta: in (-inf, inf); typical -1 to 1.
        beta: in (-inf, inf); typical 0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Liu, Shen, Savvides and Cheng 2020, ReActNet, arXiv:2003.03488
    """
    return _rprelu(input, gamma, zeta, beta)


def rrelu(
    input: Tensor,
    lower: float = 0.125,
    upper: float = 0.3333333333333333,
    training: bool = False,
    inplace: bool = False,
) -> Tensor:
    r"""LeakyReLU whose slope is drawn from [lower, upper] for each element; outside training, their mean.

    The formula, the landmarks and the gain are those outside training.

    Formula: `Piecewise((x, x > 0), ((lower + upper) / 2 * x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lower: in (-inf, inf); typical 0.01 to 0.3.
        upper: in (-inf, inf); typical 0.01 to 0.3.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Xu, Wang, Chen and Li 2015, Empirical Evaluation of Rectified Activations, arXiv:1505.00853
    """
    return _rrelu(input, lower, upper, training, inplace)


def s_shaped_relu(
    input: Tensor,
    t_r: float | torch.Tensor = 1.0,
    a_r: float | torch.Tensor = 1.0,
    t_l: float | torch.Tensor = 0.0,
    a_l: float | torch.Tensor = 0.2,
) -> Tensor:
    r"""The identity from `t_l` to `t_r`, with slope `a_l` below and `a_r` above. Several functions are called SReLU.

    Formula: `Piecewise((t_r + a_r * (x - t_r), x >= t_r), (t_l + a_l * (x - t_l), x <= t_l), (x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        t_r: in (-inf, inf); typical 1 to 2.
        a_r: in (0.0, inf); typical 0.5 to 2.
        t_l: in (-inf, inf); typical -1 to 0.
        a_l: in (0.0, inf); typical 0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Jin, Xu, Feng, Wei, Xiong and Yan 2015, S-shaped Rectified Linear Activation Units, arXiv:1512.07030
    """
    return _s_shaped_relu(input, t_r, a_r, t_l, a_l)


def scaled_softsign(
    input: Tensor, alpha: float | torch.Tensor = 1.0, beta: float | torch.Tensor = 1.0
) -> Tensor:
    r"""Softsign with limits +-alpha and width `beta`.

    Formula: `alpha * x / (beta + Abs(x))`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """
    return _scaled_softsign(input, alpha, beta)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    r"""ELU, scaled so that mean 0 and variance 1 reproduce themselves from layer to layer.

    Formula: `1.0507009873554804934193349852946 * Piecewise((x, x > 0), (1.6732632423543772848170429916717 * (exp(x) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1.7581, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Klambauer et al. 2017, Self-Normalizing Neural Networks, arXiv:1706.02515
    """
    return _selu(input, inplace)


def shilu(input: Tensor, alpha: float | torch.Tensor = 1.0, beta: float | torch.Tensor = 0.0) -> Tensor:
    r"""ReLU times `alpha`, moved up by `beta`.

    Formula: `alpha * Max(x, 0) + beta`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """
    return _shilu(input, alpha, beta)


def sigmoid(input: Tensor) -> Tensor:
    r"""Rises from 0 to 1, through 1/2 at zero.

    Formula: `1 / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _sigmoid(input)


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    r"""The input times its sigmoid; Swish with beta = 1.

    Formula: `x / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Elfwing, Uchibe, Doya 2017, arXiv:1702.03118; Ramachandran, Zoph, Le 2017, arXiv:1710.05941
    """
    return _silu(input, inplace)


def snake(input: Tensor, alpha: float | torch.Tensor = 1.0) -> Tensor:
    r"""The input plus a periodic bump of frequency `alpha`; it never falls.

    Formula: `x + sin(alpha * x)**2 / alpha`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 4.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ziyin, Hartwig and Ueda 2020, Neural Networks Fail to Learn Periodic Functions, arXiv:2006.08195
    """
    return _snake(input, alpha)


def softmax(input: Tensor, dim: int | None = None, *, dtype: torch.dtype | None = None) -> Tensor:
    r"""Exponentials, divided by their sum along `dim`: positive numbers that sum to one.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.

    Formula: `exp(x[i]) / Sum(exp(x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs
    """
    return _softmax(input, dim, dtype=dtype)


def softmax2d(input: Tensor) -> Tensor:
    r"""Softmax over the channels of an image: dimension -3 of (N, C, H, W) or (C, H, W).

    Formula: `exp(x[i]) / Sum(exp(x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch.nn.Softmax2d
    """
    return _softmax2d(input)


def softmax_one(input: Tensor, dim: int | None = None) -> Tensor:
    r"""Softmax with one more entry that is always zero: the outputs may all vanish.

    Formula: `exp(x[i]) / (1 + Sum(exp(x[j]), (j, 1, n)))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Miller 2023, Attention Is Off By One
    """
    return _softmax_one(input, dim)


def softmin(input: Tensor, dim: int | None = None, *, dtype: torch.dtype | None = None) -> Tensor:
    r"""Softmax of the negated input: the smallest gets the most.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.

    Formula: `exp(-x[i]) / Sum(exp(-x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: classical
    """
    return _softmin(input, dim, dtype=dtype)


def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    r"""A smooth ReLU, always above it. As in torch it is the identity where beta * x exceeds `threshold`.

    Formula: `Piecewise((x, beta * x > threshold), (log(1 + exp(beta * x)) / beta, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        beta: in (-inf, inf); typical 0.5 to 2.
        threshold: in (-inf, inf); typical 15 to 30.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, NIPS 2000
    """
    return _softplus(input, beta, threshold)


def softshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    r"""The input, moved towards zero by lambd and stopped there.

    Formula: `Piecewise((x - lambd, x > lambd), (x + lambd, x < -lambd), (0, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lambd: in [0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Donoho 1995, De-noising by soft-thresholding, IEEE Transactions on Information Theory 41(3)
    """
    return _softshrink(input, lambd)


def softsign(input: Tensor) -> Tensor:
    r"""Rises from -1 to 1 as slowly as 1/x, odd.

    Formula: `x / (1 + Abs(x))`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Bergstra, Desjardins, Lamblin and Bengio 2009, Quadratic Polynomials Learn Better Image Features
    """
    return _softsign(input)


def solu(input: Tensor, dim: int | None = None) -> Tensor:
    r"""The input times its softmax.

    Formula: `x[i] * exp(x[i]) / Sum(exp(x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Elhage et al. 2022, Softmax Linear Units, Transformer Circuits Thread
    """
    return _solu(input, dim)


def sparsemax(input: Tensor, dim: int | None = None) -> Tensor:
    r"""The point of the simplex that is nearest to the input: small entries become exactly zero.

    Formula: `Max(x[i] - tau, 0)`, where tau makes `Sum(Max(x[j] - tau, 0), (j, 1, n)) - 1` zero

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Martins and Astudillo 2016, From Softmax to Sparsemax, arXiv:1602.02068
    """
    return _sparsemax(input, dim)


def squared_relu(input: Tensor) -> Tensor:
    r"""The square of ReLU.

    Formula: `Max(x, 0)**2`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: So et al. 2021, Primer: Searching for Efficient Transformers, arXiv:2109.08668
    """
    return _squared_relu(input)


def squash(input: Tensor, dim: int | None = None) -> Tensor:
    r"""Keeps the direction of a vector and takes its length r to r^2 / (1 + r^2), which is below one.

    Formula: `x[i] * sqrt(Sum(x[j]**2, (j, 1, n))) / (1 + Sum(x[j]**2, (j, 1, n)))`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Sabour, Frosst and Hinton 2017, Dynamic Routing Between Capsules, arXiv:1710.09829
    """
    return _squash(input, dim)


def ssmax(input: Tensor, s: float | torch.Tensor = 1.0, dim: int | None = None) -> Tensor:
    r"""Softmax of the input times s log n, where n is the size of the dimension: it stays sharp as n grows.

    Formula: `exp(s * log(n) * x[i]) / Sum(exp(s * log(n) * x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        s: in (0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Nakanishi 2025, Scalable-Softmax Is Superior for Attention, arXiv:2501.19399
    """
    return _ssmax(input, s, dim)


def star_relu(input: Tensor, s: float | torch.Tensor = 0.8944, b: float | torch.Tensor = -0.4472) -> Tensor:
    r"""The squared ReLU times `s`, plus `b`.

    Formula: `s * Max(x, 0)**2 + b`

    Shape: any; the output has the same.

    Range: within [-0.4472, inf), at the default parameters.

    Parameters:
        s: in (0.0, inf); typical 0.5 to 2.
        b: in (-inf, inf); typical -0.5 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Yu, Si, Zhou, Luo, Zhou, Feng, Yan and Wang 2022, MetaFormer Baselines for Vision, arXiv:2210.13452
    """
    return _star_relu(input, s, b)


def swiglu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The first half times the SiLU of the second.

    Formula: `a * b / (1 + exp(-b))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """
    return _swiglu(input, dim)


def tanh(input: Tensor) -> Tensor:
    r"""The hyperbolic tangent: rises from -1 to 1, odd.

    Formula: `tanh(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _tanh(input)


def tanhshrink(input: Tensor) -> Tensor:
    r"""The input less its hyperbolic tangent: flat at zero, and one off the identity far away.

    Formula: `x - tanh(x)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch.nn.Tanhshrink
    """
    return _tanhshrink(input)


def taylor_softmax(input: Tensor, dim: int | None = None) -> Tensor:
    r"""Softmax with the exponential replaced by its second-order Taylor polynomial, which is positive too.

    Formula: `(1 + x[i] + x[i]**2 / 2) / Sum(1 + x[j] + x[j]**2 / 2, (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: de Brébisson and Vincent 2015, An Exploration of Softmax Alternatives, arXiv:1511.05042
    """
    return _taylor_softmax(input, dim)


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    r"""Identity above `threshold`, and `value` elsewhere.

    Formula: `Piecewise((x, x > threshold), (value, True))`

    Shape: any; the output has the same.

    Parameters:
        threshold: in (-inf, inf); typical -1 to 1.
        value: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch.nn.Threshold
    """
    return _threshold(input, threshold, value, inplace)


def tlu(input: Tensor, tau: float | torch.Tensor = 0.0) -> Tensor:
    r"""The larger of the input and `tau`; ReLU where tau = 0.

    Formula: `Max(x, tau)`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        tau: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Singh and Krishnan 2019, Filter Response Normalization Layer, arXiv:1911.09737
    """
    return _tlu(input, tau)


def xielu(
    input: Tensor, alpha_p: float | torch.Tensor = 0.8, alpha_n: float | torch.Tensor = 0.8, beta: float = 0.5
) -> Tensor:
    r"""A parabola on the right, the integral of ELU on the left. The paper learns softplus^-1 of both factors.

    Formula: `Piecewise((alpha_p * x**2 + beta * x, x > 0), (alpha_n * (exp(x) - 1 - x) + beta * x, True))`

    Shape: any; the output has the same.

    Range: within [-0.205751, inf), at the default parameters.

    Parameters:
        alpha_p: in (0.0, inf); typical 0.5 to 2.
        alpha_n: in (0.0, inf); typical 0.5 to 2.
        beta: in (0.0, inf); typical 0.4 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Huang and Schlag 2024, Deriving Activation Functions Using Integration, arXiv:2411.13010
    """
    return _xielu(input, alpha_p, alpha_n, beta)
