"""A pointer-generator: a mix of the vocabulary's distribution with attention scattered onto source words."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
V, D = 40, 16
embed, encoder, decoder = nn.Embedding(V, D), nn.LSTM(D, D, batch_first=True), nn.LSTM(D, D, batch_first=True)
score, vocab, gate = nn.Linear(D, D, bias=False), nn.Linear(2 * D, V), nn.Linear(3 * D, 1)
params = [p for m in (embed, encoder, decoder, score, vocab, gate) for p in m.parameters()]
optimizer = torch.optim.Adagrad(params, lr=0.1)
for _ in range(2):
    source, target = torch.randint(1, V, (4, 12)), torch.randint(1, V, (4, 7))
    states, last = encoder(embed(source))
    inputs = embed(target[:, :-1])
    h, _ = decoder(inputs, last)
    attention = F.softmax(score(h) @ states.transpose(1, 2), dim=-1)
    context = attention @ states
    p_vocab = F.softmax(vocab(torch.cat([h, context], -1)), dim=-1)
    p_gen = torch.sigmoid(gate(torch.cat([h, context, inputs], -1)))
    index = source[:, None].expand(-1, h.shape[1], -1)
    final = (p_gen * p_vocab).scatter_add(2, index, (1 - p_gen) * attention)
    loss = F.nll_loss(torch.log(final + 1e-10).flatten(0, 1), target[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
