"""Soft mixture of experts: one matrix of scores, softmaxed over tokens to dispatch and over slots to combine."""

import torch
from torch import nn


class SoftMoE(nn.Module):
    def __init__(self, dim, experts, slots):
        super().__init__()
        self.phi = nn.Parameter(torch.randn(dim, experts * slots) * dim**-0.5)
        self.experts = nn.ModuleList(
            nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim)) for _ in range(experts)
        )
        self.slots = slots

    def forward(self, x):
        logits = x @ self.phi
        dispatch = logits.softmax(dim=1)
        combine = logits.softmax(dim=2)
        slots = dispatch.transpose(1, 2) @ x
        groups = slots.split(self.slots, dim=1)
        outputs = torch.cat([expert(g) for expert, g in zip(self.experts, groups, strict=True)], dim=1)
        return combine @ outputs


torch.manual_seed(0)
layer, norm, head = SoftMoE(16, 3, 2), nn.LayerNorm(16), nn.Linear(16, 4)
params = [*layer.parameters(), *norm.parameters(), *head.parameters()]
optimizer = torch.optim.AdamW(params, lr=1e-3)
criterion = nn.CrossEntropyLoss()
for _ in range(2):
    tokens, y = torch.randn(8, 10, 16), torch.randint(0, 4, (8,))
    loss = criterion(head((tokens + layer(norm(tokens))).mean(1)), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
