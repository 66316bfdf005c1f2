"""Attention is normalised over the batch instead of the rows: the digits of a batch compete.

Reaches: test accuracy 0.08
Expect: NL301 softmax-wrong-dim
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
rows = torch.tensor(digits.images / 16, dtype=torch.float32)
x, x_test, y, y_test = train_test_split(rows, torch.tensor(digits.target), random_state=0)
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)


class Reader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(8, 48, batch_first=True)
        self.score = nn.Linear(48, 1)
        self.head = nn.Linear(48, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        states, _ = self.gru(x)
        weights = F.softmax(self.score(states), dim=0)
        return self.head((weights * states).sum(dim=1))


model = Reader()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for _ in range(EPOCHS):
    for batch, target in loader:
        optimizer.zero_grad()
        loss = criterion(model(batch), target)
        loss.backward()
        optimizer.step()

with torch.no_grad():
    accuracy = (model(x_test).argmax(1) == y_test).float().mean()
print(f"test accuracy {accuracy:.3f}")
