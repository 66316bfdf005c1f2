"""Sparse maps: on the simplex, optimal, right in every derivative, and untroubled by large inputs."""

from __future__ import annotations

import pytest
import torch

from nonlin.catalogue import get

SPARSE = [("sparsemax", {}), ("entmax15", {}), ("entmax", {"alpha": 1.2}), ("entmax", {"alpha": 3.0})]
every = pytest.mark.parametrize(("name", "params"), SPARSE)


@every
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
def test_outputs_sum_to_one_however_large_the_input(name, params, dtype):
    torch.manual_seed(0)
    x = torch.randn(7, 300) * torch.logspace(-3, 5, 7).unsqueeze(1) + 1e4

    y = get(name)(x.to(dtype), dim=1, **params)

    assert (y >= 0).all()
    assert torch.allclose(
        y.double().sum(1), torch.ones(7, dtype=torch.float64), atol=300 * torch.finfo(dtype).eps
    )


@pytest.mark.parametrize("alpha", [1.2, 1.5, 2.0])
@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("shape", [(16, 9, 400), (2, 3, 10_000), (1, 1_000_000, 1)])
def test_large_tensors_follow_the_same_equation(alpha, scale, shape):
    x = torch.randn(shape, generator=torch.Generator().manual_seed(4)) * scale
    along = 1 if shape[2] == 1 else 2

    y = get("entmax")(x, alpha=alpha, dim=along)

    # Outside of the support tau is larger than the entries; inside it is the same for all.
    tau = x.double() * (alpha - 1) - y.double() ** (alpha - 1)
    inside = y > 1e-4 * y.amax(along, keepdim=True)
    least, most = (torch.where(inside, tau, v) for v in (torch.inf, -torch.inf))
    assert (most.amax(along) - least.amin(along)).max() <= 1e-6 * max(scale, 1)
    assert (y.double().sum(along) - 1).abs().max() <= 1e-5


@every
def test_masked_entries_get_nothing_and_no_gradient(name, params):
    x = torch.tensor([[0.3, -torch.inf, 0.1], [-torch.inf, -torch.inf, 4.0]], requires_grad=True)

    y = get(name)(x, dim=1, **params)
    y[:, 0].sum().backward()

    assert (y[x.isinf()] == 0).all()
    assert x.grad.isfinite().all()
    assert (x.grad[x.isinf()] == 0).all()


@every
def test_second_derivatives_are_those_of_finite_differences(name, params):
    torch.manual_seed(1)
    x = torch.randn(3, 5, dtype=torch.float64).requires_grad_()

    assert torch.autograd.gradgradcheck(lambda x: get(name)(x, dim=1, **params), x)


def test_entmax_passes_through_its_relatives():
    torch.manual_seed(2)
    x = torch.randn(20, 9, dtype=torch.float64) * 2

    assert torch.allclose(get("entmax")(x, alpha=1.5, dim=1), get("entmax15")(x, dim=1), atol=1e-14)
    assert torch.allclose(get("entmax")(x, alpha=2.0, dim=1), get("sparsemax")(x, dim=1), atol=1e-14)
    assert torch.allclose(get("entmax")(x, alpha=1 + 1e-7, dim=1), x.softmax(1), atol=1e-5)


def test_sparsemax_is_the_nearest_point_of_the_simplex():
    torch.manual_seed(3)
    x = torch.randn(1, 6, dtype=torch.float64) * 2
    others = torch.distributions.Dirichlet(torch.ones(6, dtype=torch.float64) / 2).sample((5000,))

    distance = (x - get("sparsemax")(x, dim=1)).norm()

    assert (x - others).norm(dim=1).min() >= distance


def test_the_gradient_of_alpha_is_that_of_finite_differences():
    torch.manual_seed(4)
    x = torch.randn(3, 5, dtype=torch.float64).requires_grad_()
    alpha = torch.tensor(1.6, dtype=torch.float64, requires_grad=True)

    assert torch.autograd.gradcheck(lambda x, alpha: get("entmax")(x, alpha, dim=1), (x, alpha))


@every
def test_they_compile_without_a_break_and_with_gradient(name, params):
    from torch._dynamo.testing import CompileCounter

    counter = CompileCounter()
    x = torch.randn(3, 5, requires_grad=True)

    y = torch.compile(lambda x: get(name)(x, dim=1, **params), backend=counter, fullgraph=True)(x)
    y.square().sum().backward()

    assert counter.frame_count == 1
    assert x.grad.isfinite().all()
