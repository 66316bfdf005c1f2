"""A Weibull time-to-event head: exp and softplus give the scale and the shape, censored likelihood."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
rnn, head = nn.GRU(5, 16, batch_first=True), nn.Linear(16, 2)
optimizer = torch.optim.Adam([*rnn.parameters(), *head.parameters()], lr=1e-3)
for _ in range(2):
    x, t, u = torch.randn(32, 20, 5), torch.rand(32) * 20 + 0.5, (torch.rand(32) < 0.7).float()
    raw = head(rnn(x)[1][-1])
    alpha, beta = torch.exp(raw[:, 0].clamp(max=6)), F.softplus(raw[:, 1]) + 1e-3
    ya = (t + 1e-6) / alpha
    log_likelihood = u * (torch.log(beta) + beta * torch.log(ya)) - ya**beta
    loss = -log_likelihood.mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
