"""A hypernetwork writes the weights of a small target network; no layer has weights of its own there."""

import torch
import torch.nn.functional as F
from torch import nn


class Hyper(nn.Module):
    def __init__(self, condition=4, hidden=16):
        super().__init__()
        self.hidden = hidden
        self.trunk = nn.Sequential(nn.Linear(condition, 32), nn.ReLU())
        self.w1, self.b1 = nn.Linear(32, hidden), nn.Linear(32, hidden)
        self.w2, self.b2 = nn.Linear(32, hidden), nn.Linear(32, 1)

    def forward(self, c, x):
        h = self.trunk(c)
        w1, b1, w2, b2 = (layer(h).unsqueeze(-1) for layer in (self.w1, self.b1, self.w2, self.b2))
        y = torch.tanh(torch.baddbmm(b1, w1, x.unsqueeze(1)))
        return torch.baddbmm(b2, w2.transpose(1, 2), y).squeeze(1)


torch.manual_seed(0)
model = Hyper()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    c, x = torch.randn(16, 4), torch.rand(16, 10) * 4 - 2
    y = torch.sin(x * c[:, :1]) + c[:, 1:2]
    loss = F.mse_loss(model(c, x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
