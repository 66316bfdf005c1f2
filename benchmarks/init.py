"""What 100 layers do to the scale of a signal and of its gradient: nonlin's gains against torch's default weights.

python benchmarks/init.py [--width 512] [--layers 100] [--seeds 3] [NAMES...]

Each layer is an activation and then a linear map. `E[x^2]` is the second moment after the last layer where that before
the first is 1, `E[g^2]` that of the gradient before the first where that after the last is 1; geometric means over the
seeds. "gain" draws the weights by `nonlin.init.kaiming_normal_`, without biases; "critical" draws weights and biases by
`nonlin.init.critical_`, where the activation has a stable critical point; "default" leaves torch.nn.Linear as it is
made. Its signal is no signal any more where the gradient is gone: what is left are the biases.

`keeps` says what theory promises of "gain" (signal, or both; a dash: deviations grow), and the verdict holds the run to
it: a scale is kept if its logarithm is within four standard deviations for this width. The standard normal numbers
behind the weights are drawn once for each seed and scaled for each activation, which is what the functions do.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from statistics import fmean

import torch

from nonlin import init
from nonlin.base.columns import table
from nonlin.catalogue import Gated, Simplex, get, records
from nonlin.catalogue.record import REQUIRED
from nonlin.facts.depth import critical, depth
from nonlin.facts.moments import gain

BATCH = 4
# Single precision holds no larger or smaller numbers, of which these are the squares.
LEAST, MOST = 1e-90, 1e76


class Numbers:
    """Standard normal weights and biases, and torch's default ones, for one seed."""

    def __init__(self, rows, width, layers, seed):
        torch.manual_seed(seed)
        self.x, self.g = torch.randn(BATCH, rows), torch.randn(BATCH, rows)
        self.weights = [init.kaiming_normal_(torch.empty(rows, width), "identity") for _ in range(layers)]
        self.biases = torch.randn(layers, rows)
        self.default = [
            torch.nn.Linear(width, rows).requires_grad_(requires_grad=False) for _ in range(layers)
        ]


def run(record, params, numbers, weight, bias):
    """Logarithms of E[x^2] and E[g^2]; `weight` None takes torch's default."""
    h = first = numbers.x.clone().requires_grad_()
    for index, drawn in enumerate(numbers.weights):
        h = record.fn(h, **params)
        if weight is None:
            h = numbers.default[index](h)
        else:
            h = torch.nn.functional.linear(h * weight, drawn, numbers.biases[index] * bias if bias else None)
    h.backward(numbers.g)
    found = (float(t.double().square().mean()) for t in (h.detach(), first.grad))
    return [
        math.log(min(max(moment, LEAST), MOST)) if not math.isnan(moment) else math.log(MOST)
        for moment in found
    ]


def mean(record, params, seeds, weight, bias=0.0):
    """The geometric means over the seeds, as logarithms."""
    return [fmean(c) for c in zip(*(run(record, params, n, weight, bias) for n in seeds), strict=True)]


def shown(logarithm):
    if abs(logarithm) < math.log(1e4):
        return f"{math.exp(logarithm):.3g}"
    if logarithm > math.log(MOST) - 1:
        return "inf"
    return "0" if logarithm < math.log(LEAST) + 1 else f"1e{logarithm / math.log(10):+.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description="What 100 layers do to the scale of a signal and its gradient."
    )
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--layers", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    chosen = [get(name) for name in options.names] or [r for r in records() if not isinstance(r, Simplex)]
    torch.set_num_threads(1)
    start = time.perf_counter()
    shape = options.width, options.layers
    plain, gated = (
        [Numbers(options.width * halves, *shape, seed) for seed in range(options.seeds)] for halves in (1, 2)
    )

    heads = ["keeps", "E[x^2] gain", "E[g^2]", "E[x^2] critical", "E[g^2]", "E[x^2] default", "E[g^2]", ""]
    rows, kept, promised, points = [["activation", *heads]], 0, 0, 0
    for record in chosen:
        params = {p.name: p.bounds.typical[0] for p in record.params.values() if p.default is REQUIRED}
        seeds = gated if isinstance(record, Gated) else plain
        theory, point = depth(record, **params), critical(record, **params)
        ours = mean(record, params, seeds, gain(record, **params))
        default = mean(record, params, seeds, None)
        at_point = ["", ""]
        if point is not None and point.stable:
            points += 1
            at_point = [shown(m) for m in mean(record, params, seeds, point.weight, point.bias)]
        keeps = "both" if theory.keeps_both else "signal" if theory.keeps_signal else "-"
        verdict = ""
        if theory.keeps_signal:
            spread = theory.spread(*shape)
            promised += 1
            held = (
                abs(ours[0])
                <= 4 * math.hypot(spread, (2 / options.width) ** 0.5) / options.seeds**0.5 + spread**2 / 2
            )
            kept += held
            verdict = "kept" if held else "NOT KEPT"
        rows.append([record.name, keeps, *map(shown, ours), *at_point, *map(shown, default), verdict])
    print("\n".join(table(rows, right=range(2, 8))))
    print(
        f"\nwidth {options.width}, {options.layers} layers, {options.seeds} seeds, {time.perf_counter() - start:.0f} s: "
        f"the signal is kept by {kept} of the {promised} of {len(chosen)} activations for which theory says so; "
        f"{points} have a stable critical point"
    )
    return 0 if kept == promised else 1


if __name__ == "__main__":
    sys.exit(main())
