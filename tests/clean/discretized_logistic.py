"""PixelCNN++ likelihood: log of a difference of two sigmoids, with the edge cases by softplus."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ELU(), nn.Conv2d(16, 2, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randint(0, 256, (4, 1, 12, 12)).float() / 127.5 - 1
    mean, log_scale = net(F.pad(x, (1, 0))[..., :-1]).chunk(2, dim=1)
    log_scale = log_scale.clamp(min=-7)
    inv = torch.exp(-log_scale)
    centered = x - mean
    plus, minus = inv * (centered + 1 / 255), inv * (centered - 1 / 255)
    delta = torch.sigmoid(plus) - torch.sigmoid(minus)
    log_cdf_plus, log_one_minus = plus - F.softplus(plus), -F.softplus(minus)
    inside = torch.log(delta.clamp(min=1e-12))
    log_prob = torch.where(x < -0.999, log_cdf_plus, torch.where(x > 0.999, log_one_minus, inside))
    loss = -log_prob.mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
