"""Deep Cox regression: the negative partial log-likelihood by a cumulative logsumexp over risk sets."""

import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(8, 32), nn.SELU(), nn.AlphaDropout(0.1), nn.Linear(32, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-4)
x, time = torch.randn(80, 8), torch.rand(80) * 10
event = (torch.rand(80) < 0.6).float()
order = time.argsort(descending=True)
x, event = x[order], event[order]
for _ in range(2):
    risk = net(x).squeeze(1)
    log_risk_set = torch.logcumsumexp(risk, dim=0)
    loss = -((risk - log_risk_set) * event).sum() / event.sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
