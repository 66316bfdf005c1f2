"""Direct preference optimisation against a frozen reference: differences of summed token log-probabilities."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


class LM(nn.Module):
    def __init__(self, vocabulary=32, dim=24):
        super().__init__()
        self.embed, self.rnn, self.head = (
            nn.Embedding(vocabulary, dim),
            nn.GRU(dim, dim, batch_first=True),
            nn.Linear(dim, vocabulary),
        )

    def forward(self, tokens):
        return self.head(self.rnn(self.embed(tokens))[0])


def log_prob(model, tokens, mask):
    logits = model(tokens[:, :-1])
    per_token = logits.log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return (per_token * mask).sum(1)


torch.manual_seed(0)
policy = LM()
reference = copy.deepcopy(policy).eval().requires_grad_(False)
optimizer = torch.optim.RMSprop(policy.parameters(), lr=1e-4)
for _ in range(2):
    chosen, rejected, mask = torch.randint(0, 32, (6, 10)), torch.randint(0, 32, (6, 10)), torch.ones(6, 9)
    mask[:, :4] = 0
    with torch.no_grad():
        ref = log_prob(reference, chosen, mask) - log_prob(reference, rejected, mask)
    margin = log_prob(policy, chosen, mask) - log_prob(policy, rejected, mask) - ref
    loss = -F.logsigmoid(0.1 * margin).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
