"""A normalised RBF network: exponentials of negative distances, shared out over the centres."""

import torch
from torch import nn


class RBF(nn.Module):
    def __init__(self, inputs, centres, outputs):
        super().__init__()
        self.centres = nn.Parameter(torch.randn(centres, inputs))
        self.log_beta = nn.Parameter(torch.zeros(centres))
        self.linear = nn.Linear(centres, outputs)

    def forward(self, x):
        phi = torch.exp(-self.log_beta.exp() * torch.cdist(x, self.centres) ** 2)
        return self.linear(phi / phi.sum(dim=1, keepdim=True))


torch.manual_seed(0)
model = RBF(3, 20, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(2):
    x = torch.randn(64, 3)
    loss = nn.functional.mse_loss(model(x), x.norm(dim=1, keepdim=True))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
