"""Adversarial debiasing: the encoder maximises the loss of a classifier of the protected attribute."""

import torch
from torch import nn

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
task, adversary = nn.Linear(16, 1), nn.Sequential(nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1))
main_opt = torch.optim.Adam([*encoder.parameters(), *task.parameters()], lr=1e-3)
adv_opt = torch.optim.Adam(adversary.parameters(), lr=1e-3)
bce = nn.BCEWithLogitsLoss()
for _ in range(2):
    x, y, a = torch.randn(64, 12), torch.randint(0, 2, (64, 1)).float(), torch.randint(0, 2, (64, 1)).float()
    adv_loss = bce(adversary(encoder(x).detach()), a)
    adv_opt.zero_grad()
    adv_loss.backward()
    adv_opt.step()
    h = encoder(x)
    loss = bce(task(h), y) - 0.5 * bce(adversary(h), a)
    main_opt.zero_grad()
    loss.backward()
    main_opt.step()
