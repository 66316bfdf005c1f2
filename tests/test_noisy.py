"""Functions that draw: repeatable in training, still in evaluation, and of the distribution that they name."""

from __future__ import annotations

import inspect
import math

import pytest
import torch

import nonlin
from nonlin.catalogue import get, records

NOISY = [r for r in records() if "generator" in inspect.signature(r.fn).parameters]
every = pytest.mark.parametrize("record", NOISY, ids=lambda r: r.name)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def sample(dtype=torch.float32) -> torch.Tensor:
    return torch.linspace(-3, 3, 200, dtype=dtype)


def test_they_are_found():
    assert {"gumbel_sigmoid", "hard_concrete", "noisy_relu"} <= {r.name for r in NOISY}


@every
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16])
def test_a_seed_repeats_the_draws_and_another_does_not(record, dtype):
    first, again, other = (record(sample(dtype), training=True, generator=seeded(s)) for s in (1, 1, 2))

    assert first.dtype == dtype
    assert first.isfinite().all()
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@every
def test_the_global_seed_counts_where_no_generator_is_given(record):
    torch.manual_seed(3)
    first = record(sample(), training=True)
    torch.manual_seed(3)

    assert torch.equal(record(sample(), training=True), first)


@every
def test_a_module_draws_in_training_only(record):
    module = getattr(nonlin.nn, record.class_name)()

    drawn, again = module(sample()), module(sample())
    still = module.eval()(sample())

    assert not torch.equal(drawn, again)
    assert torch.equal(still, record(sample()))
    assert "training" not in repr(module)


@every
def test_draws_have_slopes(record):
    x = sample().requires_grad_()

    record(x, training=True, generator=seeded(4)).sum().backward()

    assert x.grad.isfinite().all()
    assert (x.grad != 0).any()


# Of 40,000 draws a share strays from its probability by 0.0025 at most, and by four times that once in 10,000 seeds.
MANY = 40_000


def drawn(name: str, x: float) -> torch.Tensor:
    return get(name)(torch.full((MANY,), x, dtype=torch.float64), training=True, generator=seeded(0))


@pytest.mark.parametrize("x", [-1.0, 0.0, 2.0])
def test_a_gumbel_sigmoid_falls_on_the_side_that_its_log_odds_say(x):
    share = float((drawn("gumbel_sigmoid", x) > 0.5).double().mean())

    assert share == pytest.approx(1 / (1 + math.exp(-x)), abs=0.01)


@pytest.mark.parametrize("x", [-2.0, 0.0, 2.0])
def test_a_hard_concrete_gate_is_closed_as_often_as_the_paper_says(x):
    beta, gamma, zeta = 2 / 3, -0.1, 1.1

    share = float((drawn("hard_concrete", x) == 0).double().mean())

    # Louizos et al. 2017, equation 12.
    assert share == pytest.approx(1 / (1 + math.exp(x - beta * math.log(-gamma / zeta))), abs=0.01)


def test_noisy_relu_has_the_variance_of_the_sigmoid():
    y = drawn("noisy_relu", 6.0)

    assert float(y.mean()) == pytest.approx(6, abs=0.02)
    assert float(y.var()) == pytest.approx(1 / (1 + math.exp(-6)), abs=0.04)
