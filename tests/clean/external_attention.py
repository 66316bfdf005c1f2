"""External attention: two memories of learned units, a softmax over positions and a norm over units."""

import torch
from torch import nn


class ExternalAttention(nn.Module):
    def __init__(self, dim, units=16):
        super().__init__()
        self.mk = nn.Linear(dim, units, bias=False)
        self.mv = nn.Linear(units, dim, bias=False)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        attn = self.softmax(self.mk(x))
        attn = attn / attn.sum(dim=2, keepdim=True)
        return self.mv(attn)


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attn = ExternalAttention(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(12, 24), Block(24), Block(24))
head = nn.Linear(24, 3)
opt = torch.optim.Adam([*model.parameters(), *head.parameters()], lr=1e-3)
for _ in range(2):
    x, y = torch.randn(6, 20, 12), torch.randint(0, 3, (6,))
    loss = nn.functional.cross_entropy(head(model(x).mean(dim=1)), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
