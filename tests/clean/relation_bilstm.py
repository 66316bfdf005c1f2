"""Attention over a bidirectional LSTM as Zhou et al. wrote it: tanh of the states scores them, tanh ends it."""

import torch
import torch.nn.functional as F
from torch import nn


class AttBLSTM(nn.Module):
    def __init__(self, vocabulary=50, dim=16, classes=4):
        super().__init__()
        self.dim = dim
        self.embed = nn.Embedding(vocabulary, dim)
        self.lstm = nn.LSTM(dim, dim, batch_first=True, bidirectional=True)
        self.w = nn.Parameter(torch.randn(dim))
        self.out = nn.Linear(dim, classes)

    def forward(self, tokens):
        h, _ = self.lstm(F.dropout(self.embed(tokens), 0.3, self.training))
        h = h[..., : self.dim] + h[..., self.dim :]
        alpha = F.softmax(torch.tanh(h) @ self.w, dim=1)
        r = (h * alpha.unsqueeze(-1)).sum(1)
        return self.out(F.dropout(torch.tanh(r), 0.5, self.training))


torch.manual_seed(0)
model = AttBLSTM()
optimizer = torch.optim.Adadelta(model.parameters())
for _ in range(2):
    loss = F.cross_entropy(model(torch.randint(0, 50, (8, 11))), torch.randint(0, 4, (8,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
