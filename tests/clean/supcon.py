"""Supervised contrastive learning: the mean log-probability of all partners of one class."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 16))
optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
for _ in range(2):
    x, y = torch.randn(40, 32), torch.arange(40) % 8
    z = F.normalize(net(x), dim=1)
    logits = z @ z.T / 0.07
    logits = logits - logits.max(dim=1, keepdim=True).values.detach()
    others = 1 - torch.eye(40)
    positives = (y[:, None] == y).float() * others
    exp_logits = torch.exp(logits) * others
    log_prob = logits - torch.log(exp_logits.sum(1, keepdim=True))
    loss = -((positives * log_prob).sum(1) / positives.sum(1)).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
