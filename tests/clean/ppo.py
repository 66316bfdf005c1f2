"""PPO: clipped ratios of action probabilities, a value head, and an entropy bonus."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.distributions import Categorical


class ActorCritic(nn.Module):
    def __init__(self, obs=4, actions=3):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(obs, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh())
        self.pi, self.v = nn.Linear(64, actions), nn.Linear(64, 1)

    def forward(self, x):
        h = self.body(x)
        return Categorical(logits=self.pi(h)), self.v(h).squeeze(-1)


torch.manual_seed(0)
model = ActorCritic()
optimizer = torch.optim.Adam(model.parameters(), lr=3e-4, eps=1e-5)
obs, returns = torch.randn(128, 4), torch.randn(128)
with torch.no_grad():
    dist, values = model(obs)
    actions = dist.sample()
    old_log_prob = dist.log_prob(actions)
    advantage = returns - values
    advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
for idx in torch.randperm(128).split(64):
    dist, v = model(obs[idx])
    ratio = torch.exp(dist.log_prob(actions[idx]) - old_log_prob[idx])
    a = advantage[idx]
    policy_loss = -torch.min(ratio * a, ratio.clamp(0.8, 1.2) * a).mean()
    loss = policy_loss + 0.5 * F.mse_loss(v, returns[idx]) - 0.01 * dist.entropy().mean()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 0.5)
    optimizer.step()
