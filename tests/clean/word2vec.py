"""Skip-gram with negative sampling: logsigmoid of dot products, two embedding tables, no layers."""

import torch
import torch.nn.functional as F
from torch import nn


class SkipGram(nn.Module):
    def __init__(self, vocabulary, dim):
        super().__init__()
        self.center, self.context = nn.Embedding(vocabulary, dim), nn.Embedding(vocabulary, dim)
        nn.init.uniform_(self.center.weight, -0.5 / dim, 0.5 / dim)
        nn.init.zeros_(self.context.weight)

    def forward(self, word, positive, negative):
        c = self.center(word)
        pos = (c * self.context(positive)).sum(-1)
        neg = torch.bmm(self.context(negative), c.unsqueeze(2)).squeeze(2)
        return -(F.logsigmoid(pos) + F.logsigmoid(-neg).sum(1)).mean()


torch.manual_seed(0)
model = SkipGram(200, 20)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(2):
    loss = model(torch.randint(0, 200, (64,)), torch.randint(0, 200, (64,)), torch.randint(0, 200, (64, 5)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
