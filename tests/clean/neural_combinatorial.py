"""A pointer network for tours: scores are clipped by 10 tanh, visited cities are masked, REINFORCE trains it."""

import torch
from torch import nn

torch.manual_seed(0)
D, N = 16, 7
embed, encoder, cell = nn.Linear(2, D), nn.LSTM(D, D, batch_first=True), nn.LSTMCell(D, D)
wq, wk, v = nn.Linear(D, D), nn.Linear(D, D), nn.Linear(D, 1, bias=False)
start = nn.Parameter(torch.randn(D))
params = [p for m in (embed, encoder, cell, wq, wk, v) for p in m.parameters()] + [start]
optimizer = torch.optim.Adam(params, lr=1e-3)
for _ in range(2):
    cities = torch.rand(12, N, 2)
    states, (h, c) = encoder(embed(cities))
    h, c, keys = h[0], c[0], wk(states)
    visited, given, log_prob, tour = torch.zeros(12, N, dtype=torch.bool), start.expand(12, D), 0.0, []
    for _ in range(N):
        h, c = cell(given, (h, c))
        u = 10 * torch.tanh(v(torch.tanh(wq(h)[:, None] + keys)).squeeze(-1))
        dist = torch.distributions.Categorical(logits=u.masked_fill(visited, -torch.inf))
        choice = dist.sample()
        log_prob = log_prob + dist.log_prob(choice)
        visited = visited.scatter(1, choice[:, None], True)
        given = states[torch.arange(12), choice]
        tour.append(cities[torch.arange(12), choice])
    path = torch.stack(tour, dim=1)
    length = (path - path.roll(1, dims=1)).norm(dim=-1).sum(1)
    loss = ((length - length.mean()) * log_prob).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
