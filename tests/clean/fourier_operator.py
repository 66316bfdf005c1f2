"""A Fourier neural operator: complex weights on the low modes, a pointwise path beside them."""

import torch
import torch.nn.functional as F
from torch import nn


class Spectral(nn.Module):
    def __init__(self, c=8, modes=6):
        super().__init__()
        self.modes = modes
        self.weight = nn.Parameter(torch.rand(c, c, modes, dtype=torch.cfloat) / c)
        self.local = nn.Conv1d(c, c, 1)

    def forward(self, x):
        spectrum = torch.fft.rfft(x)
        low = torch.einsum("bim,iom->bom", spectrum[..., : self.modes], self.weight)
        out = torch.zeros_like(spectrum)
        out[..., : self.modes] = low
        return torch.fft.irfft(out, n=x.shape[-1]) + self.local(x)


torch.manual_seed(0)
lift, layers, project = nn.Conv1d(2, 8, 1), nn.ModuleList(Spectral() for _ in range(3)), nn.Conv1d(8, 1, 1)
optimizer = torch.optim.Adam([p for m in (lift, layers, project) for p in m.parameters()], lr=1e-3)
for _ in range(2):
    grid = torch.linspace(0, 1, 32).expand(6, 1, 32)
    a = torch.sin(2 * torch.pi * grid * torch.randint(1, 4, (6, 1, 1)))
    h = lift(torch.cat([a, grid], dim=1))
    for layer in layers:
        h = F.gelu(layer(h))
    loss = F.mse_loss(project(h), a.roll(3, -1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
