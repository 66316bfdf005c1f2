"""Kernel attention with elu + 1 features and a running normaliser (linear transformers)."""

import torch
import torch.nn.functional as F
from torch import nn


class LinearTransformerLayer(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(dim, dim) for _ in range(3))
        self.proj = nn.Linear(dim, dim)
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        q, k, v = F.elu(self.q(x)) + 1, F.elu(self.k(x)) + 1, self.v(x)
        kv = torch.einsum("bnd,bne->bde", k, v)
        z = 1 / (torch.einsum("bnd,bd->bn", q, k.sum(dim=1)) + 1e-6)
        attended = torch.einsum("bnd,bde,bn->bne", q, kv, z)
        return self.norm(x + self.proj(attended))


torch.manual_seed(3)
model = nn.Sequential(
    nn.Linear(6, 16), LinearTransformerLayer(16), LinearTransformerLayer(16), nn.Linear(16, 1)
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    x = torch.randn(8, 15, 6)
    loss = F.smooth_l1_loss(model(x), x.mean(dim=2, keepdim=True))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
