"""Mean teacher: an EMA copy gives soft targets for unlabelled data; consistency by MSE of probabilities."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
student = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Dropout(0.3), nn.Linear(64, 4))
teacher = copy.deepcopy(student)
for p in teacher.parameters():
    p.detach_()
opt = torch.optim.Adam(student.parameters(), lr=1e-3)
for step in range(2):
    labelled, y, unlabelled = torch.randn(16, 16), torch.randint(0, 4, (16,)), torch.randn(48, 16)
    x = torch.cat([labelled, unlabelled])
    logits = student(x + 0.05 * torch.randn_like(x))
    with torch.no_grad():
        ema_logits = teacher(x + 0.05 * torch.randn_like(x))
    consistency = F.mse_loss(F.softmax(logits, dim=1), F.softmax(ema_logits, dim=1))
    loss = F.cross_entropy(logits[:16], y) + 10 * consistency
    opt.zero_grad()
    loss.backward()
    opt.step()
    alpha = min(1 - 1 / (step + 1), 0.999)
    for ema, param in zip(teacher.parameters(), student.parameters(), strict=True):
        ema.data.mul_(alpha).add_(param.data, alpha=1 - alpha)
