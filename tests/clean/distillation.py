"""Knowledge distillation: KL to a frozen teacher's softened probabilities plus cross entropy on the labels."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
teacher = nn.Sequential(nn.Linear(20, 128), nn.ReLU(), nn.Linear(128, 10)).eval()
student = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 10))
optimizer = torch.optim.SGD(student.parameters(), lr=0.1, momentum=0.9)
T, alpha = 4.0, 0.7

x, y = torch.randn(64, 20), torch.randint(0, 10, (64,))
for _ in range(2):
    with torch.no_grad():
        soft_targets = F.softmax(teacher(x) / T, dim=1)
    logits = student(x)
    kd = F.kl_div(F.log_softmax(logits / T, dim=1), soft_targets, reduction="batchmean") * T * T
    loss = alpha * kd + (1 - alpha) * F.cross_entropy(logits, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
