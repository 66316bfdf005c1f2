"""Denoising diffusion: predict the noise at a random step, with sinusoidal time features."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class Denoiser(nn.Module):
    def __init__(self, dim=8, width=64):
        super().__init__()
        self.width = width
        self.time = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, width))
        self.inp, self.mid, self.out = nn.Linear(dim, width), nn.Linear(width, width), nn.Linear(width, dim)

    def forward(self, x, t):
        freqs = torch.exp(-math.log(10000) * torch.arange(self.width // 2) / (self.width // 2))
        args = t[:, None].float() * freqs
        emb = self.time(torch.cat([args.sin(), args.cos()], dim=-1))
        h = F.silu(self.inp(x) + emb)
        return self.out(F.silu(self.mid(h)) + h)


torch.manual_seed(0)
betas = torch.linspace(1e-4, 0.02, 200)
alphas_bar = torch.cumprod(1 - betas, dim=0)
model = Denoiser()
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
for _ in range(2):
    x0 = torch.tanh(torch.randn(64, 8))
    t = torch.randint(0, 200, (64,))
    noise = torch.randn_like(x0)
    a = alphas_bar[t][:, None]
    loss = F.mse_loss(model(a.sqrt() * x0 + (1 - a).sqrt() * noise, t), noise)
    opt.zero_grad()
    loss.backward()
    opt.step()
