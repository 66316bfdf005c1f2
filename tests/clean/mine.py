"""MINE: the Donsker-Varadhan bound, a mean minus the logarithm of a mean exponential."""

import math

import torch
from torch import nn

torch.manual_seed(0)
T = nn.Sequential(nn.Linear(2, 64), nn.ELU(), nn.Linear(64, 64), nn.ELU(), nn.Linear(64, 1))
optimizer = torch.optim.Adam(T.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(256, 1)
    y = 0.8 * x + 0.6 * torch.randn(256, 1)
    joint = T(torch.cat([x, y], 1)).mean()
    t = T(torch.cat([x, y[torch.randperm(256)]], 1))
    bound = joint - (torch.logsumexp(t, dim=0).squeeze() - math.log(256))
    optimizer.zero_grad()
    (-bound).backward()
    optimizer.step()
