"""Deep Sets: a sum over masked elements, then a regressor; log of the sum keeps sizes tame."""

import torch
from torch import nn


class DeepSet(nn.Module):
    def __init__(self):
        super().__init__()
        self.phi = nn.Sequential(nn.Linear(3, 32), nn.ELU(), nn.Linear(32, 32), nn.ELU(), nn.Linear(32, 16))
        self.rho = nn.Sequential(nn.Linear(16, 32), nn.ELU(), nn.Linear(32, 1))

    def forward(self, x, mask):
        return self.rho((self.phi(x) * mask[..., None]).sum(dim=1)).squeeze(-1)


torch.manual_seed(0)
model = DeepSet()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(32, 12, 3)
    mask = (torch.arange(12) < torch.randint(1, 13, (32, 1))).float()
    y = (x.norm(dim=-1) * mask).sum(1)
    loss = nn.functional.l1_loss(model(x, mask), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
