"""A physics-informed network for the heat equation: second derivatives by autograd, no labels inside."""

import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)


def grad(u, x):
    return torch.autograd.grad(u, x, torch.ones_like(u), create_graph=True)[0]


for _ in range(2):
    x = torch.rand(100, 1, requires_grad=True)
    t = torch.rand(100, 1, requires_grad=True)
    u = net(torch.cat([x, t], dim=1))
    residual = grad(u, t) - 0.1 * grad(grad(u, x), x)
    x0 = torch.rand(50, 1)
    initial = net(torch.cat([x0, torch.zeros_like(x0)], dim=1)) - torch.sin(torch.pi * x0)
    edge = net(torch.cat([torch.randint(0, 2, (50, 1)).float(), torch.rand(50, 1)], dim=1))
    loss = residual.pow(2).mean() + initial.pow(2).mean() + edge.pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
