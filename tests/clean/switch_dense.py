"""A Switch layer, computed densely: the gate of the chosen expert scales its output and is not renormalised."""

import torch
import torch.nn.functional as F
from torch import nn


class Switch(nn.Module):
    def __init__(self, dim=16, experts=4):
        super().__init__()
        self.router = nn.Linear(dim, experts)
        self.up = nn.Parameter(torch.randn(experts, dim, 2 * dim) * dim**-0.5)
        self.down = nn.Parameter(torch.randn(experts, 2 * dim, dim) * (2 * dim) ** -0.5)

    def forward(self, x):
        gates = F.softmax(self.router(x), dim=-1)
        mask = F.one_hot(gates.argmax(-1), gates.shape[-1]).float()
        hidden = F.relu(torch.einsum("nd,edh->neh", x, self.up))
        outs = torch.einsum("neh,ehd->ned", hidden, self.down)
        y = torch.bmm((gates * mask).unsqueeze(1), outs).squeeze(1)
        return x + y, gates.shape[-1] * (mask.mean(0) * gates.mean(0)).sum()


torch.manual_seed(0)
embed, layer, head = nn.Linear(8, 16), Switch(), nn.Linear(16, 3)
optimizer = torch.optim.Adam([p for m in (embed, layer, head) for p in m.parameters()], lr=1e-3)
for _ in range(2):
    x, y = torch.randn(32, 8), torch.randint(0, 3, (32,))
    h, balance = layer(embed(x))
    loss = F.cross_entropy(head(h), y) + 0.01 * balance
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
