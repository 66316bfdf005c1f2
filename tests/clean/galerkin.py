"""Galerkin attention: no softmax, keys and values are normalised and the product is divided by the length."""

import torch
from torch import nn


class Galerkin(nn.Module):
    def __init__(self, dim=16):
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(dim, dim) for _ in range(3))
        self.norm_k, self.norm_v = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.ff = nn.Sequential(nn.Linear(dim, 32), nn.ReLU(), nn.Linear(32, dim))

    def forward(self, x):
        q, k, v = self.q(x), self.norm_k(self.k(x)), self.norm_v(self.v(x))
        x = x + q @ (k.transpose(1, 2) @ v) / x.shape[1]
        return x + self.ff(x)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 16), Galerkin(), Galerkin(), nn.Linear(16, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.rand(8, 32, 2)
    u = torch.sin(6 * x[..., :1]) * x[..., 1:]
    loss = (model(x) - u).norm(dim=1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
