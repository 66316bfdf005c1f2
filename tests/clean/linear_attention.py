"""Efficient attention: softmax over features for queries, over positions for keys, no pairwise scores."""

import torch
from torch import nn


class EfficientAttention(nn.Module):
    def __init__(self, dim, heads=2):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        q, k = q.softmax(dim=-1), k.softmax(dim=-2)
        context = k.transpose(-2, -1) @ v
        return self.out((q @ context).transpose(1, 2).reshape(b, n, d))


torch.manual_seed(0)
embed, attn, head = nn.Embedding(50, 16), EfficientAttention(16), nn.Linear(16, 50)
params = [*embed.parameters(), *attn.parameters(), *head.parameters()]
optimizer = torch.optim.Adam(params, lr=1e-3)
for _ in range(2):
    tokens = torch.randint(0, 50, (4, 12))
    h = embed(tokens)
    logits = head(h + attn(h))
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
