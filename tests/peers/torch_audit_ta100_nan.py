"""torch-audit, TA100: gradients that are not finite, here because of log(0)."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = nn.Linear(20, 48), nn.Linear(48, 4)

    def forward(self, x):
        h = torch.log(torch.relu(self.trunk(x)))  # NL507
        return self.head(h)


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
