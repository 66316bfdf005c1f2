"""A linear-chain CRF over BiLSTM emissions: the forward algorithm in log space."""

import torch
from torch import nn


class CRF(nn.Module):
    def __init__(self, tags):
        super().__init__()
        self.start, self.end = nn.Parameter(torch.zeros(tags)), nn.Parameter(torch.zeros(tags))
        self.trans = nn.Parameter(torch.empty(tags, tags).uniform_(-0.1, 0.1))

    def forward(self, emissions, tags, mask):
        rows = torch.arange(len(tags))
        score = self.start[tags[:, 0]] + emissions[rows, 0, tags[:, 0]]
        alpha = self.start + emissions[:, 0]
        for t in range(1, tags.shape[1]):
            step = self.trans[tags[:, t - 1], tags[:, t]] + emissions[rows, t, tags[:, t]]
            score = score + step * mask[:, t]
            nxt = torch.logsumexp(alpha.unsqueeze(2) + self.trans + emissions[:, t].unsqueeze(1), dim=1)
            alpha = torch.where(mask[:, t, None].bool(), nxt, alpha)
        last = mask.sum(1).long() - 1
        score = score + self.end[tags[rows, last]]
        return (torch.logsumexp(alpha + self.end, dim=1) - score).mean()


torch.manual_seed(0)
embed, lstm, proj, crf = (
    nn.Embedding(60, 16),
    nn.LSTM(16, 12, batch_first=True, bidirectional=True),
    nn.Linear(24, 5),
    CRF(5),
)
params = [p for m in (embed, lstm, proj, crf) for p in m.parameters()]
opt = torch.optim.Adam(params, lr=1e-2)
mask = (torch.arange(9) < torch.tensor([[9], [7], [4], [9]])).float()
for _ in range(2):
    x, y = torch.randint(0, 60, (4, 9)), torch.randint(0, 5, (4, 9))
    loss = crf(proj(lstm(embed(x))[0]), y, mask)
    opt.zero_grad()
    loss.backward()
    opt.step()
