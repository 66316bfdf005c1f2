"""SimCLR: two views of each image, cross entropy over cosine similarities with a temperature."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 64))
projector = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 16))
optimizer = torch.optim.Adam([*encoder.parameters(), *projector.parameters()], lr=1e-3)


def nt_xent(z1, z2, temperature=0.1):
    n = len(z1)
    z = F.normalize(torch.cat([z1, z2]), dim=1)
    sim = z @ z.t() / temperature
    sim = sim.masked_fill(torch.eye(2 * n, dtype=torch.bool), float("-inf"))
    partner = torch.arange(2 * n).roll(n)
    return F.cross_entropy(sim, partner)


for _ in range(2):
    x = torch.randn(16, 32)
    views = [x + 0.1 * torch.randn_like(x) for _ in range(2)]
    loss = nt_xent(*(projector(encoder(v)) for v in views))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
