"""Additive attention over encoder states, teacher forcing, NLL with ignored padding."""

import torch
from torch import nn


class Seq2Seq(nn.Module):
    def __init__(self, vocabulary=25, dim=16):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim)
        self.encoder = nn.GRU(dim, dim, batch_first=True)
        self.cell = nn.GRUCell(2 * dim, dim)
        self.query, self.key, self.score = nn.Linear(dim, dim), nn.Linear(dim, dim), nn.Linear(dim, 1)
        self.out = nn.Linear(2 * dim, vocabulary)

    def forward(self, source, target):
        states, h = self.encoder(self.embed(source))
        h, pad = h[0], source == 0
        keys, logits = self.key(states), []
        for t in range(target.shape[1]):
            energy = self.score(torch.tanh(self.query(h)[:, None] + keys)).squeeze(-1)
            weights = energy.masked_fill(pad, -torch.inf).softmax(dim=-1)
            context = (weights[..., None] * states).sum(1)
            h = self.cell(torch.cat([self.embed(target[:, t]), context], -1), h)
            logits.append(self.out(torch.cat([h, context], -1)))
        return torch.stack(logits, dim=1).log_softmax(-1)


torch.manual_seed(0)
model, nll = Seq2Seq(), nn.NLLLoss(ignore_index=0)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    src, tgt = torch.randint(1, 25, (6, 8)), torch.randint(1, 25, (6, 7))
    src[:3, 6:] = 0
    log_probs = model(src, tgt[:, :-1])
    loss = nll(log_probs.flatten(0, 1), tgt[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
