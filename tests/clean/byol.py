"""BYOL: an online network predicts the projection of an exponential moving average without gradient."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


def head(a, b, c):
    return nn.Sequential(nn.Linear(a, b), nn.BatchNorm1d(b), nn.ReLU(inplace=True), nn.Linear(b, c))


torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 48), head(48, 64, 16))
target = copy.deepcopy(backbone).requires_grad_(False)
predictor = head(16, 64, 16)
optimizer = torch.optim.SGD([*backbone.parameters(), *predictor.parameters()], lr=0.05, momentum=0.9)


def regression(p, z):
    return 2 - 2 * (F.normalize(p, dim=-1) * F.normalize(z, dim=-1)).sum(-1)


for _ in range(2):
    x = torch.randn(64, 32)
    v1, v2 = x + 0.2 * torch.randn_like(x), x + 0.2 * torch.randn_like(x)
    p1, p2 = predictor(backbone(v1)), predictor(backbone(v2))
    with torch.no_grad():
        t1, t2 = target(v1), target(v2)
    loss = (regression(p1, t2) + regression(p2, t1)).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        for online, ema in zip(backbone.parameters(), target.parameters(), strict=True):
            ema.mul_(0.99).add_(online, alpha=0.01)
