"""torchtest2's gallery, 7: the distance of a sample to itself is a root of zero, with an infinite slope."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(16, 20)
model = nn.Linear(20, 6)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
z = model(x)
distances = (z.unsqueeze(0) - z.unsqueeze(1)).square().sum(dim=2).sqrt()  # NL506
loss = (distances - 1).abs().mean()
loss.backward()
optimizer.step()
