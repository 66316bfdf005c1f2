"""The forward-forward algorithm: each layer has a goodness of its own, and inputs are detached between layers."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
layers = nn.ModuleList([nn.Linear(20, 64), nn.Linear(64, 64)])
optimizer = torch.optim.Adam(layers.parameters(), lr=0.03)
for _ in range(2):
    positive, negative = torch.randn(64, 20) + 0.5, torch.randn(64, 20)
    loss = 0.0
    for layer in layers:
        positive, negative = (F.relu(layer(F.normalize(h.detach()))) for h in (positive, negative))
        g_pos, g_neg = positive.pow(2).mean(1), negative.pow(2).mean(1)
        loss = loss + F.softplus(torch.cat([2 - g_pos, g_neg - 2])).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
