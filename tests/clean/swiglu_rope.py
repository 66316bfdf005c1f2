"""A LLaMA-style block: RMSNorm, rotary positions, SwiGLU, a z-loss on the logits."""

import torch
import torch.nn.functional as F
from torch import nn


def rotate(x):
    t, d = x.shape[-2:]
    angle = torch.arange(t)[:, None] / 10000 ** (torch.arange(0, d, 2) / d)
    a, b = x[..., ::2], x[..., 1::2]
    return torch.stack([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], -1).flatten(-2)


class Block(nn.Module):
    def __init__(self, dim=32, heads=4, hidden=64):
        super().__init__()
        self.heads = heads
        self.n1, self.n2 = nn.RMSNorm(dim), nn.RMSNorm(dim)
        self.qkv, self.o = nn.Linear(dim, 3 * dim, bias=False), nn.Linear(dim, dim, bias=False)
        self.gate, self.up = (nn.Linear(dim, hidden, bias=False) for _ in range(2))
        self.down = nn.Linear(hidden, dim, bias=False)

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = self.qkv(self.n1(x)).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(rotate(q), rotate(k), v, is_causal=True)
        x = x + self.o(y.transpose(1, 2).reshape(b, t, d))
        h = self.n2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


torch.manual_seed(0)
model = nn.Sequential(nn.Embedding(48, 32), Block(), Block(), nn.RMSNorm(32), nn.Linear(32, 48, bias=False))
opt = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95))
for _ in range(2):
    text = torch.randint(0, 48, (4, 13))
    logits = model(text[:, :-1])
    z = torch.logsumexp(logits, dim=-1)
    loss = F.cross_entropy(logits.flatten(0, 1), text[:, 1:].flatten()) + 1e-4 * (z**2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
