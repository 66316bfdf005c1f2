"""torchtest2's gallery, 11: `torch.where` hides the NaN of a root from the forward pass only."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(32, 20), torch.randint(0, 4, (32,))


class Noisy(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 4)
        self.variance = nn.Parameter(torch.tensor(0.5))

    def forward(self, x):
        scores = self.fc(x)
        spread = torch.where(self.variance > 0, self.variance.sqrt(), 0.0)  # NL506
        return scores + spread * torch.randn_like(scores)


model = Noisy()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss = nn.functional.cross_entropy(model(x), y)
loss.backward()
optimizer.step()
