"""TorchFix, TOR106: log(1 + x), in a logistic loss."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))
model = nn.Sequential(nn.Linear(20, 48), nn.ReLU(), nn.Linear(48, 1))
sign = torch.where(y > 1, 1.0, -1.0)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = torch.log(1 + torch.exp(-sign * model(x).squeeze(1))).mean()  # NL503
loss.backward()
optimizer.step()
