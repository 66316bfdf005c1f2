"""Parameters that are learned: their gradients, and the modules that hold them."""

from __future__ import annotations

import inspect

import pytest
import torch

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Simplex, records
from references import settings

LEARNABLE = [r for r in records() if any(p.learnable for p in r.params.values())]
every = pytest.mark.parametrize("record", LEARNABLE, ids=lambda r: r.name)


def learned(record) -> list[str]:
    return [p.name for p in record.params.values() if p.learnable]


def dim(record) -> dict:
    return {"dim": 1} if isinstance(record, Simplex) else {}


def sample(dtype=torch.float64):
    torch.manual_seed(0)
    return torch.randn(4, 6, dtype=dtype) * 3 + 0.0123


def make(record, **options):
    return getattr(nonlin.nn, record.class_name)(**dim(record), **options)


@every
def test_gradients_of_parameters_are_those_of_finite_differences(record):
    names, x = learned(record), sample()
    for params in settings(record):
        values = [torch.tensor(params[n], dtype=torch.float64, requires_grad=True) for n in names]
        others = {n: v for n, v in params.items() if n not in names} | dim(record)

        def f(*given, others=others):
            return record(x, **dict(zip(names, given, strict=True)), **others)

        assert torch.autograd.gradcheck(f, values, eps=1e-6, atol=1e-6)


@every
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_gradients_of_parameters_stay_finite_far_from_zero(record, dtype):
    module = make(record, learnable=True).to(dtype)
    x = torch.tensor([[-1e4, -100.0, -1.0, 0.0, 1.0, 100.0, 1e4]], dtype=dtype, requires_grad=True)

    y = module(x)
    y.sum().backward()

    assert y.dtype == dtype
    assert all(p.grad.isfinite().all() for p in (x, *module.parameters()))


@every
def test_one_value_for_each_column_is_taken_too(record):
    params = settings(record)[0]
    x = sample()
    columns = {n: torch.full((6,), params[n], dtype=torch.float64) for n in learned(record)}
    if isinstance(record, Simplex):
        columns = {n: v[:1] for n, v in columns.items()}

    y = record(x, **{**params, **columns, **dim(record)})

    assert torch.equal(y, record(x, **params, **dim(record)))


@every
def test_a_module_learns_only_if_asked_to(record):
    fixed, learns = make(record), make(record, learnable=True)

    assert list(fixed.parameters()) == []
    assert sorted(learns.state_dict()) == sorted(dict(learns.named_parameters())) == sorted(learned(record))
    assert "learnable" not in repr(fixed)
    assert repr(learns).endswith("learnable=True)")
    assert all(f"{name}=" in repr(learns) for name in record.params)
    # A parameter that single precision cannot hold is rounded.
    assert torch.allclose(learns(sample()), fixed(sample()), rtol=1e-5, atol=1e-6)


@every
def test_learned_values_are_saved_and_moved(record):
    trained = make(record, learnable=True)
    with torch.no_grad():
        for p in trained.parameters():
            p.mul_(1.01)
    twin = make(record, learnable=True)

    twin.load_state_dict(trained.state_dict())

    assert repr(twin) == repr(trained)
    assert torch.equal(twin(sample()), trained(sample()))
    assert "..." in repr(make(record, learnable=True).to("meta"))
    assert trained.double()(sample()).dtype == torch.float64


@every
def test_learnable_is_a_keyword_and_off(record):
    found = inspect.signature(getattr(nonlin.nn, record.class_name)).parameters["learnable"]

    assert found.kind is found.KEYWORD_ONLY
    assert found.default is False


def test_a_bad_start_is_refused_also_where_it_is_learned():
    with pytest.raises(
        NonlinError, match=r"Entmax: alpha=0\.5 lies outside \(1\.0, inf\); try 1\.25 to 2\.0"
    ):
        nonlin.nn.Entmax(alpha=0.5, dim=-1, learnable=True)


@every
def test_a_module_that_learns_compiles_without_a_break(record):
    from torch._dynamo.testing import CompileCounter

    counter = CompileCounter()
    module = make(record, learnable=True)

    torch.compile(module, backend=counter, fullgraph=True)(sample(torch.float32)).sum().backward()

    assert counter.frame_count == 1
    assert all(p.grad is not None for p in module.parameters())
