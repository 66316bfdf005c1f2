"""Networks of any length, each of one pattern repeated: what is quadratic shows on one of them."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn


class _Residual(nn.Module):
    def __init__(self, length: int) -> None:
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.length = length

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x)
        for _ in range(self.length // 2):
            x = x + torch.relu(x)
        return x


class _Written(nn.Module):
    """Fills its result row by row: a view and a write each."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.length = length

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x)
        result = torch.zeros(self.length // 5 + 1, 4)
        for i in range(self.length // 5):
            result[i] = torch.tanh(x[0])
        return result


def _activations(length: int) -> nn.Module:
    return nn.Sequential(nn.Linear(4, 4), *(nn.ReLU() for _ in range(length)), nn.Linear(4, 4))


def _layers(length: int, between: type[nn.Module]) -> nn.Module:
    return nn.Sequential(*(m for _ in range(length // 2) for m in (nn.Linear(4, 4), between())))


CHAINS: dict[str, Callable[[int], nn.Module]] = {
    "activations": _activations,
    "residuals": _Residual,
    "layers": lambda length: _layers(length, nn.ReLU),
    "slopes": lambda length: _layers(length, nn.PReLU),
    "collapsed": lambda length: _layers(length, nn.Dropout),
    "written": _Written,
}


def chain(name: str, length: int) -> tuple[nn.Module, torch.Tensor]:
    """A network of about `length` operations, and an input for it."""
    return CHAINS[name](length), torch.ones(2, 4)
