"""Every activation as a module; names, signatures and defaults are torch's where torch has it.

Written by tools/sync.py from the catalogue: change the entry there, then run it.
"""

# ruff: noqa: A002 - `input` is torch's name

from __future__ import annotations

import torch
from torch import Tensor

import nonlin.functional as _functional
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
from nonlin.gated import GatedUnit as _GatedUnit
from nonlin.pointwise import Pointwise as _Pointwise
from nonlin.pointwise import held as _held
from nonlin.simplex import VectorMap as _VectorMap

__all__ = [
    "AGLU",
    "APA",
    "APL",
    "ATLU",
    "CELU",
    "DELU",
    "ELU",
    "FINER",
    "GCU",
    "GEGLU",
    "GELU",
    "GLU",
    "GTU",
    "HOSC",
    "ISRLU",
    "ISRU",
    "LWTA",
    "MFM",
    "MPELU",
    "PELU",
    "SELU",
    "SGELU",
    "SMU",
    "SMU1",
    "SQNL",
    "TLU",
    "XATLU",
    "XGELU",
    "XIELU",
    "APTx",
    "AReLU",
    "ARiA2",
    "Absolute",
    "AconB",
    "AconC",
    "Arcsinh",
    "Arctan",
    "BSiLU",
    "BentIdentity",
    "BetaMish",
    "BilinearGLU",
    "BipolarReLU",
    "CReLU",
    "Cauchy",
    "ClippedGELU",
    "CoLU",
    "ConcatELU",
    "CosLU",
    "Cosine",
    "Cube",
    "DReLU",
    "DSiLU",
    "Derf",
    "DualReLU",
    "DyISRU",
    "DyT",
    "ELUPlusOne",
    "ELiSH",
    "ESwish",
    "Elliott",
    "Entmax",
    "Entmax15",
    "Erf",
    "ErfAct",
    "Exponential",
    "FlattenTSwish",
    "FlexibleReLU",
    "GEGLUTanh",
    "GELUTanh",
    "Gaussian",
    "GaussianCDF",
    "GaussianRBF",
    "Gish",
    "GoLU",
    "Gompertz",
    "GumbelSigmoid",
    "GumbelSoftmax",
    "HardConcrete",
    "HardELiSH",
    "HardMish",
    "Hardmax",
    "Hardshrink",
    "Hardsigmoid",
    "Hardswish",
    "Hardtanh",
    "Heaviside",
    "Identity",
    "JumpReLU",
    "LaLU",
    "Laplace",
    "LeCunTanh",
    "LeakyReLU",
    "LiSHT",
    "LogLog",
    "LogSigmoid",
    "LogSoftmax",
    "Logish",
    "MaxMin",
    "Mila",
    "Mish",
    "MishGLU",
    "NLReLU",
    "NoisyReLU",
    "PReLU",
    "PSerf",
    "PenalizedTanh",
    "Phish",
    "PolyNorm",
    "PolyReLU",
    "QuickGELU",
    "RPReLU",
    "RReLU",
    "RationalTanh",
    "ReGLU",
    "ReGLU2",
    "ReLU",
    "ReLU6",
    "ReLUN",
    "RePU",
    "RectifiedTanh",
    "Ricker",
    "SSMax",
    "SShapedReLU",
    "ScaledSiLU",
    "ScaledSoftsign",
    "Serf",
    "ShiLU",
    "ShiftedReLU",
    "ShiftedSoftplus",
    "Shrink",
    "SiLU",
    "Sigmoid",
    "Sign",
    "SinLU",
    "Sinc",
    "Sine",
    "SineReLU",
    "SmeLU",
    "Smish",
    "SmoothStep",
    "Snake",
    "SnakeBeta",
    "SoLU",
    "SoftClipping",
    "SoftModulusQ",
    "SoftModulusT",
    "Softcap",
    "Softmax",
    "Softmax2d",
    "SoftmaxOne",
    "Softmin",
    "Softplus",
    "Softshrink",
    "Softsign",
    "SparsePlus",
    "SparseSigmoid",
    "Sparsemax",
    "SqrtSoftplus",
    "Square",
    "SquaredReLU",
    "Squareplus",
    "Squash",
    "StarReLU",
    "SwiGLU",
    "SwiGLUClamped",
    "SwiGLUOAI",
    "Swim",
    "SwishBeta",
    "SwishT",
    "SwishTA",
    "SwishTB",
    "SwishTC",
    "Symexp",
    "Symlog",
    "Tanh",
    "TanhExp",
    "TanhSoft1",
    "TanhSoft2",
    "TanhSoft3",
    "Tanhshrink",
    "TaylorSoftmax",
    "TeLUELU",
    "Threshold",
    "ThresholdedReLU",
    "TopK",
    "TopKReLU",
    "XSiLU",
]


class AGLU(_Pointwise):
    r"""The input times APA, a sigmoid that `lambd` bends to one side; SiLU where both are 1.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * (1 + lambd * exp(-kappa * x))**(-1 / lambd)`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        lambd: in (0.0, inf); typical 0.5 to 2.
        kappa: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Alexandridis, Deng, Nguyen and Luo 2024, Adaptive Parametric Activation, arXiv:2407.08567
    """

    spec = _aglu

    def __init__(self, lambd: float = 1.0, kappa: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(lambd=lambd, kappa=kappa)
        self.lambd = _held(lambd, learnable=learnable)
        self.kappa = _held(kappa, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.aglu`."""
        return _functional.aglu(input, lambd=self.lambd, kappa=self.kappa)


class APA(_Pointwise):
    r"""A sigmoid that `lambd` bends to one side: lambd = 1 is the sigmoid, lambd near 0 the Gompertz curve.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(1 + lambd * exp(-kappa * x))**(-1 / lambd)`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        lambd: in (0.0, inf); typical 0.5 to 2.
        kappa: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Alexandridis, Deng, Nguyen and Luo 2024, Adaptive Parametric Activation, arXiv:2407.08567
    """

    spec = _apa

    def __init__(self, lambd: float = 1.0, kappa: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(lambd=lambd, kappa=kappa)
        self.lambd = _held(lambd, learnable=learnable)
        self.kappa = _held(kappa, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.apa`."""
        return _functional.apa(input, lambd=self.lambd, kappa=self.kappa)


class APL(_Pointwise):
    r"""ReLU plus one hinge of slope -a left of `b`; the paper adds up several, which are sums of this.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Max(x, 0) + a * Max(b - x, 0)`

    Shape: any; the output has the same.

    Range: within [-4.44089e-16, inf), at the default parameters.

    Parameters:
        a: in (-inf, inf); typical 0.1 to 0.5.
        b: in (-inf, inf); typical 0 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Agostinelli, Hoffman, Sadowski and Baldi 2014, Learning Activation Functions, arXiv:1412.6830
    """

    spec = _apl

    def __init__(self, a: float = 0.2, b: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(a=a, b=b)
        self.a = _held(a, learnable=learnable)
        self.b = _held(b, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.apl`."""
        return _functional.apl(input, a=self.a, b=self.b)


class APTx(_Pointwise):
    r"""Gamma x (alpha + tanh(beta x)); with the defaults it is Swish with beta = 2.

    Torch has no such class.

    Formula: `(alpha + tanh(beta * x)) * gamma * x`

    Shape: any; the output has the same.

    Range: within [-0.139232, inf), at the default parameters.

    Parameters:
        alpha: in [0.0, 1.0]; typical 0.5 to 1.
        beta: in (0.0, inf); typical 0.5 to 2.
        gamma: in (0.0, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Kumar 2022, APTx: better activation function than MISH, SWISH, arXiv:2209.06119
    """

    spec = _aptx

    def __init__(self, alpha: float = 1.0, beta: float = 1.0, gamma: float = 0.5) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta, gamma=gamma)
        self.alpha = alpha
        self.beta = beta
        self.gamma = gamma

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.aptx`."""
        return _functional.aptx(input, alpha=self.alpha, beta=self.beta, gamma=self.gamma)


class AReLU(_Pointwise):
    r"""Positive inputs grow by 1 + sigmoid(beta), negative ones shrink by `alpha`, which is held in [0.01, 0.99].

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise(((1 + 1 / (1 + exp(-beta))) * x, x >= 0), (Min(Max(alpha, Rational(1, 100)), Rational(99, 100)) * x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in [0.01, 0.99]; typical 0.25 to 0.9.
        beta: in (-inf, inf); typical -2 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Chen, Li and Xu 2020, AReLU: Attention-based Rectified Linear Unit, arXiv:2006.13858
    """

    spec = _arelu

    def __init__(self, alpha: float = 0.9, beta: float = 2.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.arelu`."""
        return _functional.arelu(input, alpha=self.alpha, beta=self.beta)


class ARiA2(_Pointwise):
    r"""Richards' curve: the sigmoid of beta * x to the power alpha. The paper's ARiA is the input times it.

    Torch has no such class.

    Formula: `(1 + exp(-beta * x))**(-alpha)`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Patwardhan, Ingalhalikar and Walambe 2018, ARiA, arXiv:1805.08878
    """

    spec = _aria2

    def __init__(self, alpha: float = 1.5, beta: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = alpha
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.aria2`."""
        return _functional.aria2(input, alpha=self.alpha, beta=self.beta)


class ATLU(_Pointwise):
    r"""The input times an arctan gate; it rises everywhere, unlike SiLU.

    Torch has no such class.

    Formula: `x * (atan(x) + pi / 2) / pi`

    Shape: any; the output has the same.

    Range: within [-0.31831, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """

    spec = _atlu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.atlu`."""
        return _functional.atlu(input)


class Absolute(_Pointwise):
    r"""The input without its sign; the slope at zero is 1, where that of torch.abs is 0.

    Torch has no such class.

    Formula: `Abs(x)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _absolute

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.absolute`."""
        return _functional.absolute(input)


class AconB(_Pointwise):
    r"""A smooth maximum of x and p x, as sharp as `beta`: a smooth leaky ReLU.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(1 - p) * x / (1 + exp(-beta * (1 - p) * x)) + p * x`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        p: in (-inf, inf); typical 0 to 0.25.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Ma, Zhang, Liu and Sun 2020, Activate or Not: Learning Customized Activation, arXiv:2009.04759
    """

    spec = _acon_b

    def __init__(self, p: float = 0.25, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(p=p, beta=beta)
        self.p = _held(p, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.acon_b`."""
        return _functional.acon_b(input, p=self.p, beta=self.beta)


class AconC(_Pointwise):
    r"""A smooth maximum of p1 x and p2 x, as sharp as `beta`. The authors' code draws p1 and p2 at random.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(p1 - p2) * x / (1 + exp(-beta * (p1 - p2) * x)) + p2 * x`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        p1: in (-inf, inf); typical 1 to 1.5.
        p2: in (-inf, inf); typical -0.25 to 0.25.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Ma, Zhang, Liu and Sun 2020, Activate or Not: Learning Customized Activation, arXiv:2009.04759
    """

    spec = _acon_c

    def __init__(
        self, p1: float = 1.0, p2: float = 0.0, beta: float = 1.0, *, learnable: bool = False
    ) -> None:
        super().__init__()
        self.spec.validate(p1=p1, p2=p2, beta=beta)
        self.p1 = _held(p1, learnable=learnable)
        self.p2 = _held(p2, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.acon_c`."""
        return _functional.acon_c(input, p1=self.p1, p2=self.p2, beta=self.beta)


class Arcsinh(_Pointwise):
    r"""The inverse of the hyperbolic sine: the identity near zero, a logarithm far away, odd.

    Torch has no such class.

    Formula: `asinh(x)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _arcsinh

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.arcsinh`."""
        return _functional.arcsinh(input)


class Arctan(_Pointwise):
    r"""The inverse of the tangent: rises from -pi / 2 to pi / 2, odd.

    Torch has no such class.

    Formula: `atan(x)`

    Shape: any; the output has the same.

    Range: within [-1.5708, 1.5708].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _arctan

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.arctan`."""
        return _functional.arctan(input)


class BSiLU(_Pointwise):
    r"""SiLU plus alpha times (sigmoid - 1/2): a steeper middle, for surrogate gradients.

    Torch has no such class.

    Formula: `(x + alpha) / (1 + exp(-x)) - alpha / 2`

    Shape: any; the output has the same.

    Range: within [-0.8999, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Horuz et al. 2025, The Resurrection of the ReLU, arXiv:2505.22074
    """

    spec = _bsilu

    def __init__(self, alpha: float = 1.67) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.bsilu`."""
        return _functional.bsilu(input, alpha=self.alpha)


class BentIdentity(_Pointwise):
    r"""The identity, bent smoothly: slope 1/2 on the left, 3/2 on the right.

    Torch has no such class.

    Formula: `(sqrt(x**2 + 1) - 1) / 2 + x`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch-activation 1.0.0, BentIdentity; echoAI, BentID
    """

    spec = _bent_identity

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.bent_identity`."""
        return _functional.bent_identity(input)


class BetaMish(_Pointwise):
    r"""Mish whose gate is sharper, the larger `beta`.

    Torch has no such class.

    Formula: `x * tanh(beta * log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.451103, inf), at the default parameters.

    Parameters:
        beta: in (0.001, 1000.0); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: echoAI 0.1.3, BetaMish
    """

    spec = _beta_mish

    def __init__(self, beta: float = 1.5) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.beta_mish`."""
        return _functional.beta_mish(input, beta=self.beta)


class BilinearGLU(_GatedUnit):
    r"""The product of both halves, with no nonlinearity but that.

    Torch has no such class.

    Formula: `a * b`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """

    spec = _bilinear_glu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.bilinear_glu`."""
        return _functional.bilinear_glu(input, dim=self.dim)


class BipolarReLU(_VectorMap):
    r"""ReLU for every other entry along `dim`, beginning with the first; the others keep what is negative.

    Torch has no such class.

    Formula: `Piecewise((Max(x[i], 0), Eq(Mod(i, 2), 1)), (Min(x[i], 0), True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Eidnes and Nøkland 2017, Shifting Mean Activation Towards Zero, arXiv:1709.04054
    """

    spec = _bipolar_relu

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.bipolar_relu`."""
        return _functional.bipolar_relu(input, dim=self.dim)


class CELU(torch.nn.CELU):
    r"""ELU with a slope that is continuous for every alpha.

    A `torch.nn.CELU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, x > 0), (alpha * (exp(x / alpha) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Barron 2017, Continuously Differentiable Exponential Linear Units, arXiv:1704.07483
    """

    spec = _celu

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        self.spec.validate(alpha=alpha)
        super().__init__(alpha=alpha, inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.celu`."""
        return _functional.celu(input, alpha=self.alpha, inplace=self.inplace)


class CReLU(_VectorMap):
    r"""The ReLU of the input, and behind it along `dim` that of its negative: nothing is lost.

    Torch has no such class.

    Formula: `Piecewise((Max(x[i], 0), i <= n), (Max(-x[i - n], 0), True))`

    Shape: (..., n, ...) to (..., 2n, ...) along `dim`.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Shang, Sohn, Almeida and Lee 2016, Concatenated Rectified Linear Units, arXiv:1603.05201
    """

    spec = _crelu

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.crelu`."""
        return _functional.crelu(input, dim=self.dim)


class Cauchy(_Pointwise):
    r"""A line over a parabola without zeros: a peak beside a trough, from Cauchy's integral formula.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(lam1 * x + lam2) / (x**2 + d**2)`

    Shape: any; the output has the same.

    Range: within [-0.207107, 1.20711], at the default parameters.

    Parameters:
        lam1: in (-inf, inf); typical -1 to 1.
        lam2: in (-inf, inf); typical -1 to 1.
        d: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Li, Xia and Zhang 2024, Cauchy activation function and XNet, arXiv:2409.19221
    """

    spec = _cauchy

    def __init__(
        self, lam1: float = 1.0, lam2: float = 1.0, d: float = 1.0, *, learnable: bool = False
    ) -> None:
        super().__init__()
        self.spec.validate(lam1=lam1, lam2=lam2, d=d)
        self.lam1 = _held(lam1, learnable=learnable)
        self.lam2 = _held(lam2, learnable=learnable)
        self.d = _held(d, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.cauchy`."""
        return _functional.cauchy(input, lam1=self.lam1, lam2=self.lam2, d=self.d)


class ClippedGELU(_Pointwise):
    r"""GELU, clipped for integers; a `min_val` below -0.17 never acts.

    Torch has no such class.

    Formula: `Min(Max(x * (1 + erf(x / sqrt(2))) / 2, min_val), max_val)`

    Shape: any; the output has the same.

    Range: within [-0.169971, 10], at the default parameters.

    Parameters:
        min_val: in (-inf, 0.0); typical -10 to -1.
        max_val: in (0.0, inf); typical 6 to 10.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Wu et al. 2020, Integer Quantization for Deep Learning Inference, arXiv:2004.09602
    """

    spec = _clipped_gelu

    def __init__(self, min_val: float = -10.0, max_val: float = 10.0) -> None:
        super().__init__()
        self.spec.validate(min_val=min_val, max_val=max_val)
        self.min_val = min_val
        self.max_val = max_val

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.clipped_gelu`."""
        return _functional.clipped_gelu(input, min_val=self.min_val, max_val=self.max_val)


class CoLU(_Pointwise):
    r"""The input over 1 - x exp(-x - exp(x)): near Mish.

    Torch has no such class.

    Formula: `x / (1 - x * exp(-(x + exp(x))))`

    Shape: any; the output has the same.

    Range: within [-0.377159, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Vagerwal 2021, Deeper Learning with CoLU Activation, arXiv:2112.12078
    """

    spec = _colu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.colu`."""
        return _functional.colu(input)


class ConcatELU(_VectorMap):
    r"""The ELU of the input, and behind it along `dim` that of its negative.

    Torch has no such class.

    Formula: `Piecewise((Piecewise((x[i], x[i] > 0), (exp(x[i]) - 1, True)), i <= n), (Piecewise((-x[i - n], x[i - n] < 0), (exp(-x[i - n]) - 1, True)), True))`

    Shape: (..., n, ...) to (..., 2n, ...) along `dim`.

    Range: within [-1, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Salimans, Karpathy, Chen and Kingma 2017, PixelCNN++, arXiv:1701.05517
    """

    spec = _concat_elu

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.concat_elu`."""
        return _functional.concat_elu(input, dim=self.dim)


class CosLU(_Pointwise):
    r"""The input plus a cosine of height `alpha` and rate `beta`, times the sigmoid.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(x + alpha * cos(beta * x)) / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.289273, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.5 to 1.
        beta: in (-inf, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """

    spec = _coslu

    def __init__(self, alpha: float = 1.0, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.coslu`."""
        return _functional.coslu(input, alpha=self.alpha, beta=self.beta)


class Cosine(_Pointwise):
    r"""The cosine, even.

    Torch has no such class.

    Formula: `cos(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _cos

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.cos`."""
        return _functional.cos(input)


class Cube(_Pointwise):
    r"""The third power, odd.

    Torch has no such class.

    Formula: `x**3`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Chen and Manning 2014, A Fast and Accurate Dependency Parser using Neural Networks, EMNLP
    """

    spec = _cube

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.cube`."""
        return _functional.cube(input)


class DELU(_Pointwise):
    r"""SiLU below zero; a line and a saturating exponential above, with a kink.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise(((n + Rational(1, 2)) * x + 1 - exp(-x), x > 0), (x / (1 + exp(-x)), True))`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        n: in (-0.5, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """

    spec = _delu

    def __init__(self, n: float = 0.5, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(n=n)
        self.n = _held(n, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.delu`."""
        return _functional.delu(input, n=self.n)


class DReLU(_GatedUnit):
    r"""The product of the ReLUs of both halves; not the difference of the dual ReLU, which is called DReLU too.

    Torch has no such class.

    Formula: `Max(a, 0) * Max(b, 0)`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Song, Xie, Zhang, Wen, Ma, Mi and Chen 2024, Turbo Sparse: Achieving LLM SOTA Performance with Minimal Activated Parameters, arXiv:2406.05955
    """

    spec = _drelu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.drelu`."""
        return _functional.drelu(input, dim=self.dim)


class DSiLU(_Pointwise):
    r"""The derivative of SiLU: a sigmoid that overshoots on both sides.

    Torch has no such class.

    Formula: `(1 + x / (1 + exp(x))) / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.0998393, 1.09984].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Elfwing, Uchibe and Doya 2017, Sigmoid-Weighted Linear Units, arXiv:1702.03118
    """

    spec = _dsilu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.dsilu`."""
        return _functional.dsilu(input)


class Derf(_Pointwise):
    r"""A scaled and shifted error function in place of layer normalisation.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `gamma * erf(alpha * x + s) + beta`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        s: in (-inf, inf); typical -1 to 1.
        gamma: in (-inf, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Chen, Lu, Zhu, Sun and Liu 2025, Stronger Normalization-Free Transformers, arXiv:2512.10938
    """

    spec = _derf

    def __init__(
        self,
        alpha: float = 0.5,
        s: float = 0.0,
        gamma: float = 1.0,
        beta: float = 0.0,
        *,
        learnable: bool = False,
    ) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, s=s, gamma=gamma, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.s = _held(s, learnable=learnable)
        self.gamma = _held(gamma, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.derf`."""
        return _functional.derf(input, alpha=self.alpha, s=self.s, gamma=self.gamma, beta=self.beta)


class DualReLU(_VectorMap):
    r"""The ReLU of the first half less the ReLU of the second: both signs, with exact zeros.

    Torch has no such class.

    Formula: `Max(x[i], 0) - Max(x[i + n / 2], 0)`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Godin, Degrave, Dambre and De Neve 2017, Dual Rectified Linear Units (DReLUs), arXiv:1707.08214
    """

    spec = _dual_relu

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.dual_relu`."""
        return _functional.dual_relu(input, dim=self.dim)


class DyISRU(_Pointwise):
    r"""The input over the root of its square plus `alpha`: layer normalisation, seen by one element.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `gamma * x / sqrt(x**2 + alpha) + beta`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        gamma: in (-inf, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Stollenwerk 2025, Layer Normalization and Dynamic Activation Functions, arXiv:2503.21708
    """

    spec = _dyisru

    def __init__(
        self, alpha: float = 1.0, gamma: float = 1.0, beta: float = 0.0, *, learnable: bool = False
    ) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, gamma=gamma, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.gamma = _held(gamma, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.dyisru`."""
        return _functional.dyisru(input, alpha=self.alpha, gamma=self.gamma, beta=self.beta)


class DyT(_Pointwise):
    r"""A scaled tanh in place of layer normalisation; gamma and beta may be tensors, one number a channel.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `gamma * tanh(alpha * x) + beta`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        gamma: in (-inf, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Zhu, Chen, He, LeCun and Liu 2025, Transformers without Normalization, arXiv:2503.10622
    """

    spec = _dyt

    def __init__(
        self, alpha: float = 0.5, gamma: float = 1.0, beta: float = 0.0, *, learnable: bool = False
    ) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, gamma=gamma, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.gamma = _held(gamma, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.dyt`."""
        return _functional.dyt(input, alpha=self.alpha, gamma=self.gamma, beta=self.beta)


class ELU(torch.nn.ELU):
    r"""Identity above zero; below it, saturates exponentially at -alpha.

    A `torch.nn.ELU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, x > 0), (alpha * (exp(x) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289
    """

    spec = _elu

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        self.spec.validate(alpha=alpha)
        super().__init__(alpha=alpha, inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.elu`."""
        return _functional.elu(input, alpha=self.alpha, inplace=self.inplace)


class ELUPlusOne(_Pointwise):
    r"""ELU + 1: the exponential below zero and a line above; the feature map of linear attention.

    Torch has no such class.

    Formula: `Piecewise((x + 1, x > 0), (exp(x), True))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Katharopoulos et al. 2020, Transformers are RNNs, arXiv:2006.16236
    """

    spec = _elu_plus_one

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.elu_plus_one`."""
        return _functional.elu_plus_one(input)


class ELiSH(_Pointwise):
    r"""SiLU above zero; below it, exp(x) - 1 times the sigmoid.

    Torch has no such class.

    Formula: `Piecewise((x / (1 + exp(-x)), x >= 0), ((exp(x) - 1) / (1 + exp(-x)), True))`

    Shape: any; the output has the same.

    Range: within [-0.171573, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Basirat and Roth 2018, The Quest for the Golden Activation Function, arXiv:1808.00783
    """

    spec = _elish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.elish`."""
        return _functional.elish(input)


class ESwish(_Pointwise):
    r"""SiLU times `beta`; the paper recommends 1 to 2.

    Torch has no such class.

    Formula: `beta * x / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.348081, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 1 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Alcaide 2018, E-swish: Adjusting Activations to Different Network Depths, arXiv:1801.07145
    """

    spec = _eswish

    def __init__(self, beta: float = 1.25) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.eswish`."""
        return _functional.eswish(input, beta=self.beta)


class Elliott(_Pointwise):
    r"""Softsign, moved to rise from 0 to 1.

    Torch has no such class.

    Formula: `x / (2 * (1 + Abs(x))) + Rational(1, 2)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Elliott 1993, A Better Activation Function for Artificial Neural Networks, ISR TR 93-8
    """

    spec = _elliott

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.elliott`."""
        return _functional.elliott(input)


class Entmax(_VectorMap):
    r"""A family from softmax (alpha near 1) over entmax15 to sparsemax (alpha = 2), found by bisection.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Max((alpha - 1) * x[i] - tau, 0)**(1 / (alpha - 1))`, where tau makes `Sum(Max((alpha - 1) * x[j] - tau, 0)**(1 / (alpha - 1)), (j, 1, n)) - 1` zero

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        alpha: in (1.0, inf); typical 1.25 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: Peters, Niculae and Martins 2019, Sparse Sequence-to-Sequence Models, arXiv:1905.05702
    """

    spec = _entmax

    def __init__(self, alpha: float = 1.5, dim: int | None = None, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, dim=dim)
        self.alpha = _held(alpha, learnable=learnable)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.entmax`."""
        return _functional.entmax(input, alpha=self.alpha, dim=self.dim)


class Entmax15(_VectorMap):
    r"""Entmax with alpha = 1.5, between softmax and sparsemax: small entries become exactly zero.

    Torch has no such class.

    Formula: `Max(x[i] / 2 - tau, 0)**2`, where tau makes `Sum(Max(x[j] / 2 - tau, 0)**2, (j, 1, n)) - 1` zero

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Peters, Niculae and Martins 2019, Sparse Sequence-to-Sequence Models, arXiv:1905.05702
    """

    spec = _entmax15

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.entmax15`."""
        return _functional.entmax15(input, dim=self.dim)


class Erf(_Pointwise):
    r"""The error function: rises from -1 to 1, odd.

    Torch has no such class.

    Formula: `erf(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _erf

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.erf`."""
        return _functional.erf(input)


class ErfAct(_Pointwise):
    r"""The input times the error function of alpha exp(beta x).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * erf(alpha * exp(beta * x))`

    Shape: any; the output has the same.

    Range: within [-0.405281, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 1.5.
        beta: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, ErfAct and Pserf, arXiv:2109.04386
    """

    spec = _erfact

    def __init__(self, alpha: float = 0.75, beta: float = 0.75, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.erfact`."""
        return _functional.erfact(input, alpha=self.alpha, beta=self.beta)


class Exponential(_Pointwise):
    r"""The exponential function, for outputs that are rates; single precision ends at 88.

    Torch has no such class.

    Formula: `exp(x)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _exponential

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.exponential`."""
        return _functional.exponential(input)


class FINER(_Pointwise):
    r"""A sine whose frequency grows with the distance from zero; the paper's networks take omega = 30.

    Torch has no such class.

    Formula: `sin(omega * (Abs(x) + 1) * x)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        omega: in (0.0, inf); typical 1 to 3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Liu et al. 2023, FINER: Flexible Spectral-bias Tuning in Implicit NEural Representation, arXiv:2312.02434
    """

    spec = _finer

    def __init__(self, omega: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(omega=omega)
        self.omega = omega

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.finer`."""
        return _functional.finer(input, omega=self.omega)


class FlattenTSwish(_Pointwise):
    r"""SiLU above zero, zero below, all moved by `t`.

    Torch has no such class.

    Formula: `Piecewise((x / (1 + exp(-x)) + t, x >= 0), (t, True))`

    Shape: any; the output has the same.

    Range: within [-0.2, inf), at the default parameters.

    Parameters:
        t: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Chieng et al. 2018, Flatten-T Swish, arXiv:1812.06247
    """

    spec = _flatten_t_swish

    def __init__(self, t: float = -0.2) -> None:
        super().__init__()
        self.spec.validate(t=t)
        self.t = t

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.flatten_t_swish`."""
        return _functional.flatten_t_swish(input, t=self.t)


class FlexibleReLU(_Pointwise):
    r"""ReLU moved up by `b`. The funnel activation, which mixes positions, is also called FReLU.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Max(x, 0) + b`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        b: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Qiu, Xu and Cai 2017, FReLU: Flexible Rectified Linear Units, arXiv:1706.08098
    """

    spec = _flexible_relu

    def __init__(self, b: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(b=b)
        self.b = _held(b, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.flexible_relu`."""
        return _functional.flexible_relu(input, b=self.b)


class GCU(_Pointwise):
    r"""The input times its cosine: waves as high as they are far from zero.

    Torch has no such class.

    Formula: `x * cos(x)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Noel, Arunkumar, Trivedi and Dutta 2021, Growing Cosine Unit, arXiv:2108.12943
    """

    spec = _gcu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gcu`."""
        return _functional.gcu(input)


class GEGLU(_GatedUnit):
    r"""The first half times the exact GELU of the second.

    Torch has no such class.

    Formula: `a * b * (1 + erf(b / sqrt(2))) / 2`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """

    spec = _geglu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.geglu`."""
        return _functional.geglu(input, dim=self.dim)


class GEGLUTanh(_GatedUnit):
    r"""The first half times the tanh-approximated GELU of the second.

    Torch has no such class.

    Formula: `a * b * (1 + tanh(sqrt(2 / pi) * (b + Rational(44715, 1000000) * b**3))) / 2`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """

    spec = _geglu_tanh

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.geglu_tanh`."""
        return _functional.geglu_tanh(input, dim=self.dim)


class GELU(torch.nn.GELU):
    r"""The input times the probability that a standard normal number lies below it.

    `approximate="tanh"` makes it `gelu_tanh`.

    A `torch.nn.GELU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `x * (1 + erf(x / sqrt(2))) / 2`

    Shape: any; the output has the same.

    Range: within [-0.169971, inf), at the default parameters.

    Parameters:
        approximate: one of 'none', 'tanh'.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415
    """

    spec = _gelu

    def __init__(self, approximate: str = "none") -> None:
        self.spec.validate(approximate=approximate)
        super().__init__(approximate=approximate)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gelu`."""
        return _functional.gelu(input, approximate=self.approximate)


class GELUTanh(_Pointwise):
    r"""GELU with the normal distribution function approximated by a tanh.

    Torch has no such class.

    Formula: `x * (1 + tanh(sqrt(2 / pi) * (x + Rational(44715, 1000000) * x**3))) / 2`

    Shape: any; the output has the same.

    Range: within [-0.170041, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415
    """

    spec = _gelu_tanh

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gelu_tanh`."""
        return _functional.gelu_tanh(input)


class GLU(torch.nn.GLU):
    r"""The first half times the sigmoid of the second.

    A `torch.nn.GLU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `a / (1 + exp(-b))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Dauphin et al. 2016, Language Modeling with Gated Convolutional Networks, arXiv:1612.08083
    """

    spec = _glu

    def __init__(self, dim: int = -1) -> None:
        self.spec.validate(dim=dim)
        super().__init__(dim=dim)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.glu`."""
        return _functional.glu(input, dim=self.dim)


class GTU(_GatedUnit):
    r"""The tanh of the first half times the sigmoid of the second.

    Torch has no such class.

    Formula: `tanh(a) / (1 + exp(-b))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: van den Oord et al. 2016, Conditional Image Generation with PixelCNN Decoders, arXiv:1606.05328
    """

    spec = _gtu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gtu`."""
        return _functional.gtu(input, dim=self.dim)


class Gaussian(_Pointwise):
    r"""The normal density with peak 1 and width `sigma`.

    Torch has no such class.

    Formula: `exp(-x**2 / (2 * sigma**2))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        sigma: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Ramasinghe and Lucey 2021, Beyond Periodicity, arXiv:2111.15135
    """

    spec = _gaussian

    def __init__(self, sigma: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(sigma=sigma)
        self.sigma = sigma

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gaussian`."""
        return _functional.gaussian(input, sigma=self.sigma)


class GaussianCDF(_Pointwise):
    r"""The probability that a standard normal number lies below the input; the gate of GELU.

    Torch has no such class.

    Formula: `erfc(-x / sqrt(2)) / 2`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _gaussian_cdf

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gaussian_cdf`."""
        return _functional.gaussian_cdf(input)


class GaussianRBF(_Pointwise):
    r"""The radial basis function exp(-x^2).

    Torch has no such class.

    Formula: `exp(-x**2)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _gaussian_rbf

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gaussian_rbf`."""
        return _functional.gaussian_rbf(input)


class Gish(_Pointwise):
    r"""The input times log(2 - exp(-exp(x))); the slope far right is log 2.

    Torch has no such class.

    Formula: `x * log(2 - exp(-exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.278159, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Kaytan, Aydilek and Yeroğlu 2023, Gish, Neural Computing and Applications
    """

    spec = _gish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gish`."""
        return _functional.gish(input)


class GoLU(_Pointwise):
    r"""The input times its Gompertz function.

    Torch has no such class.

    Formula: `x * exp(-exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.0972601, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Das et al. 2025, Gompertz Linear Units, arXiv:2502.03654
    """

    spec = _golu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.golu`."""
        return _functional.golu(input)


class Gompertz(_Pointwise):
    r"""Leaves 0 very late and approaches 1 like exp(-x).

    Torch has no such class.

    Formula: `exp(-exp(-x))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; Gompertz 1825, and the distribution function of Gumbel
    """

    spec = _gompertz

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gompertz`."""
        return _functional.gompertz(input)


class GumbelSigmoid(_Pointwise):
    r"""A relaxed coin with the input as its log-odds; the smaller `tau`, the nearer its draws to 0 and 1.

    Torch has no such class.

    Formula: `1 / (1 + exp(-x / tau))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        tau: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Maddison, Mnih and Teh 2016, The Concrete Distribution, arXiv:1611.00712
    """

    spec = _gumbel_sigmoid

    def __init__(self, tau: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(tau=tau)
        self.tau = tau

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gumbel_sigmoid`."""
        return _functional.gumbel_sigmoid(input, tau=self.tau, training=self.training)


class GumbelSoftmax(_VectorMap):
    r"""A relaxed draw of one entry, with the inputs as log-probabilities; `hard` makes it one-hot with the soft slope.

    As in torch the function draws unless `training=False` is said, and ignores `eps`; a module in evaluation is
    softmax(x / tau).

    Torch has no such class.

    Formula: `exp(x[i] / tau) / Sum(exp(x[j] / tau), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        tau: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Jang, Gu and Poole 2016, Categorical Reparameterization with Gumbel-Softmax, arXiv:1611.01144; Maddison, Mnih and Teh 2016, The Concrete Distribution, arXiv:1611.00712
    """

    spec = _gumbel_softmax

    def __init__(self, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(tau=tau, hard=hard, eps=eps, dim=dim)
        self.tau = tau
        self.hard = hard
        self.eps = eps
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.gumbel_softmax`."""
        return _functional.gumbel_softmax(
            input, tau=self.tau, hard=self.hard, eps=self.eps, dim=self.dim, training=self.training
        )


class HOSC(_Pointwise):
    r"""A sine with flattened crests: near a square wave for a large `beta`.

    Torch has no such class.

    Formula: `tanh(beta * sin(x))`

    Shape: any; the output has the same.

    Range: within [-0.761594, 0.761594], at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Serrano, Szymkowiak and Musialski 2024, HOSC: A Periodic Activation Function, arXiv:2401.10967
    """

    spec = _hosc

    def __init__(self, beta: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hosc`."""
        return _functional.hosc(input, beta=self.beta)


class HardConcrete(_Pointwise):
    r"""A gate for sparse networks: a relaxed coin, stretched to [gamma, zeta] and clipped, so that it is often 0 or 1.

    `beta` is the temperature of the draws; evaluation does without.

    Torch has no such class.

    Formula: `Min(Max((zeta - gamma) / (1 + exp(-x)) + gamma, 0), 1)`

    Shape: any; the output has the same.

    Range: within [-4.44089e-16, 1], at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 1.
        gamma: in (-inf, 0.0); typical -0.5 to -0.1.
        zeta: in (1.0, inf); typical 1.1 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Louizos, Welling and Kingma 2017, Learning Sparse Neural Networks through L0, arXiv:1712.01312
    """

    spec = _hard_concrete

    def __init__(self, beta: float = 0.6666666666666666, gamma: float = -0.1, zeta: float = 1.1) -> None:
        super().__init__()
        self.spec.validate(beta=beta, gamma=gamma, zeta=zeta)
        self.beta = beta
        self.gamma = gamma
        self.zeta = zeta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hard_concrete`."""
        return _functional.hard_concrete(
            input, beta=self.beta, gamma=self.gamma, zeta=self.zeta, training=self.training
        )


class HardELiSH(_Pointwise):
    r"""ELiSH with a straight-line gate: zero below -1, the identity above 1.

    Torch has no such class.

    Formula: `Piecewise((x, x >= 0), (exp(x) - 1, True)) * Min(Max((x + 1) / 2, 0), 1)`

    Shape: any; the output has the same.

    Range: within [-0.0996732, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Basirat and Roth 2018, The Quest for the Golden Activation Function, arXiv:1808.00783
    """

    spec = _hard_elish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hard_elish`."""
        return _functional.hard_elish(input)


class HardMish(_Pointwise):
    r"""Mish from pieces: zero below -2, the identity above zero, a parabola between.

    Torch has no such class.

    Formula: `x * Min(Max(x + 2, 0), 2) / 2`

    Shape: any; the output has the same.

    Range: within [-0.5, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: timm.layers.HardMish
    """

    spec = _hard_mish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hard_mish`."""
        return _functional.hard_mish(input)


class Hardmax(_VectorMap):
    r"""One for the largest entry, the first of equals, and zero for the others; nothing learns through it.

    Torch has no such class.

    Formula: `Piecewise((1, Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < 1), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: ONNX operator Hardmax, opset 13
    """

    spec = _hardmax

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hardmax`."""
        return _functional.hardmax(input, dim=self.dim)


class Hardshrink(torch.nn.Hardshrink):
    r"""Zero within [-lambd, lambd], the input outside.

    A `torch.nn.Hardshrink`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((0, Abs(x) <= lambd), (x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lambd: in [0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage, Biometrika 81(3)
    """

    spec = _hardshrink

    def __init__(self, lambd: float = 0.5) -> None:
        self.spec.validate(lambd=lambd)
        super().__init__(lambd=lambd)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hardshrink`."""
        return _functional.hardshrink(input, lambd=self.lambd)


class Hardsigmoid(torch.nn.Hardsigmoid):
    r"""A line from 0 at -3 to 1 at 3, flat outside.

    A `torch.nn.Hardsigmoid`, and replaces it anywhere.

    Formula: `Min(Max(x / 6 + Rational(1, 2), 0), 1)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Howard et al. 2019, Searching for MobileNetV3, arXiv:1905.02244
    """

    spec = _hardsigmoid

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hardsigmoid`."""
        return _functional.hardsigmoid(input, inplace=self.inplace)


class Hardswish(torch.nn.Hardswish):
    r"""The input times its hardsigmoid: SiLU from three straight pieces of gate.

    A `torch.nn.Hardswish`, and replaces it anywhere.

    Formula: `x * Min(Max(x / 6 + Rational(1, 2), 0), 1)`

    Shape: any; the output has the same.

    Range: within [-0.375, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Howard et al. 2019, Searching for MobileNetV3, arXiv:1905.02244
    """

    spec = _hardswish

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hardswish`."""
        return _functional.hardswish(input, inplace=self.inplace)


class Hardtanh(torch.nn.Hardtanh):
    r"""The input, clipped to [min_val, max_val].

    A `torch.nn.Hardtanh`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Min(Max(x, min_val), max_val)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        min_val: in (-inf, inf); typical -2 to -0.5.
        max_val: in (-inf, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Collobert 2004, Large Scale Machine Learning (thesis, Université Paris VI); torch.nn.Hardtanh
    """

    spec = _hardtanh

    def __init__(
        self,
        min_val: float = -1.0,
        max_val: float = 1.0,
        inplace: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
    ) -> None:
        self.spec.validate(min_val=min_val, max_val=max_val)
        super().__init__(
            min_val=min_val, max_val=max_val, inplace=inplace, min_value=min_value, max_value=max_value
        )

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.hardtanh`."""
        return _functional.hardtanh(input, min_val=self.min_val, max_val=self.max_val, inplace=self.inplace)


class Heaviside(_Pointwise):
    r"""One for positive inputs, zero for the others; its slope is zero everywhere, so nothing learns through it.

    Torch has no such class.

    Formula: `Piecewise((1, x > 0), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; McCulloch and Pitts 1943, A Logical Calculus of the Ideas Immanent in Nervous Activity
    """

    spec = _heaviside

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.heaviside`."""
        return _functional.heaviside(input)


class ISRLU(_Pointwise):
    r"""Identity above zero, the inverse square root unit below.

    Torch has no such class.

    Formula: `Piecewise((x, x >= 0), (x / sqrt(1 + alpha * x**2), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Carlile et al. 2017, Improving Deep Learning by Inverse Square Root Linear Units, arXiv:1710.09967
    """

    spec = _isrlu

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.isrlu`."""
        return _functional.isrlu(input, alpha=self.alpha)


class ISRU(_Pointwise):
    r"""Rises from -1 / sqrt(alpha) to 1 / sqrt(alpha) without exponentials, odd.

    Torch has no such class.

    Formula: `x / sqrt(1 + alpha * x**2)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Carlile et al. 2017, Improving Deep Learning by Inverse Square Root Linear Units, arXiv:1710.09967
    """

    spec = _isru

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.isru`."""
        return _functional.isru(input, alpha=self.alpha)


class Identity(torch.nn.Identity):
    r"""The input itself.

    A `torch.nn.Identity`, and replaces it anywhere.

    Formula: `x`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _identity

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.identity`."""
        return _functional.identity(input)


class JumpReLU(_Pointwise):
    r"""Thresholded ReLU with a small `theta`. Sparse autoencoders learn theta by an estimate; its slope is zero.

    Torch has no such class.

    Formula: `Piecewise((x, x > theta), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        theta: in [0.0, inf); typical 0.001 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Erichson, Yao and Mahoney 2019, JumpReLU: A Retrofit Defense Strategy, arXiv:1904.03750
    """

    spec = _jump_relu

    def __init__(self, theta: float = 0.001) -> None:
        super().__init__()
        self.spec.validate(theta=theta)
        self.theta = theta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.jump_relu`."""
        return _functional.jump_relu(input, theta=self.theta)


class LWTA(_VectorMap):
    r"""Of each pair of neighbours along `dim` the larger stays; the other becomes zero.

    Torch has no such class.

    Formula: `Piecewise((Piecewise((x[i], x[i] >= x[i + 1]), (0, True)), Eq(Mod(i, 2), 1)), (Piecewise((x[i], x[i] > x[i - 1]), (0, True)), True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Srivastava, Masci, Kazerounian, Gomez and Schmidhuber 2013, Compete to Compute, NIPS
    """

    spec = _lwta

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.lwta`."""
        return _functional.lwta(input, dim=self.dim)


class LaLU(_Pointwise):
    r"""The input times the distribution function of Laplace.

    Torch has no such class.

    Formula: `Piecewise((x * (1 - exp(-x) / 2), x >= 0), (x * exp(x) / 2, True))`

    Shape: any; the output has the same.

    Range: within [-0.18394, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch-activation 1.0.0, LaLU
    """

    spec = _lalu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.lalu`."""
        return _functional.lalu(input)


class Laplace(_Pointwise):
    r"""The attention function of Mega: a normal distribution function, in spite of its name.

    Torch has no such class.

    Formula: `erfc((Rational(707107, 1000000) - x) / (sqrt(2) * Rational(282095, 1000000))) / 2`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Ma et al. 2022, Mega: Moving Average Equipped Gated Attention, arXiv:2209.10655
    """

    spec = _laplace

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.laplace`."""
        return _functional.laplace(input)


class LeCunTanh(_Pointwise):
    r"""Tanh, stretched so that it is near 1 at 1 and near -1 at -1.

    Torch has no such class.

    Formula: `a * tanh(b * x)`

    Shape: any; the output has the same.

    Range: within [-1.7159, 1.7159], at the default parameters.

    Parameters:
        a: in (0.0, inf); typical 0.5 to 2.
        b: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: LeCun, Bottou, Orr and Müller 1998, Efficient BackProp
    """

    spec = _lecun_tanh

    def __init__(self, a: float = 1.7159, b: float = 0.6666666666666666) -> None:
        super().__init__()
        self.spec.validate(a=a, b=b)
        self.a = a
        self.b = b

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.lecun_tanh`."""
        return _functional.lecun_tanh(input, a=self.a, b=self.b)


class LeakyReLU(torch.nn.LeakyReLU):
    r"""Identity above zero; below it, a line of slope `negative_slope`.

    A `torch.nn.LeakyReLU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, x > 0), (negative_slope * x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        negative_slope: in (-inf, inf); typical 0.01 to 0.3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Maas, Hannun, Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models
    """

    spec = _leaky_relu

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        self.spec.validate(negative_slope=negative_slope)
        super().__init__(negative_slope=negative_slope, inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.leaky_relu`."""
        return _functional.leaky_relu(input, negative_slope=self.negative_slope, inplace=self.inplace)


class LiSHT(_Pointwise):
    r"""The input times its tanh: |x| far from zero, a parabola near it.

    Torch has no such class.

    Formula: `x * tanh(x)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Roy, Manna, Dubey and Chaudhuri 2019, LiSHT, arXiv:1901.05894
    """

    spec = _lisht

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.lisht`."""
        return _functional.lisht(input)


class LogLog(_Pointwise):
    r"""Rises from 0 like exp(x), and to 1 much faster.

    Torch has no such class.

    Formula: `1 - exp(-exp(x))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; the inverse of the complementary log-log link
    """

    spec = _loglog

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.loglog`."""
        return _functional.loglog(input)


class LogSigmoid(torch.nn.LogSigmoid):
    r"""The logarithm of the sigmoid, without its underflow.

    A `torch.nn.LogSigmoid`, and replaces it anywhere.

    Formula: `-log(1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within (-inf, 0].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _logsigmoid

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.logsigmoid`."""
        return _functional.logsigmoid(input)


class LogSoftmax(torch.nn.LogSoftmax):
    r"""The logarithm of softmax, without its underflow.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.

    A `torch.nn.LogSoftmax`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `x[i] - log(Sum(exp(x[j]), (j, 1, n)))`

    Shape: any; the output has the same.

    Range: within (-inf, 0].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: classical
    """

    spec = _log_softmax

    def __init__(self, dim: int | None = None) -> None:
        self.spec.validate(dim=dim)
        super().__init__(dim=dim)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.log_softmax`."""
        return _functional.log_softmax(input, dim=self.dim)


class Logish(_Pointwise):
    r"""The input times log(1 + sigmoid); the slope far right is log 2.

    Torch has no such class.

    Formula: `x * log(1 + 1 / (1 + exp(-x)))`

    Shape: any; the output has the same.

    Range: within [-0.252769, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Zhu, Zeng, Liu and Zhang 2021, Logish, Neurocomputing 458
    """

    spec = _logish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.logish`."""
        return _functional.logish(input)


class MFM(_VectorMap):
    r"""The larger of both halves of the input, element by element; Maxout of two.

    Torch has no such class.

    Formula: `Max(x[i], x[i + n / 2])`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Wu, He, Sun and Tan 2015, A Light CNN for Deep Face Representation with Noisy Labels, arXiv:1511.02683
    """

    spec = _mfm

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.mfm`."""
        return _functional.mfm(input, dim=self.dim)


class MPELU(_Pointwise):
    r"""ELU with saturation -alpha and steepness `beta` on the left.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise((x, x > 0), (alpha * (exp(beta * x) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-0.25, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.25 to 1.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Li, Fan, Li, Wu and Ming 2016, Multiple Parametric Exponential Linear Units, arXiv:1606.00305
    """

    spec = _mpelu

    def __init__(self, alpha: float = 0.25, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.mpelu`."""
        return _functional.mpelu(input, alpha=self.alpha, beta=self.beta)


class MaxMin(_VectorMap):
    r"""GroupSort of pairs: each pair of neighbours along `dim` in ascending order. It keeps norms of gradients.

    Torch has no such class.

    Formula: `Piecewise((Min(x[i], x[i + 1]), Eq(Mod(i, 2), 1)), (Max(x[i - 1], x[i]), True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Anil, Lucas and Grosse 2018, Sorting out Lipschitz function approximation, arXiv:1811.05381
    """

    spec = _maxmin

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.maxmin`."""
        return _functional.maxmin(input, dim=self.dim)


class Mila(_Pointwise):
    r"""Mish whose gate opens at -beta instead of zero.

    Torch has no such class.

    Formula: `x * tanh(log(1 + exp(x + beta)))`

    Shape: any; the output has the same.

    Range: within [-0.249453, inf), at the default parameters.

    Parameters:
        beta: in [-20.0, 20.0]; typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: echoAI 0.1.3, Mila
    """

    spec = _mila

    def __init__(self, beta: float = -0.25) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.mila`."""
        return _functional.mila(input, beta=self.beta)


class Mish(torch.nn.Mish):
    r"""The input times the tanh of its softplus.

    A `torch.nn.Mish`, and replaces it anywhere.

    Formula: `x * tanh(log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.308843, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Misra 2019, Mish: A Self Regularized Non-Monotonic Activation Function, arXiv:1908.08681
    """

    spec = _mish

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.mish`."""
        return _functional.mish(input, inplace=self.inplace)


class MishGLU(_GatedUnit):
    r"""The first half times the Mish of the second.

    Torch has no such class.

    Formula: `a * b * tanh(log(1 + exp(b)))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: the gate of Shazeer 2020, arXiv:2002.05202, with Mish, Misra 2019, arXiv:1908.08681
    """

    spec = _mishglu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.mishglu`."""
        return _functional.mishglu(input, dim=self.dim)


class NLReLU(_Pointwise):
    r"""The logarithm of 1 + beta * ReLU.

    Torch has no such class.

    Formula: `log(1 + beta * Max(x, 0))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Liu et al. 2019, Natural-Logarithm-Rectified Activation Function, arXiv:1908.03682
    """

    spec = _nlrelu

    def __init__(self, beta: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.nlrelu`."""
        return _functional.nlrelu(input, beta=self.beta)


class NoisyReLU(_Pointwise):
    r"""ReLU of the input plus normal noise, whose variance is the sigmoid of the input.

    Torch has no such class.

    Formula: `Max(x, 0)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML
    """

    spec = _noisy_relu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.noisy_relu`."""
        return _functional.noisy_relu(input, training=self.training)


class PELU(_Pointwise):
    r"""ELU with saturation -a and scale `b`, and the slope a / b on the right, so that it has no kink.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise((a / b * x, x >= 0), (a * (exp(x / b) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1, inf), at the default parameters.

    Parameters:
        a: in (0.0, inf); typical 0.5 to 2.
        b: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Trottier, Giguère and Chaib-draa 2016, Parametric Exponential Linear Unit, arXiv:1605.09332
    """

    spec = _pelu

    def __init__(self, a: float = 1.0, b: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(a=a, b=b)
        self.a = _held(a, learnable=learnable)
        self.b = _held(b, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.pelu`."""
        return _functional.pelu(input, a=self.a, b=self.b)


class PReLU(torch.nn.PReLU):
    r"""Identity above zero; below it, a line whose slope `weight` is learned.

    `weight` is a number, or a tensor with one element or one for each channel (dimension 1 of the input).

    A `torch.nn.PReLU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, x > 0), (weight * x, True))`

    Shape: any; the output has the same.

    Parameters:
        weight: in (-inf, inf); typical 0.1 to 0.3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers, arXiv:1502.01852
    """

    spec = _prelu

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> None:
        self.spec.validate(weight=init)
        super().__init__(num_parameters=num_parameters, init=init, device=device, dtype=dtype)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.prelu`."""
        return _functional.prelu(input, weight=self.weight)


class PSerf(_Pointwise):
    r"""Serf, the input times the error function of its softplus, with a factor before and within.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * erf(gamma * log(1 + exp(delta * x)))`

    Shape: any; the output has the same.

    Range: within [-0.506007, inf), at the default parameters.

    Parameters:
        gamma: in (0.0, inf); typical 0.5 to 1.5.
        delta: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, ErfAct and Pserf, arXiv:2109.04386
    """

    spec = _pserf

    def __init__(self, gamma: float = 1.25, delta: float = 0.85, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(gamma=gamma, delta=delta)
        self.gamma = _held(gamma, learnable=learnable)
        self.delta = _held(delta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.pserf`."""
        return _functional.pserf(input, gamma=self.gamma, delta=self.delta)


class PenalizedTanh(_Pointwise):
    r"""Tanh above zero; below it, `a` times tanh.

    Torch has no such class.

    Formula: `Piecewise((tanh(x), x > 0), (a * tanh(x), True))`

    Shape: any; the output has the same.

    Range: within [-0.25, 1], at the default parameters.

    Parameters:
        a: in (-inf, inf); typical 0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Xu, Huang and Li 2016, Revise Saturated Activation Functions, arXiv:1602.05980
    """

    spec = _penalized_tanh

    def __init__(self, a: float = 0.25) -> None:
        super().__init__()
        self.spec.validate(a=a)
        self.a = a

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.penalized_tanh`."""
        return _functional.penalized_tanh(input, a=self.a)


class Phish(_Pointwise):
    r"""The input times the tanh of its GELU; never negative.

    Torch has no such class.

    Formula: `x * tanh(x * erfc(-x / sqrt(2)) / 2)`

    Shape: any; the output has the same.

    Range: within [-2.22045e-20, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Naveen 2022, Phish: A Novel Hyper-Optimizable Activation Function, TechRxiv
    """

    spec = _phish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.phish`."""
        return _functional.phish(input)


class PolyNorm(_VectorMap):
    r"""The first three powers of the input, each over its root mean square along `dim`, weighed and summed.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

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
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: Zhuo, Wang, Zeng, Li, Zhou and Ma 2024, Polynomial Composition Activations, arXiv:2411.03884
    """

    spec = _polynorm

    def __init__(
        self,
        a1: float = 0.3333333333333333,
        a2: float = 0.3333333333333333,
        a3: float = 0.3333333333333333,
        b: float = 0.0,
        eps: float = 1e-06,
        dim: int | None = None,
        *,
        learnable: bool = False,
    ) -> None:
        super().__init__()
        self.spec.validate(a1=a1, a2=a2, a3=a3, b=b, eps=eps, dim=dim)
        self.a1 = _held(a1, learnable=learnable)
        self.a2 = _held(a2, learnable=learnable)
        self.a3 = _held(a3, learnable=learnable)
        self.b = _held(b, learnable=learnable)
        self.eps = eps
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.polynorm`."""
        return _functional.polynorm(
            input, a1=self.a1, a2=self.a2, a3=self.a3, b=self.b, eps=self.eps, dim=self.dim
        )


class PolyReLU(_Pointwise):
    r"""A polynomial of the third degree in ReLU.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `a0 + a1 * Max(x, 0) + a2 * Max(x, 0)**2 + a3 * Max(x, 0)**3`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        a0: in (-inf, inf); typical 0 to 0.5.
        a1: in (-inf, inf); typical 0.25 to 1.
        a2: in (-inf, inf); typical 0.25 to 1.
        a3: in (-inf, inf); typical 0.25 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Zhuo, Wang, Zeng, Li, Zhou and Ma 2024, Polynomial Composition Activations, arXiv:2411.03884
    """

    spec = _poly_relu

    def __init__(
        self,
        a0: float = 0.0,
        a1: float = 0.3333333333333333,
        a2: float = 0.3333333333333333,
        a3: float = 0.3333333333333333,
        *,
        learnable: bool = False,
    ) -> None:
        super().__init__()
        self.spec.validate(a0=a0, a1=a1, a2=a2, a3=a3)
        self.a0 = _held(a0, learnable=learnable)
        self.a1 = _held(a1, learnable=learnable)
        self.a2 = _held(a2, learnable=learnable)
        self.a3 = _held(a3, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.poly_relu`."""
        return _functional.poly_relu(input, a0=self.a0, a1=self.a1, a2=self.a2, a3=self.a3)


class QuickGELU(_Pointwise):
    r"""GELU with the normal distribution function approximated by the sigmoid of 1.702 x; CLIP's.

    Torch has no such class.

    Formula: `x / (1 + exp(-Rational(1702, 1000) * x))`

    Shape: any; the output has the same.

    Range: within [-0.16361, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hendrycks and Gimpel 2016, Gaussian Error Linear Units (GELUs), arXiv:1606.08415
    """

    spec = _quick_gelu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.quick_gelu`."""
        return _functional.quick_gelu(input)


class RPReLU(_Pointwise):
    r"""PReLU with slope `beta`, its corner moved to the point (gamma, zeta).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise((x - gamma + zeta, x > gamma), (beta * (x - gamma) + zeta, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        gamma: in (-inf, inf); typical -1 to 1.
        zeta: in (-inf, inf); typical -1 to 1.
        beta: in (-inf, inf); typical 0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Liu, Shen, Savvides and Cheng 2020, ReActNet, arXiv:2003.03488
    """

    spec = _rprelu

    def __init__(
        self, gamma: float = 0.0, zeta: float = 0.0, beta: float = 0.25, *, learnable: bool = False
    ) -> None:
        super().__init__()
        self.spec.validate(gamma=gamma, zeta=zeta, beta=beta)
        self.gamma = _held(gamma, learnable=learnable)
        self.zeta = _held(zeta, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.rprelu`."""
        return _functional.rprelu(input, gamma=self.gamma, zeta=self.zeta, beta=self.beta)


class RReLU(torch.nn.RReLU):
    r"""LeakyReLU whose slope is drawn from [lower, upper] for each element; outside training, their mean.

    The formula, the landmarks and the gain are those outside training.

    A `torch.nn.RReLU`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, x > 0), ((lower + upper) / 2 * x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lower: in (-inf, inf); typical 0.01 to 0.3.
        upper: in (-inf, inf); typical 0.01 to 0.3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Xu, Wang, Chen and Li 2015, Empirical Evaluation of Rectified Activations, arXiv:1505.00853
    """

    spec = _rrelu

    def __init__(
        self, lower: float = 0.125, upper: float = 0.3333333333333333, inplace: bool = False
    ) -> None:
        self.spec.validate(lower=lower, upper=upper)
        super().__init__(lower=lower, upper=upper, inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.rrelu`."""
        return _functional.rrelu(
            input, lower=self.lower, upper=self.upper, training=self.training, inplace=self.inplace
        )


class RationalTanh(_Pointwise):
    r"""LeCun's tanh, approximated by a rational function.

    Torch has no such class.

    Formula: `Rational(17159, 10000) * sign(x) * (1 - 1 / (1 + Abs(2 * x / 3) + (2 * x / 3)**2 + Rational(141645, 100000) * (2 * x / 3)**4))`

    Shape: any; the output has the same.

    Range: within [-1.7159, 1.7159].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Kalinovskii and Spitsyn 2015, Compact CNN Cascade for Face Detection, arXiv:1508.01292
    """

    spec = _rational_tanh

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.rational_tanh`."""
        return _functional.rational_tanh(input)


class ReGLU(_GatedUnit):
    r"""The first half times the ReLU of the second.

    Torch has no such class.

    Formula: `a * Max(b, 0)`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """

    spec = _reglu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.reglu`."""
        return _functional.reglu(input, dim=self.dim)


class ReGLU2(_GatedUnit):
    r"""The first half times the squared ReLU of the second.

    Torch has no such class.

    Formula: `a * Max(b, 0)**2`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: ReGLU of Shazeer 2020, arXiv:2002.05202, with the squared ReLU of So et al. 2021, arXiv:2109.08668
    """

    spec = _reglu2

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.reglu2`."""
        return _functional.reglu2(input, dim=self.dim)


class ReLU(torch.nn.ReLU):
    r"""Identity above zero, zero below.

    A `torch.nn.ReLU`, and replaces it anywhere.

    Formula: `Max(x, 0)`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML
    """

    spec = _relu

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.relu`."""
        return _functional.relu(input, inplace=self.inplace)


class ReLU6(torch.nn.ReLU6):
    r"""ReLU, cut off at 6.

    A `torch.nn.ReLU6`, and replaces it anywhere.

    Formula: `Min(Max(x, 0), 6)`

    Shape: any; the output has the same.

    Range: within [0, 6].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Krizhevsky 2010, Convolutional Deep Belief Networks on CIFAR-10
    """

    spec = _relu6

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.relu6`."""
        return _functional.relu6(input, inplace=self.inplace)


class ReLUN(_Pointwise):
    r"""ReLU that stops rising at `n`; ReLU6 has n = 6.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Min(Max(x, 0), n)`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        n: in (0.0, inf); typical 0.5 to 6.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """

    spec = _relun

    def __init__(self, n: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(n=n)
        self.n = _held(n, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.relun`."""
        return _functional.relun(input, n=self.n)


class RePU(_Pointwise):
    r"""ReLU to the power `p`: 1 is ReLU, 2 the squared ReLU.

    Torch has no such class.

    Formula: `Max(x, 0)**p`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        p: in [1.0, inf); typical 2 to 4.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Li, Tang and Yu 2019, Better Approximations by Rectified Power Units, arXiv:1903.05858
    """

    spec = _repu

    def __init__(self, p: float = 3.0) -> None:
        super().__init__()
        self.spec.validate(p=p)
        self.p = p

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.repu`."""
        return _functional.repu(input, p=self.p)


class RectifiedTanh(_Pointwise):
    r"""Tanh above zero, zero below.

    Torch has no such class.

    Formula: `Max(tanh(x), 0)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: deeplearning4j, RectifiedTanh
    """

    spec = _rectified_tanh

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.rectified_tanh`."""
        return _functional.rectified_tanh(input)


class Ricker(_Pointwise):
    r"""The negative second derivative of a Gaussian: a peak between two troughs.

    Torch has no such class.

    Formula: `(1 - x**2) * exp(-x**2 / 2)`

    Shape: any; the output has the same.

    Range: within [-0.44626, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical; Ricker's wavelet
    """

    spec = _ricker

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.ricker`."""
        return _functional.ricker(input)


class SELU(torch.nn.SELU):
    r"""ELU, scaled so that mean 0 and variance 1 reproduce themselves from layer to layer.

    A `torch.nn.SELU`, and replaces it anywhere.

    Formula: `1.0507009873554804934193349852946 * Piecewise((x, x > 0), (1.6732632423543772848170429916717 * (exp(x) - 1), True))`

    Shape: any; the output has the same.

    Range: within [-1.7581, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Klambauer et al. 2017, Self-Normalizing Neural Networks, arXiv:1706.02515
    """

    spec = _selu

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.selu`."""
        return _functional.selu(input, inplace=self.inplace)


class SGELU(_Pointwise):
    r"""An even GELU: alpha times |x| far from zero, a parabola near it.

    Torch has no such class.

    Formula: `alpha * x * erf(x / sqrt(2))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Yu and Su 2019, Symmetrical Gaussian Error Linear Units, arXiv:1911.03925
    """

    spec = _sgelu

    def __init__(self, alpha: float = 0.1) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sgelu`."""
        return _functional.sgelu(input, alpha=self.alpha)


class SMU(_Pointwise):
    r"""A smooth maximum of x and alpha x by the error function; GELU where alpha = 0 and mu = 1 / sqrt(2).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `((1 + alpha) * x + (1 - alpha) * x * erf(mu * (1 - alpha) * x)) / 2`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0 to 0.25.
        mu: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, SMU: Smooth Activation Function, arXiv:2111.04682
    """

    spec = _smu

    def __init__(self, alpha: float = 0.25, mu: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, mu=mu)
        self.alpha = _held(alpha, learnable=learnable)
        self.mu = _held(mu, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.smu`."""
        return _functional.smu(input, alpha=self.alpha, mu=self.mu)


class SMU1(_Pointwise):
    r"""A smooth maximum of x and alpha x by a square root; squareplus where alpha = 0.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `((1 + alpha) * x + sqrt((1 - alpha)**2 * x**2 + mu**2)) / 2`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0 to 0.25.
        mu: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2021, SMU: Smooth Activation Function, arXiv:2111.04682
    """

    spec = _smu1

    def __init__(self, alpha: float = 0.25, mu: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, mu=mu)
        self.alpha = _held(alpha, learnable=learnable)
        self.mu = _held(mu, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.smu1`."""
        return _functional.smu1(input, alpha=self.alpha, mu=self.mu)


class SQNL(_Pointwise):
    r"""A tanh from two parabolas: exactly -1 from -2 on, exactly 1 from 2 on.

    Torch has no such class.

    Formula: `Piecewise((1, x >= 2), (x - x**2 / 4, x >= 0), (x + x**2 / 4, x > -2), (-1, True))`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Wuraola and Patel 2018, SQNL: A New Computationally Efficient Activation Function, IJCNN
    """

    spec = _sqnl

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sqnl`."""
        return _functional.sqnl(input)


class SSMax(_VectorMap):
    r"""Softmax of the input times s log n, where n is the size of the dimension: it stays sharp as n grows.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `exp(s * log(n) * x[i]) / Sum(exp(s * log(n) * x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        s: in (0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: Nakanishi 2025, Scalable-Softmax Is Superior for Attention, arXiv:2501.19399
    """

    spec = _ssmax

    def __init__(self, s: float = 1.0, dim: int | None = None, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(s=s, dim=dim)
        self.s = _held(s, learnable=learnable)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.ssmax`."""
        return _functional.ssmax(input, s=self.s, dim=self.dim)


class SShapedReLU(_Pointwise):
    r"""The identity from `t_l` to `t_r`, with slope `a_l` below and `a_r` above. Several functions are called SReLU.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise((t_r + a_r * (x - t_r), x >= t_r), (t_l + a_l * (x - t_l), x <= t_l), (x, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        t_r: in (-inf, inf); typical 1 to 2.
        a_r: in (0.0, inf); typical 0.5 to 2.
        t_l: in (-inf, inf); typical -1 to 0.
        a_l: in (0.0, inf); typical 0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Jin, Xu, Feng, Wei, Xiong and Yan 2015, S-shaped Rectified Linear Activation Units, arXiv:1512.07030
    """

    spec = _s_shaped_relu

    def __init__(
        self,
        t_r: float = 1.0,
        a_r: float = 1.0,
        t_l: float = 0.0,
        a_l: float = 0.2,
        *,
        learnable: bool = False,
    ) -> None:
        super().__init__()
        self.spec.validate(t_r=t_r, a_r=a_r, t_l=t_l, a_l=a_l)
        self.t_r = _held(t_r, learnable=learnable)
        self.a_r = _held(a_r, learnable=learnable)
        self.t_l = _held(t_l, learnable=learnable)
        self.a_l = _held(a_l, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.s_shaped_relu`."""
        return _functional.s_shaped_relu(input, t_r=self.t_r, a_r=self.a_r, t_l=self.t_l, a_l=self.a_l)


class ScaledSiLU(_Pointwise):
    r"""SiLU over 0.6, which brings its second moment near 1.

    Torch has no such class.

    Formula: `x / (1 + exp(-x)) / Rational(6, 10)`

    Shape: any; the output has the same.

    Range: within [-0.464108, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Gasteiger, Becker and Günnemann 2021, GemNet, arXiv:2106.08903
    """

    spec = _scaled_silu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.scaled_silu`."""
        return _functional.scaled_silu(input)


class ScaledSoftsign(_Pointwise):
    r"""Softsign with limits +-alpha and width `beta`.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `alpha * x / (beta + Abs(x))`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """

    spec = _scaled_softsign

    def __init__(self, alpha: float = 1.0, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.scaled_softsign`."""
        return _functional.scaled_softsign(input, alpha=self.alpha, beta=self.beta)


class Serf(_Pointwise):
    r"""The input times the error function of its softplus.

    Torch has no such class.

    Formula: `x * erf(log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [-0.348437, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Nag and Bhattacharyya 2021, SERF, arXiv:2108.09598
    """

    spec = _serf

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.serf`."""
        return _functional.serf(input)


class ShiLU(_Pointwise):
    r"""ReLU times `alpha`, moved up by `beta`.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `alpha * Max(x, 0) + beta`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.
        beta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Pishchik 2023, Trainable Activations for Image Classification, Preprints 202301.0463
    """

    spec = _shilu

    def __init__(self, alpha: float = 1.0, beta: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.shilu`."""
        return _functional.shilu(input, alpha=self.alpha, beta=self.beta)


class ShiftedReLU(_Pointwise):
    r"""ReLU that starts at `b`.

    Torch has no such class.

    Formula: `Max(x - b, 0)`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        b: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: torch-activation 1.0.0, ShiftedReLU
    """

    spec = _shifted_relu

    def __init__(self, b: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(b=b)
        self.b = b

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.shifted_relu`."""
        return _functional.shifted_relu(input, b=self.b)


class ShiftedSoftplus(_Pointwise):
    r"""Softplus, moved down to go through zero.

    Torch has no such class.

    Formula: `log(1 + exp(x)) - log(2)`

    Shape: any; the output has the same.

    Range: within [-0.693147, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Schütt et al. 2017, SchNet, arXiv:1706.08566
    """

    spec = _shifted_softplus

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.shifted_softplus`."""
        return _functional.shifted_softplus(input)


class Shrink(_Pointwise):
    r"""Zero within [-lambd, lambd], outside the input moved towards zero by `bias`.

    Torch has no such class.

    Formula: `Piecewise((x - bias, x > lambd), (x + bias, x < -lambd), (0, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lambd: in [0.0, inf); typical 0.1 to 1.
        bias: in (-inf, inf); typical 0 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: ONNX operator Shrink, opset 9
    """

    spec = _shrink

    def __init__(self, lambd: float = 0.5, bias: float = 0.0) -> None:
        super().__init__()
        self.spec.validate(lambd=lambd, bias=bias)
        self.lambd = lambd
        self.bias = bias

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.shrink`."""
        return _functional.shrink(input, lambd=self.lambd, bias=self.bias)


class SiLU(torch.nn.SiLU):
    r"""The input times its sigmoid; Swish with beta = 1.

    A `torch.nn.SiLU`, and replaces it anywhere.

    Formula: `x / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Elfwing, Uchibe, Doya 2017, arXiv:1702.03118; Ramachandran, Zoph, Le 2017, arXiv:1710.05941
    """

    spec = _silu

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.silu`."""
        return _functional.silu(input, inplace=self.inplace)


class Sigmoid(torch.nn.Sigmoid):
    r"""Rises from 0 to 1, through 1/2 at zero.

    A `torch.nn.Sigmoid`, and replaces it anywhere.

    Formula: `1 / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _sigmoid

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sigmoid`."""
        return _functional.sigmoid(input)


class Sign(_Pointwise):
    r"""-1, 0 or 1, the sign of the input; its slope is zero everywhere, so nothing learns through it.

    Torch has no such class.

    Formula: `sign(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _sign

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sign`."""
        return _functional.sign(input)


class SinLU(_Pointwise):
    r"""The input plus a sine of height `a` and rate `b`, times the sigmoid.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(x + a * sin(b * x)) / (1 + exp(-x))`

    Shape: any; the output has the same.

    Range: within [-0.497371, inf), at the default parameters.

    Parameters:
        a: in (-inf, inf); typical 0.5 to 1.
        b: in (-inf, inf); typical 0.5 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Paul, Bandyopadhyay, Yoon, Geem and Sarkar 2022, SinLU: Sinu-Sigmoidal Linear Unit, Mathematics 10(3) 337
    """

    spec = _sinlu

    def __init__(self, a: float = 1.0, b: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(a=a, b=b)
        self.a = _held(a, learnable=learnable)
        self.b = _held(b, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sinlu`."""
        return _functional.sinlu(input, a=self.a, b=self.b)


class Sinc(_Pointwise):
    r"""sin(x) / x, which is 1 at zero; torch.sinc is this of pi times its input.

    Torch has no such class.

    Formula: `sinc(x)`

    Shape: any; the output has the same.

    Range: within [-0.217234, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Saratchandran et al. 2024, A Sampling Theory Perspective on Activations, arXiv:2402.05427
    """

    spec = _sinc

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sinc`."""
        return _functional.sinc(input)


class Sine(_Pointwise):
    r"""The sine of `omega` times the input; SIREN takes omega = 30.

    Torch has no such class.

    Formula: `sin(omega * x)`

    Shape: any; the output has the same.

    Range: within [-1, 1], at the default parameters.

    Parameters:
        omega: in (0.0, inf); typical 1 to 30.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Sitzmann et al. 2020, Implicit Neural Representations with Periodic Activation Functions, arXiv:2006.09661
    """

    spec = _sin

    def __init__(self, omega: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(omega=omega)
        self.omega = omega

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sin`."""
        return _functional.sin(input, omega=self.omega)


class SineReLU(_Pointwise):
    r"""Identity above zero, a small wave below; it jumps by `epsilon` at zero.

    Torch has no such class.

    Formula: `Piecewise((x, x > 0), (epsilon * (sin(x) - cos(x)), True))`

    Shape: any; the output has the same.

    Range: within [-0.00353553, inf), at the default parameters.

    Parameters:
        epsilon: in (0.0, inf); typical 0.0025 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: origin unverified; a blog post, and echoAI 0.1.3 and torch-activation 1.0.0 with other defaults
    """

    spec = _sine_relu

    def __init__(self, epsilon: float = 0.0025) -> None:
        super().__init__()
        self.spec.validate(epsilon=epsilon)
        self.epsilon = epsilon

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sine_relu`."""
        return _functional.sine_relu(input, epsilon=self.epsilon)


class SmeLU(_Pointwise):
    r"""ReLU whose corner is a parabola over [-beta, beta].

    Torch has no such class.

    Formula: `Piecewise((0, x <= -beta), (x, x >= beta), ((x + beta)**2 / (4 * beta), True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Shamir, Lin and Coviello 2020, Smooth Activations and Reproducibility, arXiv:2010.09931
    """

    spec = _smelu

    def __init__(self, beta: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.smelu`."""
        return _functional.smelu(input, beta=self.beta)


class Smish(_Pointwise):
    r"""The input times tanh(log(1 + sigmoid)); the slope far right is 0.6.

    Torch has no such class.

    Formula: `x * tanh(log(1 + 1 / (1 + exp(-x))))`

    Shape: any; the output has the same.

    Range: within [-0.249994, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Wang, Ren and Wang 2022, Smish, Electronics 11(4) 540
    """

    spec = _smish

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.smish`."""
        return _functional.smish(input)


class SmoothStep(_Pointwise):
    r"""Exactly 0 below -gamma / 2, exactly 1 above gamma / 2, and a cubic between.

    Torch has no such class.

    Formula: `Piecewise((0, x <= -gamma / 2), (1, x >= gamma / 2), (-2 * x**3 / gamma**3 + 3 * x / (2 * gamma) + Rational(1, 2), True))`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        gamma: in (0.0, inf); typical 1 to 4.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Hazimeh et al. 2020, The Tree Ensemble Layer, arXiv:2002.07772
    """

    spec = _smooth_step

    def __init__(self, gamma: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(gamma=gamma)
        self.gamma = gamma

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.smooth_step`."""
        return _functional.smooth_step(input, gamma=self.gamma)


class Snake(_Pointwise):
    r"""The input plus a periodic bump of frequency `alpha`; it never falls.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x + sin(alpha * x)**2 / alpha`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 4.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Ziyin, Hartwig and Ueda 2020, Neural Networks Fail to Learn Periodic Functions, arXiv:2006.08195
    """

    spec = _snake

    def __init__(self, alpha: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = _held(alpha, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.snake`."""
        return _functional.snake(input, alpha=self.alpha)


class SnakeBeta(_Pointwise):
    r"""Snake with a height 1 / beta of its own. The authors' code learns the logarithms of both.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x + sin(alpha * x)**2 / beta`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 4.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Lee, Ping, Ginsburg, Catanzaro and Yoon 2022, BigVGAN, arXiv:2206.04658
    """

    spec = _snake_beta

    def __init__(self, alpha: float = 1.0, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.snake_beta`."""
        return _functional.snake_beta(input, alpha=self.alpha, beta=self.beta)


class SoLU(_VectorMap):
    r"""The input times its softmax.

    Torch has no such class.

    Formula: `x[i] * exp(x[i]) / Sum(exp(x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Elhage et al. 2022, Softmax Linear Units, Transformer Circuits Thread
    """

    spec = _solu

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.solu`."""
        return _functional.solu(input, dim=self.dim)


class SoftClipping(_Pointwise):
    r"""Clips to [0, 1] with rounded corners, the sharper the larger `alpha`.

    Torch has no such class.

    Formula: `log((exp(-alpha * x) + 1) / (exp(-alpha * x) + exp(-alpha))) / alpha`

    Shape: any; the output has the same.

    Range: within [0, 1], at the default parameters.

    Parameters:
        alpha: in (0.0, 500.0); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Klimek and Perelstein 2018, Neural Network-Based Approach to Phase Space Integration, arXiv:1810.11509
    """

    spec = _soft_clipping

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.soft_clipping`."""
        return _functional.soft_clipping(input, alpha=self.alpha)


class SoftModulusQ(_Pointwise):
    r"""The modulus with a smooth bottom: a cubic on either side of zero, |x| beyond 1.

    Torch has no such class.

    Formula: `Piecewise((x**2 * (2 - Abs(x)), Abs(x) <= 1), (Abs(x), True))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Vallés-Pérez et al. 2023, Empirical study of the modulus as activation function, arXiv:2301.05993
    """

    spec = _soft_modulus_q

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.soft_modulus_q`."""
        return _functional.soft_modulus_q(input)


class SoftModulusT(_Pointwise):
    r"""The modulus with a smooth bottom of width `alpha`; LiSHT where alpha = 1.

    Torch has no such class.

    Formula: `x * tanh(x / alpha)`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Vallés-Pérez et al. 2023, Empirical study of the modulus as activation function, arXiv:2301.05993
    """

    spec = _soft_modulus_t

    def __init__(self, alpha: float = 0.01) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.soft_modulus_t`."""
        return _functional.soft_modulus_t(input, alpha=self.alpha)


class Softcap(_Pointwise):
    r"""The identity near zero, held smoothly within (-cap, cap).

    Torch has no such class.

    Formula: `cap * tanh(x / cap)`

    Shape: any; the output has the same.

    Range: within [-30, 30], at the default parameters.

    Parameters:
        cap: in (0.0, inf); typical 10 to 50.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Gemma Team 2024, Gemma 2: Improving Open Language Models at a Practical Size, arXiv:2408.00118
    """

    spec = _softcap

    def __init__(self, cap: float = 30.0) -> None:
        super().__init__()
        self.spec.validate(cap=cap)
        self.cap = cap

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softcap`."""
        return _functional.softcap(input, cap=self.cap)


class Softmax(torch.nn.Softmax):
    r"""Exponentials, divided by their sum along `dim`: positive numbers that sum to one.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.

    A `torch.nn.Softmax`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `exp(x[i]) / Sum(exp(x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Bridle 1990, Probabilistic Interpretation of Feedforward Classification Network Outputs
    """

    spec = _softmax

    def __init__(self, dim: int | None = None) -> None:
        self.spec.validate(dim=dim)
        super().__init__(dim=dim)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softmax`."""
        return _functional.softmax(input, dim=self.dim)


class Softmax2d(torch.nn.Softmax2d):
    r"""Softmax over the channels of an image: dimension -3 of (N, C, H, W) or (C, H, W).

    A `torch.nn.Softmax2d`, and replaces it anywhere.

    Formula: `exp(x[i]) / Sum(exp(x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch.nn.Softmax2d
    """

    spec = _softmax2d

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softmax2d`."""
        return _functional.softmax2d(input)


class SoftmaxOne(_VectorMap):
    r"""Softmax with one more entry that is always zero: the outputs may all vanish.

    Torch has no such class.

    Formula: `exp(x[i]) / (1 + Sum(exp(x[j]), (j, 1, n)))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Miller 2023, Attention Is Off By One
    """

    spec = _softmax_one

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softmax_one`."""
        return _functional.softmax_one(input, dim=self.dim)


class Softmin(torch.nn.Softmin):
    r"""Softmax of the negated input: the smallest gets the most.

    Unlike torch, which guesses a dimension and warns, this asks for `dim`.

    A `torch.nn.Softmin`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `exp(-x[i]) / Sum(exp(-x[j]), (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: classical
    """

    spec = _softmin

    def __init__(self, dim: int | None = None) -> None:
        self.spec.validate(dim=dim)
        super().__init__(dim=dim)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softmin`."""
        return _functional.softmin(input, dim=self.dim)


class Softplus(torch.nn.Softplus):
    r"""A smooth ReLU, always above it. As in torch it is the identity where beta * x exceeds `threshold`.

    A `torch.nn.Softplus`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, beta * x > threshold), (log(1 + exp(beta * x)) / beta, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        beta: in (-inf, inf); typical 0.5 to 2.
        threshold: in (-inf, inf); typical 15 to 30.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, NIPS 2000
    """

    spec = _softplus

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        self.spec.validate(beta=beta, threshold=threshold)
        super().__init__(beta=beta, threshold=threshold)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softplus`."""
        return _functional.softplus(input, beta=self.beta, threshold=self.threshold)


class Softshrink(torch.nn.Softshrink):
    r"""The input, moved towards zero by lambd and stopped there.

    A `torch.nn.Softshrink`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x - lambd, x > lambd), (x + lambd, x < -lambd), (0, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        lambd: in [0.0, inf); typical 0.1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Donoho 1995, De-noising by soft-thresholding, IEEE Transactions on Information Theory 41(3)
    """

    spec = _softshrink

    def __init__(self, lambd: float = 0.5) -> None:
        self.spec.validate(lambd=lambd)
        super().__init__(lambd=lambd)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softshrink`."""
        return _functional.softshrink(input, lambd=self.lambd)


class Softsign(torch.nn.Softsign):
    r"""Rises from -1 to 1 as slowly as 1/x, odd.

    A `torch.nn.Softsign`, and replaces it anywhere.

    Formula: `x / (1 + Abs(x))`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Bergstra, Desjardins, Lamblin and Bengio 2009, Quadratic Polynomials Learn Better Image Features
    """

    spec = _softsign

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.softsign`."""
        return _functional.softsign(input)


class SparsePlus(_Pointwise):
    r"""Softplus with exact zeros; SmeLU with beta = 1.

    Torch has no such class.

    Formula: `Piecewise((0, x <= -1), (x, x >= 1), ((x + 1)**2 / 4, True))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: jax.nn.sparse_plus; the integral of sparse_sigmoid
    """

    spec = _sparse_plus

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sparse_plus`."""
        return _functional.sparse_plus(input)


class SparseSigmoid(_Pointwise):
    r"""A line from 0 at -1 to 1 at 1, flat outside: sparsemax of two classes.

    Torch has no such class.

    Formula: `Min(Max((x + 1) / 2, 0), 1)`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Blondel, Martins and Niculae 2019, Learning with Fenchel-Young Losses, arXiv:1901.02324
    """

    spec = _sparse_sigmoid

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sparse_sigmoid`."""
        return _functional.sparse_sigmoid(input)


class Sparsemax(_VectorMap):
    r"""The point of the simplex that is nearest to the input: small entries become exactly zero.

    Torch has no such class.

    Formula: `Max(x[i] - tau, 0)`, where tau makes `Sum(Max(x[j] - tau, 0), (j, 1, n)) - 1` zero

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Martins and Astudillo 2016, From Softmax to Sparsemax, arXiv:1602.02068
    """

    spec = _sparsemax

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sparsemax`."""
        return _functional.sparsemax(input, dim=self.dim)


class SqrtSoftplus(_Pointwise):
    r"""The square root of softplus.

    Torch has no such class.

    Formula: `sqrt(log(1 + exp(x)))`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: transformers, sqrtsoftplus
    """

    spec = _sqrt_softplus

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.sqrt_softplus`."""
        return _functional.sqrt_softplus(input)


class Square(_Pointwise):
    r"""The square of the input.

    Torch has no such class.

    Formula: `x**2`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _square

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.square`."""
        return _functional.square(input)


class SquaredReLU(_Pointwise):
    r"""The square of ReLU.

    Torch has no such class.

    Formula: `Max(x, 0)**2`

    Shape: any; the output has the same.

    Range: within [0, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: So et al. 2021, Primer: Searching for Efficient Transformers, arXiv:2109.08668
    """

    spec = _squared_relu

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.squared_relu`."""
        return _functional.squared_relu(input)


class Squareplus(_Pointwise):
    r"""A softplus from a square root alone; `b` is the width of its corner.

    Torch has no such class.

    Formula: `(x + sqrt(x**2 + b)) / 2`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        b: in (0.0, inf); typical 1 to 8.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Barron 2021, Squareplus: A Softplus-Like Algebraic Rectifier, arXiv:2112.11687
    """

    spec = _squareplus

    def __init__(self, b: float = 4.0) -> None:
        super().__init__()
        self.spec.validate(b=b)
        self.b = b

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.squareplus`."""
        return _functional.squareplus(input, b=self.b)


class Squash(_VectorMap):
    r"""Keeps the direction of a vector and takes its length r to r^2 / (1 + r^2), which is below one.

    Torch has no such class.

    Formula: `x[i] * sqrt(Sum(x[j]**2, (j, 1, n))) / (1 + Sum(x[j]**2, (j, 1, n)))`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: Sabour, Frosst and Hinton 2017, Dynamic Routing Between Capsules, arXiv:1710.09829
    """

    spec = _squash

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.squash`."""
        return _functional.squash(input, dim=self.dim)


class StarReLU(_Pointwise):
    r"""The squared ReLU times `s`, plus `b`.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `s * Max(x, 0)**2 + b`

    Shape: any; the output has the same.

    Range: within [-0.4472, inf), at the default parameters.

    Parameters:
        s: in (0.0, inf); typical 0.5 to 2.
        b: in (-inf, inf); typical -0.5 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Yu, Si, Zhou, Luo, Zhou, Feng, Yan and Wang 2022, MetaFormer Baselines for Vision, arXiv:2210.13452
    """

    spec = _star_relu

    def __init__(self, s: float = 0.8944, b: float = -0.4472, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(s=s, b=b)
        self.s = _held(s, learnable=learnable)
        self.b = _held(b, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.star_relu`."""
        return _functional.star_relu(input, s=self.s, b=self.b)


class SwiGLU(_GatedUnit):
    r"""The first half times the SiLU of the second.

    Torch has no such class.

    Formula: `a * b / (1 + exp(-b))`

    Shape: (..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype, or the halved dimension has an odd size.

    Source: Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202
    """

    spec = _swiglu

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swiglu`."""
        return _functional.swiglu(input, dim=self.dim)


class SwiGLUClamped(_VectorMap):
    r"""SwiGLU of clipped halves, of which the *first* gates, as the experts of DeepSeek-V4 have it.

    Torch has no such class.

    Formula: `Min(Max(x[i + n / 2], -limit), limit) * Min(x[i], limit) / (1 + exp(-Min(x[i], limit)))`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        limit: in (0.0, inf); typical 3 to 10.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: transformers, models.deepseek_v4, DeepseekV4Experts
    """

    spec = _swiglu_clamped

    def __init__(self, limit: float = 10.0, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(limit=limit, dim=dim)
        self.limit = limit
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swiglu_clamped`."""
        return _functional.swiglu_clamped(input, limit=self.limit, dim=self.dim)


class SwiGLUOAI(_VectorMap):
    r"""The SwiGLU of gpt-oss: pairs of neighbours, of which the *first* gates; both clipped, the other plus one.

    Torch has no such class.

    Formula: `(Min(Max(x[2*i], -limit), limit) + 1) * Min(x[2*i - 1], limit) / (1 + exp(-alpha * Min(x[2*i - 1], limit)))`

    Shape: (..., 2n, ...) to (..., n, ...) along `dim`.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 1 to 1.702.
        limit: in (0.0, inf); typical 3 to 10.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: transformers, models.gpt_oss, GptOssExperts
    """

    spec = _swiglu_oai

    def __init__(self, alpha: float = 1.702, limit: float = 7.0, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, limit=limit, dim=dim)
        self.alpha = alpha
        self.limit = limit
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swiglu_oai`."""
        return _functional.swiglu_oai(input, alpha=self.alpha, limit=self.limit, dim=self.dim)


class Swim(_Pointwise):
    r"""Swish from a square root: the input times an algebraic gate from (1 - k) / 2 to (1 + k) / 2.

    Torch has no such class.

    Formula: `x * (1 + k * x / sqrt(1 + x**2)) / 2`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        k: in [-1.0, 1.0]; typical 0.25 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Abdool and Dear 2023, Swim, arXiv:2303.02640
    """

    spec = _swim

    def __init__(self, k: float = 0.5) -> None:
        super().__init__()
        self.spec.validate(k=k)
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swim`."""
        return _functional.swim(input, k=self.k)


class SwishBeta(_Pointwise):
    r"""Swish with a factor `beta` in its gate, from x / 2 (beta near 0) to ReLU; `swish` alone names SiLU.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x / (1 + exp(-beta * x))`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Ramachandran, Zoph and Le 2017, Searching for Activation Functions, arXiv:1710.05941
    """

    spec = _swish_beta

    def __init__(self, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(beta=beta)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swish_beta`."""
        return _functional.swish_beta(input, beta=self.beta)


class SwishT(_Pointwise):
    r"""Swish plus alpha tanh(x).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x / (1 + exp(-beta * x)) + alpha * tanh(x)`

    Shape: any; the output has the same.

    Range: within [-0.365494, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.05 to 0.5.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012
    """

    spec = _swish_t

    def __init__(self, alpha: float = 0.1, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swish_t`."""
        return _functional.swish_t(input, alpha=self.alpha, beta=self.beta)


class SwishTA(_Pointwise):
    r"""SiLU plus alpha times tanh(x / 2); BSiLU with twice the alpha.

    Torch has no such class.

    Formula: `(x + 2 * alpha) / (1 + exp(-x)) - alpha`

    Shape: any; the output has the same.

    Range: within [-0.337517, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.05 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Seo, Kim and Park 2024, Swish-T, arXiv:2407.01012
    """

    spec = _swish_t_a

    def __init__(self, alpha: float = 0.1) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swish_t_a`."""
        return _functional.swish_t_a(input, alpha=self.alpha)


class SwishTB(_Pointwise):
    r"""Swish plus alpha tanh(beta x / 2).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(x + 2 * alpha) / (1 + exp(-beta * x)) - alpha`

    Shape: any; the output has the same.

    Range: within [-0.337517, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.05 to 0.5.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012
    """

    spec = _swish_t_b

    def __init__(self, alpha: float = 0.1, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swish_t_b`."""
        return _functional.swish_t_b(input, alpha=self.alpha, beta=self.beta)


class SwishTC(_Pointwise):
    r"""Swish plus alpha / beta tanh(beta x / 2).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `(x + 2 * alpha / beta) / (1 + exp(-beta * x)) - alpha / beta`

    Shape: any; the output has the same.

    Range: within [-0.337517, inf), at the default parameters.

    Parameters:
        alpha: in (-inf, inf); typical 0.05 to 0.5.
        beta: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Seo, Kim and Park 2024, Swish-T: Enhancing Swish Activation with Tanh Bias, arXiv:2407.01012
    """

    spec = _swish_t_c

    def __init__(self, alpha: float = 0.1, beta: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha, beta=beta)
        self.alpha = _held(alpha, learnable=learnable)
        self.beta = _held(beta, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.swish_t_c`."""
        return _functional.swish_t_c(input, alpha=self.alpha, beta=self.beta)


class Symexp(_Pointwise):
    r"""The inverse of symlog: exp(|x|) - 1 with the sign of the input.

    Torch has no such class.

    Formula: `sign(x) * (exp(Abs(x)) - 1)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hafner et al. 2023, Mastering Diverse Domains through World Models, arXiv:2301.04104
    """

    spec = _symexp

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.symexp`."""
        return _functional.symexp(input)


class Symlog(_Pointwise):
    r"""The logarithm of 1 + |x|, with the sign of the input.

    Torch has no such class.

    Formula: `sign(x) * log(1 + Abs(x))`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Hafner et al. 2023, Mastering Diverse Domains through World Models, arXiv:2301.04104
    """

    spec = _symlog

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.symlog`."""
        return _functional.symlog(input)


class TLU(_Pointwise):
    r"""The larger of the input and `tau`; ReLU where tau = 0.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Max(x, tau)`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        tau: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Singh and Krishnan 2019, Filter Response Normalization Layer, arXiv:1911.09737
    """

    spec = _tlu

    def __init__(self, tau: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(tau=tau)
        self.tau = _held(tau, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tlu`."""
        return _functional.tlu(input, tau=self.tau)


class Tanh(torch.nn.Tanh):
    r"""The hyperbolic tangent: rises from -1 to 1, odd.

    A `torch.nn.Tanh`, and replaces it anywhere.

    Formula: `tanh(x)`

    Shape: any; the output has the same.

    Range: within [-1, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: classical
    """

    spec = _tanh

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tanh`."""
        return _functional.tanh(input)


class TanhExp(_Pointwise):
    r"""The input times the tanh of its exponential; also published as TeLU.

    Torch has no such class.

    Formula: `x * tanh(exp(x))`

    Shape: any; the output has the same.

    Range: within [-0.353286, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: Liu and Di 2020, TanhExp, arXiv:2003.09855; as TeLU: Fernandez and Mali 2024, arXiv:2412.20269
    """

    spec = _tanhexp

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tanhexp`."""
        return _functional.tanhexp(input)


class TanhSoft1(_Pointwise):
    r"""The softplus of the input times tanh(alpha x).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `tanh(alpha * x) * log(1 + exp(x))`

    Shape: any; the output has the same.

    Range: within [-0.223785, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863
    """

    spec = _tanhsoft1

    def __init__(self, alpha: float = 0.87, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = _held(alpha, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tanhsoft1`."""
        return _functional.tanhsoft1(input, alpha=self.alpha)


class TanhSoft2(_Pointwise):
    r"""The input times tanh(beta exp(gamma x)); TanhExp where both are 1.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * tanh(beta * exp(gamma * x))`

    Shape: any; the output has the same.

    Range: within [-0.26942, inf), at the default parameters.

    Parameters:
        beta: in (0.0, inf); typical 0.5 to 1.5.
        gamma: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863
    """

    spec = _tanhsoft2

    def __init__(self, beta: float = 0.75, gamma: float = 1.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(beta=beta, gamma=gamma)
        self.beta = _held(beta, learnable=learnable)
        self.gamma = _held(gamma, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tanhsoft2`."""
        return _functional.tanhsoft2(input, beta=self.beta, gamma=self.gamma)


class TanhSoft3(_Pointwise):
    r"""The logarithm of 1 + exp(x) tanh(alpha x).

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `log(1 + exp(x) * tanh(alpha * x))`

    Shape: any; the output has the same.

    Range: within [-0.341455, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 1.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Biswas, Kumar, Banerjee and Pandey 2020, TanhSoft, arXiv:2009.03863
    """

    spec = _tanhsoft3

    def __init__(self, alpha: float = 0.95, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = _held(alpha, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tanhsoft3`."""
        return _functional.tanhsoft3(input, alpha=self.alpha)


class Tanhshrink(torch.nn.Tanhshrink):
    r"""The input less its hyperbolic tangent: flat at zero, and one off the identity far away.

    A `torch.nn.Tanhshrink`, and replaces it anywhere.

    Formula: `x - tanh(x)`

    Shape: any; the output has the same.

    Range: within (-inf, inf).

    Raises:
        NonlinError: torch has no such function for the input's dtype.

    Source: torch.nn.Tanhshrink
    """

    spec = _tanhshrink

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.tanhshrink`."""
        return _functional.tanhshrink(input)


class TaylorSoftmax(_VectorMap):
    r"""Softmax with the exponential replaced by its second-order Taylor polynomial, which is positive too.

    Torch has no such class.

    Formula: `(1 + x[i] + x[i]**2 / 2) / Sum(1 + x[j] + x[j]**2 / 2, (j, 1, n))`

    Shape: any; the output has the same.

    Range: within [0, 1].

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing.

    Source: de Brébisson and Vincent 2015, An Exploration of Softmax Alternatives, arXiv:1511.05042
    """

    spec = _taylor_softmax

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(dim=dim)
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.taylor_softmax`."""
        return _functional.taylor_softmax(input, dim=self.dim)


class TeLUELU(_Pointwise):
    r"""The input times the tanh of ELU(alpha x); TanhExp is another function that is called TeLU too.

    Torch has no such class.

    Formula: `x * tanh(Piecewise((alpha * x, x > 0), (exp(alpha * x) - 1, True)))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        alpha: in (0.0, inf); typical 0.5 to 2.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Mercioni and Holban 2020, TeLU: A New Activation Function for Deep Learning, ISETC
    """

    spec = _telu_elu

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.telu_elu`."""
        return _functional.telu_elu(input, alpha=self.alpha)


class Threshold(torch.nn.Threshold):
    r"""Identity above `threshold`, and `value` elsewhere.

    A `torch.nn.Threshold`, and replaces it anywhere; refuses parameters that make no sense.

    Formula: `Piecewise((x, x > threshold), (value, True))`

    Shape: any; the output has the same.

    Parameters:
        threshold: in (-inf, inf); typical -1 to 1.
        value: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: torch.nn.Threshold
    """

    spec = _threshold

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        self.spec.validate(threshold=threshold, value=value)
        super().__init__(threshold=threshold, value=value, inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.threshold`."""
        return _functional.threshold(input, threshold=self.threshold, value=self.value, inplace=self.inplace)


class ThresholdedReLU(_Pointwise):
    r"""Identity above `theta`, zero elsewhere.

    Torch has no such class.

    Formula: `Piecewise((x, x > theta), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        theta: in (-inf, inf); typical -1 to 1.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Konda, Memisevic and Krueger 2014, Zero-bias autoencoders, arXiv:1402.3337
    """

    spec = _thresholded_relu

    def __init__(self, theta: float = 1.0) -> None:
        super().__init__()
        self.spec.validate(theta=theta)
        self.theta = theta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.thresholded_relu`."""
        return _functional.thresholded_relu(input, theta=self.theta)


class TopK(_VectorMap):
    r"""The `k` largest entries stay, the others become zero.

    Torch has no such class.

    Formula: `Piecewise((x[i], Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < k), (0, True))`

    Shape: any; the output has the same.

    Range: within (-inf, inf), at the default parameters.

    Parameters:
        k: in [1, inf); typical 1 to 3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: Makhzani and Frey 2013, k-Sparse Autoencoders, arXiv:1312.5663
    """

    spec = _top_k

    def __init__(self, k: int = 1, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(k=k, dim=dim)
        self.k = k
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.top_k`."""
        return _functional.top_k(input, k=self.k, dim=self.dim)


class TopKReLU(_VectorMap):
    r"""The `k` largest entries stay where they are positive, the others become zero.

    Torch has no such class.

    Formula: `Piecewise((Max(x[i], 0), Sum(Heaviside(x[j] - x[i], 0), (j, 1, n)) < k), (0, True))`

    Shape: any; the output has the same.

    Range: within [0, inf), at the default parameters.

    Parameters:
        k: in [1, inf); typical 1 to 3.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or `dim` is missing, or a parameter makes no sense.

    Source: Gao et al. 2024, Scaling and evaluating sparse autoencoders, arXiv:2406.04093
    """

    spec = _top_k_relu

    def __init__(self, k: int = 1, dim: int | None = None) -> None:
        super().__init__()
        self.spec.validate(k=k, dim=dim)
        self.k = k
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.top_k_relu`."""
        return _functional.top_k_relu(input, k=self.k, dim=self.dim)


class XATLU(_Pointwise):
    r"""The input times an arctangent gate, which runs from -alpha to 1 + alpha.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * ((1 + 2 * alpha) * (atan(x) + pi / 2) / pi - alpha)`

    Shape: any; the output has the same.

    Range: within [-0.31831, inf), at the default parameters.

    Parameters:
        alpha: in (-0.5, inf); typical 0 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """

    spec = _xatlu

    def __init__(self, alpha: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = _held(alpha, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.xatlu`."""
        return _functional.xatlu(input, alpha=self.alpha)


class XGELU(_Pointwise):
    r"""GELU whose gate runs from -alpha to 1 + alpha.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * ((1 + 2 * alpha) * erfc(-x / sqrt(2)) / 2 - alpha)`

    Shape: any; the output has the same.

    Range: within [-0.169971, inf), at the default parameters.

    Parameters:
        alpha: in (-0.5, inf); typical 0 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """

    spec = _xgelu

    def __init__(self, alpha: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = _held(alpha, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.xgelu`."""
        return _functional.xgelu(input, alpha=self.alpha)


class XIELU(_Pointwise):
    r"""A parabola on the right, the integral of ELU on the left. The paper learns softplus^-1 of both factors.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `Piecewise((alpha_p * x**2 + beta * x, x > 0), (alpha_n * (exp(x) - 1 - x) + beta * x, True))`

    Shape: any; the output has the same.

    Range: within [-0.205751, inf), at the default parameters.

    Parameters:
        alpha_p: in (0.0, inf); typical 0.5 to 2.
        alpha_n: in (0.0, inf); typical 0.5 to 2.
        beta: in (0.0, inf); typical 0.4 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Huang and Schlag 2024, Deriving Activation Functions Using Integration, arXiv:2411.13010
    """

    spec = _xielu

    def __init__(
        self, alpha_p: float = 0.8, alpha_n: float = 0.8, beta: float = 0.5, *, learnable: bool = False
    ) -> None:
        super().__init__()
        self.spec.validate(alpha_p=alpha_p, alpha_n=alpha_n, beta=beta)
        self.alpha_p = _held(alpha_p, learnable=learnable)
        self.alpha_n = _held(alpha_n, learnable=learnable)
        self.beta = beta

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.xielu`."""
        return _functional.xielu(input, alpha_p=self.alpha_p, alpha_n=self.alpha_n, beta=self.beta)


class XSiLU(_Pointwise):
    r"""SiLU whose gate runs from -alpha to 1 + alpha.

    Torch has no such class. With `learnable=True` the parameters are trained, from the values given.

    Formula: `x * ((1 + 2 * alpha) / (1 + exp(-x)) - alpha)`

    Shape: any; the output has the same.

    Range: within [-0.278465, inf), at the default parameters.

    Parameters:
        alpha: in (-0.5, inf); typical -0.1 to 0.5.

    Raises:
        NonlinError: torch has no such function for the input's dtype, or a parameter makes no sense.

    Source: Huang 2024, Expanded Gating Ranges Improve Activation Functions, arXiv:2405.20768
    """

    spec = _xsilu

    def __init__(self, alpha: float = 0.0, *, learnable: bool = False) -> None:
        super().__init__()
        self.spec.validate(alpha=alpha)
        self.alpha = _held(alpha, learnable=learnable)

    def forward(self, input: Tensor) -> Tensor:
        """Apply `nonlin.functional.xsilu`."""
        return _functional.xsilu(input, alpha=self.alpha)
