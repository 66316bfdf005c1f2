"""Gated units: one half of the input times a function of the other.

The second half is the gate, as in torch's GLU, jax and keras. Beware of weights from elsewhere: vLLM's
`silu_and_mul` and timm's `SwiGLUPacked` put the gate first.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

from nonlin.catalogue.enter import gated
from nonlin.catalogue.record import Accuracy, halves, widened
from nonlin.catalogue.rectifiers import identity, relu, squared_relu
from nonlin.catalogue.sigmoids import sigmoid, tanh
from nonlin.catalogue.smooth import gelu, gelu_tanh, mish, silu

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
    formula="Max(a, 0) * Max(b, 0)",
    gate=relu,
    main=relu,
    source=(
        "Song, Xie, Zhang, Wen, Ma, Mi and Chen 2024, Turbo Sparse: Achieving LLM SOTA Performance with Minimal "
        "Activated Parameters, arXiv:2406.05955"
    ),
    class_name="DReLU",
    accuracy=Accuracy(ulps=(1.0, 1.0)),
)
def drelu(x: Tensor, dim: int = -1) -> Tensor:
    """The product of the ReLUs of both halves; not the difference of the dual ReLU, which is called DReLU too."""
    a, b = halves("drelu", x, dim)
    return functional.relu(a) * functional.relu(b)


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


@gated(
    formula="a * b",
    gate=identity,
    source=_VARIANTS,
    class_name="BilinearGLU",
    aliases=("simple_gate",),
    accuracy=Accuracy(ulps=(1.0, 1.0)),
)
def bilinear_glu(x: Tensor, dim: int = -1) -> Tensor:
    """The product of both halves, with no nonlinearity but that."""
    a, b = halves("bilinear_glu", x, dim)
    return a * b


@gated(
    formula="a * Max(b, 0)**2",
    gate=squared_relu,
    source="ReGLU of Shazeer 2020, arXiv:2002.05202, with the squared ReLU of So et al. 2021, arXiv:2109.08668",
    class_name="ReGLU2",
    aliases=("squared_reglu",),
    rounds_once=True,
)
def reglu2(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the squared ReLU of the second."""
    a, b = halves("reglu2", widened(x), dim)
    return (a * functional.relu(b).square()).to(x.dtype)


@gated(
    formula="a * b * tanh(log(1 + exp(b)))",
    gate=mish,
    source="the gate of Shazeer 2020, arXiv:2002.05202, with Mish, Misra 2019, arXiv:1908.08681",
    class_name="MishGLU",
    aliases=("mish_glu",),
    accuracy=mish.accuracy,
)
def mishglu(x: Tensor, dim: int = -1) -> Tensor:
    """The first half times the Mish of the second."""
    a, b = halves("mishglu", x, dim)
    return a * functional.mish(b)


@gated(
    formula="tanh(a) / (1 + exp(-b))",
    gate=sigmoid,
    main=tanh,
    source="van den Oord et al. 2016, Conditional Image Generation with PixelCNN Decoders, arXiv:1606.05328",
    class_name="GTU",
    aliases=("gated_tanh_unit",),
    # Slopes as the sigmoid's and the tanh's: where those saturate, the kernels lose them.
    accuracy=Accuracy(slack=(0.0, 2.0)),
)
def gtu(x: Tensor, dim: int = -1) -> Tensor:
    """The tanh of the first half times the sigmoid of the second."""
    a, b = halves("gtu", x, dim)
    return a.tanh() * b.sigmoid()
