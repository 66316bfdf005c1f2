"""The module behind those elementwise classes of `nonlin.nn` that torch does not have."""

from __future__ import annotations

from typing import Any, ClassVar

import torch

from nonlin.catalogue import Activation, Record


class Pointwise(torch.nn.Module):
    """Applies `spec` to every element; abstract. The output has the shape and dtype of the input."""

    spec: ClassVar[Activation[Any]]

    def extra_repr(self) -> str:
        """The parameters, as torch's own modules print them."""
        return shown(self, self.spec)


def held(value: float, *, learnable: bool) -> float | torch.nn.Parameter:
    """What a module keeps of a parameter: the number, or one that is learned."""
    return torch.nn.Parameter(torch.tensor(float(value))) if learnable else value


def shown(module: torch.nn.Module, spec: Record[Any]) -> str:
    """The parameters of a module, and whether it learns them."""
    said, learns = [], False
    for name in spec.params:
        if name == "training":
            continue
        value = getattr(module, name)
        if isinstance(value, torch.nn.Parameter):
            learns = True
            value = "..." if value.is_meta or value.numel() != 1 else float(f"{value.item():.6g}")
            said.append(f"{name}={value}")
        else:
            said.append(f"{name}={value!r}")
    return ", ".join(said + ["learnable=True"] * learns)
