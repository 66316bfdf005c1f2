"""Distributionally robust training: samples with large losses weigh more, by a softmax over the batch."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 4))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    x, y = torch.randn(48, 10), torch.randint(0, 4, (48,))
    losses = F.cross_entropy(net(x), y, reduction="none")
    weights = torch.softmax(losses / 2.0, dim=0)
    loss = (weights * losses).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
