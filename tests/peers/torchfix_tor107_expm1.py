"""TorchFix, TOR107: exp(x) - 1, in an ELU."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = nn.Linear(20, 48), nn.Linear(48, 4)

    def forward(self, x):
        h = self.trunk(x)
        h = torch.where(h > 0, h, torch.exp(h) - 1)  # NL509
        return self.head(h)


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
