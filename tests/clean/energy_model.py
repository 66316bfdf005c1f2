"""An energy-based model: Langevin samples through the input gradient, contrastive divergence, penalty on energies."""

import torch
from torch import nn

torch.manual_seed(0)
energy = nn.Sequential(nn.Linear(2, 64), nn.SiLU(), nn.Linear(64, 64), nn.SiLU(), nn.Linear(64, 1))
optimizer = torch.optim.Adam(energy.parameters(), lr=1e-3)


def langevin(x, steps=5, size=0.1):
    x = x.clone().requires_grad_(True)
    for _ in range(steps):
        (grad,) = torch.autograd.grad(energy(x).sum(), x)
        x = (x - size / 2 * grad + size**0.5 * torch.randn_like(x)).detach().requires_grad_(True)
    return x.detach()


for _ in range(2):
    real = torch.randn(64, 2) + torch.tensor([2.0, 0.0])
    fake = langevin(torch.randn(64, 2))
    e_real, e_fake = energy(real), energy(fake)
    loss = (e_real - e_fake).mean() + 0.1 * (e_real**2 + e_fake**2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
