"""A mixture of softmaxes: probabilities are averaged before the logarithm, to break the softmax bottleneck."""

import torch
import torch.nn.functional as F
from torch import nn


class MoS(nn.Module):
    def __init__(self, dim, vocabulary, k=3):
        super().__init__()
        self.k = k
        self.prior = nn.Linear(dim, k, bias=False)
        self.latent = nn.Sequential(nn.Linear(dim, k * dim), nn.Tanh())
        self.decoder = nn.Linear(dim, vocabulary)

    def forward(self, h):
        prior = F.softmax(self.prior(h), dim=-1)
        logits = self.decoder(self.latent(h).view(len(h), self.k, -1))
        prob = (F.softmax(logits, dim=-1) * prior.unsqueeze(-1)).sum(1)
        return torch.log(prob + 1e-8)


torch.manual_seed(0)
embed, rnn, out = nn.Embedding(30, 16), nn.LSTM(16, 16, batch_first=True), MoS(16, 30)
optimizer = torch.optim.Adam([p for m in (embed, rnn, out) for p in m.parameters()], lr=1e-3)
for _ in range(2):
    text = torch.randint(0, 30, (4, 9))
    h, _ = rnn(embed(text[:, :-1]))
    loss = F.nll_loss(out(h.flatten(0, 1)), text[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
