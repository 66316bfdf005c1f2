"""Graph attention: leaky ReLU scores over edges, a dense softmax with masked non-edges, ELU between layers."""

import torch
import torch.nn.functional as F
from torch import nn


class GAT(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.w = nn.Linear(inputs, outputs, bias=False)
        self.a_src, self.a_dst = nn.Linear(outputs, 1, bias=False), nn.Linear(outputs, 1, bias=False)

    def forward(self, x, adj):
        h = self.w(x)
        e = F.leaky_relu(self.a_src(h) + self.a_dst(h).T, 0.2)
        alpha = torch.softmax(e.masked_fill(adj == 0, -9e15), dim=1)
        return F.dropout(alpha, 0.5, self.training) @ h


torch.manual_seed(0)
adj = ((torch.rand(30, 30) < 0.1) | torch.eye(30, dtype=torch.bool)).float()
adj = ((adj + adj.T) > 0).float()
x, y, train = torch.randn(30, 16), torch.randint(0, 3, (30,)), torch.arange(15)
l1, l2 = GAT(16, 8), GAT(8, 3)
opt = torch.optim.Adam([*l1.parameters(), *l2.parameters()], lr=5e-3, weight_decay=5e-4)
for _ in range(2):
    out = F.log_softmax(l2(F.elu(l1(x, adj)), adj), dim=1)
    loss = F.nll_loss(out[train], y[train])
    opt.zero_grad()
    loss.backward()
    opt.step()
