"""CORAL ordinal regression: one shared score, a bias per threshold, binary cross entropy on the levels."""

import torch
import torch.nn.functional as F
from torch import nn


class Coral(nn.Module):
    def __init__(self, inputs, ranks):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(inputs, 32), nn.ReLU())
        self.score = nn.Linear(32, 1, bias=False)
        self.bias = nn.Parameter(torch.arange(ranks - 1, 0, -1).float() / (ranks - 1))

    def forward(self, x):
        return self.score(self.body(x)) + self.bias


torch.manual_seed(0)
model = Coral(10, 5)
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
for _ in range(2):
    x, rank = torch.randn(48, 10), torch.randint(0, 5, (48,))
    levels = (rank[:, None] > torch.arange(4)).float()
    logits = model(x)
    loss = -(F.logsigmoid(logits) * levels + (F.logsigmoid(logits) - logits) * (1 - levels)).sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
