"""TD3: a tanh actor scaled to the action bounds, smoothed target actions, delayed policy updates."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

MAX_ACTION = 2.0


class Actor(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1, self.l2, self.l3 = nn.Linear(3, 64), nn.Linear(64, 64), nn.Linear(64, 1)

    def forward(self, s):
        return MAX_ACTION * torch.tanh(self.l3(F.relu(self.l2(F.relu(self.l1(s))))))


def critic():
    return nn.Sequential(nn.Linear(4, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))


torch.manual_seed(0)
actor, q1, q2 = Actor(), critic(), critic()
actor_t, q1_t, q2_t = (copy.deepcopy(m) for m in (actor, q1, q2))
actor_opt = torch.optim.Adam(actor.parameters(), lr=3e-4)
critic_opt = torch.optim.Adam([*q1.parameters(), *q2.parameters()], lr=3e-4)
for step in range(4):
    s, a, r, s2 = torch.randn(64, 3), torch.rand(64, 1) * 4 - 2, torch.randn(64, 1), torch.randn(64, 3)
    with torch.no_grad():
        noise = (torch.randn_like(a) * 0.2).clamp(-0.5, 0.5)
        a2 = (actor_t(s2) + noise).clamp(-MAX_ACTION, MAX_ACTION)
        nxt = torch.cat([s2, a2], 1)
        y = r + 0.99 * torch.min(q1_t(nxt), q2_t(nxt))
    critic_loss = sum(F.mse_loss(q(torch.cat([s, a], 1)), y) for q in (q1, q2))
    critic_opt.zero_grad()
    critic_loss.backward()
    critic_opt.step()
    if step % 2 == 1:
        actor_loss = -q1(torch.cat([s, actor(s)], 1)).mean()
        actor_opt.zero_grad()
        actor_loss.backward()
        actor_opt.step()
