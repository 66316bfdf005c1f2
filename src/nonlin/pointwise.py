"""The module behind those elementwise classes of `nonlin.nn` that torch does not have."""

from __future__ import annotations

from typing import Any, ClassVar

import torch

from nonlin.catalogue import Activation


class Pointwise(torch.nn.Module):
    """Applies `spec` to every element; abstract. The output has the shape and dtype of the input."""

    spec: ClassVar[Activation[Any]]

    def extra_repr(self) -> str:
        """The parameters, as torch's own modules print them."""
        return ", ".join(f"{name}={getattr(self, name)!r}" for name in self.spec.params)
