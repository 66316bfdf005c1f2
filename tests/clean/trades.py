"""TRADES: the divergence between predictions on clean and on attacked inputs, both with gradients."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)


def attack(x, steps=3, size=0.02, eps=0.05):
    clean = F.softmax(net(x), dim=1).detach()
    adv = x + 0.001 * torch.randn_like(x)
    for _ in range(steps):
        adv.requires_grad_()
        kl = F.kl_div(F.log_softmax(net(adv), dim=1), clean, reduction="sum")
        (grad,) = torch.autograd.grad(kl, [adv])
        adv = torch.min(torch.max(adv.detach() + size * grad.sign(), x - eps), x + eps)
    return adv


for _ in range(2):
    x, y = torch.rand(32, 20), torch.randint(0, 5, (32,))
    adv = attack(x)
    logits = net(x)
    robust = F.kl_div(F.log_softmax(net(adv), dim=1), F.softmax(logits, dim=1), reduction="batchmean")
    loss = F.cross_entropy(logits, y) + 6 * robust
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
