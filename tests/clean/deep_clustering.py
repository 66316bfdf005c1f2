"""Deep embedded clustering: Student-t similarities to centroids, sharpened into their own targets."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 8))
centroids = nn.Parameter(torch.randn(5, 8))
optimizer = torch.optim.SGD([*encoder.parameters(), centroids], lr=0.01, momentum=0.9)
for _ in range(2):
    x = torch.randn(64, 20)
    d2 = ((encoder(x)[:, None] - centroids) ** 2).sum(2)
    q = 1 / (1 + d2)
    q = q / q.sum(dim=1, keepdim=True)
    weight = q**2 / q.sum(0)
    p = (weight / weight.sum(dim=1, keepdim=True)).detach()
    loss = F.kl_div(q.log(), p, reduction="batchmean")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
