"""Losses for noisy labels: generalised cross entropy, and symmetric cross entropy with its reversed half."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
for _ in range(2):
    x, y = torch.randn(64, 16), torch.randint(0, 5, (64,))
    logits = net(x)
    pred = F.softmax(logits, dim=1)
    gce = ((1 - pred.gather(1, y[:, None]).squeeze(1) ** 0.7) / 0.7).mean()
    one_hot = F.one_hot(y, 5).float().clamp(min=1e-4, max=1)
    rce = -(pred.clamp(min=1e-7, max=1) * one_hot.log()).sum(1).mean()
    loss = F.cross_entropy(logits, y) + 0.1 * rce + gce
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
