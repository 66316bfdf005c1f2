"""Activation functions for PyTorch: know them, choose them, check them in a real training step."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nonlin.advice import advise as advise
    from nonlin.base.errors import NonlinError as NonlinError
    from nonlin.base.finding import Finding as Finding
    from nonlin.base.finding import Report as Report
    from nonlin.catalogue import get as get
    from nonlin.catalogue import names as names
    from nonlin.checker import check as check
    from nonlin.facts.moments import backward_gain as backward_gain
    from nonlin.facts.moments import gain as gain
    from nonlin.leaning import lean as lean
    from nonlin.swapping import swap as swap

    from . import functional as functional
    from . import init as init
    from . import nn as nn
    from . import plot as plot

__version__ = "0.1.0"

# Public name -> the module that holds it; a name that ends its module's path is the module itself.
# Resolved on first use, so that `import nonlin` costs nothing and does not import torch.
_HOMES = {
    "functional": "nonlin.functional",
    "init": "nonlin.init",
    "nn": "nonlin.nn",
    "plot": "nonlin.plot",
    "NonlinError": "nonlin.base.errors",
    "Finding": "nonlin.base.finding",
    "Report": "nonlin.base.finding",
    "get": "nonlin.catalogue",
    "names": "nonlin.catalogue",
    "check": "nonlin.checker",
    "advise": "nonlin.advice",
    "gain": "nonlin.facts.moments",
    "backward_gain": "nonlin.facts.moments",
    "lean": "nonlin.leaning",
    "swap": "nonlin.swapping",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'nonlin' has no attribute {name!r}")
    module = importlib.import_module(home)
    found = module if home == f"nonlin.{name}" else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
