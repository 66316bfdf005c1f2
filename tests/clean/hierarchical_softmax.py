"""A two-level softmax: log p(cluster) plus log p(word | cluster), each normalised over its own axis."""

import torch
import torch.nn.functional as F
from torch import nn


class TwoLevel(nn.Module):
    def __init__(self, dim, clusters, words):
        super().__init__()
        self.words = words
        self.top = nn.Linear(dim, clusters)
        self.bottom = nn.Linear(dim, clusters * words)

    def forward(self, h, target):
        cluster, word = target // self.words, target % self.words
        top = F.log_softmax(self.top(h), dim=-1)
        bottom = F.log_softmax(self.bottom(h).view(len(h), -1, self.words), dim=-1)
        rows = torch.arange(len(h))
        return -(top[rows, cluster] + bottom[rows, cluster, word]).mean()


torch.manual_seed(0)
embed, rnn, out = nn.Embedding(64, 16), nn.GRU(16, 16, batch_first=True), TwoLevel(16, 8, 8)
opt = torch.optim.Adam([*embed.parameters(), *rnn.parameters(), *out.parameters()])
for _ in range(2):
    text = torch.randint(0, 64, (6, 11))
    h, _ = rnn(embed(text[:, :-1]))
    loss = out(h.reshape(-1, 16), text[:, 1:].reshape(-1))
    opt.zero_grad()
    loss.backward()
    opt.step()
