"""Sparse mixture of experts: top-2 softmax router with a load-balancing loss (Switch, GShard)."""

import torch
import torch.nn.functional as F
from torch import nn


class MoE(nn.Module):
    def __init__(self, dim=16, experts=4, k=2):
        super().__init__()
        self.router = nn.Linear(dim, experts, bias=False)
        self.experts = nn.ModuleList(
            nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim)) for _ in range(experts)
        )
        self.k = k

    def forward(self, x):
        probs = F.softmax(self.router(x), dim=-1)
        weights, chosen = probs.topk(self.k, dim=-1)
        weights = weights / weights.sum(dim=-1, keepdim=True)
        out = torch.zeros_like(x)
        for i, expert in enumerate(self.experts):
            rows, slot = torch.where(chosen == i)
            if len(rows):
                out.index_add_(0, rows, weights[rows, slot, None] * expert(x[rows]))
        load = F.one_hot(chosen[:, 0], len(self.experts)).float().mean(0)
        return x + out, len(self.experts) * (load * probs.mean(0)).sum()


torch.manual_seed(0)
embed, moe, head = nn.Linear(10, 16), MoE(), nn.Linear(16, 5)
params = [*embed.parameters(), *moe.parameters(), *head.parameters()]
opt = torch.optim.Adam(params, lr=1e-3)
for _ in range(2):
    x, y = torch.randn(40, 10), torch.randint(0, 5, (40,))
    hidden, balance = moe(embed(x))
    loss = F.cross_entropy(head(hidden), y) + 0.01 * balance
    opt.zero_grad()
    loss.backward()
    opt.step()
