"""A convolutional beta-VAE with a sigmoid output, BCELoss on pixels in [0, 1] and a clamped log-variance."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(
    nn.Conv2d(1, 8, 4, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(8, 16, 4, 2, 1), nn.LeakyReLU(0.2), nn.Flatten(),
    nn.Linear(16 * 16, 2 * 5),
)  # fmt: skip
decoder = nn.Sequential(
    nn.Linear(5, 16 * 16), nn.LeakyReLU(0.2), nn.Unflatten(1, (16, 4, 4)),
    nn.ConvTranspose2d(16, 8, 4, 2, 1), nn.LeakyReLU(0.2), nn.ConvTranspose2d(8, 1, 4, 2, 1), nn.Sigmoid(),
)  # fmt: skip
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
for _ in range(2):
    x = torch.rand(16, 1, 16, 16)
    mean, log_var = encoder(x).chunk(2, dim=1)
    log_var = log_var.clamp(-8, 8)
    posterior = torch.distributions.Normal(mean, (0.5 * log_var).exp())
    recon = decoder(posterior.rsample())
    kl = torch.distributions.kl_divergence(posterior, torch.distributions.Normal(0.0, 1.0)).sum(1).mean()
    loss = F.binary_cross_entropy(recon, x, reduction="sum") / len(x) + 4 * kl
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
