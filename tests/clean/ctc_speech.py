"""CTC on a convolutional and recurrent acoustic model: log-probabilities as (time, batch, symbols)."""

import torch
import torch.nn.functional as F
from torch import nn


class Acoustic(nn.Module):
    def __init__(self, mels=20, symbols=12):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv1d(mels, 32, 3, padding=1), nn.BatchNorm1d(32), nn.ReLU())
        self.rnn = nn.GRU(32, 24, batch_first=True, bidirectional=True)
        self.head = nn.Linear(48, symbols)

    def forward(self, x):
        h, _ = self.rnn(self.conv(x).transpose(1, 2))
        return F.log_softmax(self.head(h), dim=2).transpose(0, 1)


torch.manual_seed(0)
model, ctc = Acoustic(), nn.CTCLoss(blank=0, zero_infinity=True)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for _ in range(2):
    log_probs = model(torch.randn(4, 20, 50))
    targets, lengths = torch.randint(1, 12, (4, 10)), torch.tensor([10, 8, 9, 5])
    loss = ctc(log_probs, targets, torch.full((4,), 50), lengths)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
