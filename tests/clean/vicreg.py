"""VICReg: invariance, a hinge on the standard deviation, and off-diagonal covariance."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(24, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 32))
expander = nn.Sequential(nn.Linear(32, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 64))
opt = torch.optim.AdamW([*encoder.parameters(), *expander.parameters()], lr=1e-3)


def off_diagonal(m):
    n = len(m)
    return m.flatten()[:-1].view(n - 1, n + 1)[:, 1:].flatten()


def spread(z):
    z = z - z.mean(dim=0)
    std = torch.sqrt(z.var(dim=0) + 1e-4)
    cov = z.T @ z / (len(z) - 1)
    return F.relu(1 - std).mean() / 2, off_diagonal(cov).pow(2).sum() / z.shape[1]


for _ in range(2):
    x = torch.randn(64, 24)
    z1, z2 = (expander(encoder(x + 0.1 * torch.randn_like(x))) for _ in range(2))
    (std1, cov1), (std2, cov2) = spread(z1), spread(z2)
    loss = 25 * F.mse_loss(z1, z2) + 25 * (std1 + std2) + cov1 + cov2
    opt.zero_grad()
    loss.backward()
    opt.step()
