"""TorchFix, TOR108: log(sum(exp(x))), in a cross entropy."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))
model = nn.Sequential(nn.Linear(20, 48), nn.ReLU(), nn.Linear(48, 4))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
scores = model(x)
total = torch.log(torch.sum(torch.exp(scores), dim=1))  # NL504
loss = (total - scores.gather(1, y.unsqueeze(1)).squeeze(1)).mean()
loss.backward()
optimizer.step()
