"""A small decoder with causal masks, tied embeddings and next-token prediction."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class Decoder(nn.Module):
    def __init__(self, vocabulary=40, dim=24, length=16):
        super().__init__()
        self.token = nn.Embedding(vocabulary, dim)
        self.place = nn.Parameter(torch.zeros(length, dim))
        self.norm1, self.norm2, self.last = (nn.LayerNorm(dim) for _ in range(3))
        self.qkv, self.out = nn.Linear(dim, 3 * dim, bias=False), nn.Linear(dim, dim)
        self.up, self.down = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim)
        self.head = nn.Linear(dim, vocabulary, bias=False)
        self.head.weight = self.token.weight
        self.register_buffer("mask", torch.tril(torch.ones(length, length)).bool())

    def forward(self, tokens):
        t = tokens.shape[1]
        x = self.token(tokens) + self.place[:t]
        q, k, v = self.qkv(self.norm1(x)).chunk(3, dim=-1)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(~self.mask[:t, :t], -math.inf)
        x = x + self.out(F.dropout(F.softmax(scores, dim=-1), 0.1, self.training) @ v)
        x = x + self.down(F.gelu(self.up(self.norm2(x))))
        return self.head(self.last(x))


torch.manual_seed(0)
model = Decoder()
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
for _ in range(2):
    batch = torch.randint(0, 40, (4, 17))
    logits = model(batch[:, :-1])
    loss = F.cross_entropy(logits.reshape(-1, 40), batch[:, 1:].reshape(-1))
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
