"""A mixture density network: softmax weights, free means, exponential scales, logsumexp likelihood."""

import math

import torch
from torch import nn


class MDN(nn.Module):
    def __init__(self, inputs=1, hidden=32, k=5):
        super().__init__()
        self.hidden = nn.Sequential(nn.Linear(inputs, hidden), nn.Tanh())
        self.pi, self.mu, self.log_sigma = (nn.Linear(hidden, k) for _ in range(3))

    def forward(self, x):
        h = self.hidden(x)
        return torch.log_softmax(self.pi(h), dim=1), self.mu(h), self.log_sigma(h).clamp(-5, 3)


torch.manual_seed(0)
model = MDN()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
y = torch.rand(256, 1)
x = y + 0.3 * torch.sin(2 * math.pi * y) + 0.05 * torch.randn_like(y)
for _ in range(2):
    log_pi, mu, log_sigma = model(x)
    log_n = -0.5 * ((y - mu) / log_sigma.exp()) ** 2 - log_sigma - 0.5 * math.log(2 * math.pi)
    loss = -torch.logsumexp(log_pi + log_n, dim=1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
