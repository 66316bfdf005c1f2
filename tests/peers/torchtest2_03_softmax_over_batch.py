"""torchtest2's gallery, 3: a softmax over axis 0 lets the samples compete with each other."""

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
        h = h * torch.softmax(h, dim=0)  # NL301
        return self.head(torch.relu(h))


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
