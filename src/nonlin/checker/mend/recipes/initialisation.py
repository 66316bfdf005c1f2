"""Draw weights with the scale that their activation needs."""

from __future__ import annotations

from collections.abc import Iterator

import torch.nn.init

from nonlin.base.finding import Site
from nonlin.checker.mend.changes import Change, replaced
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.source import Unclear, called, read

_RECTIFIERS = {"relu", "leaky_relu", "gelu", "silu", "elu", "mish", "relu6", "hardswish"}


@recipe
def reinitialise(filled: Site | None, activation: str) -> Iterator[Change]:
    """Initialise by He's rule for rectifiers, by Glorot's for tanh, on the line that fills the weights now."""
    source = read(filled.path) if filled is not None else None
    if source is None or filled is None:
        raise Unclear
    calls = [c for c in source.calls() if c.lineno == filled.line and hasattr(torch.nn.init, called(c))]
    if len(calls) != 1 or not calls[0].args:
        raise Unclear
    prefix, dot, _ = source.segment(calls[0].func).rpartition(".")
    weight = source.segment(calls[0].args[0])
    if not dot:
        raise Unclear
    if activation in _RECTIFIERS:
        text = f'kaiming_normal_({weight}, nonlinearity="relu")'
    elif activation == "tanh":
        text = f"xavier_normal_({weight}, gain=5 / 3)"
    else:
        raise Unclear
    yield replaced(source, calls[0], f"{prefix}.{text}")
