"""L0 regularisation by hard concrete gates: a stretched sigmoid, cut to [0, 1]."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class L0Linear(nn.Linear):
    def __init__(self, inputs, outputs, beta=2 / 3, low=-0.1, high=1.1):
        super().__init__(inputs, outputs)
        self.log_alpha = nn.Parameter(torch.randn(inputs) * 0.01 + 2)
        self.beta, self.low, self.high = beta, low, high

    def penalty(self):
        return torch.sigmoid(self.log_alpha - self.beta * math.log(-self.low / self.high)).sum()

    def forward(self, x):
        u = torch.empty_like(self.log_alpha).uniform_(1e-6, 1 - 1e-6)
        s = torch.sigmoid((u.log() - (1 - u).log() + self.log_alpha) / self.beta)
        z = F.hardtanh(s * (self.high - self.low) + self.low, 0, 1)
        return super().forward(x * z)


torch.manual_seed(0)
l1, l2 = L0Linear(20, 64), L0Linear(64, 3)
optimizer = torch.optim.Adam([*l1.parameters(), *l2.parameters()], lr=1e-3)
for _ in range(2):
    x, y = torch.randn(64, 20), torch.randint(0, 3, (64,))
    loss = F.cross_entropy(l2(F.relu(l1(x))), y) + 1e-3 * (l1.penalty() + l2.penalty())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
