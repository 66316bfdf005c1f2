"""A proportional-odds model: differences of neighbouring sigmoids are class probabilities."""

import torch
from torch import nn


class ProportionalOdds(nn.Module):
    def __init__(self, inputs, classes):
        super().__init__()
        self.score = nn.Sequential(nn.Linear(inputs, 16), nn.Tanh(), nn.Linear(16, 1))
        self.first = nn.Parameter(torch.tensor(-1.0))
        self.gaps = nn.Parameter(torch.zeros(classes - 2))

    def forward(self, x):
        cuts = torch.cat([self.first[None], self.first + torch.cumsum(nn.functional.softplus(self.gaps), 0)])
        below = torch.sigmoid(cuts - self.score(x))
        edges = torch.zeros(len(x), 1)
        cdf = torch.cat([edges, below, edges + 1], dim=1)
        return cdf[:, 1:] - cdf[:, :-1]


torch.manual_seed(0)
model = ProportionalOdds(6, 4)
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(2):
    x, y = torch.randn(64, 6), torch.randint(0, 4, (64,))
    p = model(x).gather(1, y[:, None]).clamp_min(1e-7)
    loss = -p.log().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
