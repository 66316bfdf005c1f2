"""Capsules: squashed vectors, dynamic routing with softmax over output capsules, margin loss."""

import torch
import torch.nn.functional as F
from torch import nn


def squash(s, dim=-1):
    norm2 = s.pow(2).sum(dim=dim, keepdim=True)
    return norm2 / (1 + norm2) * s / torch.sqrt(norm2 + 1e-8)


class Capsules(nn.Module):
    def __init__(self, n_in=12, d_in=4, n_out=3, d_out=6):
        super().__init__()
        self.W = nn.Parameter(0.1 * torch.randn(n_out, n_in, d_out, d_in))

    def forward(self, u):
        u_hat = torch.einsum("oidk,bik->boid", self.W, u)
        b = torch.zeros(u_hat.shape[:3])
        for i in range(3):
            c = F.softmax(b, dim=1)
            v = squash((c[..., None] * u_hat).sum(dim=2))
            if i < 2:
                b = b + (u_hat.detach() * v.detach()[:, :, None]).sum(-1)
        return v.norm(dim=-1)


torch.manual_seed(0)
primary, caps = nn.Linear(20, 48), Capsules()
opt = torch.optim.Adam([*primary.parameters(), *caps.parameters()])
for _ in range(2):
    x, y = torch.randn(16, 20), F.one_hot(torch.randint(0, 3, (16,)), 3).float()
    length = caps(squash(primary(x).view(16, 12, 4)))
    loss = (y * F.relu(0.9 - length) ** 2 + 0.5 * (1 - y) * F.relu(length - 0.1) ** 2).sum(1).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
