"""An autoencoder on standardised digits: the code and the reconstruction are linear, any number can occur.

Reaches: explained variance 0.76
"""

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.utils.data import DataLoader

EPOCHS = 20

torch.manual_seed(0)
train, test = train_test_split(load_digits().data, random_state=0)
scaler = StandardScaler().fit(train)
x, x_test = (torch.tensor(scaler.transform(part), dtype=torch.float32) for part in (train, test))
loader = DataLoader(x, batch_size=32, shuffle=True)


class Autoencoder(nn.Module):
    def __init__(self, pixels: int = 64, hidden: int = 64, code: int = 12) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(pixels, hidden),
            nn.ReLU(),
            nn.Linear(hidden, code),
        )
        self.decoder = nn.Sequential(
            nn.Linear(code, hidden),
            nn.ReLU(),
            nn.Linear(hidden, pixels),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.decoder(self.encoder(x))


model = Autoencoder()
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)

for _ in range(EPOCHS):
    for batch in loader:
        optimizer.zero_grad()
        loss = criterion(model(batch), batch)
        loss.backward()
        optimizer.step()

with torch.no_grad():
    explained = 1 - criterion(model(x_test), x_test) / x_test.var()
print(f"explained variance {explained:.3f}")
