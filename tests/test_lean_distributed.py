"""Lean under DistributedDataParallel and FSDP2: two processes over gloo, the same bits as without it."""

from __future__ import annotations

import copy
from contextlib import nullcontext
from datetime import timedelta

import pytest
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.distributed.fsdp import fully_shard
from torch.nn.parallel import DistributedDataParallel

import nonlin


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(16), nn.Linear(16, 32), nn.GELU(), nn.Linear(32, 16)) for _ in range(3)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block in self.blocks:
            x = x + block(x)
        return x


def gradients(model: nn.Module, x: torch.Tensor, context) -> list[torch.Tensor]:
    for _ in range(2):
        with context():
            loss = model(x).square().mean()
        loss.backward()
    grads = [p.grad for p in model.parameters()]
    return [g.full_tensor() if hasattr(g, "full_tensor") else g for g in grads]


def worker(rank: int, store: str, kind: str) -> None:
    limit = timedelta(seconds=120)  # a hang is an error, not a test that never ends
    dist.init_process_group("gloo", init_method=f"file://{store}", rank=rank, world_size=2, timeout=limit)
    torch.manual_seed(0)
    net, x = Net(), torch.randn(8, 16) + rank
    found = []
    for context in (nullcontext, lambda: nonlin.lean(min_bytes=0)):
        model = copy.deepcopy(net)
        if kind == "ddp":
            model = DistributedDataParallel(model)
        else:
            mesh = dist.init_device_mesh("cpu", (2,))
            kinds = nn.Sequential if kind == "fsdp" else (nn.Linear, nn.LayerNorm)
            for part in [part for part in model.modules() if isinstance(part, kinds)]:
                fully_shard(part, mesh=mesh)
            fully_shard(model, mesh=mesh)
        found.append(gradients(model, x, context))
    assert all(map(torch.equal, *found))
    dist.destroy_process_group()


@pytest.mark.parametrize("kind", ["ddp", "fsdp", "fsdp-each"])
def test_two_processes(kind, tmp_path) -> None:
    running = mp.spawn(worker, args=(str(tmp_path / "store"), kind), nprocs=2, join=False)
    ended = any(running.join(timeout=150) for _ in range(2))  # each join waits for one of the two
    for process in running.processes:
        process.kill()

    assert ended
