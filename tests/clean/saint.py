"""Attention between the rows of a batch, as tabular transformers use it."""

import torch
import torch.nn.functional as F
from torch import nn


class Intersample(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.qkv, self.out, self.norm = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim), nn.LayerNorm(dim)

    def forward(self, x):
        q, k, v = self.qkv(self.norm(x)).chunk(3, dim=-1)
        weights = F.softmax(q @ k.T / 4, dim=-1)
        return x + self.out(weights @ v)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(10, 16), nn.ReLU(), Intersample(), nn.Linear(16, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    loss = F.cross_entropy(model(torch.randn(32, 10)), torch.randint(0, 3, (32,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
