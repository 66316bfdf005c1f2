"""Evidential classification: ReLU evidence of a Dirichlet, expected squared error and a KL term."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
K = 4
net = nn.Sequential(nn.Linear(12, 64), nn.ReLU(), nn.Linear(64, K))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)


def kl_to_uniform(alpha):
    s = alpha.sum(1, keepdim=True)
    first = torch.lgamma(s.squeeze(1)) - torch.lgamma(alpha).sum(1) - torch.lgamma(torch.tensor(float(K)))
    return first + ((alpha - 1) * (torch.digamma(alpha) - torch.digamma(s))).sum(1)


for epoch in range(2):
    x, y = torch.randn(32, 12), F.one_hot(torch.randint(0, K, (32,)), K).float()
    evidence = F.softplus(net(x))
    alpha = evidence + 1
    s = alpha.sum(1, keepdim=True)
    p = alpha / s
    error = ((y - p) ** 2 + p * (1 - p) / (s + 1)).sum(1)
    annealing = min(1.0, epoch / 10)
    loss = (error + annealing * kl_to_uniform(y + (1 - y) * alpha)).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
