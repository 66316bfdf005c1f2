"""Composed functions keep their inputs alone for the backward pass, and lose nothing by it."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

import nonlin
from nonlin.base import recompute, rewritten
from nonlin.base.program import Tape
from nonlin.base.recompute import thrifty
from nonlin.catalogue import Activation, Gated, Simplex, records
from references import settings

COMPOSED = [
    r for r in records() if isinstance(r, (Activation, Gated)) and (r.kernel is None or r.serves == ())
]
VECTORS = [r for r in records() if isinstance(r, Simplex) and r.kernel is None]
composed = pytest.mark.parametrize("record", COMPOSED, ids=lambda r: r.name)


@pytest.fixture
def small(monkeypatch) -> None:
    """Small tensors count as large, and are taken in several pieces."""
    monkeypatch.setattr(recompute, "LEAST", 1)
    monkeypatch.setattr(recompute, "PIECE", 64)


def kept(x: Tensor, fn, **params) -> tuple[int, Tensor]:
    """The bytes that a call keeps for the backward pass, and its result."""
    storages = {}

    def pack(saved: Tensor) -> Tensor:
        storages[saved.untyped_storage().data_ptr()] = saved.untyped_storage().nbytes()
        return saved

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda saved: saved):
        y = fn(x, **params)
    return sum(storages.values()), y


def slope(y: Tensor, *wrt: Tensor) -> tuple[Tensor, ...]:
    return torch.autograd.grad(y, wrt, torch.linspace(-1, 1, y.numel(), dtype=y.dtype).view(y.shape))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
@composed
def test_no_more_is_kept_than_the_input_and_no_bit_is_lost(record, dtype):
    params = settings(record)[0]
    x = torch.linspace(-12, 12, 30 * 40).view(30, 40).to(dtype).requires_grad_()
    record(x, **params)  # the first call records

    bytes_kept, y = kept(x, record, **params)

    plain = record.fn(x, **params)
    assert bytes_kept <= x.numel() * x.element_size()
    assert torch.equal(y, plain)
    assert torch.equal(*slope(y, x), *slope(plain, x))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("record", VECTORS, ids=lambda r: r.name)
def test_a_map_of_vectors_keeps_no_more_than_its_input(record):
    x = torch.randn(6, 64, 6, requires_grad=True)
    params = settings(record)[0] | ({"dim": 1} if "dim" in record.params else {})
    plain = record(x, **params)  # the first call counts

    bytes_kept, y = kept(x, record, **params)

    numbers = 4  # for each vector, such as its length
    assert bytes_kept <= max(x.numel(), y.numel()) * 4 * (1 + numbers / 64)
    assert torch.equal(y, plain)
    if plain.requires_grad:
        assert torch.equal(*slope(y, x), *slope(plain, x))


def test_a_plain_chain_keeps_more():
    x = torch.randn(1 << 18, requires_grad=True)

    assert kept(x, nonlin.get("smish").fn)[0] >= 3 * kept(x, nonlin.functional.smish)[0]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("kind", ["channels_last", "transposed", "strided", "expanded"])
def test_memory_formats_stay(kind):
    base = torch.randn(4, 6, 5, 7)
    x = {
        "channels_last": base.to(memory_format=torch.channels_last),
        "transposed": base.transpose(0, 3),
        "strided": base[..., ::2],
        "expanded": base[:1].expand(4, 6, 5, 7),
    }[kind].requires_grad_()

    y = nonlin.functional.snake(x)

    plain = nonlin.get("snake").fn(x)
    assert type(y.grad_fn).__name__ == "_RecomputedBackward"
    assert y.stride() == plain.stride()
    assert torch.equal(y, plain)
    assert torch.equal(*slope(y, x), *slope(plain, x))


@pytest.mark.usefixtures("small")
def test_learned_parameters_get_their_gradients():
    module = nonlin.nn.SwishBeta(learnable=True).double()
    x = torch.randn(20, 30, dtype=torch.float64, requires_grad=True)

    y = module(x)

    plain = module.spec.fn(x, *module.parameters())
    assert type(y.grad_fn).__name__ == "_RecomputedBackward"
    for ours, theirs in zip(
        slope(y, x, *module.parameters()), slope(plain, x, *module.parameters()), strict=True
    ):
        torch.testing.assert_close(ours, theirs, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", ["snake", "smish", "squareplus", "swiglu", "solu", "sparsemax", "entmax15"])
def test_second_derivatives(name):
    x = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    params = {"dim": -1} if "dim" in nonlin.get(name).params else {}

    assert torch.autograd.gradcheck(lambda x: nonlin.get(name)(x, **params), x)
    assert torch.autograd.gradgradcheck(lambda x: nonlin.get(name)(x, **params), x)


@pytest.mark.usefixtures("small")
def test_what_was_changed_in_place_is_noticed():
    held = torch.randn(10, requires_grad=True)
    x = held * 1
    y = nonlin.functional.smish(x)
    x.add_(1)

    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


@pytest.mark.usefixtures("small")
def test_it_steps_aside_for_transforms_and_for_those_who_watch():
    x = torch.randn(8, dtype=torch.float64)
    f = nonlin.functional.smish

    each = torch.vmap(torch.func.grad(f))(x)
    with torch.autograd.forward_ad.dual_level():
        dual = torch.autograd.forward_ad.make_dual(x.clone().requires_grad_(), torch.ones_like(x))
        tangent = torch.autograd.forward_ad.unpack_dual(f(dual)).tangent
    model = nonlin.nn.Smish()
    exported = torch.export.export(model, (x.clone().requires_grad_(),)).module()

    torch.testing.assert_close(each, tangent.detach())
    torch.testing.assert_close(exported(x), f(x))


@pytest.mark.usefixtures("small")
def test_what_cannot_be_repeated_stays_as_it_is():
    x = torch.randn(6, 5, requires_grad=True)

    def noisy(x: Tensor) -> Tensor:
        return x * torch.rand_like(x)

    def sized(x: Tensor) -> Tensor:
        return x * 2 + torch.zeros(x.shape)

    def untouched(x: Tensor) -> Tensor:
        return x

    for fn in (noisy, sized, untouched):
        assert type(thrifty(fn)(x).grad_fn).__name__ != "_RecomputedBackward"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("own", [True, False])
def test_to_record_draws_nothing(own):
    x = torch.randn(6, 5, requires_grad=True)

    def noisy(x: Tensor, generator: torch.Generator | None = None) -> Tensor:
        return x * torch.rand(x.shape, generator=generator)

    def drawn() -> Tensor:
        torch.manual_seed(0)
        return thrifty(noisy)(x, generator=torch.Generator().manual_seed(0) if own else None)

    assert torch.equal(drawn(), drawn())


@pytest.mark.usefixtures("small")
def test_autocast_is_part_of_what_was_recorded():
    x = torch.randn(6, 5, dtype=torch.bfloat16, requires_grad=True)

    def chain(x: Tensor) -> Tensor:
        return torch.nn.functional.mse_loss(2 * x, x, reduction="none") + 1

    def with_and_without(fn) -> list[torch.dtype]:
        with torch.autocast("cpu", torch.bfloat16):
            inside = fn(x)
        return [inside.dtype, fn(x).dtype]

    assert with_and_without(thrifty(chain)) == with_and_without(chain)


@pytest.mark.usefixtures("small")
def test_chains_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(recompute, "_MOST", 4)
    x = torch.randn(6, 5, requires_grad=True)

    for step in range(20):
        nonlin.functional.squareplus(x, 1 + step / 10)

    assert len(recompute._CHAINS) <= 4


def test_a_rewritten_kernel_is_still_one_operator_to_those_who_watch(monkeypatch):
    monkeypatch.setattr(rewritten, "_WORTHWHILE", 0)
    x = torch.randn(6, 5, requires_grad=True)

    with Tape() as tape:
        nonlin.functional.mish(x)
    with torch.autocast("cpu", torch.bfloat16):
        inside = nonlin.functional.mish(x)

    assert [called.name() for called, *_ in tape.calls] == ["aten::mish"]
    assert type(inside.grad_fn).__name__ == "MishBackward0"
    assert type(nonlin.functional.mish(x * 1, inplace=True).grad_fn).__name__ == "MishBackward0"
