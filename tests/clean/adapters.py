"""Bottleneck adapters in a frozen transformer layer, and a trained classification head."""

import torch
from torch import nn


class Adapter(nn.Module):
    def __init__(self, dim, bottleneck=8):
        super().__init__()
        self.down, self.up = nn.Linear(dim, bottleneck), nn.Linear(bottleneck, dim)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x):
        return x + self.up(torch.relu(self.down(x)))


torch.manual_seed(0)
embed = nn.Embedding(60, 32)
layer = nn.TransformerEncoderLayer(32, 4, 64, activation="gelu", batch_first=True)
for module in (embed, layer):
    module.requires_grad_(False)
adapter, head = Adapter(32), nn.Linear(32, 2)
optimizer = torch.optim.Adam([*adapter.parameters(), *head.parameters()], lr=1e-3)
for _ in range(2):
    tokens, y = torch.randint(0, 60, (8, 10)), torch.randint(0, 2, (8,))
    loss = nn.functional.cross_entropy(head(adapter(layer(embed(tokens)))[:, 0]), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
