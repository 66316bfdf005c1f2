"""An importance-weighted autoencoder: logsumexp and normalised weights over the samples, the first axis."""

import math

import torch
from torch import nn

torch.manual_seed(0)
K = 5
encoder = nn.Sequential(nn.Linear(30, 32), nn.Tanh(), nn.Linear(32, 8))
decoder = nn.Sequential(nn.Linear(4, 32), nn.Tanh(), nn.Linear(32, 30))
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
for _ in range(2):
    x = (torch.rand(16, 30) > 0.6).float()
    mu, log_sigma = encoder(x).chunk(2, dim=-1)
    q = torch.distributions.Normal(mu, log_sigma.exp())
    z = q.rsample((K,))
    log_p = -0.5 * (z**2 + math.log(2 * math.pi)).sum(-1)
    log_px = torch.distributions.Bernoulli(logits=decoder(z)).log_prob(x).sum(-1)
    log_w = log_p + log_px - q.log_prob(z).sum(-1)
    weights = torch.softmax(log_w, dim=0).detach()
    loss = -(weights * log_w).sum(0).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
