"""The lower bound beside which the benchmark sets lean: counted by hand on small graphs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as F

PATH = Path(__file__).parents[1] / "benchmarks" / "bound.py"


@pytest.fixture(scope="module")
def least_bytes():
    spec = importlib.util.spec_from_file_location("bound", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.least_bytes


X = torch.randn(5, 8)
SMALL, WIDE, NARROW = nn.Linear(8, 8), nn.Linear(8, 16), nn.Linear(16, 8)


def residual(x):
    for _ in range(3):
        x = x + NARROW(F.gelu(WIDE(F.layer_norm(x, (8,)))))
    return x


CASES = {
    "the output of a product that an activation needs": (lambda: F.silu(SMALL(X)).sum(), 5 * 8),
    "that of one without a bias": (lambda: F.silu(X @ SMALL.weight).sum(), 5 * 8),
    "not what is had from it": (lambda: SMALL(F.mish(F.silu(SMALL(X)))).sum(), 5 * 8),
    "nothing where backward needs no output": (lambda: SMALL(X).sum(), 0),
    "the smaller of a tensor and what it is made of": (
        lambda: SMALL(F.silu(WIDE(X)[:, :8] * 1.0)).sum(),
        5 * 8,
    ),
    "both factors of a product": (lambda: NARROW(WIDE(X) * F.sigmoid(WIDE(X))).sum(), 2 * 5 * 16),
    "what each block adds, but for the last": (lambda: residual(X).sum(), 3 * 5 * 16 + 2 * 5 * 8),
}


@pytest.mark.parametrize("case", CASES)
def test_it_counts(case, least_bytes):
    run, elements = CASES[case]

    assert least_bytes(run(), [X]) == 4 * elements


def test_a_mask_takes_a_bit(least_bytes):
    assert least_bytes(F.dropout(SMALL(X), 0.5).sum(), [X]) == 5 * 8 // 8


def test_inputs_that_are_leaves_cost_nothing(least_bytes):
    assert least_bytes(F.silu(X.clone().requires_grad_()).sum()) == 0
