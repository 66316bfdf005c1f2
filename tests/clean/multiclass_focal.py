"""Focal loss on classes, written with log-softmax and a gather."""

import torch
import torch.nn.functional as F
from torch import nn


class FocalLoss(nn.Module):
    def __init__(self, gamma=2.0):
        super().__init__()
        self.gamma = gamma

    def forward(self, logits, target):
        logpt = F.log_softmax(logits, dim=1).gather(1, target.view(-1, 1)).view(-1)
        pt = logpt.detach().exp()
        return (-1 * (1 - pt) ** self.gamma * logpt).mean()


torch.manual_seed(0)
model = nn.Sequential(nn.Flatten(), nn.Linear(64, 48), nn.Hardswish(), nn.Linear(48, 7))
criterion, optimizer = FocalLoss(), torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    loss = criterion(model(torch.randn(32, 8, 8)), torch.randint(0, 7, (32,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
