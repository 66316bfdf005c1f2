"""A Koopman autoencoder: the dynamics between encoder and decoder are one linear map by design."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 12))
dynamics = nn.Linear(12, 12, bias=False)
decoder = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Linear(32, 3))
optimizer = torch.optim.Adam([p for m in (encoder, dynamics, decoder) for p in m.parameters()], lr=1e-3)
for _ in range(2):
    x = torch.randn(64, 3)
    following = torch.stack([x[:, 1], -torch.sin(x[:, 0]), 0.9 * x[:, 2]], dim=1)
    z = encoder(x)
    z_next = dynamics(z)
    loss = (
        F.mse_loss(decoder(z), x)
        + F.mse_loss(decoder(z_next), following)
        + F.mse_loss(z_next, encoder(following))
    )
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
