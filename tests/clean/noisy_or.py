"""Multiple instances by noisy-or: the bag is positive unless every instance is not."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    bags, y = torch.randn(24, 7, 12), torch.randint(0, 2, (24,)).float()
    p = torch.sigmoid(net(bags).squeeze(-1))
    bag = 1 - torch.prod(1 - p, dim=1)
    loss = F.binary_cross_entropy(bag.clamp(1e-6, 1 - 1e-6), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
