"""SimSiam: a stop-gradient on one branch, negative cosine similarity, batch norm without affine at the end."""

import torch
import torch.nn.functional as F
from torch import nn


class SimSiam(nn.Module):
    def __init__(self, dim=32, pred=8):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(20, dim, bias=False), nn.BatchNorm1d(dim), nn.ReLU(inplace=True),
            nn.Linear(dim, dim, bias=False), nn.BatchNorm1d(dim), nn.ReLU(inplace=True),
            nn.Linear(dim, dim, bias=False), nn.BatchNorm1d(dim, affine=False),
        )  # fmt: skip
        self.predictor = nn.Sequential(
            nn.Linear(dim, pred, bias=False),
            nn.BatchNorm1d(pred),
            nn.ReLU(inplace=True),
            nn.Linear(pred, dim),
        )

    def forward(self, x1, x2):
        z1, z2 = self.encoder(x1), self.encoder(x2)
        return self.predictor(z1), self.predictor(z2), z1.detach(), z2.detach()


torch.manual_seed(0)
model, similarity = SimSiam(), nn.CosineSimilarity(dim=1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
for _ in range(2):
    x = torch.randn(64, 20)
    p1, p2, z1, z2 = model(x + 0.1 * torch.randn_like(x), F.dropout(x, 0.2))
    loss = -(similarity(p1, z2).mean() + similarity(p2, z1).mean()) * 0.5
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
