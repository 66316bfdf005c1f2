"""The module behind those classes of `nonlin.nn` for maps of whole vectors that torch does not have."""

from __future__ import annotations

from typing import Any, ClassVar

import torch

from nonlin.catalogue import Simplex
from nonlin.pointwise import shown


class VectorMap(torch.nn.Module):
    """Applies `spec` along one dimension; abstract. The output has the shape and dtype of the input."""

    spec: ClassVar[Simplex[Any]]

    def extra_repr(self) -> str:
        """The parameters, as torch's own modules print them."""
        return shown(self, self.spec)
