"""Matrix factorisation with biases and the Bayesian personalised ranking loss."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
users, items = nn.Embedding(50, 16), nn.Embedding(80, 16)
bias = nn.Embedding(80, 1)
optimizer = torch.optim.Adam([*users.parameters(), *items.parameters(), *bias.parameters()], lr=1e-2)
for _ in range(2):
    u, i, j = torch.randint(0, 50, (128,)), torch.randint(0, 80, (128,)), torch.randint(0, 80, (128,))
    e = users(u)
    better = (e * items(i)).sum(1) + bias(i).squeeze(1)
    worse = (e * items(j)).sum(1) + bias(j).squeeze(1)
    penalty = 1e-4 * (e.pow(2).sum() + items(i).pow(2).sum() + items(j).pow(2).sum()) / 128
    loss = -F.logsigmoid(better - worse).mean() + penalty
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
