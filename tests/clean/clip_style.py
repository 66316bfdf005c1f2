"""CLIP: a symmetric cross entropy along both axes of one similarity matrix, with a learned temperature."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class TwoTowers(nn.Module):
    def __init__(self):
        super().__init__()
        self.image = nn.Sequential(nn.Linear(48, 64), nn.GELU(), nn.Linear(64, 24))
        self.text = nn.Sequential(nn.EmbeddingBag(100, 64), nn.Linear(64, 24))
        self.logit_scale = nn.Parameter(torch.tensor(np.log(1 / 0.07), dtype=torch.float32))

    def forward(self, image, text):
        a = F.normalize(self.image(image), dim=-1)
        b = F.normalize(self.text(text), dim=-1)
        logits = self.logit_scale.exp() * a @ b.T
        labels = torch.arange(len(image))
        return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2


torch.manual_seed(1)
model = TwoTowers()
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
for _ in range(2):
    loss = model(torch.randn(12, 48), torch.randint(0, 100, (12, 7)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        model.logit_scale.clamp_(max=np.log(100))
