"""LoRA: two linear maps in a row without a nonlinearity, beside a frozen layer."""

import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base, rank=4, alpha=8):
        super().__init__()
        self.base = base.requires_grad_(False)
        self.down = nn.Linear(base.in_features, rank, bias=False)
        self.up = nn.Linear(rank, base.out_features, bias=False)
        nn.init.zeros_(self.up.weight)
        self.scale = alpha / rank

    def forward(self, x):
        return self.base(x) + self.up(self.down(x)) * self.scale


torch.manual_seed(0)
pretrained = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3))
for i in (0, 2, 4):
    pretrained[i] = LoRALinear(pretrained[i])
trainable = [p for p in pretrained.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trainable, lr=1e-3)
for _ in range(2):
    loss = nn.functional.cross_entropy(pretrained(torch.randn(32, 16)), torch.randint(0, 3, (32,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
