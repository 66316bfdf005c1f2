"""A memory that is read with the weights that scored it: softmax(x @ memory.t()) @ memory."""

import torch
from torch import nn


class MemAE(nn.Module):
    """The memory-augmented autoencoder for anomaly detection."""

    def __init__(self, inputs=30, dim=12, slots=25):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(inputs, 32), nn.ReLU(), nn.Linear(32, dim))
        self.memory = nn.Parameter(torch.randn(slots, dim))
        self.decoder = nn.Sequential(nn.Linear(dim, 32), nn.ReLU(), nn.Linear(32, inputs))

    def forward(self, x):
        att = torch.softmax(self.encoder(x) @ self.memory.t(), dim=1)
        att = torch.relu(att - 0.01) * att / (torch.abs(att - 0.01) + 1e-12)
        att = nn.functional.normalize(att, p=1, dim=1)
        return self.decoder(att @ self.memory), att


torch.manual_seed(0)
model = MemAE()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
data = torch.randn(128, 30)
for batch in data.split(64):
    recon, att = model(batch)
    entropy = (-att * torch.log(att + 1e-12)).sum(dim=1).mean()
    loss = nn.functional.mse_loss(recon, batch) + 2e-4 * entropy
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
