"""Heteroscedastic regression: a mean and a softplus variance under GaussianNLLLoss."""

import torch
import torch.nn.functional as F
from torch import nn


class MeanVariance(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU())
        self.mean, self.var = nn.Linear(64, 1), nn.Linear(64, 1)

    def forward(self, x):
        h = self.body(x)
        return self.mean(h), F.softplus(self.var(h)) + 1e-6


torch.manual_seed(0)
model, criterion = MeanVariance(), nn.GaussianNLLLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(64, 5)
    y = x[:, :1].sin() + x[:, 1:2].abs() * torch.randn(64, 1) * 0.3
    mean, var = model(x)
    loss = criterion(mean, y, var)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
