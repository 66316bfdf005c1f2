"""Every activation as a function; names, signatures and defaults are torch's where torch has it.

Written by tools/sync.py from the catalogue: change the entry there, then run it.
"""

# ruff: noqa: A002 - `input` is torch's name

from __future__ import annotations

import torch
from torch import Tensor

from nonlin.catalogue.acons import acon_b as _acon_b
from nonlin.catalogue.acons import acon_c as _acon_c
from nonlin.catalogue.acons import swish_beta as _swish_beta
from nonlin.catalogue.acons import xsilu as _xsilu
from nonlin.catalogue.bells import cauchy as _cauchy
from nonlin.catalogue.bells import gaussian as _gaussian
from nonlin.catalogue.bells import gaussian_rbf as _gaussian_rbf
from nonlin.catalogue.bells import ricker as _ricker
from nonlin.catalogue.corners import arcsinh as _arcsinh
from nonlin.catalogue.corners import bent_identity as _bent_identity
from nonlin.catalogue.corners import elish as _elish
from nonlin.catalogue.corners import elu_plus_one as _elu_plus_one
from nonlin.catalogue.corners import hard_elish as _hard_elish
from nonlin.catalogue.corners import nlrelu as _nlrelu
from nonlin.catalogue.corners import shifted_softplus as _shifted_softplus
from nonlin.catalogue.corners import sqrt_softplus as _sqrt_softplus
from nonlin.catalogue.corners import squareplus as _squareplus
from nonlin.catalogue.corners import symlog as _symlog
from nonlin.catalogue.cumulative import aria2 as _aria2
from nonlin.catalogue.cumulative import gaussian_cdf as _gaussian_cdf
from nonlin.catalogue.cumulative import gompertz as _gompertz
from nonlin.catalogue.cumulative import laplace as _laplace
from nonlin.catalogue.cumulative import loglog as _loglog
from nonlin.catalogue.exponentials import celu as _celu
from nonlin.catalogue.exponentials import elu as _elu
from nonlin.catalogue.exponentials import selu as _selu
from nonlin.catalogue.gates import bilinear_glu as _bilinear_glu
from nonlin.catalogue.gates import drelu as _drelu
from nonlin.catalogue.gates import geglu as _geglu
from nonlin.catalogue.gates import geglu_tanh as _geglu_tanh
from nonlin.catalogue.gates import glu as _glu
from nonlin.catalogue.gates import gtu as _gtu
from nonlin.catalogue.gates import mishglu as _mishglu
from nonlin.catalogue.gates import reglu as _reglu
from nonlin.catalogue.gates import reglu2 as _reglu2
from nonlin.catalogue.gates import swiglu as _swiglu
from nonlin.catalogue.groups import bipolar_relu as _bipolar_relu
from nonlin.catalogue.groups import concat_elu as _concat_elu
from nonlin.catalogue.groups import crelu as _crelu
from nonlin.catalogue.groups import dual_relu as _dual_relu
from nonlin.catalogue.groups import lwta as _lwta
from nonlin.catalogue.groups import maxmin as _maxmin
from nonlin.catalogue.groups import mfm as _mfm
from nonlin.catalogue.groups import swiglu_clamped as _swiglu_clamped
from nonlin.catalogue.groups import swiglu_oai as _swiglu_oai
from nonlin.catalogue.hard import hardshrink as _hardshrink
from nonlin.catalogue.hard import hardsigmoid as _hardsigmoid
from nonlin.catalogue.hard import hardswish as _hardswish
from nonlin.catalogue.hard import hardtanh as _hardtanh
from nonlin.catalogue.hard import softshrink as _softshrink
from nonlin.catalogue.hinged import apl as _apl
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
from nonlin.catalogue.maxima import smu as _smu
from nonlin.catalogue.maxima import smu1 as _smu1
from nonlin.catalogue.maxima import xatlu as _xatlu
from nonlin.catalogue.maxima import xgelu as _xgelu
from nonlin.catalogue.mishes import beta_mish as _beta_mish
from nonlin.catalogue.mishes import gish as _gish
from nonlin.catalogue.mishes import lisht as _lisht
from nonlin.catalogue.mishes import logish as _logish
from nonlin.catalogue.mishes import mila as _mila
from nonlin.catalogue.mishes import phish as _phish
from nonlin.catalogue.mishes import serf as _serf
from nonlin.catalogue.mishes import sgelu as _sgelu
from nonlin.catalogue.mishes import smish as _smish
from nonlin.catalogue.mishes import soft_modulus_t as _soft_modulus_t
from nonlin.catalogue.mishes import tanhexp as _tanhexp
from nonlin.catalogue.mishes import telu_elu as _telu_elu
from nonlin.catalogue.noisy import gumbel_sigmoid as _gumbel_sigmoid
from nonlin.catalogue.noisy import gumbel_softmax as _gumbel_softmax
from nonlin.catalogue.noisy import hard_concrete as _hard_concrete
from nonlin.catalogue.noisy import noisy_relu as _noisy_relu
from nonlin.catalogue.periodic import cos as _cos
from nonlin.catalogue.periodic import finer as _finer
from nonlin.catalogue.periodic import hosc as _hosc
from nonlin.catalogue.periodic import sin as _sin
from nonlin.catalogue.periodic import sine_relu as _sine_relu
from nonlin.catalogue.pieces import absolute as _absolute
from nonlin.catalogue.pieces import hard_mish as _hard_mish
from nonlin.catalogue.pieces import shifted_relu as _shifted_relu
from nonlin.catalogue.pieces import shrink as _shrink
from nonlin.catalogue.pieces import smelu as _smelu
from nonlin.catalogue.pieces import smooth_step as _smooth_step
from nonlin.catalogue.pieces import soft_modulus_q as _soft_modulus_q
from nonlin.catalogue.pieces import sparse_plus as _sparse_plus
from nonlin.catalogue.pieces import sparse_sigmoid as _sparse_sigmoid
from nonlin.catalogue.pieces import sqnl as _sqnl
from nonlin.catalogue.pieces import square as _square
from nonlin.catalogue.pieces import thresholded_relu as _thresholded_relu
from nonlin.catalogue.powers import cube as _cube
from nonlin.catalogue.powers import exponential as _exponential
from nonlin.catalogue.powers import poly_relu as _poly_relu
from nonlin.catalogue.powers import repu as _repu
from nonlin.catalogue.powers import symexp as _symexp
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
from nonlin.catalogue.squashing import arctan as _arctan
from nonlin.catalogue.squashing import dsilu as _dsilu
from nonlin.catalogue.squashing import elliott as _elliott
from nonlin.catalogue.squashing import erf as _erf
from nonlin.catalogue.squashing import isrlu as _isrlu
from nonlin.catalogue.squashing import isru as _isru
from nonlin.catalogue.squashing import lecun_tanh as _lecun_tanh
from nonlin.catalogue.squashing import penalized_tanh as _penalized_tanh
from nonlin.catalogue.squashing import rational_tanh as _rational_tanh
from nonlin.catalogue.squashing import rectified_tanh as _rectified_tanh
from nonlin.catalogue.squashing import soft_clipping as _soft_clipping
from nonlin.catalogue.squashing import softcap as _softcap
from nonlin.catalogue.steps import heaviside as _heaviside
from nonlin.catalogue.steps import jump_relu as _jump_relu
from nonlin.catalogue.steps import sign as _sign
from nonlin.catalogue.swishes import aptx as _aptx
from nonlin.catalogue.swishes import atlu as _atlu
from nonlin.catalogue.swishes import bsilu as _bsilu
from nonlin.catalogue.swishes import clipped_gelu as _clipped_gelu
from nonlin.catalogue.swishes import colu as _colu
from nonlin.catalogue.swishes import eswish as _eswish
from nonlin.catalogue.swishes import flatten_t_swish as _flatten_t_swish
from nonlin.catalogue.swishes import golu as _golu
from nonlin.catalogue.swishes import lalu as _lalu
from nonlin.catalogue.swishes import quick_gelu as _quick_gelu
from nonlin.catalogue.swishes import scaled_silu as _scaled_silu
from nonlin.catalogue.swishes import swim as _swim
from nonlin.catalogue.swishes import swish_t_a as _swish_t_a
from nonlin.catalogue.tunable import aglu as _aglu
from nonlin.catalogue.tunable import delu as _delu
from nonlin.catalogue.tunable import erfact as _erfact
from nonlin.catalogue.tunable import pserf as _pserf
from nonlin.catalogue.tunable import swish_t as _swish_t
from nonlin.catalogue.tunable import swish_t_b as _swish_t_b
from nonlin.catalogue.tunable import swish_t_c as _swish_t_c
from nonlin.catalogue.tunable import tanhsoft1 as _tanhsoft1
from nonlin.catalogue.tunable import tanhsoft2 as _tanhsoft2
from nonlin.catalogue.tunable import tanhsoft3 as _tanhsoft3
from nonlin.catalogue.vectors import log_softmax as _log_softmax
from nonlin.catalogue.vectors import softmax as _softmax
from nonlin.catalogue.vectors import softmax2d as _softmax2d
from nonlin.catalogue.vectors import softmin as _softmin
from nonlin.catalogue.waves import coslu as _coslu
from nonlin.catalogue.waves import gcu as _gcu
from nonlin.catalogue.waves import sinc as _sinc
from nonlin.catalogue.waves import sinlu as _sinlu
from nonlin.catalogue.waves import snake_beta as _snake_beta
from nonlin.catalogue.winners import hardmax as _hardmax
from nonlin.catalogue.winners import polynorm as _polynorm
from nonlin.catalogue.winners import top_k as _top_k
from nonlin.catalogue.winners import top_k_relu as _top_k_relu

__all__ = [
    "absolute",
    "acon_b",
    "acon_c",
    "aglu",
    "apa",
    "apl",
    "aptx",
    "arcsinh",
    "arctan",
    "arelu",
    "aria2",
    "atlu",
    "bent_identity",
    "beta_mish",
    "bilinear_glu",
    "bipolar_relu",
    "bsilu",
    "cauchy",
    "celu",
    "clipped_gelu",
    "colu",
    "concat_elu",
    "cos",
    "coslu",
    "crelu",
    "cube",
    "delu",
    "derf",
    "drelu",
    "dsilu",
    "dual_relu",
    "dyisru",
    "dyt",
    "elish",
    "elliott",
    "elu",
    "elu_plus_one",
    "entmax",
    "entmax15",
    "erf",
    "erfact",
    "eswish",
    "exponential",
    "finer",
    "flatten_t_swish",
    "flexible_relu",
    "gaussian",
    "gaussian_cdf",
    "gaussian_rbf",
    "gcu",
    "geglu",
    "geglu_tanh",
    "gelu",
    "gelu_tanh",
    "gish",
    "glu",
    "golu",
    "gompertz",
    "gtu",
    "gumbel_sigmoid",
    "gumbel_softmax",
    "hard_concrete",
    "hard_elish",
    "hard_mish",
    "hardmax",
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "heaviside",
    "hosc",
    "identity",
    "isrlu",
    "isru",
    "jump_relu",
    "lalu",
    "laplace",
    "leaky_relu",
    "lecun_tanh",
    "lisht",
    "log_softmax",
    "logish",
    "loglog",
    "logsigmoid",
    "lwta",
    "maxmin",
    "mfm",
    "mila",
    "mish",
    "mishglu",
    "mpelu",
    "nlrelu",
    "noisy_relu",
    "pelu",
    "penalized_tanh",
    "phish",
    "poly_relu",
    "polynorm",
    "prelu",
    "pserf",
    "quick_gelu",
    "rational_tanh",
    "rectified_tanh",
    "reglu",
    "reglu2",
    "relu",
    "relu6",
    "relun",
    "repu",
    "ricker",
    "rprelu",
    "rrelu",
    "s_shaped_relu",
    "scaled_silu",
    "scaled_softsign",
    "selu",
    "serf",
    "sgelu",
    "shifted_relu",
    "shifted_softplus",
    "shilu",
    "shrink",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinc",
    "sine_relu",
    "sinlu",
    "smelu",
    "smish",
    "smooth_step",
    "smu",
    "smu1",
    "snake",
    "snake_beta",
    "soft_clipping",
    "soft_modulus_q",
    "soft_modulus_t",
    "softcap",
    "softmax",
    "softmax2d",
    "softmax_one",
    "softmin",
    "softplus",
    "softshrink",
    "softsign",
    "solu",
    "sparse_plus",
    "sparse_sigmoid",
    "sparsemax",
    "sqnl",
    "sqrt_softplus",
    "square",
    "squared_relu",
    "squareplus",
    "squash",
    "ssmax",
    "star_relu",
    "swiglu",
    "swiglu_clamped",
    "swiglu_oai",
    "swim",
    "swish_beta",
    "swish_t",
    "swish_t_a",
    "swish_t_b",
    "swish_t_c",
    "symexp",
    "symlog",
    "tanh",
    "tanhexp",
    "tanhshrink",
    "tanhsoft1",
    "tanhsoft2",
    "tanhsoft3",
    "taylor_softmax",
    "telu_elu",
    "threshold",
    "thresholded_relu",
    "tlu",
    "top_k",
    "top_k_relu",
    "xatlu",
    "xgelu",
    "xielu",
    "xsilu",
]


def absolute(input: Tensor) -> Tensor:
    r"""The input without its sign; the slope at zero is 1, where that of torch.abs is 0.

    Formula: `Abs(x)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _absolute(input)


def acon_b(input: Tensor, p: float | torch.Tensor = 0.25, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""A smooth maximum of x and p x, as sharp as `beta`: a smooth leaky ReLU.

    Formula: `(1 - p) * x / (1 + exp(-beta * (1 - p) * x)) + p * x`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        p: in (-inf, inf); typical 0 to 0.25.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ma, Zhang, Liu and Sun 2020, Activate or Not: Learning Customized Activation, arXiv:2009.04759
    """
    return _acon_b(input, p, beta)


def acon_c(
    input: Tensor,
    p1: float | torch.Tensor = 1.0,
    p2: float | torch.Tensor = 0.0,
    beta: float | torch.Tensor = 1.0,
) -> Tensor:
    r"""A smooth maximum of p1 x and p2 x, as sharp as `beta`. The authors' code draws p1 and p2 at random.

    Formula: `(p1 - p2) * x / (1 + exp(-beta * (p1 - p2) * x)) + p2 * x`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        p1: in (-inf, inf); typical 1 to 1.5.
        p2: in (-inf, inf); typical -0.25 to 0.25.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ma, Zhang, Liu and Sun 2020, Activate or Not: Learning Customized Activation, arXiv:2009.04759
    """
    return _acon_c(input, p1, p2, beta)


def aglu(input: Tensor, lambd: float | torch.Tensor = 1.0, kappa: float | torch.Tensor = 1.0) -> Tensor:
    r"""The input times APA, a sigmoid that `lambd` bends to one side; SiLU where both are 1.

    Formula: `x * (1 + lambd * exp(-kappa * x))**(-1 / lambd)`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        lambd: in (0.0, inf); typical 0.5 to 2.
        kappa: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Alexandridis, Deng, Nguyen and Luo 2024, Adaptive Parametric Activation, arXiv:2407.08567
    """
    return _aglu(input, lambd, kappa)


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


def apl(input: Tensor, a: float | torch.Tensor = 0.2, b: float | torch.Tensor = 0.0) -> Tensor:
    r"""ReLU plus one hinge of slope -a left of `b`; the paper adds up several, which are sums of this.

    Formula: `Max(x, 0) + a * Max(b - x, 0)`

    Shape: any; the output has the same.

    Range: within [-4.44089e-16, inf), at the default parameters.

    Parameters:
        a: in (-inf, inf); typical 0.1 to 0.5.
        b: in (-inf, inf); typical 0 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Agostinelli, Hoffman, Sadowski and Baldi 2014, Learning Activation Functions, arXiv:1412.6830
    """
    return _apl(input, a, b)


def aptx(input: Tensor, alpha: float = 1.0, beta: float = 1.0, gamma: float = 0.5) -> Tensor:
    r"""Gamma x (alpha + tanh(beta x)); with the defaults it is Swish with beta = 2.

    Formula: `(alpha + tanh(beta * x)) * gamma * x`

    Shape: any; the output has the same.

    Range: within [-0.139232, inf), at the default parameters.

    Parameters:
        alpha: in [0.0, 1.0]; typical 0.5 to 1.
        beta: in (0.0, inf); typical 0.5 to 2.
        gamma: in (0.0, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Kumar 2022, APTx: better activation function than MISH, SWISH, arXiv:2209.06119
    """
    return _aptx(input, alpha, beta, gamma)


def arcsinh(input: Tensor) -> Tensor:
    r"""The inverse of the hyperbolic sine: the identity near zero, a logarithm far away, odd.

    Formula: `asinh(x)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _arcsinh(input)


def arctan(input: Tensor) -> Tensor:
    r"""The inverse of the tangent: rises from -pi / 2 to pi / 2, odd.

    Formula: `atan(x)`

    Shape: any; the output has the same.

    Range: within [-1.5708, 1.5708].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _arctan(input)


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


def aria2(input: Tensor, alpha: float = 1.5, beta: float = 1.0) -> Tensor:
    r"""Richards' curve: the sigmoid of beta * x to the power alpha. The paper's ARiA is the input times it.

    Formula: `(1 + exp(-beta * x))**(-alpha)`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Patwardhan, Ingalhalikar and Walambe 2018, ARiA, arXiv:1805.08878
    """
    return _aria2(input, alpha, beta)


def atlu(input: Tensor) -> Tensor:
    r"""The input times an arctan gate; it rises everywhere, unlike SiLU.

    Formula: `x * (atan(x) + pi / 2) / pi`

    Shape: any; the output has the same.

    Range: within [-0.31831, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """
    return _atlu(input)


def bent_identity(input: Tensor) -> Tensor:
    r"""The identity, bent smoothly: slope 1/2 on the left, 3/2 on the right.

    Formula: `(sqrt(x**2 + 1) - 1) / 2 + x`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch-activation 1.0.0, BentIdentity; echoAI, BentID
    """
    return _bent_identity(input)


def beta_mish(input: Tensor, beta: float = 1.5) -> Tensor:
    r"""Mish whose gate is sharper, the larger `beta`.

    Formula: `x * tanh(beta * log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.451103, inf), at the default parameters.

    Parameters:
        beta: in (0.001, 1000.0); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: echoAI 0.1.3, BetaMish
    """
    return _beta_mish(input, beta)


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


def bipolar_relu(input: Tensor, dim: int | None = None) -> Tensor:
    r"""ReLU for every other entry along `dim`, beginning with the first; the others keep what is negative.

    Formula: `Piecewise((Max(x[i], 0), Eq(Mod(i, 2), 1)), (Min(x[i], 0), True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Eidnes and Nøkland 2017, Shifting Mean Activation Towards Zero, arXiv:1709.04054
    """
    return _bipolar_relu(input, dim)


def bsilu(input: Tensor, alpha: float = 1.67) -> Tensor:
    r"""SiLU plus alpha times (sigmoid - 1/2): a steeper middle, for surrogate gradients.

    Formula: `(x + alpha) / (1 + exp(-x)) - alpha / 2`

    Shape: any; the output has the same.

    Range: within [-0.8999, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Horuz et al. 2025, The Resurrection of the ReLU, arXiv:2505.22074
    """
    return _bsilu(input, alpha)


def cauchy(
    input: Tensor,
    lam1: float | torch.Tensor = 1.0,
    lam2: float | torch.Tensor = 1.0,
    d: float | torch.Tensor = 1.0,
) -> Tensor:
    r"""A line over a parabola without zeros: a peak beside a trough, from Cauchy's integral formula.

    Formula: `(lam1 * x + lam2) / (x**2 + d**2)`

    Shape: any; the output has the same.

    Range: within [-0.207107, 1.20711], at the default parameters.

    Parameters:
        lam1: in (-inf, inf); typical -1 to 1.
        lam2: in (-inf, inf); typical -1 to 1.
        d: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Li, Xia and Zhang 2024, Cauchy activation function and XNet, arXiv:2409.19221
    """
    return _cauchy(input, lam1, lam2, d)


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


def clipped_gelu(input: Tensor, min_val: float = -10.0, max_val: float = 10.0) -> Tensor:
    r"""GELU, clipped for integers; a `min_val` below -0.17 never acts.

    Formula: `Min(Max(x * (1 + erf(x / sqrt(2))) / 2, min_val), max_val)`

    Shape: any; the output has the same.

    Range: within [-0.169971, 10], at the default parameters.

    Parameters:
        min_val: in (-inf, 0.0); typical -10 to -1.
        max_val: in (0.0, inf); typical 6 to 10.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Wu et al. 2020, Integer Quantization for Deep Learning Inference, arXiv:2004.09602
    """
    return _clipped_gelu(input, min_val, max_val)


def colu(input: Tensor) -> Tensor:
    r"""The input over 1 - x exp(-x - exp(x)): near Mish.

    Formula: `x / (1 - x * exp(-(x + exp(x))))`

    Shape: any; the output has the same.

    Range: within [-0.377159, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Vagerwal 2021, Deeper Learning with CoLU Activation, arXiv:2112.12078
    """
    return _colu(input)


def concat_elu(input: Tensor, dim: int | None = None) -> Tensor:
    r"""The ELU of the input, and behind it along `dim` that of its negative.

    Formula: `Piecewise((Piecewise((x[i], x[i] > 0), (exp(x[i]) - 1, True)), i <= n), (Piecewise((-x[i - n], x[i - n] < 0), (exp(-x[i - n]) - 1, True)), True))`

    Shape: (..., n, ...) to (..., 2n, ...) along `dim`.

    Range: within [-1, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Salimans, Karpathy, Chen and Kingma 2017, PixelCNN++, arXiv:1701.05517
    """
    return _concat_elu(input, dim)


def cos(input: Tensor) -> Tensor:
    r"""The cosine, even.

    Formula: `cos(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _cos(input)


def coslu(input: Tensor, alpha: float | torch.Tensor = 1.0, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""The input plus a cosine of height `alpha` and rate `beta`, times the sigmoid.

    Formula: `(x + alpha * cos(beta * x)) / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.289273, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.5 to 1.
        beta: in (-inf, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """
    return _coslu(input, alpha, beta)


def crelu(input: Tensor, dim: int | None = None) -> Tensor:
    r"""The ReLU of the input, and behind it along `dim` that of its negative: nothing is lost.

    Formula: `Piecewise((Max(x[i], 0), i <= n), (Max(-x[i - n], 0), True))`

    Shape: (..., n, ...) to (..., 2n, ...) along `dim`.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Shang, Sohn, Almeida and Lee 2016, Concatenated Rectified Linear Units, arXiv:1603.05201
    """
    return _crelu(input, dim)


def cube(input: Tensor) -> Tensor:
    r"""The third power, odd.

    Formula: `x**3`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Chen and Manning 2014, A Fast and Accurate Dependency Parser using Neural Networks, EMNLP
    """
    return _cube(input)


def delu(input: Tensor, n: float | torch.Tensor = 0.5) -> Tensor:
    r"""SiLU below zero; a line and a saturating exponential above, with a kink.

    Formula: `Piecewise(((n + Rational(1, 2)) * x + 1 - exp(-x), x > 0), (x / (1 + exp(-x)), True))`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        n: in (-0.5, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """
    return _delu(input, n)


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


def drelu(input: Tensor, dim: int = -1) -> Tensor:
    r"""The product of the ReLUs of both halves; not the difference of the dual ReLU, which is called DReLU too.

    Formula: `Max(a, 0) * Max(b, 0)`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Song, Xie, Zhang, Wen, Ma, Mi and Chen 2024, Turbo Sparse: Achieving LLM SOTA Performance with Minimal Activated Parameters, arXiv:2406.05955
    """
    return _drelu(input, dim)


def dsilu(input: Tensor) -> Tensor:
    r"""The derivative of SiLU: a sigmoid that overshoots on both sides.

    Formula: `(1 + x / (1 + exp(x))) / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.0998393, 1.09984].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Elfwing, Uchibe and Doya 2017, Sigmoid-Weighted Linear Units, arXiv:1702.03118
    """
    return _dsilu(input)


def dual_relu(input: Tensor, dim: int | None = None) -> Tensor:
    r"""The ReLU of the first half less the ReLU of the second: both signs, with exact zeros.

    Formula: `Max(x[i], 0) - Max(x[i + n / 2], 0)`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Godin, Degrave, Dambre and De Neve 2017, Dual Rectified Linear Units (DReLUs), arXiv:1707.08214
    """
    return _dual_relu(input, dim)


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


def elish(input: Tensor) -> Tensor:
    r"""SiLU above zero; below it, exp(x) - 1 times the sigmoid.

    Formula: `Piecewise((x / (1 + exp(-x)), x >= 0), ((exp(x) - 1) / (1 + exp(-x)), True))`

    Shape: any; the output has the same.

    Range: within [-0.171573, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Basirat and Roth 2018, The Quest for the Golden Activation Function, arXiv:1808.00783
    """
    return _elish(input)


def elliott(input: Tensor) -> Tensor:
    r"""Softsign, moved to rise from 0 to 1.

    Formula: `x / (2 * (1 + Abs(x))) + Rational(1, 2)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Elliott 1993, A Better Activation Function for Artificial Neural Networks, ISR TR 93-8
    """
    return _elliott(input)


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


def elu_plus_one(input: Tensor) -> Tensor:
    r"""ELU + 1: the exponential below zero and a line above; the feature map of linear attention.

    Formula: `Piecewise((x + 1, x > 0), (exp(x), True))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Katharopoulos et al. 2020, Transformers are RNNs, arXiv:2006.16236
    """
    return _elu_plus_one(input)


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


def erf(input: Tensor) -> Tensor:
    r"""The error function: rises from -1 to 1, odd.

    Formula: `erf(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _erf(input)


def erfact(input: Tensor, alpha: float | torch.Tensor = 0.75, beta: float | torch.Tensor = 0.75) -> Tensor:
    r"""The input times the error function of alpha exp(beta x).

    Formula: `x * erf(alpha * exp(beta * x))`

    Shape: any; the output has the same.

    Range: within [-0.405281, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 1.5.
        beta: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, ErfAct and Pserf, arXiv:2109.04386
    """
    return _erfact(input, alpha, beta)


def eswish(input: Tensor, beta: float = 1.25) -> Tensor:
    r"""SiLU times `beta`; the paper recommends 1 to 2.

    Formula: `beta * x / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.348081, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 1 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Alcaide 2018, E-swish: Adjusting Activations to Different Network Depths, arXiv:1801.07145
    """
    return _eswish(input, beta)


def exponential(input: Tensor) -> Tensor:
    r"""The exponential function, for outputs that are rates; single precision ends at 88.

    Formula: `exp(x)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _exponential(input)


def finer(input: Tensor, omega: float = 1.0) -> Tensor:
    r"""A sine whose frequency grows with the distance from zero; the paper's networks take omega = 30.

    Formula: `sin(omega * (Abs(x) + 1) * x)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        omega: in (0.0, inf); typical 1 to 3.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Liu et al. 2023, FINER: Flexible Spectral-bias Tuning in Implicit NEural Representation, arXiv:2312.02434
    """
    return _finer(input, omega)


def flatten_t_swish(input: Tensor, t: float = -0.2) -> Tensor:
    r"""SiLU above zero, zero below, all moved by `t`.

    Formula: `Piecewise((x / (1 + exp(-x)) + t, x >= 0), (t, True))`

    Shape: any; the output has the same.

    Range: within [-0.2, inf), at the default parameters.

    Parameters:
        t: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Chieng et al. 2018, Flatten-T Swish, arXiv:1812.06247
    """
    return _flatten_t_swish(input, t)


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


def gaussian(input: Tensor, sigma: float = 1.0) -> Tensor:
    r"""The normal density with peak 1 and width `sigma`.

    Formula: `exp(-x**2 / (2 * sigma**2))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        sigma: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ramasinghe and Lucey 2021, Beyond Periodicity, arXiv:2111.15135
    """
    return _gaussian(input, sigma)


def gaussian_cdf(input: Tensor) -> Tensor:
    r"""The probability that a standard normal number lies below the input; the gate of GELU.

    Formula: `erfc(-x / sqrt(2)) / 2`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _gaussian_cdf(input)


def gaussian_rbf(input: Tensor) -> Tensor:
    r"""The radial basis function exp(-x^2).

    Formula: `exp(-x**2)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _gaussian_rbf(input)


def gcu(input: Tensor) -> Tensor:
    r"""The input times its cosine: waves as high as they are far from zero.

    Formula: `x * cos(x)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Noel, Arunkumar, Trivedi and Dutta 2021, Growing Cosine Unit, arXiv:2108.12943
    """
    return _gcu(input)


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


def gish(input: Tensor) -> Tensor:
    r"""The input times log(2 - exp(-exp(x))); the slope far right is log 2.

    Formula: `x * log(2 - exp(-exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.278159, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Kaytan, Aydilek and Yeroğlu 2023, Gish, Neural Computing and Applications
    """
    return _gish(input)


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


def golu(input: Tensor) -> Tensor:
    r"""The input times its Gompertz function.

    Formula: `x * exp(-exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.0972601, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Das et al. 2025, Gompertz Linear Units, arXiv:2502.03654
    """
    return _golu(input)


def gompertz(input: Tensor) -> Tensor:
    r"""Leaves 0 very late and approaches 1 like exp(-x).

    Formula: `exp(-exp(-x))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; Gompertz 1825, and the distribution function of Gumbel
    """
    return _gompertz(input)


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


def gumbel_sigmoid(
    input: Tensor, tau: float = 1.0, training: bool = False, *, generator: torch._C.Generator | None = None
) -> Tensor:
    r"""A relaxed coin with the input as its log-odds; the smaller `tau`, the nearer its draws to 0 and 1.

    Formula: `1 / (1 + exp(-x / tau))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        tau: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Maddison, Mnih and Teh 2016, The Concrete Distribution, arXiv:1611.00712
    """
    return _gumbel_sigmoid(input, tau, training, generator=generator)


def gumbel_softmax(
    input: Tensor,
    tau: float = 1,
    hard: bool = False,
    eps: float = 1e-10,
    dim: int = -1,
    *,
    training: bool = True,
    generator: torch._C.Generator | None = None,
) -> Tensor:
    r"""A relaxed draw of one entry, with the inputs as log-probabilities; `hard` makes it one-hot with the soft slope.

    As in torch the function draws unless `training=False` is said, and ignores `eps`; a module in evaluation is
    softmax(x / tau).

    Formula: `exp(x[i] / tau) / Sum(exp(x[j] / tau), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        tau: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Jang, Gu and Poole 2016, Categorical Reparameterization with Gumbel-Softmax, arXiv:1611.01144; Maddison, Mnih and Teh 2016, The Concrete Distribution, arXiv:1611.00712
    """
    return _gumbel_softmax(input, tau, hard, eps, dim, training=training, generator=generator)


def hard_concrete(
    input: Tensor,
    beta: float = 0.6666666666666666,
    gamma: float = -0.1,
    zeta: float = 1.1,
    training: bool = False,
    *,
    generator: torch._C.Generator | None = None,
) -> Tensor:
    r"""A gate for sparse networks: a relaxed coin, stretched to [gamma, zeta] and clipped, so that it is often 0 or 1.

    `beta` is the temperature of the draws; evaluation does without.

    Formula: `Min(Max((zeta - gamma) / (1 + exp(-x)) + gamma, 0), 1)`

    Shape: any; the output has the same.

    Range: within [-4.44089e-16, 1], at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 1.
        gamma: in (-inf, 0.0); typical -0.5 to -0.1.
        zeta: in (1.0, inf); typical 1.1 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Louizos, Welling and Kingma 2017, Learning Sparse Neural Networks through L0, arXiv:1712.01312
    """
    return _hard_concrete(input, beta, gamma, zeta, training, generator=generator)


def hard_elish(input: Tensor) -> Tensor:
    r"""ELiSH with a straight-line gate: zero below -1, the identity above 1.

    Formula: `Piecewise((x, x >= 0), (exp(x) - 1, True)) * Min(Max((x + 1) / 2, 0), 1)`

    Shape: any; the output has the same.

    Range: within [-0.0996732, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Basirat and Roth 2018, The Quest for the Golden Activation Function, arXiv:1808.00783
    """
    return _hard_elish(input)


def hard_mish(input: Tensor) -> Tensor:
    r"""Mish from pieces: zero below -2, the identity above zero, a parabola between.

    Formula: `x * Min(Max(x + 2, 0), 2) / 2`

    Shape: any; the output has the same.

    Range: within [-0.5, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: timm.layers.HardMish
    """
    return _hard_mish(input)


def hardmax(input: Tensor, dim: int | None = None) -> Tensor:
    r"""One for the largest entry, the first of equals, and zero for the others; nothing learns through it.

    Formula: `Piecewise((1, Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < 1), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: ONNX operator Hardmax, opset 13
    """
    return _hardmax(input, dim)


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


def heaviside(input: Tensor) -> Tensor:
    r"""One for positive inputs, zero for the others; its slope is zero everywhere, so nothing learns through it.

    Formula: `Piecewise((1, x > 0), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; McCulloch and Pitts 1943, A Logical Calculus of the Ideas Immanent in Nervous Activity
    """
    return _heaviside(input)


def hosc(input: Tensor, beta: float = 1.0) -> Tensor:
    r"""A sine with flattened crests: near a square wave for a large `beta`.

    Formula: `tanh(beta * sin(x))`

    Shape: any; the output has the same.

    Range: within [-0.761594, 0.761594], at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Serrano, Szymkowiak and Musialski 2024, HOSC: A Periodic Activation Function, arXiv:2401.10967
    """
    return _hosc(input, beta)


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


def isrlu(input: Tensor, alpha: float = 1.0) -> Tensor:
    r"""Identity above zero, the inverse square root unit below.

    Formula: `Piecewise((x, x >= 0), (x / sqrt(1 + alpha * x**2), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Carlile et al. 2017, Improving Deep Learning by Inverse Square Root Linear Units, arXiv:1710.09967
    """
    return _isrlu(input, alpha)


def isru(input: Tensor, alpha: float = 1.0) -> Tensor:
    r"""Rises from -1 / sqrt(alpha) to 1 / sqrt(alpha) without exponentials, odd.

    Formula: `x / sqrt(1 + alpha * x**2)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Carlile et al. 2017, Improving Deep Learning by Inverse Square Root Linear Units, arXiv:1710.09967
    """
    return _isru(input, alpha)


def jump_relu(input: Tensor, theta: float = 0.001) -> Tensor:
    r"""Thresholded ReLU with a small `theta`. Sparse autoencoders learn theta by an estimate; its slope is zero.

    Formula: `Piecewise((x, x > theta), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        theta: in [0.0, inf); typical 0.001 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Erichson, Yao and Mahoney 2019, JumpReLU: A Retrofit Defense Strategy, arXiv:1904.03750
    """
    return _jump_relu(input, theta)


def lalu(input: Tensor) -> Tensor:
    r"""The input times the distribution function of Laplace.

    Formula: `Piecewise((x * (1 - exp(-x) / 2), x >= 0), (x * exp(x) / 2, True))`

    Shape: any; the output has the same.

    Range: within [-0.18394, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch-activation 1.0.0, LaLU
    """
    return _lalu(input)


def laplace(input: Tensor) -> Tensor:
    r"""The attention function of Mega: a normal distribution function, in spite of its name.

    Formula: `erfc((Rational(707107, 1000000) - x) / (sqrt(2) * Rational(282095, 1000000))) / 2`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ma et al. 2022, Mega: Moving Average Equipped Gated Attention, arXiv:2209.10655
    """
    return _laplace(input)


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


def lecun_tanh(input: Tensor, a: float = 1.7159, b: float = 0.6666666666666666) -> Tensor:
    r"""Tanh, stretched so that it is near 1 at 1 and near -1 at -1.

    Formula: `a * tanh(b * x)`

    Shape: any; the output has the same.

    Range: within [-1.7159, 1.7159], at the default parameters.

    Parameters:
        a: in (0.0, inf); typical 0.5 to 2.
        b: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: LeCun, Bottou, Orr and Müller 1998, Efficient BackProp
    """
    return _lecun_tanh(input, a, b)


def lisht(input: Tensor) -> Tensor:
    r"""The input times its tanh: |x| far from zero, a parabola near it.

    Formula: `x * tanh(x)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Roy, Manna, Dubey and Chaudhuri 2019, LiSHT, arXiv:1901.05894
    """
    return _lisht(input)


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


def logish(input: Tensor) -> Tensor:
    r"""The input times log(1 + sigmoid); the slope far right is log 2.

    Formula: `x * log(1 + 1 / (1 + exp(-x)))`

    Shape: any; the output has the same.

    Range: within [-0.252769, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Zhu, Zeng, Liu and Zhang 2021, Logish, Neurocomputing 458
    """
    return _logish(input)


def loglog(input: Tensor) -> Tensor:
    r"""Rises from 0 like exp(x), and to 1 much faster.

    Formula: `1 - exp(-exp(x))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; the inverse of the complementary log-log link
    """
    return _loglog(input)


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


def lwta(input: Tensor, dim: int | None = None) -> Tensor:
    r"""Of each pair of neighbours along `dim` the larger stays; the other becomes zero.

    Formula: `Piecewise((Piecewise((x[i], x[i] >= x[i + 1]), (0, True)), Eq(Mod(i, 2), 1)), (Piecewise((x[i], x[i] > x[i - 1]), (0, True)), True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Srivastava, Masci, Kazerounian, Gomez and Schmidhuber 2013, Compete to Compute, NIPS
    """
    return _lwta(input, dim)


def maxmin(input: Tensor, dim: int | None = None) -> Tensor:
    r"""GroupSort of pairs: each pair of neighbours along `dim` in ascending order. It keeps norms of gradients.

    Formula: `Piecewise((Min(x[i], x[i + 1]), Eq(Mod(i, 2), 1)), (Max(x[i - 1], x[i]), True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Anil, Lucas and Grosse 2018, Sorting out Lipschitz function approximation, arXiv:1811.05381
    """
    return _maxmin(input, dim)


def mfm(input: Tensor, dim: int | None = None) -> Tensor:
    r"""The larger of both halves of the input, element by element; Maxout of two.

    Formula: `Max(x[i], x[i + n / 2])`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Wu, He, Sun and Tan 2015, A Light CNN for Deep Face Representation with Noisy Labels, arXiv:1511.02683
    """
    return _mfm(input, dim)


def mila(input: Tensor, beta: float = -0.25) -> Tensor:
    r"""Mish whose gate opens at -beta instead of zero.

    Formula: `x * tanh(log(1 + exp(x + beta)))`

    Shape: any; the output has the same.

    Range: within [-0.249453, inf), at the default parameters.

    Parameters:
        beta: in [-20.0, 20.0]; typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: echoAI 0.1.3, Mila
    """
    return _mila(input, beta)


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


def nlrelu(input: Tensor, beta: float = 1.0) -> Tensor:
    r"""The logarithm of 1 + beta * ReLU.

    Formula: `log(1 + beta * Max(x, 0))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Liu et al. 2019, Natural-Logarithm-Rectified Activation Function, arXiv:1908.03682
    """
    return _nlrelu(input, beta)


def noisy_relu(
    input: Tensor, training: bool = False, *, generator: torch._C.Generator | None = None
) -> Tensor:
    r"""ReLU of the input plus normal noise, whose variance is the sigmoid of the input.

    Formula: `Max(x, 0)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML
    """
    return _noisy_relu(input, training, generator=generator)


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


def penalized_tanh(input: Tensor, a: float = 0.25) -> Tensor:
    r"""Tanh above zero; below it, `a` times tanh.

    Formula: `Piecewise((tanh(x), x > 0), (a * tanh(x), True))`

    Shape: any; the output has the same.

    Range: within [-0.25, 1], at the default parameters.

    Parameters:
        a: in (-inf, inf); typical 0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Xu, Huang and Li 2016, Revise Saturated Activation Functions, arXiv:1602.05980
    """
    return _penalized_tanh(input, a)


def phish(input: Tensor) -> Tensor:
    r"""The input times the tanh of its GELU; never negative.

    Formula: `x * tanh(x * erfc(-x / sqrt(2)) / 2)`

    Shape: any; the output has the same.

    Range: within [-2.22045e-20, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Naveen 2022, Phish: A Novel Hyper-Optimizable Activation Function, TechRxiv
    """
    return _phish(input)


def poly_relu(
    input: Tensor,
    a0: float | torch.Tensor = 0.0,
    a1: float | torch.Tensor = 0.3333333333333333,
    a2: float | torch.Tensor = 0.3333333333333333,
    a3: float | torch.Tensor = 0.3333333333333333,
) -> Tensor:
    r"""A polynomial of the third degree in ReLU.

    Formula: `a0 + a1 * Max(x, 0) + a2 * Max(x, 0)**2 + a3 * Max(x, 0)**3`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        a0: in (-inf, inf); typical 0 to 0.5.
        a1: in (-inf, inf); typical 0.25 to 1.
        a2: in (-inf, inf); typical 0.25 to 1.
        a3: in (-inf, inf); typical 0.25 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Zhuo, Wang, Zeng, Li, Zhou and Ma 2024, Polynomial Composition Activations, arXiv:2411.03884
    """
    return _poly_relu(input, a0, a1, a2, a3)


def polynorm(
    input: Tensor,
    a1: float | torch.Tensor = 0.3333333333333333,
    a2: float | torch.Tensor = 0.3333333333333333,
    a3: float | torch.Tensor = 0.3333333333333333,
    b: float | torch.Tensor = 0.0,
    eps: float = 1e-06,
    dim: int | None = None,
) -> Tensor:
    r"""The first three powers of the input, each over its root mean square along `dim`, weighed and summed.

    Formula: `b + a1 * x[i] / sqrt(Sum(x[j]**2, (j, 1, n)) / n + eps) + a2 * x[i]**2 / sqrt(Sum(x[j]**4, (j, 1, n)) / n + eps) + a3 * x[i]**3 / sqrt(Sum(x[j]**6, (j, 1, n)) / n + eps)`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        a1: in (-inf, inf); typical 0.25 to 1.
        a2: in (-inf, inf); typical 0.25 to 1.
        a3: in (-inf, inf); typical 0.25 to 1.
        b: in (-inf, inf); typical 0 to 0.5.
        eps: in (0.0, inf); typical 1e-06 to 1e-05.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Zhuo, Wang, Zeng, Li, Zhou and Ma 2024, Polynomial Composition Activations, arXiv:2411.03884
    """
    return _polynorm(input, a1, a2, a3, b, eps, dim)


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


def pserf(input: Tensor, gamma: float | torch.Tensor = 1.25, delta: float | torch.Tensor = 0.85) -> Tensor:
    r"""Serf, the input times the error function of its softplus, with a factor before and within.

    Formula: `x * erf(gamma * log(1 + exp(delta * x)))`

    Shape: any; the output has the same.

    Range: within [-0.506007, inf), at the default parameters.

    Parameters:
        gamma: in (0.0, inf); typical 0.5 to 1.5.
        delta: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, ErfAct and Pserf, arXiv:2109.04386
    """
    return _pserf(input, gamma, delta)


def quick_gelu(input: Tensor) -> Tensor:
    r"""GELU with the normal distribution function approximated by the sigmoid of 1.702 x; CLIP's.

    Formula: `x / (1 + exp(-Rational(1702, 1000) * x))`

    Shape: any; the output has the same.

    Range: within [-0.16361, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415
    """
    return _quick_gelu(input)


def rational_tanh(input: Tensor) -> Tensor:
    r"""LeCun's tanh, approximated by a rational function.

    Formula: `Rational(17159, 10000) * sign(x) * (1 - 1 / (1 + Abs(2 * x / 3) + (2 * x / 3)**2 + Rational(141645, 100000) * (2 * x / 3)**4))`

    Shape: any; the output has the same.

    Range: within [-1.7159, 1.7159].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Kalinovskii and Spitsyn 2015, Compact CNN Cascade for Face Detection, arXiv:1508.01292
    """
    return _rational_tanh(input)


def rectified_tanh(input: Tensor) -> Tensor:
    r"""Tanh above zero, zero below.

    Formula: `Max(tanh(x), 0)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: deeplearning4j, RectifiedTanh
    """
    return _rectified_tanh(input)


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


def repu(input: Tensor, p: float = 3.0) -> Tensor:
    r"""ReLU to the power `p`: 1 is ReLU, 2 the squared ReLU.

    Formula: `Max(x, 0)**p`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        p: in [1.0, inf); typical 2 to 4.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Li, Tang and Yu 2019, Better Approximations by Rectified Power Units, arXiv:1903.05858
    """
    return _repu(input, p)


def ricker(input: Tensor) -> Tensor:
    r"""The negative second derivative of a Gaussian: a peak between two troughs.

    Formula: `(1 - x**2) * exp(-x**2 / 2)`

    Shape: any; the output has the same.

    Range: within [-0.44626, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; Ricker's wavelet
    """
    return _ricker(input)


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


def scaled_silu(input: Tensor) -> Tensor:
    r"""SiLU over 0.6, which brings its second moment near 1.

    Formula: `x / (1 + exp(-x)) / Rational(6, 10)`

    Shape: any; the output has the same.

    Range: within [-0.464108, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Gasteiger, Becker and Günnemann 2021, GemNet, arXiv:2106.08903
    """
    return _scaled_silu(input)


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


def serf(input: Tensor) -> Tensor:
    r"""The input times the error function of its softplus.

    Formula: `x * erf(log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.348437, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Nag and Bhattacharyya 2021, SERF, arXiv:2108.09598
    """
    return _serf(input)


def sgelu(input: Tensor, alpha: float = 0.1) -> Tensor:
    r"""An even GELU: alpha times |x| far from zero, a parabola near it.

    Formula: `alpha * x * erf(x / sqrt(2))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Yu and Su 2019, Symmetrical Gaussian Error Linear Units, arXiv:1911.03925
    """
    return _sgelu(input, alpha)


def shifted_relu(input: Tensor, b: float = 1.0) -> Tensor:
    r"""ReLU that starts at `b`.

    Formula: `Max(x - b, 0)`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        b: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch-activation 1.0.0, ShiftedReLU
    """
    return _shifted_relu(input, b)


def shifted_softplus(input: Tensor) -> Tensor:
    r"""Softplus, moved down to go through zero.

    Formula: `log(1 + exp(x)) - log(2)`

    Shape: any; the output has the same.

    Range: within [-0.693147, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Schütt et al. 2017, SchNet, arXiv:1706.08566
    """
    return _shifted_softplus(input)


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


def shrink(input: Tensor, lambd: float = 0.5, bias: float = 0.0) -> Tensor:
    r"""Zero within [-lambd, lambd], outside the input moved towards zero by `bias`.

    Formula: `Piecewise((x - bias, x > lambd), (x + bias, x < -lambd), (0, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lambd: in [0.0, inf); typical 0.1 to 1.
        bias: in (-inf, inf); typical 0 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: ONNX operator Shrink, opset 9
    """
    return _shrink(input, lambd, bias)


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


def sign(input: Tensor) -> Tensor:
    r"""-1, 0 or 1, the sign of the input; its slope is zero everywhere, so nothing learns through it.

    Formula: `sign(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _sign(input)


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


def sin(input: Tensor, omega: float = 1.0) -> Tensor:
    r"""The sine of `omega` times the input; SIREN takes omega = 30.

    Formula: `sin(omega * x)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        omega: in (0.0, inf); typical 1 to 30.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Sitzmann et al. 2020, Implicit Neural Representations with Periodic Activation Functions, arXiv:2006.09661
    """
    return _sin(input, omega)


def sinc(input: Tensor) -> Tensor:
    r"""sin(x) / x, which is 1 at zero; torch.sinc is this of pi times its input.

    Formula: `sinc(x)`

    Shape: any; the output has the same.

    Range: within [-0.217234, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Saratchandran et al. 2024, A Sampling Theory Perspective on Activations, arXiv:2402.05427
    """
    return _sinc(input)


def sine_relu(input: Tensor, epsilon: float = 0.0025) -> Tensor:
    r"""Identity above zero, a small wave below; it jumps by `epsilon` at zero.

    Formula: `Piecewise((x, x > 0), (epsilon * (sin(x) - cos(x)), True))`

    Shape: any; the output has the same.

    Range: within [-0.00353553, inf), at the default parameters.

    Parameters:
        epsilon: in (0.0, inf); typical 0.0025 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: origin unverified; a blog post, and echoAI 0.1.3 and torch-activation 1.0.0 with other defaults
    """
    return _sine_relu(input, epsilon)


def sinlu(input: Tensor, a: float | torch.Tensor = 1.0, b: float | torch.Tensor = 1.0) -> Tensor:
    r"""The input plus a sine of height `a` and rate `b`, times the sigmoid.

    Formula: `(x + a * sin(b * x)) / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.497371, inf), at the default parameters.

    Parameters:
        a: in (-inf, inf); typical 0.5 to 1.
        b: in (-inf, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Paul, Bandyopadhyay, Yoon, Geem and Sarkar 2022, SinLU: Sinu-Sigmoidal Linear Unit, Mathematics 10(3) 337
    """
    return _sinlu(input, a, b)


def smelu(input: Tensor, beta: float = 1.0) -> Tensor:
    r"""ReLU whose corner is a parabola over [-beta, beta].

    Formula: `Piecewise((0, x <= -beta), (x, x >= beta), ((x + beta)**2 / (4 * beta), True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Shamir, Lin and Coviello 2020, Smooth Activations and Reproducibility, arXiv:2010.09931
    """
    return _smelu(input, beta)


def smish(input: Tensor) -> Tensor:
    r"""The input times tanh(log(1 + sigmoid)); the slope far right is 0.6.

    Formula: `x * tanh(log(1 + 1 / (1 + exp(-x))))`

    Shape: any; the output has the same.

    Range: within [-0.249994, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Wang, Ren and Wang 2022, Smish, Electronics 11(4) 540
    """
    return _smish(input)


def smooth_step(input: Tensor, gamma: float = 1.0) -> Tensor:
    r"""Exactly 0 below -gamma / 2, exactly 1 above gamma / 2, and a cubic between.

    Formula: `Piecewise((0, x <= -gamma / 2), (1, x >= gamma / 2), (-2 * x**3 / gamma**3 + 3 * x / (2 * gamma) + Rational(1, 2), True))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        gamma: in (0.0, inf); typical 1 to 4.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hazimeh et al. 2020, The Tree Ensemble Layer, arXiv:2002.07772
    """
    return _smooth_step(input, gamma)


def smu(input: Tensor, alpha: float | torch.Tensor = 0.25, mu: float | torch.Tensor = 1.0) -> Tensor:
    r"""A smooth maximum of x and alpha x by the error function; GELU where alpha = 0 and mu = 1 / sqrt(2).

    Formula: `((1 + alpha) * x + (1 - alpha) * x * erf(mu * (1 - alpha) * x)) / 2`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0 to 0.25.
        mu: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, SMU: Smooth Activation Function, arXiv:2111.04682
    """
    return _smu(input, alpha, mu)


def smu1(input: Tensor, alpha: float | torch.Tensor = 0.25, mu: float | torch.Tensor = 1.0) -> Tensor:
    r"""A smooth maximum of x and alpha x by a square root; squareplus where alpha = 0.

    Formula: `((1 + alpha) * x + sqrt((1 - alpha)**2 * x**2 + mu**2)) / 2`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0 to 0.25.
        mu: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, SMU: Smooth Activation Function, arXiv:2111.04682
    """
    return _smu1(input, alpha, mu)


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


def snake_beta(input: Tensor, alpha: float | torch.Tensor = 1.0, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""Snake with a height 1 / beta of its own. The authors' code learns the logarithms of both.

    Formula: `x + sin(alpha * x)**2 / beta`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 4.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Lee, Ping, Ginsburg, Catanzaro and Yoon 2022, BigVGAN, arXiv:2206.04658
    """
    return _snake_beta(input, alpha, beta)


def soft_clipping(input: Tensor, alpha: float = 1.0) -> Tensor:
    r"""Clips to [0, 1] with rounded corners, the sharper the larger `alpha`.

    Formula: `log((exp(-alpha * x) + 1) / (exp(-alpha * x) + exp(-alpha))) / alpha`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, 500.0); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Klimek and Perelstein 2018, Neural Network-Based Approach to Phase Space Integration, arXiv:1810.11509
    """
    return _soft_clipping(input, alpha)


def soft_modulus_q(input: Tensor) -> Tensor:
    r"""The modulus with a smooth bottom: a cubic on either side of zero, |x| beyond 1.

    Formula: `Piecewise((x**2 * (2 - Abs(x)), Abs(x) <= 1), (Abs(x), True))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Vallés-Pérez et al. 2023, Empirical study of the modulus as activation function, arXiv:2301.05993
    """
    return _soft_modulus_q(input)


def soft_modulus_t(input: Tensor, alpha: float = 0.01) -> Tensor:
    r"""The modulus with a smooth bottom of width `alpha`; LiSHT where alpha = 1.

    Formula: `x * tanh(x / alpha)`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Vallés-Pérez et al. 2023, Empirical study of the modulus as activation function, arXiv:2301.05993
    """
    return _soft_modulus_t(input, alpha)


def softcap(input: Tensor, cap: float = 30.0) -> Tensor:
    r"""The identity near zero, held smoothly within (-cap, cap).

    Formula: `cap * tanh(x / cap)`

    Shape: any; the output has the same.

    Range: within [-30, 30], at the default parameters.

    Parameters:
        cap: in (0.0, inf); typical 10 to 50.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Gemma Team 2024, Gemma 2: Improving Open Language Models at a Practical Size, arXiv:2408.00118
    """
    return _softcap(input, cap)


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


def sparse_plus(input: Tensor) -> Tensor:
    r"""Softplus with exact zeros; SmeLU with beta = 1.

    Formula: `Piecewise((0, x <= -1), (x, x >= 1), ((x + 1)**2 / 4, True))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: jax.nn.sparse_plus; the integral of sparse_sigmoid
    """
    return _sparse_plus(input)


def sparse_sigmoid(input: Tensor) -> Tensor:
    r"""A line from 0 at -1 to 1 at 1, flat outside: sparsemax of two classes.

    Formula: `Min(Max((x + 1) / 2, 0), 1)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Blondel, Martins and Niculae 2019, Learning with Fenchel-Young Losses, arXiv:1901.02324
    """
    return _sparse_sigmoid(input)


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


def sqnl(input: Tensor) -> Tensor:
    r"""A tanh from two parabolas: exactly -1 from -2 on, exactly 1 from 2 on.

    Formula: `Piecewise((1, x >= 2), (x - x**2 / 4, x >= 0), (x + x**2 / 4, x > -2), (-1, True))`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Wuraola and Patel 2018, SQNL: A New Computationally Efficient Activation Function, IJCNN
    """
    return _sqnl(input)


def sqrt_softplus(input: Tensor) -> Tensor:
    r"""The square root of softplus.

    Formula: `sqrt(log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: transformers, sqrtsoftplus
    """
    return _sqrt_softplus(input)


def square(input: Tensor) -> Tensor:
    r"""The square of the input.

    Formula: `x**2`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """
    return _square(input)


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


def squareplus(input: Tensor, b: float = 4.0) -> Tensor:
    r"""A softplus from a square root alone; `b` is the width of its corner.

    Formula: `(x + sqrt(x**2 + b)) / 2`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        b: in (0.0, inf); typical 1 to 8.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Barron 2021, Squareplus: A Softplus-Like Algebraic Rectifier, arXiv:2112.11687
    """
    return _squareplus(input, b)


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


def swiglu_clamped(input: Tensor, limit: float = 10.0, dim: int | None = None) -> Tensor:
    r"""SwiGLU of clipped halves, of which the *first* gates, as the experts of DeepSeek-V4 have it.

    Formula: `Min(Max(x[i + n / 2], -limit), limit) * Min(x[i], limit) / (1 + exp(-Min(x[i], limit)))`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        limit: in (0.0, inf); typical 3 to 10.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: transformers, models.deepseek_v4, DeepseekV4Experts
    """
    return _swiglu_clamped(input, limit, dim)


def swiglu_oai(input: Tensor, alpha: float = 1.702, limit: float = 7.0, dim: int | None = None) -> Tensor:
    r"""The SwiGLU of gpt-oss: pairs of neighbours, of which the *first* gates; both clipped, the other plus one.

    Formula: `(Min(Max(x[2*i], -limit), limit) + 1) * Min(x[2*i - 1], limit) / (1 + exp(-alpha * Min(x[2*i - 1], limit)))`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 1 to 1.702.
        limit: in (0.0, inf); typical 3 to 10.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: transformers, models.gpt_oss, GptOssExperts
    """
    return _swiglu_oai(input, alpha, limit, dim)


def swim(input: Tensor, k: float = 0.5) -> Tensor:
    r"""Swish from a square root: the input times an algebraic gate from (1 - k) / 2 to (1 + k) / 2.

    Formula: `x * (1 + k * x / sqrt(1 + x**2)) / 2`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        k: in [-1.0, 1.0]; typical 0.25 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Abdool and Dear 2023, Swim, arXiv:2303.02640
    """
    return _swim(input, k)


def swish_beta(input: Tensor, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""Swish with a factor `beta` in its gate, from x / 2 (beta near 0) to ReLU; `swish` alone names SiLU.

    Formula: `x / (1 + exp(-beta * x))`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ramachandran, Zoph and Le 2017, Searching for Activation Functions, arXiv:1710.05941
    """
    return _swish_beta(input, beta)


def swish_t(input: Tensor, alpha: float | torch.Tensor = 0.1, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""Swish plus alpha tanh(x).

    Formula: `x / (1 + exp(-beta * x)) + alpha * tanh(x)`

    Shape: any; the output has the same.

    Range: within [-0.365494, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.05 to 0.5.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012
    """
    return _swish_t(input, alpha, beta)


def swish_t_a(input: Tensor, alpha: float = 0.1) -> Tensor:
    r"""SiLU plus alpha times tanh(x / 2); BSiLU with twice the alpha.

    Formula: `(x + 2 * alpha) / (1 + exp(-x)) - alpha`

    Shape: any; the output has the same.

    Range: within [-0.337517, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.05 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Seo, Kim and Park 2024, Swish-T, arXiv:2407.01012
    """
    return _swish_t_a(input, alpha)


def swish_t_b(input: Tensor, alpha: float | torch.Tensor = 0.1, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""Swish plus alpha tanh(beta x / 2).

    Formula: `(x + 2 * alpha) / (1 + exp(-beta * x)) - alpha`

    Shape: any; the output has the same.

    Range: within [-0.337517, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.05 to 0.5.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012
    """
    return _swish_t_b(input, alpha, beta)


def swish_t_c(input: Tensor, alpha: float | torch.Tensor = 0.1, beta: float | torch.Tensor = 1.0) -> Tensor:
    r"""Swish plus alpha / beta tanh(beta x / 2).

    Formula: `(x + 2 * alpha / beta) / (1 + exp(-beta * x)) - alpha / beta`

    Shape: any; the output has the same.

    Range: within [-0.337517, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.05 to 0.5.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012
    """
    return _swish_t_c(input, alpha, beta)


def symexp(input: Tensor) -> Tensor:
    r"""The inverse of symlog: exp(|x|) - 1 with the sign of the input.

    Formula: `sign(x) * (exp(Abs(x)) - 1)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hafner et al. 2023, Mastering Diverse Domains through World Models, arXiv:2301.04104
    """
    return _symexp(input)


def symlog(input: Tensor) -> Tensor:
    r"""The logarithm of 1 + |x|, with the sign of the input.

    Formula: `sign(x) * log(1 + Abs(x))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hafner et al. 2023, Mastering Diverse Domains through World Models, arXiv:2301.04104
    """
    return _symlog(input)


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


def tanhexp(input: Tensor) -> Tensor:
    r"""The input times the tanh of its exponential; also published as TeLU.

    Formula: `x * tanh(exp(x))`

    Shape: any; the output has the same.

    Range: within [-0.353286, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Liu and Di 2020, TanhExp, arXiv:2003.09855; as TeLU: Fernandez and Mali 2024, arXiv:2412.20269
    """
    return _tanhexp(input)


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


def tanhsoft1(input: Tensor, alpha: float | torch.Tensor = 0.87) -> Tensor:
    r"""The softplus of the input times tanh(alpha x).

    Formula: `tanh(alpha * x) * log(1 + exp(x))`

    Shape: any; the output has the same.

    Range: within [-0.223785, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863
    """
    return _tanhsoft1(input, alpha)


def tanhsoft2(input: Tensor, beta: float | torch.Tensor = 0.75, gamma: float | torch.Tensor = 1.0) -> Tensor:
    r"""The input times tanh(beta exp(gamma x)); TanhExp where both are 1.

    Formula: `x * tanh(beta * exp(gamma * x))`

    Shape: any; the output has the same.

    Range: within [-0.26942, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 1.5.
        gamma: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863
    """
    return _tanhsoft2(input, beta, gamma)


def tanhsoft3(input: Tensor, alpha: float | torch.Tensor = 0.95) -> Tensor:
    r"""The logarithm of 1 + exp(x) tanh(alpha x).

    Formula: `log(1 + exp(x) * tanh(alpha * x))`

    Shape: any; the output has the same.

    Range: within [-0.341455, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863
    """
    return _tanhsoft3(input, alpha)


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


def telu_elu(input: Tensor, alpha: float = 1.0) -> Tensor:
    r"""The input times the tanh of ELU(alpha x); TanhExp is another function that is called TeLU too.

    Formula: `x * tanh(Piecewise((alpha * x, x > 0), (exp(alpha * x) - 1, True)))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Mercioni and Holban 2020, TeLU: A New Activation Function for Deep Learning, ISETC
    """
    return _telu_elu(input, alpha)


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


def thresholded_relu(input: Tensor, theta: float = 1.0) -> Tensor:
    r"""Identity above `theta`, zero elsewhere.

    Formula: `Piecewise((x, x > theta), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        theta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Konda, Memisevic and Krueger 2014, Zero-bias autoencoders, arXiv:1402.3337
    """
    return _thresholded_relu(input, theta)


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


def top_k(input: Tensor, k: int = 1, dim: int | None = None) -> Tensor:
    r"""The `k` largest entries stay, the others become zero.

    Formula: `Piecewise((x[i], Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < k), (0, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        k: in [1, inf); typical 1 to 3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Makhzani and Frey 2013, k-Sparse Autoencoders, arXiv:1312.5663
    """
    return _top_k(input, k, dim)


def top_k_relu(input: Tensor, k: int = 1, dim: int | None = None) -> Tensor:
    r"""The `k` largest entries stay where they are positive, the others become zero.

    Formula: `Piecewise((Max(x[i], 0), Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < k), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        k: in [1, inf); typical 1 to 3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Gao et al. 2024, Scaling and evaluating sparse autoencoders, arXiv:2406.04093
    """
    return _top_k_relu(input, k, dim)


def xatlu(input: Tensor, alpha: float | torch.Tensor = 0.0) -> Tensor:
    r"""The input times an arctangent gate, which runs from -alpha to 1 + alpha.

    Formula: `x * ((1 + 2 * alpha) * (atan(x) + pi / 2) / pi - alpha)`

    Shape: any; the output has the same.

    Range: within [-0.31831, inf), at the default parameters.

    Parameters:
        alpha: in (-0.5, inf); typical 0 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """
    return _xatlu(input, alpha)


def xgelu(input: Tensor, alpha: float | torch.Tensor = 0.0) -> Tensor:
    r"""GELU whose gate runs from -alpha to 1 + alpha.

    Formula: `x * ((1 + 2 * alpha) * erfc(-x / sqrt(2)) / 2 - alpha)`

    Shape: any; the output has the same.

    Range: within [-0.169971, inf), at the default parameters.

    Parameters:
        alpha: in (-0.5, inf); typical 0 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """
    return _xgelu(input, alpha)


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


def xsilu(input: Tensor, alpha: float | torch.Tensor = 0.0) -> Tensor:
    r"""SiLU whose gate runs from -alpha to 1 + alpha.

    Formula: `x * ((1 + 2 * alpha) / (1 + exp(-x)) - alpha)`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        alpha: in (-0.5, inf); typical -0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """
    return _xsilu(input, alpha)
