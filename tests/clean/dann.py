"""Domain adaptation by gradient reversal: the features fool a domain classifier that learns meanwhile."""

import torch
import torch.nn.functional as F
from torch import nn


class Reverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, alpha):
        ctx.alpha = alpha
        return x.view_as(x)

    @staticmethod
    def backward(ctx, grad):
        return -ctx.alpha * grad, None


torch.manual_seed(0)
features = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
labels, domain = nn.Linear(32, 4), nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.SGD([p for m in (features, labels, domain) for p in m.parameters()], lr=0.01)
for _ in range(2):
    xs, ys, xt = torch.randn(32, 16), torch.randint(0, 4, (32,)), torch.randn(32, 16) + 0.5
    f = features(torch.cat([xs, xt]))
    where = domain(Reverse.apply(f, 0.3)).squeeze(1)
    truth = torch.cat([torch.zeros(32), torch.ones(32)])
    loss = F.cross_entropy(labels(f[:32]), ys) + F.binary_cross_entropy_with_logits(where, truth)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
