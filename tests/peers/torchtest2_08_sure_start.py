"""torchtest2's gallery, 8: the last layer is drawn so large that the untrained net is sure of itself."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))
model = nn.Sequential(nn.Linear(20, 200), nn.ReLU(), nn.Linear(200, 4))
nn.init.normal_(model[2].weight, std=2.0)  # NL705
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
