"""Learning with noisy labels: probabilities times a transition matrix, then the logarithm."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
C = 5
net = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, C))
transition = nn.Parameter(4 * torch.eye(C))
optimizer = torch.optim.Adam([*net.parameters(), transition], lr=1e-3)
for _ in range(2):
    x, noisy = torch.randn(64, 16), torch.randint(0, C, (64,))
    p = F.softmax(net(x), dim=1)
    q = p @ F.softmax(transition, dim=1)
    loss = F.nll_loss(torch.log(q.clamp(min=1e-8)), noisy)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
