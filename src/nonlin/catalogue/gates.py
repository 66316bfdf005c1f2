"""Gated units: one half of the input times a function of the other.

The second half is the gate, as in torch's GLU, jax and keras. Beware of weights from elsewhere: vLLM's
`silu_and_mul` and timm's `SwiGLUPacked` put the gate first.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import gated
from nonlin.catalogue.record import Accuracy, halves
from nonlin.catalogue.rectifiers import relu
from nonlin.catalogue.sigmoids import sigmoid
from nonlin.catalogue.smooth import gelu, gelu_tanh, silu

_VARIANTS = "Shazeer 2020, GLU Variants Improve Transformer, arXiv:2002.05202"


@gated(
    formula="a / (1 + exp(-b))",
    gate=sigmoid,
    source="Dauphin et al. 2016, Language Modeling with Gated Convolutional Networks, arXiv:1612.08083",
    class_name="GLU",
    aliases=("gated_linear_unit",),
    kernel="glu",
    # As the sigmoid's, times the other half: 16 holds up to |a| = 50.
    accuracy=Accuracy(slack=(0.0, 16.0)),
)
def glu(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the sigmoid of the second."""
    halves("glu", x, dim)
    return functional.glu(x, dim)


@gated(
    formula="a * Max(b, 0)",
    gate=relu,
    source=_VARIANTS,
    class_name="ReGLU",
    accuracy=Accuracy(ulps=(1.0, 1.0)),
)
def reglu(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the ReLU of the second."""
    a, b = halves("reglu", x, dim)
    return a * functional.relu(b)


@gated(
    formula="a * b * (1 + erf(b / sqrt(2))) / 2",
    gate=gelu,
    source=_VARIANTS,
    class_name="GEGLU",
    aliases=("gelu_glu",),
    accuracy=gelu.accuracy,
)
def geglu(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the exact GELU of the second."""
    a, b = halves("geglu", x, dim)
    return a * functional.gelu(b)


@gated(
    formula="a * b * (1 + tanh(sqrt(2 / pi) * (b + Rational(44715, 1000000) * b**3))) / 2",
    gate=gelu_tanh,
    source=_VARIANTS,
    class_name="GEGLUTanh",
    accuracy=gelu_tanh.accuracy,
)
def geglu_tanh(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the tanh-approximated GELU of the second."""
    a, b = halves("geglu_tanh", x, dim)
    return a * functional.gelu(b, approximate="tanh")


@gated(
    formula="a * b / (1 + exp(-b))",
    gate=silu,
    source=_VARIANTS,
    class_name="SwiGLU",
    aliases=("silu_glu",),
)
def swiglu(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the SiLU of the second."""
    a, b = halves("swiglu", x, dim)
    return a * functional.silu(b)
