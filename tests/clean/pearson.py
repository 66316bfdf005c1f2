"""A correlation loss for scores whose scale does not matter."""

import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(64, 12)
    y = x[:, 0] * x[:, 1] + 0.1 * torch.randn(64)
    out = net(x).squeeze(1)
    vx, vy = out - out.mean(), y - y.mean()
    corr = (vx * vy).sum() / (torch.sqrt((vx**2).sum()) * torch.sqrt((vy**2).sum()))
    loss = 1 - corr
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
