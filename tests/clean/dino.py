"""DINO: cross entropy between a centred, sharpened teacher softmax and the student's log-softmax."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


class Head(nn.Module):
    def __init__(self, dim, out):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(dim, 64), nn.GELU(), nn.Linear(64, 16))
        self.last = nn.utils.parametrizations.weight_norm(nn.Linear(16, out, bias=False))

    def forward(self, x):
        return self.last(F.normalize(self.mlp(x), dim=-1))


torch.manual_seed(0)
student = nn.Sequential(nn.Linear(20, 32), nn.GELU(), nn.Linear(32, 32), Head(32, 50))
teacher = copy.deepcopy(student).requires_grad_(False)
center = torch.zeros(1, 50)
optimizer = torch.optim.AdamW(student.parameters(), lr=5e-4)
for _ in range(2):
    x = torch.randn(32, 20)
    v1, v2 = x + 0.1 * torch.randn_like(x), x + 0.1 * torch.randn_like(x)
    with torch.no_grad():
        t = torch.cat([teacher(v1), teacher(v2)])
        targets = F.softmax((t - center) / 0.04, dim=-1).chunk(2)
    s1, s2 = (F.log_softmax(student(v) / 0.1, dim=-1) for v in (v1, v2))
    loss = -((targets[0] * s2).sum(-1).mean() + (targets[1] * s1).sum(-1).mean()) / 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        center = center * 0.9 + t.mean(0, keepdim=True) * 0.1
        for q, k in zip(student.parameters(), teacher.parameters(), strict=True):
            k.data.mul_(0.996).add_(0.004 * q.detach())
