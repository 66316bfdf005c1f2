"""A variational graph autoencoder: inner products of node embeddings are logits of edges."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
n = 25
adj = torch.bernoulli(torch.full((n, n), 0.15)).triu(1)
adj = adj + adj.T + torch.eye(n)
d = adj.sum(1).pow(-0.5)
norm = d[:, None] * adj * d
x = torch.eye(n)
base, mean, log_std = nn.Linear(n, 32, bias=False), nn.Linear(32, 8, bias=False), nn.Linear(32, 8, bias=False)
opt = torch.optim.Adam([*base.parameters(), *mean.parameters(), *log_std.parameters()], lr=0.01)
pos_weight = (n * n - adj.sum()) / adj.sum()
for _ in range(2):
    h = torch.relu(norm @ base(x))
    mu, logstd = norm @ mean(h), norm @ log_std(h)
    z = mu + torch.randn_like(mu) * torch.exp(logstd)
    logits = z @ z.t()
    recon = F.binary_cross_entropy_with_logits(logits, adj, pos_weight=pos_weight)
    kl = -0.5 / n * (1 + 2 * logstd - mu**2 - torch.exp(logstd) ** 2).sum(1).mean()
    loss = recon + kl
    opt.zero_grad()
    loss.backward()
    opt.step()
