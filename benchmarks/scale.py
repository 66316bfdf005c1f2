"""What a check costs as models grow: published giants without weights, and chains of ever more operations.

python benchmarks/scale.py [CASES...]          # all of: llama-70b llama-405b deepseek-671b chains

Each case has a process of its own. Its time is CPU time from after the imports to the printed report: building the
model on the meta device, one forward pass with the loss, all rules, and the text of the report. Its memory is the
largest that the process ever held, imports included. A chain repeats one pattern of a network on the CPU; its time
for each operation would grow with its length if anything were quadratic. Wants nonlin[zoo].
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chains import CHAINS, chain
from nonlin.checker.capture import capture_model
from nonlin.checker.rule import rules
from nonlin.checker.target import report_on

LENGTHS = (10, 100, 1_000, 10_000, 100_000)
LIMITS = {"llama-70b": (6.0, 0.7)}  # CPU-seconds, GB
# transformers model type -> the sizes of the published model, where they are not the defaults of the class.
GIANTS: dict[str, tuple[str, dict[str, Any]]] = {
    "llama-70b": (
        "llama",
        {
            "vocab_size": 128256,
            "hidden_size": 8192,
            "intermediate_size": 28672,
            "num_hidden_layers": 80,
            "num_attention_heads": 64,
            "num_key_value_heads": 8,
        },
    ),
    "llama-405b": (
        "llama",
        {
            "vocab_size": 128256,
            "hidden_size": 16384,
            "intermediate_size": 53248,
            "num_hidden_layers": 126,
            "num_attention_heads": 128,
            "num_key_value_heads": 8,
        },
    ),
    "deepseek-671b": ("deepseek_v3", {}),
}
Made = tuple[nn.Module, Any, Callable[[Any], torch.Tensor] | None]


def giant(name: str) -> Callable[[], Made]:
    """How to make a published model with its own loss, in its own precision; all imports are done."""
    from zoo import declare_operators

    declare_operators()
    import transformers

    kind, sizes = GIANTS[name]
    config = transformers.AutoConfig.for_model(kind, **sizes)
    maker = transformers.MODEL_FOR_CAUSAL_LM_MAPPING[type(config)]

    def make() -> Made:
        with torch.device("meta"):
            model = maker(config).to(torch.bfloat16)
            tokens = torch.zeros(1, 512, dtype=torch.int64)
        return model, {"input_ids": tokens, "labels": tokens}, None

    return make


def measured(make: Callable[[], Made], name: str) -> dict[str, Any]:
    """Build, capture, judge and print; the CPU-seconds of each."""
    chosen = rules()
    with torch.device("meta"):  # the first operation on this device imports a part of torch
        report_on(capture_model(nn.Linear(1, 1), torch.zeros(1, 1)), "", (), chosen)
    marks = [time.process_time()]
    model, inputs, loss = make()
    marks.append(time.process_time())
    graph = capture_model(model, inputs, loss=loss)
    marks.append(time.process_time())
    report = report_on(graph, name, (), chosen)
    text = str(report)
    marks.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "parameters": sum(p.numel() for p in model.parameters()),
        "operations": len(graph.ops),
        "parts": [after - before for before, after in itertools.pairwise(marks)],
        "seconds": marks[-1] - marks[0],
        "gigabytes": peak / (1 << 30 if sys.platform == "darwin" else 1 << 20),
        "findings": [f"{f.rule} {f.severity}" for f in report],
        "lines": len(text.splitlines()),
    }


def alone(name: str) -> dict[str, Any]:
    """The figures of one case, from a process of its own."""
    command = [sys.executable, __file__, "--alone", name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def show_giants(names: list[str]) -> bool:
    """Print a line for each; whether all of them are within their limits."""
    heads = f"{'build':>7}{'capture':>9}{'judge':>7}{'CPU-s':>7}{'GB':>7}"
    print(f"{'':16}{'parameters':>12}{'operations':>12}{heads}")
    kept = True
    for name in names:
        held = alone(name)
        build, capture, judge = held["parts"]
        times = f"{build:7.2f}{capture:9.2f}{judge:7.2f}{held['seconds']:7.2f}{held['gigabytes']:7.2f}"
        found = ", ".join(held["findings"]) or "no finding"
        size = f"{held['parameters'] / 1e9:.1f} B"
        print(f"{name:16}{size:>12}{held['operations']:>12,}{times}  {found}", flush=True)
        seconds, gigabytes = LIMITS.get(name, (float("inf"), float("inf")))
        kept &= held["seconds"] <= seconds and held["gigabytes"] <= gigabytes
    return kept


def show_chains(lengths: list[int]) -> None:
    """Print a table of the time for each operation."""
    print("\nCPU-microseconds for each operation, by the number of operations")
    print(f"{'':16}" + "".join(f"{length:>10,}" for length in lengths))
    for name in CHAINS:
        print(f"{name:16}", end="", flush=True)
        for length in lengths:
            held = alone(f"{name}:{length}")
            print(f"{held['seconds'] / held['operations'] * 1e6:10.0f}", end="", flush=True)
        print()


def main() -> int:
    parser = argparse.ArgumentParser(description="What a check costs as models grow.")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--lengths", type=int, nargs="*", default=LENGTHS)
    parser.add_argument("cases", nargs="*", default=[*GIANTS, "chains"])
    options = parser.parse_args()
    if options.alone:
        name, _, length = options.alone.partition(":")
        make = (lambda: (*chain(name, int(length)), torch.mean)) if length else giant(name)
        print(json.dumps(measured(make, options.alone)))
        return 0
    giants = [case for case in options.cases if case in GIANTS]
    kept = show_giants(giants) if giants else True
    if "chains" in options.cases:
        show_chains(options.lengths)
    if not kept:
        print("over budget")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
