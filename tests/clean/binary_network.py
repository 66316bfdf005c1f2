"""A binarised MLP: sign with a clipped straight-through gradient written with hardtanh and detach."""

import torch
import torch.nn.functional as F
from torch import nn


def binarize(x):
    soft = F.hardtanh(x)
    return soft + (torch.sign(x) - soft).detach()


class BinaryLinear(nn.Linear):
    def forward(self, x):
        return F.linear(x, binarize(self.weight))


class BinaryMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.bn1 = BinaryLinear(32, 64, bias=False), nn.BatchNorm1d(64)
        self.fc2, self.bn2 = BinaryLinear(64, 64, bias=False), nn.BatchNorm1d(64)
        self.out = nn.Linear(64, 10)

    def forward(self, x):
        x = binarize(self.bn1(self.fc1(x)))
        x = binarize(self.bn2(self.fc2(x)))
        return self.out(x)


torch.manual_seed(0)
net = BinaryMLP()
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
for _ in range(2):
    loss = F.cross_entropy(net(torch.randn(50, 32)), torch.randint(0, 10, (50,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
