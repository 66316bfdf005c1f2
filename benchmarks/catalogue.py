"""What each activation costs, in time and in bytes kept for the backward pass, beside the other ways to have it.

python benchmarks/catalogue.py [NAMES...] [--elements 1048576] [--rounds 9] [--threads 1]

All ways run in turn in each round; a figure is the lower quartile of the rounds. Times of a step (forward and backward)
are multiples of one copy of the tensor on this machine, and bytes multiples of the input's. `plain` is the
function as the catalogue writes it, in torch's operators; `torch` is the class of torch.nn; the peers are what
`pip install timm transformers entmax torch-activation` gives, where the name is theirs and the values agree with ours.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import inspect
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor

import nonlin
from nonlin.base.recompute import kept_by
from nonlin.catalogue import Record, records
from nonlin.facts.probe import example

Way = Callable[[Tensor], Tensor]
COLUMNS = ("ours", "plain", "torch", "timm", "transformers", "entmax", "torch-activation")


def ways(record: Record[Any]) -> Iterator[tuple[str, Way]]:
    """Everything installed that claims to compute a record."""
    params = example(record)
    yield "ours", lambda x: record(x, **params)
    if record.kernel is None:
        yield "plain", lambda x: record.fn(x, **params)
    theirs = getattr(torch.nn, record.class_name, None)
    if theirs is not None:
        yield (
            "torch",
            theirs(**{n: v for n, v in params.items() if n in inspect.signature(theirs).parameters}),
        )
    for package, find in PEERS.items():
        for name in (record.name, *record.aliases, record.class_name):
            with contextlib.suppress(Exception):  # a peer that lacks the name, or fails on it
                found = find(name)
                if found is not None:
                    yield package, found
                    break


def _timm(name: str) -> Way | None:
    return importlib.import_module("timm.layers").get_act_fn(name)


def _transformers(name: str) -> Way | None:
    return importlib.import_module("transformers.activations").ACT2FN[name]


def _entmax(name: str) -> Way | None:
    found = getattr(importlib.import_module("entmax"), name)
    return lambda x: found(x, dim=-1)


def _torch_activation(name: str) -> Way | None:
    return getattr(importlib.import_module("torch_activation"), name)()


PEERS = {
    "timm": _timm,
    "transformers": _transformers,
    "entmax": _entmax,
    "torch-activation": _torch_activation,
}


def kept(way: Way, x: Tensor) -> float:
    """The bytes kept for the backward pass, as a multiple of the input's."""
    return sum(kept_by(lambda: way(x))[0].values()) / (x.numel() * x.element_size())


def side_by_side(steps: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of each, all run in turn in each round; the lower quartile.

    Who comes first changes from round to round: where the allocator has to ask for memory depends on the one before.
    """
    seen: dict[str, list[float]] = {name: [] for name in steps}
    turn = [*steps]
    for _ in range(rounds):
        turn = turn[1:] + turn[:1]
        for name in turn:
            start = time.perf_counter()
            steps[name]()
            seen[name].append(time.perf_counter() - start)
    return {name: sorted(found)[len(found) // 4] for name, found in seen.items()}


def measured(record: Record[Any], elements: int, rounds: int) -> dict[str, tuple[float, float]]:
    """For each way: the time of a step as a multiple of a copy, and the bytes kept."""
    shape = (
        (max(1, elements // 1024), 4, 256) if record.name == "softmax2d" else (max(1, elements // 1024), 1024)
    )
    x = torch.randn(shape, requires_grad=True)
    target = torch.empty_like(x)
    steps: dict[str, Callable[[], object]] = {}
    bytes_kept, first = {}, None
    for name, way in ways(record):
        try:
            y = way(x)
            first = y.detach() if first is None else first
            if y.shape != first.shape or not torch.allclose(y, first, rtol=1e-2, atol=1e-3):
                continue  # another function under the same name
            g = torch.randn_like(y)
            bytes_kept[name] = kept(way, x)
            steps[name] = lambda way=way, g=g: torch.autograd.grad(way(x), x, g)
            steps[name]()
        except RuntimeError as error:
            if name in ("ours", "plain", "torch"):
                raise
            print(f"{record.name}: {name} fails: {str(error).splitlines()[0]}", file=sys.stderr)
            steps.pop(name, None)
    with torch.no_grad():
        copying = side_by_side({"copy": lambda: target.copy_(x)}, rounds)["copy"]
    return {name: (took / copying, bytes_kept[name]) for name, took in side_by_side(steps, rounds).items()}


def summary(column: str, found: list[tuple[float, float, str]]) -> Iterator[str]:
    """How our time and bytes compare with another way's: middle, ends, and where we are slowest."""
    if found:
        times, kept_ratios = sorted(found, reverse=True), sorted(ratio for _, ratio, _ in found)
        level = sum(ratio <= 1.05 for ratio, _, _ in found)
        yield f"beside {column} ({len(found)}; at most 1.05 x its time: {level}):"
        for what, ratios in (
            ("time, ours / other", [t for t, _, _ in times[::-1]]),
            ("bytes, other / ours", kept_ratios),
        ):
            yield f"  {what}: median {ratios[len(ratios) // 2]:.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f}"
        yield "  slowest: " + ", ".join(f"{name} {ratio:.2f}" for ratio, _, name in times[:5])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="activations; all without")
    parser.add_argument("--elements", type=int, default=1 << 20)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    chosen = [nonlin.get(name) for name in options.names] or records()
    print(
        f"torch {torch.__version__}, {options.elements:,} float32 elements, {options.threads} thread(s), "
        f"load {os.getloadavg()[0]:.1f}; step in copies of the tensor | bytes kept / input"
    )
    print(f"{'':22}" + "".join(f"{column:>18}" for column in COLUMNS))
    beside: dict[str, list[tuple[float, float, str]]] = {column: [] for column in COLUMNS[1:]}
    for record in chosen:
        found = measured(record, options.elements, options.rounds)
        cells = (f"{found[c][0]:9.1f} | {found[c][1]:4.2f}" if c in found else "" for c in COLUMNS)
        print(f"{record.name:22}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
        took, kept_ours = found.pop("ours")
        for column, (other, kept_other) in found.items():
            beside[column].append((took / other, kept_other / kept_ours if kept_ours else 1.0, record.name))
    for column, found_beside in beside.items():
        for line in summary(column, found_beside):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
