"""Focal loss for dense detection: sigmoid probabilities weigh an unreduced BCE with logits."""

import torch
import torch.nn.functional as F
from torch import nn


def sigmoid_focal_loss(logits, targets, alpha=0.25, gamma=2.0):
    p = torch.sigmoid(logits)
    ce = F.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    p_t = p * targets + (1 - p) * (1 - targets)
    loss = ce * (1 - p_t) ** gamma
    return ((alpha * targets + (1 - alpha) * (1 - targets)) * loss).sum() / targets.sum().clamp(min=1)


torch.manual_seed(0)
tower = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 6, 3, padding=1))
nn.init.constant_(tower[-1].bias, -4.6)
optimizer = torch.optim.SGD(tower.parameters(), lr=0.01, momentum=0.9)
for _ in range(2):
    targets = (torch.rand(4, 6, 12, 12) < 0.02).float()
    loss = sigmoid_focal_loss(tower(torch.randn(4, 3, 12, 12)), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
