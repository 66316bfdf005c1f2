"""VQ-VAE: nearest code by argmin, straight-through estimator, codebook and commitment losses."""

import torch
import torch.nn.functional as F
from torch import nn


class Quantizer(nn.Module):
    def __init__(self, codes=32, dim=8):
        super().__init__()
        self.codebook = nn.Embedding(codes, dim)
        nn.init.uniform_(self.codebook.weight, -1 / codes, 1 / codes)

    def forward(self, z):
        distances = torch.cdist(z, self.codebook.weight)
        index = distances.argmin(dim=1)
        q = self.codebook(index)
        loss = F.mse_loss(q, z.detach()) + 0.25 * F.mse_loss(z, q.detach())
        return z + (q - z).detach(), loss


torch.manual_seed(0)
enc = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 8))
dec = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 20))
vq = Quantizer()
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters(), *vq.parameters()], lr=2e-4)
for _ in range(2):
    x = torch.randn(64, 20)
    z, vq_loss = vq(enc(x))
    loss = F.mse_loss(dec(z), x) + vq_loss
    opt.zero_grad()
    loss.backward()
    opt.step()
