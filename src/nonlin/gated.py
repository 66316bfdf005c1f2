"""The module behind those gated classes of `nonlin.nn` that torch does not have."""

from __future__ import annotations

from typing import Any, ClassVar

import torch

from nonlin.catalogue import Gated
from nonlin.pointwise import shown


class GatedUnit(torch.nn.Module):
    """Applies `spec`, which halves one dimension: the first half times a function of the second; abstract."""

    spec: ClassVar[Gated[Any]]

    def extra_repr(self) -> str:
        """The parameters, as torch's own modules print them."""
        return shown(self, self.spec)
