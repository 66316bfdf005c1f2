"""Quantisation-aware training: round with a straight-through gradient, learned step sizes, binary activations."""

import torch
import torch.nn.functional as F
from torch import nn


class RoundSTE(torch.autograd.Function):
    @staticmethod
    def forward(_, x):
        return x.round()

    @staticmethod
    def backward(_, grad):
        return grad


class QuantLinear(nn.Linear):
    def __init__(self, inputs, outputs, bits=4):
        super().__init__(inputs, outputs)
        self.top = 2 ** (bits - 1) - 1
        self.step = nn.Parameter(self.weight.detach().abs().mean() * 2 / self.top**0.5)

    def forward(self, x):
        w = RoundSTE.apply((self.weight / self.step).clamp(-self.top - 1, self.top)) * self.step
        return F.linear(x, w, self.bias)


def fake_quant(x, scale=1 / 15):
    x = x.clamp(0, 1)
    return x + ((x / scale).round() * scale - x).detach()


torch.manual_seed(0)
l1, l2 = QuantLinear(20, 64), QuantLinear(64, 5)
optimizer = torch.optim.Adam([*l1.parameters(), *l2.parameters()], lr=1e-3)
for _ in range(2):
    x, y = torch.randn(64, 20), torch.randint(0, 5, (64,))
    loss = F.cross_entropy(l2(fake_quant(l1(x))), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
