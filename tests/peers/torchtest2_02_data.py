"""torchtest2's gallery, 2: `.data` cuts the graph behind the trunk."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk, self.head = nn.Linear(20, 48), nn.Linear(48, 4)

    def forward(self, x):
        h = self.trunk(x).data  # NL602
        return self.head(torch.relu(h))


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
