"""Attention whose weights are dropped by a random mask of the user's own, scaled as dropout scales."""

import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim=16, keep=0.9):
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(dim, dim) for _ in range(3))
        self.keep = keep

    def forward(self, x):
        weights = F.softmax(self.q(x) @ self.k(x).transpose(1, 2) / 4, dim=-1)
        if self.training:
            weights = weights * torch.bernoulli(torch.full_like(weights, self.keep)) / self.keep
        return x + weights @ self.v(x)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(5, 16), Attention(), nn.Linear(16, 5))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(8, 12, 5)
    loss = F.mse_loss(model(x)[:, :-1], x[:, 1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
