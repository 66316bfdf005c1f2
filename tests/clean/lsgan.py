"""LSGAN and a PatchGAN critic: squared errors to 0 and 1 on unbounded scores."""

import torch
from torch import nn

torch.manual_seed(0)
G = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1),
    nn.InstanceNorm2d(16),
    nn.ReLU(True),
    nn.Conv2d(16, 3, 3, padding=1),
    nn.Tanh(),
)
D = nn.Sequential(nn.Conv2d(3, 16, 4, 2, 1), nn.LeakyReLU(0.2, True), nn.Conv2d(16, 1, 4, 1, 1))
opt_g, opt_d = (torch.optim.Adam(m.parameters(), lr=2e-4, betas=(0.5, 0.999)) for m in (G, D))
mse, l1 = nn.MSELoss(), nn.L1Loss()
for _ in range(2):
    a, b = (torch.rand(4, 3, 16, 16) * 2 - 1 for _ in range(2))
    fake = G(a)
    score = D(fake)
    loss_g = mse(score, torch.ones_like(score)) + 10 * l1(fake, b)
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
    on_real, on_fake = D(b), D(fake.detach())
    loss_d = (mse(on_real, torch.ones_like(on_real)) + mse(on_fake, torch.zeros_like(on_fake))) / 2
    opt_d.zero_grad()
    loss_d.backward()
    opt_d.step()
