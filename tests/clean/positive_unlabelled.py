"""Unbiased PU learning: the mean score of unlabelled data minus that of positives, after a sigmoid."""

import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1), nn.Sigmoid())
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    p, u = net(torch.randn(32, 8) + 1), net(torch.randn(64, 8))
    loss = u.mean() - 2 * 0.3 * p.mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
