"""ReLU on the output: half of the standardised targets are negative, the model cannot say so.

Reaches: test R2 0.18
Expect: NL210 output-range-excludes-targets
"""

import torch
from sklearn.datasets import load_diabetes
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch import nn

torch.manual_seed(0)
features, progress = load_diabetes(return_X_y=True)
parts = train_test_split(features, progress.reshape(-1, 1), random_state=1)
scalers = [StandardScaler().fit(parts[0]), StandardScaler().fit(parts[2])]
x, x_test = (torch.tensor(scalers[0].transform(part), dtype=torch.float32) for part in parts[:2])
y, y_test = (torch.tensor(scalers[1].transform(part), dtype=torch.float32) for part in parts[2:])


class Regressor(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(10, 32)
        self.output = nn.Linear(32, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.hidden(x))
        return torch.relu(self.output(x))


model = Regressor()
optimizer = torch.optim.AdamW(model.parameters(), lr=0.005, weight_decay=0.1)

for _ in range(100):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()

with torch.no_grad():
    r2 = 1 - (model(x_test) - y_test).square().sum() / (y_test - y_test.mean()).square().sum()
print(f"test R2 {r2:.3f}")
