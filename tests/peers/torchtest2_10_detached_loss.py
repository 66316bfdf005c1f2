"""torchtest2's gallery, 10: a loss that went through `.item()` has no graph behind it."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))
model = nn.Sequential(nn.Linear(20, 48), nn.ReLU(), nn.Linear(48, 4))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
value = nn.functional.cross_entropy(model(x), y).item()
loss = torch.tensor(value, requires_grad=True)  # NL602
loss.backward()
optimizer.step()
