"""Focal Tversky loss on sigmoid masks with deep supervision at two resolutions."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 3, padding=1),
            nn.ReLU(),
        )
        self.side = nn.Conv2d(16, 1, 1)
        self.up = nn.Sequential(nn.ConvTranspose2d(16, 8, 2, 2), nn.ReLU(), nn.Conv2d(8, 1, 1))

    def forward(self, x):
        h = self.down(x)
        return torch.sigmoid(self.up(h)), torch.sigmoid(self.side(h))


def focal_tversky(p, y, alpha=0.7, gamma=0.75, eps=1e-6):
    p, y = p.flatten(1), y.flatten(1)
    tp, fn, fp = (p * y).sum(1), ((1 - p) * y).sum(1), (p * (1 - y)).sum(1)
    return ((1 - (tp + eps) / (tp + alpha * fn + (1 - alpha) * fp + eps)) ** gamma).mean()


torch.manual_seed(0)
net = Net()
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    mask = (torch.rand(4, 1, 16, 16) < 0.2).float()
    full, half = net(torch.randn(4, 1, 16, 16))
    loss = focal_tversky(full, mask) + 0.5 * focal_tversky(half, F.max_pool2d(mask, 2))
    opt.zero_grad()
    loss.backward()
    opt.step()
