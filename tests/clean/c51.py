"""Distributional DQN (C51): a softmax over atoms, projected target, cross entropy with clamped logs."""

import torch
from torch import nn

torch.manual_seed(0)
ACTIONS, ATOMS = 3, 21
support = torch.linspace(-10, 10, ATOMS)
delta = 1.0


class C51(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 64), nn.ReLU(), nn.Linear(64, ACTIONS * ATOMS))

    def forward(self, x):
        return torch.softmax(self.net(x).view(-1, ACTIONS, ATOMS), dim=2)


online, target = C51(), C51()
target.load_state_dict(online.state_dict())
optimizer = torch.optim.Adam(online.parameters(), lr=1e-3)
for _ in range(2):
    s, a, r, s2 = torch.randn(32, 4), torch.randint(0, ACTIONS, (32,)), torch.randn(32, 1), torch.randn(32, 4)
    with torch.no_grad():
        nxt = target(s2)
        best = (nxt * support).sum(2).argmax(1)
        tz = (r + 0.99 * support).clamp(-10, 10)
        b = (tz + 10) / delta
        low, up = b.floor().long(), b.ceil().long()
        m = torch.zeros(32, ATOMS)
        p = nxt[torch.arange(32), best]
        m.scatter_add_(1, low, p * (up.float() + (low == up).float() - b))
        m.scatter_add_(1, up, p * (b - low.float()))
    chosen = online(s)[torch.arange(32), a]
    loss = -(m * chosen.clamp(1e-5, 1 - 1e-5).log()).sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
