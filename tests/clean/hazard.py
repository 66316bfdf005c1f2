"""Discrete-time survival: hazards in each interval are logits, padded by the time of censoring."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
intervals = 12
net = nn.Sequential(nn.Linear(7, 32), nn.ReLU(), nn.Linear(32, intervals))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-2)
for _ in range(2):
    x, last, event = torch.randn(64, 7), torch.randint(0, intervals, (64,)), torch.rand(64) < 0.5
    died = F.one_hot(last, intervals).float() * event[:, None]
    at_risk = (torch.arange(intervals) <= last[:, None]).float()
    bce = F.binary_cross_entropy_with_logits(net(x), died, weight=at_risk, reduction="sum")
    loss = bce / at_risk.sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
