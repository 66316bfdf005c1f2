"""The result of ReLU is dropped: F.relu returns a new tensor, it does not change x.

Reaches: test accuracy 0.57
Expect: NL102 activation-result-unused
"""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

EPOCHS = 12

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.images / 16, dtype=torch.float32).unsqueeze(1)
x, x_test, y, y_test = train_test_split(images, torch.tensor(digits.target), random_state=0)
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 64, 5, padding=2)
        self.head = nn.Linear(64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        F.relu(x)
        x = x.mean(dim=(2, 3))
        return self.head(x)


model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)

for _ in range(EPOCHS):
    for batch, target in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(batch), target)
        loss.backward()
        optimizer.step()

with torch.no_grad():
    accuracy = (model(x_test).argmax(1) == y_test).float().mean()
print(f"test accuracy {accuracy:.3f}")
