"""Double DQN with a dueling head and a Huber loss on the chosen action's value."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


class Dueling(nn.Module):
    def __init__(self, obs, actions):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(obs, 64), nn.ReLU())
        self.value, self.advantage = nn.Linear(64, 1), nn.Linear(64, actions)

    def forward(self, x):
        h = self.features(x)
        a = self.advantage(h)
        return self.value(h) + a - a.mean(dim=1, keepdim=True)


torch.manual_seed(0)
net = Dueling(5, 4)
target = copy.deepcopy(net)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-4)
for _ in range(2):
    s, a, r, s2 = torch.randn(32, 5), torch.randint(0, 4, (32, 1)), torch.randn(32), torch.randn(32, 5)
    done = (torch.rand(32) < 0.1).float()
    q = net(s).gather(1, a).squeeze(1)
    with torch.no_grad():
        best = net(s2).argmax(1, keepdim=True)
        expected = r + 0.99 * (1 - done) * target(s2).gather(1, best).squeeze(1)
    loss = F.smooth_l1_loss(q, expected)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    for p, tp in zip(net.parameters(), target.parameters(), strict=True):
        tp.data.lerp_(p.data, 0.005)
