"""ArcFace: an angular margin on cosine logits, scaled by a fixed 30 before the cross entropy."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class ArcMargin(nn.Module):
    def __init__(self, dim, classes, s=30.0, m=0.5):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(classes, dim))
        nn.init.xavier_uniform_(self.weight)
        self.s, self.cos_m, self.sin_m = s, math.cos(m), math.sin(m)
        self.th, self.mm = math.cos(math.pi - m), math.sin(math.pi - m) * m

    def forward(self, x, label):
        cosine = F.linear(F.normalize(x), F.normalize(self.weight))
        sine = torch.sqrt((1.0 - cosine.pow(2)).clamp(1e-9, 1))
        phi = torch.where(cosine > self.th, cosine * self.cos_m - sine * self.sin_m, cosine - self.mm)
        one_hot = F.one_hot(label, len(self.weight)).float()
        return (one_hot * phi + (1.0 - one_hot) * cosine) * self.s


torch.manual_seed(0)
body, margin = nn.Sequential(nn.Linear(40, 64), nn.PReLU(64), nn.Linear(64, 24)), ArcMargin(24, 10)
opt = torch.optim.SGD([*body.parameters(), *margin.parameters()], lr=0.05, momentum=0.9)
for _ in range(2):
    x, y = torch.randn(48, 40), torch.randint(0, 10, (48,))
    loss = F.cross_entropy(margin(body(x), y), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
