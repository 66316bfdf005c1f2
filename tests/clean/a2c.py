"""A2C on a batch of trajectories: softmax policy written out with probabilities and an entropy bonus."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
policy = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 4))
value = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.RMSprop([*policy.parameters(), *value.parameters()], lr=7e-4)
for _ in range(2):
    obs, rewards = torch.randn(20, 8), torch.rand(20)
    logits = policy(obs)
    probs, log_probs = F.softmax(logits, dim=-1), F.log_softmax(logits, dim=-1)
    actions = probs.multinomial(1).detach()
    v = value(obs).squeeze(1)
    R, returns = 0.0, []
    for r in rewards.flip(0):
        R = r + 0.99 * R
        returns.insert(0, R)
    returns = torch.stack(returns)
    advantage = returns - v
    entropy = -(probs * log_probs).sum(1).mean()
    actor_loss = -(log_probs.gather(1, actions).squeeze(1) * advantage.detach()).mean()
    loss = actor_loss + 0.5 * advantage.pow(2).mean() - 0.01 * entropy
    opt.zero_grad()
    loss.backward()
    opt.step()
