"""RealNVP: affine couplings whose log-scales are bounded by tanh, trained by exact likelihood."""

import math

import torch
from torch import nn


class Coupling(nn.Module):
    def __init__(self, dim, flip):
        super().__init__()
        self.flip = flip
        self.net = nn.Sequential(
            nn.Linear(dim // 2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, dim)
        )
        self.scale = nn.Parameter(torch.zeros(dim // 2))

    def forward(self, x):
        a, b = x.chunk(2, dim=1)
        if self.flip:
            a, b = b, a
        s, t = self.net(a).chunk(2, dim=1)
        s = torch.tanh(s) * self.scale
        b = b * torch.exp(s) + t
        return torch.cat([b, a] if self.flip else [a, b], dim=1), s.sum(dim=1)


torch.manual_seed(0)
layers = nn.ModuleList(Coupling(4, bool(i % 2)) for i in range(4))
optimizer = torch.optim.Adam(layers.parameters(), lr=1e-3)
for _ in range(2):
    z, log_det = torch.randn(64, 4) * 2 + 1, torch.zeros(64)
    for layer in layers:
        z, ld = layer(z)
        log_det = log_det + ld
    log_prob = -0.5 * (z**2).sum(1) - 2 * math.log(2 * math.pi)
    loss = -(log_prob + log_det).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
