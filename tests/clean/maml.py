"""MAML: gradients through one inner step, with functional calls on adapted weights."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(1, 40), nn.ReLU(), nn.Linear(40, 40), nn.ReLU(), nn.Linear(40, 1))
meta = torch.optim.Adam(net.parameters(), lr=1e-3)
for _ in range(2):
    meta_loss = 0.0
    for _ in range(3):
        amplitude, phase = torch.rand(1) * 4.9 + 0.1, torch.rand(1) * torch.pi
        xs, xq = torch.rand(10, 1) * 10 - 5, torch.rand(10, 1) * 10 - 5
        ys, yq = (amplitude * torch.sin(x + phase) for x in (xs, xq))
        weights = dict(net.named_parameters())
        inner = F.mse_loss(functional_call(net, weights, xs), ys)
        grads = torch.autograd.grad(inner, weights.values(), create_graph=True)
        fast = {name: w - 0.01 * g for (name, w), g in zip(weights.items(), grads, strict=True)}
        meta_loss = meta_loss + F.mse_loss(functional_call(net, fast, xq), yq)
    meta.zero_grad()
    (meta_loss / 3).backward()
    meta.step()
