"""RotatE with self-adversarial negatives: a softmax over negatives weighs their logsigmoids."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
E_, R_, D = 40, 6, 16
entity, relation = nn.Embedding(E_, 2 * D), nn.Embedding(R_, D)
nn.init.uniform_(entity.weight, -0.5, 0.5)
optimizer = torch.optim.Adam([*entity.parameters(), *relation.parameters()], lr=1e-3)
gamma = 6.0


def score(h, r, t):
    hr, hi = entity(h).chunk(2, -1)
    tr, ti = entity(t).chunk(2, -1)
    phase = relation(r) * torch.pi
    c, s = torch.cos(phase), torch.sin(phase)
    diff = torch.stack([hr * c - hi * s - tr, hr * s + hi * c - ti])
    return gamma - diff.norm(dim=0).sum(-1)


for _ in range(2):
    h, r, t = torch.randint(0, E_, (16, 1)), torch.randint(0, R_, (16, 1)), torch.randint(0, E_, (16, 1))
    negative = score(h, r, torch.randint(0, E_, (16, 8)))
    weights = F.softmax(negative, dim=1).detach()
    loss = -(F.logsigmoid(score(h, r, t)).mean() + (weights * F.logsigmoid(-negative)).sum(1).mean()) / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
