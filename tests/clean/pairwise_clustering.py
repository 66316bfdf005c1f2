"""Constrained clustering: the inner product of two softmax outputs is the probability of one cluster."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 6))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    x, y = torch.randn(24, 16), torch.randint(0, 6, (24,))
    p = F.softmax(net(x), dim=1)
    same = (y[:, None] == y[None]).float()
    agree = (p @ p.t()).clamp(1e-7, 1 - 1e-7)
    loss = F.binary_cross_entropy(agree, same)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
