"""Slot attention: the softmax runs over the slots (the queries) by design, then weights are renormalised."""

import torch
from torch import nn


class SlotAttention(nn.Module):
    def __init__(self, slots=4, dim=16, iters=3):
        super().__init__()
        self.slots, self.iters, self.scale = slots, iters, dim**-0.5
        self.mu, self.log_sigma = nn.Parameter(torch.randn(1, 1, dim)), nn.Parameter(torch.zeros(1, 1, dim))
        self.to_q, self.to_k, self.to_v = (nn.Linear(dim, dim, bias=False) for _ in range(3))
        self.gru = nn.GRUCell(dim, dim)
        self.norm_in, self.norm_slots, self.norm_mlp = (nn.LayerNorm(dim) for _ in range(3))
        self.mlp = nn.Sequential(nn.Linear(dim, 32), nn.ReLU(inplace=True), nn.Linear(32, dim))

    def forward(self, inputs):
        b, _, d = inputs.shape
        slots = self.mu + self.log_sigma.exp() * torch.randn(b, self.slots, d)
        inputs = self.norm_in(inputs)
        k, v = self.to_k(inputs), self.to_v(inputs)
        for _ in range(self.iters):
            q = self.to_q(self.norm_slots(slots))
            attn = (torch.einsum("bid,bjd->bij", q, k) * self.scale).softmax(dim=1) + 1e-8
            attn = attn / attn.sum(dim=-1, keepdim=True)
            updates = torch.einsum("bjd,bij->bid", v, attn)
            prev = slots
            slots = self.gru(updates.reshape(-1, d), prev.reshape(-1, d)).view(b, -1, d)
            slots = slots + self.mlp(self.norm_mlp(slots))
        return slots


torch.manual_seed(0)
encoder, slot, decoder = nn.Linear(6, 16), SlotAttention(), nn.Linear(16, 6)
opt = torch.optim.Adam([p for m in (encoder, slot, decoder) for p in m.parameters()], lr=4e-4)
for _ in range(2):
    x = torch.randn(4, 20, 6)
    loss = nn.functional.mse_loss(decoder(slot(encoder(x))).mean(1), x.mean(1))
    opt.zero_grad()
    loss.backward()
    opt.step()
