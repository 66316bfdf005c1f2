"""FixMatch: pseudo-labels above a confidence threshold supervise strongly augmented inputs."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(20, 64), nn.BatchNorm1d(64), nn.LeakyReLU(0.1), nn.Linear(64, 5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.03, momentum=0.9, nesterov=True)
for _ in range(2):
    x, y, u = torch.randn(16, 20), torch.randint(0, 5, (16,)), torch.randn(64, 20)
    weak, strong = u + 0.05 * torch.randn_like(u), F.dropout(u, 0.5) + 0.3 * torch.randn_like(u)
    logits_x, logits_w, logits_s = net(torch.cat([x, weak, strong])).split([16, 64, 64])
    pseudo = torch.softmax(logits_w.detach(), dim=-1)
    confidence, targets = torch.max(pseudo, dim=-1)
    mask = confidence.ge(0.3).float()
    lu = (F.cross_entropy(logits_s, targets, reduction="none") * mask).mean()
    loss = F.cross_entropy(logits_x, y) + lu
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
