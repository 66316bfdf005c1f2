"""Advantage-weighted actor-critic: the weights of the actions are a softmax of advantages over the batch."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
actor = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 2))
critic = nn.Sequential(nn.Linear(7, 32), nn.ReLU(), nn.Linear(32, 1))
actor_opt, critic_opt = (torch.optim.Adam(m.parameters(), lr=3e-4) for m in (actor, critic))
for _ in range(2):
    s, a, r, s2 = torch.randn(32, 5), torch.tanh(torch.randn(32, 2)), torch.randn(32, 1), torch.randn(32, 5)
    with torch.no_grad():
        target = r + 0.99 * critic(torch.cat([s2, torch.tanh(actor(s2))], 1))
    critic_loss = F.mse_loss(critic(torch.cat([s, a], 1)), target)
    critic_opt.zero_grad()
    critic_loss.backward()
    critic_opt.step()
    pi = torch.tanh(actor(s))
    advantage = critic(torch.cat([s, a], 1)) - critic(torch.cat([s, pi], 1))
    weights = F.softmax(advantage / 1.0, dim=0).detach()
    log_prob = torch.distributions.Normal(pi, 0.2).log_prob(a).sum(1, keepdim=True)
    actor_loss = -(log_prob * weights * len(weights)).mean()
    actor_opt.zero_grad()
    actor_loss.backward()
    actor_opt.step()
