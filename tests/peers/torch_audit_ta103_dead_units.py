"""torch-audit, TA103 and TA105: negative weights on positive inputs, and a whole layer of ReLU is silent."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.rand(32, 20), torch.randint(0, 4, (32,))
hidden = nn.Linear(20, 48)
nn.init.constant_(hidden.weight, -0.5)
nn.init.constant_(hidden.bias, -0.5)
model = nn.Sequential(
    hidden,
    nn.ReLU(),  # NL701
    nn.Linear(48, 4),
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
