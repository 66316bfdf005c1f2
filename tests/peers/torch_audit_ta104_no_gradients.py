"""torch-audit, TA104: no gradient at all, because the loss is computed from a choice."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))
model = nn.Sequential(nn.Linear(20, 48), nn.ReLU(), nn.Linear(48, 4))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
chosen = model(x).argmax(dim=1)  # NL601
loss = (chosen != y).float().mean().requires_grad_()
loss.backward()
optimizer.step()
