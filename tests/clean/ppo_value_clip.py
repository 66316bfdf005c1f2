"""PPO with clipped values, as in the original code: the worse of a free and of a clipped prediction."""

import torch
from torch import nn

torch.manual_seed(0)
body = nn.Sequential(nn.Linear(6, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh())
pi, vf = nn.Linear(64, 4), nn.Linear(64, 1)
params = [p for m in (body, pi, vf) for p in m.parameters()]
optimizer = torch.optim.Adam(params, lr=2.5e-4, eps=1e-5)
obs, actions, advantages, returns = (
    torch.randn(64, 6),
    torch.randint(0, 4, (64,)),
    torch.randn(64),
    5 * torch.randn(64),
)
with torch.no_grad():
    old_log_prob = pi(body(obs)).log_softmax(-1).gather(1, actions[:, None]).squeeze(1)
    old_values = vf(body(obs)).view(-1)
for _ in range(2):
    h = body(obs)
    log_probs, values = pi(h).log_softmax(-1), vf(h).view(-1)
    ratio = (log_probs.gather(1, actions[:, None]).squeeze(1) - old_log_prob).exp()
    pg_loss = torch.max(-advantages * ratio, -advantages * torch.clamp(ratio, 0.8, 1.2)).mean()
    clipped = old_values + torch.clamp(values - old_values, -0.2, 0.2)
    v_loss = 0.5 * torch.max((values - returns) ** 2, (clipped - returns) ** 2).mean()
    entropy = -(log_probs.exp() * log_probs).sum(-1).mean()
    loss = pg_loss - 0.01 * entropy + 0.5 * v_loss
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
