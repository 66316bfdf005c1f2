"""REINFORCE with invalid actions masked before the softmax, and a moving baseline."""

import torch
from torch import nn
from torch.distributions import Categorical

torch.manual_seed(0)
policy = nn.Sequential(nn.Linear(9, 64), nn.ReLU(), nn.Linear(64, 9))
opt = torch.optim.Adam(policy.parameters(), lr=1e-3)
baseline = 0.0
for _ in range(2):
    board = torch.randint(-1, 2, (32, 9)).float()
    logits = policy(board).masked_fill(board != 0, -1e9)
    dist = Categorical(logits=logits)
    action = dist.sample()
    reward = torch.randn(32)
    loss = -(dist.log_prob(action) * (reward - baseline)).mean() - 0.01 * dist.entropy().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    baseline = 0.9 * baseline + 0.1 * reward.mean().item()
