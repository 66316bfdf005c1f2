"""NALU: weights are a tanh times a sigmoid, multiplication runs in log space, a sigmoid gate mixes both."""

import torch
from torch import nn


class NALU(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.w, self.m = (nn.Parameter(torch.randn(outputs, inputs) * 0.5) for _ in range(2))
        self.g = nn.Parameter(torch.randn(outputs, inputs) * 0.5)

    def forward(self, x):
        weight = torch.tanh(self.w) * torch.sigmoid(self.m)
        added = x @ weight.T
        multiplied = torch.exp(torch.log(x.abs() + 1e-7) @ weight.T)
        gate = torch.sigmoid(x @ self.g.T)
        return gate * added + (1 - gate) * multiplied


torch.manual_seed(0)
model = nn.Sequential(NALU(4, 2), NALU(2, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(2):
    x = torch.rand(64, 4) + 0.5
    loss = nn.functional.mse_loss(model(x), (x[:, :1] + x[:, 1:2]) * x[:, 2:3])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
