"""A recurrent state-space model: softplus scales, straight-through one-hot latents, KL balancing."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.distributions import Independent, OneHotCategoricalStraightThrough, kl_divergence

torch.manual_seed(0)
GROUPS, CLASSES, H = 4, 6, 24
cell = nn.GRUCell(GROUPS * CLASSES + 2, H)
prior, post = nn.Linear(H, GROUPS * CLASSES), nn.Linear(H + 10, GROUPS * CLASSES)
decode = nn.Sequential(nn.Linear(H + GROUPS * CLASSES, 32), nn.ELU(), nn.Linear(32, 10))
params = [p for m in (cell, prior, post, decode) for p in m.parameters()]
opt = torch.optim.Adam(params, lr=6e-4)


def latent(logits):
    return Independent(OneHotCategoricalStraightThrough(logits=logits.view(-1, GROUPS, CLASSES)), 1)


for _ in range(2):
    obs, act = torch.randn(5, 8, 10), torch.randn(5, 8, 2)
    h, z, loss = torch.zeros(8, H), torch.zeros(8, GROUPS * CLASSES), 0.0
    for o, a in zip(obs, act, strict=True):
        h = cell(torch.cat([z, a], 1), h)
        p_logits, q_logits = prior(h), post(torch.cat([h, o], 1))
        q = latent(q_logits)
        z = q.rsample().flatten(1)
        kl = 0.8 * kl_divergence(latent(q_logits.detach()), latent(p_logits)) + 0.2 * kl_divergence(
            q, latent(p_logits.detach())
        )
        loss = loss + F.mse_loss(decode(torch.cat([h, z], 1)), o) + kl.clamp(min=0.5).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
