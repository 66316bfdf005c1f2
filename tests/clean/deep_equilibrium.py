"""A deep equilibrium layer: iterate without gradients to a fixed point, then one tracked step."""

import torch
from torch import nn


class DEQ(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.w, self.u = nn.Linear(dim, dim, bias=False), nn.Linear(dim, dim)
        nn.init.normal_(self.w.weight, std=0.3 / dim**0.5)

    def cell(self, z, x):
        return torch.tanh(self.w(z) + self.u(x))

    def forward(self, x):
        with torch.no_grad():
            z = torch.zeros_like(x)
            for _ in range(15):
                z = self.cell(z, x)
        return self.cell(z, x)


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(10, 24), DEQ(24), nn.Linear(24, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(32, 10)
    loss = nn.functional.mse_loss(model(x), x.sum(1, keepdim=True).sin())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
