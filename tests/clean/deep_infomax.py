"""Mutual information by the Jensen-Shannon bound: softplus terms on joint and on shuffled pairs."""

import math

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 16))
critic = nn.Sequential(nn.Linear(36, 64), nn.ReLU(), nn.Linear(64, 1))
optimizer = torch.optim.Adam([*encoder.parameters(), *critic.parameters()], lr=1e-4)
for _ in range(2):
    x = torch.randn(64, 20)
    z = encoder(x)
    joint = critic(torch.cat([x, z], dim=1))
    marginal = critic(torch.cat([x[torch.randperm(64)], z], dim=1))
    e_pos = (math.log(2) - F.softplus(-joint)).mean()
    e_neg = (F.softplus(-marginal) + marginal - math.log(2)).mean()
    loss = e_neg - e_pos
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
