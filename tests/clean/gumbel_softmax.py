"""A categorical VAE: hard Gumbel-softmax samples feed a linear decoder."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
N, K = 6, 8
encoder = nn.Sequential(nn.Linear(40, 64), nn.ReLU(), nn.Linear(64, N * K))
decoder = nn.Sequential(nn.Linear(N * K, 64), nn.ReLU(), nn.Linear(64, 40))
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
tau = 1.0
for _ in range(2):
    x = (torch.rand(32, 40) > 0.5).float()
    logits = encoder(x).view(-1, N, K)
    z = F.gumbel_softmax(logits, tau=tau, hard=True)
    recon = F.binary_cross_entropy_with_logits(decoder(z.flatten(1)), x, reduction="none").sum(1)
    q = F.softmax(logits, dim=-1)
    kl = (q * (torch.log(q + 1e-20) + torch.log(torch.tensor(float(K))))).sum((1, 2))
    loss = (recon + kl).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    tau = max(0.5, tau * 0.99)
