"""Denoising score matching over noise scales drawn log-uniformly."""

import torch
from torch import nn

torch.manual_seed(0)
score = nn.Sequential(nn.Linear(3, 64), nn.Softplus(), nn.Linear(64, 64), nn.Softplus(), nn.Linear(64, 2))
optimizer = torch.optim.Adam(score.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(128, 2) * 0.3 + torch.randint(0, 2, (128, 1)) * 2
    sigma = torch.exp(torch.empty(128, 1).uniform_(-3, 0.5))
    noise = torch.randn_like(x)
    noisy = x + sigma * noise
    s = score(torch.cat([noisy, sigma.log()], dim=1)) / sigma
    loss = ((sigma * s + noise) ** 2).sum(dim=1).mean() / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
