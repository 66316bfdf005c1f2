"""Planar flows as a variational posterior: log|1 + u psi| of a tanh unit, with an annealed target."""

import torch
import torch.nn.functional as F
from torch import nn


class Planar(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.w, self.u = nn.Parameter(torch.randn(dim) * 0.1), nn.Parameter(torch.randn(dim) * 0.1)
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, z):
        wu = self.w @ self.u
        u = self.u + (F.softplus(wu) - 1 - wu) * self.w / (self.w @ self.w)
        h = torch.tanh(z @ self.w + self.b)
        psi = (1 - h**2)[:, None] * self.w
        return z + h[:, None] * u, torch.log(torch.abs(1 + psi @ u) + 1e-8)


def energy(z):
    ring = ((z.norm(dim=1) - 2) / 0.4) ** 2 / 2
    peaks = torch.exp(-0.5 * ((z[:, 0] - 2) / 0.6) ** 2) + torch.exp(-0.5 * ((z[:, 0] + 2) / 0.6) ** 2)
    return ring - torch.log(peaks + 1e-6)


torch.manual_seed(0)
flow = nn.ModuleList(Planar(2) for _ in range(6))
opt = torch.optim.RMSprop(flow.parameters(), lr=1e-3)
for _ in range(2):
    z = torch.randn(128, 2)
    total = -0.5 * (z**2).sum(1)
    for layer in flow:
        z, log_det = layer(z)
        total = total - log_det
    loss = (total + energy(z)).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
