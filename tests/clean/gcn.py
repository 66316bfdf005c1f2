"""A two-layer GCN with a sparse normalised adjacency, and SGC: two hops without a nonlinearity by design."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
n = 40
edges = torch.randint(0, n, (2, 120))
loops = torch.arange(n).repeat(2, 1)
index = torch.cat([edges, edges.flip(0), loops], dim=1)
degree = torch.zeros(n).index_add_(0, index[0], torch.ones(index.shape[1]))
weight = degree[index[0]].rsqrt() * degree[index[1]].rsqrt()
adj = torch.sparse_coo_tensor(index, weight, (n, n)).coalesce()
x, y = torch.randn(n, 12), torch.randint(0, 4, (n,))

w1, w2, sgc = nn.Linear(12, 16), nn.Linear(16, 4), nn.Linear(12, 4)
opt = torch.optim.Adam([*w1.parameters(), *w2.parameters(), *sgc.parameters()], lr=0.01)
two_hops = torch.sparse.mm(adj, torch.sparse.mm(adj, x))
for _ in range(2):
    h = F.relu(torch.sparse.mm(adj, w1(x)))
    logits = torch.sparse.mm(adj, w2(F.dropout(h, 0.5)))
    loss = F.cross_entropy(logits, y) + F.cross_entropy(sgc(two_hops), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
