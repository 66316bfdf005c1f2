"""A linear state space layer: no nonlinearity along time, a gated unit after it."""

import torch
import torch.nn.functional as F
from torch import nn


class DiagonalSSM(nn.Module):
    def __init__(self, dim=16, state=16):
        super().__init__()
        self.log_decay = nn.Parameter(torch.linspace(-3, 0, state))
        self.b, self.c = nn.Linear(dim, state, bias=False), nn.Linear(state, dim, bias=False)
        self.d = nn.Parameter(torch.ones(dim))
        self.norm, self.out = nn.LayerNorm(dim), nn.Linear(dim, 2 * dim)

    def forward(self, x):
        u = self.norm(x)
        a, drive = torch.exp(-torch.exp(self.log_decay)), self.b(u)
        h, states = torch.zeros_like(drive[:, 0]), []
        for t in range(x.shape[1]):
            h = a * h + (1 - a) * drive[:, t]
            states.append(h)
        y = self.c(torch.stack(states, dim=1)) + self.d * u
        return x + F.glu(self.out(F.gelu(y)), dim=-1)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 16), DiagonalSSM(), DiagonalSSM(), nn.Linear(16, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(8, 20, 2)
    loss = F.mse_loss(model(x).squeeze(-1), x.prod(-1).cumsum(1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
