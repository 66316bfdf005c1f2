"""Soft dice on softmax channels plus cross entropy on the same logits, for segmentation."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
classes = 3
net = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(),
    nn.Conv2d(16, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, classes, 1),
)  # fmt: skip
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)


def soft_dice(logits, target, smooth=1.0):
    probs = F.softmax(logits, dim=1)
    one_hot = F.one_hot(target, classes).permute(0, 3, 1, 2).float()
    overlap = (probs * one_hot).sum((0, 2, 3))
    total = probs.sum((0, 2, 3)) + one_hot.sum((0, 2, 3))
    return 1 - ((2 * overlap + smooth) / (total + smooth)).mean()


for _ in range(2):
    x, y = torch.randn(2, 1, 24, 24), torch.randint(0, classes, (2, 24, 24))
    logits = net(x)
    loss = F.cross_entropy(logits, y) + soft_dice(logits, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
