"""torch-audit, TA102: gradients that explode, here through weights that are far too large."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))
layers = []
for width in (20, *[64] * 7):
    layers += [nn.Linear(width, 64), nn.ReLU()]
model = nn.Sequential(*layers, nn.Linear(64, 4))
for layer in model[:-1:2]:
    nn.init.normal_(layer.weight)  # NL705
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
