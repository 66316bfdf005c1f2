"""A masked sequence loss: padded positions are multiplied away after an unreduced cross entropy."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
vocabulary, pad = 30, 0
embed, rnn = nn.Embedding(vocabulary, 24, padding_idx=pad), nn.LSTM(24, 32, batch_first=True)
out = nn.Linear(32, vocabulary)
opt = torch.optim.Adam([*embed.parameters(), *rnn.parameters(), *out.parameters()], lr=1e-3)
for _ in range(2):
    seq = torch.randint(1, vocabulary, (8, 13))
    lengths = torch.randint(4, 14, (8,))
    seq = seq.masked_fill(torch.arange(13) >= lengths[:, None], pad)
    x, y = seq[:, :-1], seq[:, 1:]
    logits = out(rnn(embed(x))[0])
    mask = (y != pad).float()
    per_token = F.cross_entropy(logits.permute(0, 2, 1), y, reduction="none")
    loss = (per_token * mask).sum() / mask.sum()
    opt.zero_grad()
    loss.backward()
    opt.step()
