"""SIREN: sine activations with their own initialisation, fitted to an image and its gradient."""

import math

import torch
from torch import nn


class SineLayer(nn.Module):
    def __init__(self, inputs, outputs, first=False, omega=30.0):
        super().__init__()
        self.omega, self.linear = omega, nn.Linear(inputs, outputs)
        bound = 1 / inputs if first else math.sqrt(6 / inputs) / omega
        nn.init.uniform_(self.linear.weight, -bound, bound)

    def forward(self, x):
        return torch.sin(self.omega * self.linear(x))


torch.manual_seed(0)
head = nn.Linear(64, 1)
nn.init.uniform_(head.weight, -math.sqrt(6 / 64) / 30, math.sqrt(6 / 64) / 30)
net = nn.Sequential(SineLayer(2, 64, first=True), SineLayer(64, 64), SineLayer(64, 64), head)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-4)
side = torch.linspace(-1, 1, 24)
coords = torch.stack(torch.meshgrid(side, side, indexing="ij"), -1).reshape(-1, 2)
pixels = torch.exp(-4 * coords.square().sum(1, keepdim=True)) * 2 - 1
for _ in range(2):
    loss = ((net(coords) - pixels) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
