"""Prototypical networks: negative squared distances to class means are the logits of an episode."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
ways, shots, queries = 5, 3, 4
encoder = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
)  # fmt: skip
optimizer = torch.optim.Adam(encoder.parameters(), lr=1e-3)
for _ in range(2):
    support, query = torch.randn(ways * shots, 1, 16, 16), torch.randn(ways * queries, 1, 16, 16)
    z = encoder(torch.cat([support, query]))
    prototypes = z[: ways * shots].view(ways, shots, -1).mean(dim=1)
    log_p = F.log_softmax(-(torch.cdist(z[ways * shots :], prototypes) ** 2), dim=1)
    target = torch.arange(ways).repeat_interleave(queries)
    loss = -log_p.gather(1, target[:, None]).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
