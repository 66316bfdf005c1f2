"""Triplet loss with semi-hard mining on normalised embeddings and pairwise distances by matmul."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(28, 64), nn.PReLU(), nn.Linear(64, 64), nn.PReLU(), nn.Linear(64, 16))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)


def pairwise(z):
    dot = z @ z.t()
    square = dot.diagonal()
    d2 = (square[None] - 2 * dot + square[:, None]).clamp(min=0)
    zero = (d2 == 0).float()
    return torch.sqrt(d2 + zero * 1e-16) * (1 - zero)


for _ in range(2):
    x, y = torch.randn(30, 28), torch.arange(30) % 6
    d = pairwise(F.normalize(net(x), dim=1))
    same = y[:, None] == y[None]
    hardest_positive = (d * (same & ~torch.eye(30, dtype=torch.bool))).max(1).values
    hardest_negative = (d + d.max().detach() * same).min(1).values
    loss = F.relu(hardest_positive - hardest_negative + 0.2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
