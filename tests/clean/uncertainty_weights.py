"""Two tasks weighted by learned log-variances (Kendall, Gal and Cipolla)."""

import torch
from torch import nn


class MultiTask(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.depth, self.labels = nn.Linear(32, 1), nn.Linear(32, 6)
        self.log_vars = nn.Parameter(torch.zeros(2))

    def forward(self, x, depth, label):
        h = self.trunk(x)
        losses = torch.stack(
            [
                0.5 * nn.functional.mse_loss(self.depth(h).squeeze(1), depth),
                nn.functional.cross_entropy(self.labels(h), label),
            ]
        )
        return (torch.exp(-self.log_vars) * losses + 0.5 * self.log_vars).sum()


torch.manual_seed(0)
model = MultiTask()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
for _ in range(2):
    loss = model(torch.randn(32, 16), torch.randn(32), torch.randint(0, 6, (32,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
