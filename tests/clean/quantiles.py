"""Quantile regression: one output for each level, made monotone by cumulative softplus steps."""

import torch
import torch.nn.functional as F
from torch import nn

levels = torch.tensor([0.05, 0.25, 0.5, 0.75, 0.95])


class Quantiles(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(inputs, 48), nn.ReLU(), nn.Linear(48, len(levels)))

    def forward(self, x):
        raw = self.net(x)
        return torch.cumsum(torch.cat([raw[:, :1], F.softplus(raw[:, 1:])], dim=1), dim=1)


torch.manual_seed(0)
model = Quantiles(4)
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(128, 4)
    y = x.sum(1) + torch.randn(128) * x[:, 0].abs()
    error = y[:, None] - model(x)
    loss = torch.maximum(levels * error, (levels - 1) * error).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
