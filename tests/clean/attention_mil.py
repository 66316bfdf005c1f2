"""Gated attention for multiple-instance learning: softmax over the instances of a bag."""

import torch
import torch.nn.functional as F
from torch import nn


class GatedMIL(nn.Module):
    def __init__(self, inputs=16, dim=24):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(inputs, dim), nn.ReLU())
        self.v, self.u, self.w = nn.Linear(dim, 12), nn.Linear(dim, 12), nn.Linear(12, 1)
        self.classifier = nn.Linear(dim, 1)

    def forward(self, bag):
        h = self.features(bag)
        a = self.w(torch.tanh(self.v(h)) * torch.sigmoid(self.u(h)))
        a = F.softmax(a.transpose(1, 0), dim=1)
        return self.classifier(a @ h).squeeze(), a


torch.manual_seed(0)
model = GatedMIL()
optimizer = torch.optim.Adam(model.parameters(), lr=5e-4, betas=(0.9, 0.999), weight_decay=1e-3)
for label in (1.0, 0.0, 1.0):
    logit, _ = model(torch.randn(int(torch.randint(5, 15, ())), 16))
    loss = F.binary_cross_entropy_with_logits(logit, torch.tensor(label))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
