"""Center loss beside softmax cross entropy: squared distances of features to learned class centres."""

import torch
from torch import nn


class CenterLoss(nn.Module):
    def __init__(self, classes, dim):
        super().__init__()
        self.centers = nn.Parameter(torch.randn(classes, dim))

    def forward(self, features, labels):
        return (features - self.centers[labels]).pow(2).sum(dim=1).clamp(min=1e-12, max=1e12).mean()


torch.manual_seed(0)
features = nn.Sequential(nn.Linear(30, 64), nn.PReLU(), nn.Linear(64, 2), nn.PReLU())
classifier, center = nn.Linear(2, 10), CenterLoss(10, 2)
opt = torch.optim.SGD([*features.parameters(), *classifier.parameters()], lr=0.01, momentum=0.9)
center_opt = torch.optim.SGD(center.parameters(), lr=0.5)
xent = nn.CrossEntropyLoss()
for _ in range(2):
    x, y = torch.randn(64, 30), torch.randint(0, 10, (64,))
    f = features(x)
    loss = xent(classifier(f), y) + 0.003 * center(f, y)
    opt.zero_grad()
    center_opt.zero_grad()
    loss.backward()
    opt.step()
    center_opt.step()
