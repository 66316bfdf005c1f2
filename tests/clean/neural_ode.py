"""A neural ODE by fixed Runge-Kutta steps: the same tanh field is evaluated many times."""

import torch
from torch import nn


class Field(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(dim + 1, 32), nn.Tanh(), nn.Linear(32, dim))

    def forward(self, t, x):
        return self.net(torch.cat([x, t.expand(len(x), 1)], dim=1))


def rk4(f, x, steps=6):
    h = 1.0 / steps
    for i in range(steps):
        t = torch.tensor([[i * h]])
        k1 = f(t, x)
        k2 = f(t + h / 2, x + h / 2 * k1)
        k3 = f(t + h / 2, x + h / 2 * k2)
        k4 = f(t + h, x + h * k3)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return x


torch.manual_seed(0)
field, head = Field(4), nn.Linear(4, 2)
optimizer = torch.optim.Adam([*field.parameters(), *head.parameters()], lr=1e-2)
for _ in range(2):
    x, y = torch.randn(40, 4), torch.randint(0, 2, (40,))
    loss = nn.functional.cross_entropy(head(rk4(field, x)), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
