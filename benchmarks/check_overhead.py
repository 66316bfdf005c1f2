"""What `nonlin check` costs: a script under it and without it, interleaved, and the commands that run no model.

python benchmarks/check_overhead.py [--rounds 7] [SCRIPTS...]

"Without" runs the script to the same point: the second arrival at the same call of backward, where a check has seen
one whole step. Both include the start of Python and the imports of torch and of the script. The load of the machine is
printed because it decides how far the figures can be trusted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
PLAIN = """
import os, runpy, sys
import torch
seen = set()
backward = torch.Tensor.backward
def counted(self, *args, **kwargs):
    frame = sys._getframe(1)
    place = (frame.f_code, frame.f_lasti)
    if place in seen:
        sys.stdout.flush()
        os._exit(0)
    seen.add(place)
    return backward(self, *args, **kwargs)
torch.Tensor.backward = counted
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
LIMITS = {"--help": 0.15, "rule NL201": 0.3}  # seconds


def seconds(arguments: list[str], folder: Path) -> float:
    """Wall time of one run of Python, which must end as a check does."""
    variables = {**os.environ, "OMP_NUM_THREADS": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wall = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments[-3:])}: exit status {done.returncode}\n{done.stderr}")
    return wall


def main() -> int:
    parser = argparse.ArgumentParser(description="What nonlin check costs.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("scripts", nargs="*", type=Path)
    options = parser.parse_args()
    scripts = options.scripts or [
        EXAMPLES / f"{name}.py" for name in ("two_layers", "cnn", "rnn", "autoencoder")
    ]
    runs: dict[tuple[str, str], tuple[list[str], Path]] = {}
    for script in (s.resolve() for s in scripts):
        runs[script.name, "plain"] = ["-c", PLAIN, script.name], script.parent
        runs[script.name, "check"] = ["-m", "nonlin", "check", script.name], script.parent
    for command in LIMITS:
        runs["", command] = ["-m", "nonlin", *command.split()], EXAMPLES
    walls: dict[tuple[str, str], list[float]] = {key: [] for key in runs}
    for arguments, folder in runs.values():
        seconds(arguments, folder)  # files into the cache, .pyc written
    for _ in range(options.rounds):
        for key, (arguments, folder) in runs.items():
            walls[key].append(seconds(arguments, folder))

    load = f", load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
    print(f"median (lowest) of {options.rounds}, seconds{load}")
    print(f"{'':24}{'plain':>15}{'check':>15}{'ratio':>8}{'budget':>9}")
    kept = True
    for script in dict.fromkeys(name for name, _ in runs if name):
        plain, check = walls[script, "plain"], walls[script, "check"]
        median = [statistics.median(w) for w in (plain, check)]
        budget = 1.5 * median[0] + 0.5
        kept &= median[1] <= budget
        cells = [f"{m:.2f} ({min(w):.2f})" for m, w in zip(median, (plain, check), strict=True)]
        print(f"{script:24}{cells[0]:>15}{cells[1]:>15}{median[1] / median[0]:8.2f}{budget:9.2f}")
    for command, limit in LIMITS.items():
        wall = walls["", command]
        kept &= statistics.median(wall) <= limit
        print(f"nonlin {command:17}{'':15}{statistics.median(wall):8.2f} ({min(wall):.2f}){'':8}{limit:9.2f}")
    print("within budget" if kept else "over budget")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
