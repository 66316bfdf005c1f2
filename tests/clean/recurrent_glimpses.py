"""Hard attention by REINFORCE: whether the guess is right is the reward, and a baseline learns to expect it."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
D = 24
look, cell = nn.Linear(9 + 2, D), nn.GRUCell(D, D)
where, what, expect = nn.Linear(D, 2), nn.Linear(D, 3), nn.Linear(D, 1)
optimizer = torch.optim.Adam([p for m in (look, cell, where, what, expect) for p in m.parameters()], lr=1e-3)
for _ in range(2):
    images, y = torch.randn(16, 1, 12, 12), torch.randint(0, 3, (16,))
    h, place, log_pi = torch.zeros(16, D), torch.zeros(16, 2), []
    for _ in range(3):
        grid = F.affine_grid(
            torch.cat([0.25 * torch.eye(2).expand(16, 2, 2), place[..., None]], -1), (16, 1, 3, 3), False
        )
        patch = F.grid_sample(images, grid, align_corners=False).flatten(1)
        h = cell(F.relu(look(torch.cat([patch, place], 1))), h)
        dist = torch.distributions.Normal(torch.tanh(where(h.detach())), 0.1)
        sample = dist.sample()
        log_pi.append(dist.log_prob(sample).sum(1))
        place = sample.clamp(-1, 1)
    logits, baseline = what(h), expect(h.detach()).squeeze(1)
    reward = (logits.argmax(1) == y).float()
    reinforce = -(torch.stack(log_pi).sum(0) * (reward - baseline.detach())).mean()
    loss = F.cross_entropy(logits, y) + F.mse_loss(baseline, reward) + 0.01 * reinforce
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
