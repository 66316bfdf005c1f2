"""Label smoothing written out, as in many speech and translation toolkits: KL to a smoothed one-hot target."""

import torch
from torch import nn


class LabelSmoothingLoss(nn.Module):
    def __init__(self, classes, smoothing=0.1):
        super().__init__()
        self.confidence = 1 - smoothing
        self.low = smoothing / (classes - 1)

    def forward(self, logits, target):
        log_probs = logits.log_softmax(dim=-1)
        true = torch.full_like(log_probs, self.low)
        true.scatter_(1, target.unsqueeze(1), self.confidence)
        return torch.mean(torch.sum(-true * log_probs, dim=-1))


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(30, 64), nn.SiLU(), nn.Linear(64, 12))
criterion = LabelSmoothingLoss(12)
opt = torch.optim.Adam(net.parameters())
for _ in range(2):
    loss = criterion(net(torch.randn(32, 30)), torch.randint(0, 12, (32,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
