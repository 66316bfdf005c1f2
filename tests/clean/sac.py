"""Soft actor-critic: a squashed Gaussian policy with its tanh correction, two critics, a learned temperature."""

import math

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
OBS, ACT = 6, 2
actor = nn.Sequential(nn.Linear(OBS, 64), nn.ReLU(), nn.Linear(64, 2 * ACT))
q1, q2, t1, t2 = (nn.Sequential(nn.Linear(OBS + ACT, 64), nn.ReLU(), nn.Linear(64, 1)) for _ in range(4))
log_alpha = torch.zeros(1, requires_grad=True)
groups = actor.parameters(), [*q1.parameters(), *q2.parameters()], [log_alpha]
actor_opt, critic_opt, alpha_opt = (torch.optim.Adam(group, lr=3e-4) for group in groups)


def act(obs):
    mean, log_std = actor(obs).chunk(2, dim=-1)
    dist = torch.distributions.Normal(mean, log_std.clamp(-20, 2).exp())
    u = dist.rsample()
    log_prob = dist.log_prob(u) - 2 * (math.log(2) - u - F.softplus(-2 * u))
    return torch.tanh(u), log_prob.sum(-1, keepdim=True)


def lowest(a, b, both):
    return torch.min(a(both), b(both))


def step(loss, optimizer):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


for _ in range(2):
    s, a, r, s2 = torch.randn(64, OBS), torch.rand(64, ACT) * 2 - 1, torch.randn(64, 1), torch.randn(64, OBS)
    with torch.no_grad():
        a2, lp2 = act(s2)
        y = r + 0.99 * (lowest(t1, t2, torch.cat([s2, a2], 1)) - log_alpha.exp() * lp2)
    step(sum(F.mse_loss(q(torch.cat([s, a], 1)), y) for q in (q1, q2)), critic_opt)
    pi, lp = act(s)
    step((log_alpha.exp().detach() * lp - lowest(q1, q2, torch.cat([s, pi], 1))).mean(), actor_opt)
    step(-(log_alpha * (lp.detach() - ACT)).mean(), alpha_opt)
