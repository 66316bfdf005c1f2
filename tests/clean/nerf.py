"""A tiny NeRF: positional encoding, ReLU or softplus density, sigmoid colour, alpha compositing along rays."""

import torch
import torch.nn.functional as F
from torch import nn


def encode(x, bands=4):
    scaled = x[..., None] * 2 ** torch.arange(bands) * torch.pi
    return torch.cat([x, scaled.sin().flatten(-2), scaled.cos().flatten(-2)], dim=-1)


class NeRF(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.l1, self.l2, self.l3 = (
            nn.Linear(27, width),
            nn.Linear(width, width),
            nn.Linear(width + 27, width),
        )
        self.sigma, self.rgb = nn.Linear(width, 1), nn.Linear(width, 3)

    def forward(self, points):
        x = encode(points)
        h = F.relu(self.l2(F.relu(self.l1(x))))
        h = F.relu(self.l3(torch.cat([h, x], dim=-1)))
        return F.softplus(self.sigma(h) - 1).squeeze(-1), torch.sigmoid(self.rgb(h))


torch.manual_seed(0)
model = NeRF()
optimizer = torch.optim.Adam(model.parameters(), lr=5e-4)
for _ in range(2):
    origins, directions = torch.randn(32, 1, 3), F.normalize(torch.randn(32, 1, 3), dim=-1)
    z = torch.linspace(1, 4, 16)
    sigma, rgb = model(origins + directions * z[:, None])
    alpha = 1 - torch.exp(-sigma * 0.2)
    passing = torch.cumprod(torch.cat([torch.ones(32, 1), 1 - alpha + 1e-10], dim=1), dim=1)[:, :-1]
    weights = alpha * passing
    colour = (weights[..., None] * rgb).sum(1) + (1 - weights.sum(1, keepdim=True))
    loss = F.mse_loss(colour, torch.rand(32, 3))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
