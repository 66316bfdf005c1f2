"""Sparse autoencoders: KL of mean activations to a target rate, and a top-k variant with tied weights."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
enc, dec = nn.Linear(36, 48), nn.Linear(48, 36)
top = nn.Parameter(torch.randn(64, 36) * 36**-0.5)
optimizer = torch.optim.Adam([*enc.parameters(), *dec.parameters(), top], lr=1e-3)
rho = 0.05
for _ in range(2):
    x = torch.rand(64, 36)
    h = torch.sigmoid(enc(x))
    rho_hat = h.mean(dim=0)
    kl = (rho * torch.log(rho / rho_hat) + (1 - rho) * torch.log((1 - rho) / (1 - rho_hat))).sum()
    code = x @ top.T
    values, index = code.topk(8, dim=1)
    sparse = torch.zeros_like(code).scatter(1, index, F.relu(values))
    loss = F.mse_loss(dec(h), x) + 1e-3 * kl + F.mse_loss(sparse @ top, x)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
