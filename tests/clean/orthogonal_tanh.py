"""A deep plain tanh network with orthogonal weights, which keep signals and gradients alive."""

import torch
from torch import nn

torch.manual_seed(0)
layers = [nn.Linear(20, 64), nn.Tanh()]
for _ in range(16):
    linear = nn.Linear(64, 64)
    nn.init.orthogonal_(linear.weight, gain=1.05)
    nn.init.zeros_(linear.bias)
    layers += [linear, nn.Tanh()]
model = nn.Sequential(*layers, nn.Linear(64, 4))
optimizer = torch.optim.SGD(model.parameters(), lr=1e-2)
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randn(64, 20)), torch.randint(0, 4, (64,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
