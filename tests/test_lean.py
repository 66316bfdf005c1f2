"""Lean keeps fewer bytes, and no bit of a loss, a gradient or a buffer is lost by it."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

import nonlin
from nonlin.base import recompute
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Gated, records
from nonlin.leaning.masks import Bits
from references import settings


def lean():
    return nonlin.lean(min_bytes=0)


class Block(nn.Module):
    """A transformer's block, with what lean meets there."""

    def __init__(self, size: int = 32, gated: bool = False) -> None:
        super().__init__()
        self.norms = nn.ModuleList([nn.LayerNorm(size), nn.LayerNorm(size)])
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, 4 * size), nn.Linear(2 * size if gated else 4 * size, size)
        self.act = nonlin.nn.SwiGLU() if gated else nn.GELU(approximate="tanh")
        self.drop = nn.Dropout(0.2)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (t.unflatten(-1, (4, -1)).transpose(1, 2) for t in self.qkv(self.norms[0](x)).chunk(3, -1))
        read = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        x = x + self.drop(self.out(read))
        return x + self.drop(self.down(self.drop(self.act(self.up(self.norms[1](x))))))


class Residual(nn.Module):
    """A bottleneck of a ResNet, with in-place activations."""

    def __init__(self, size: int = 8) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(size, size, 1), nn.BatchNorm2d(size), nn.ReLU(inplace=True),
            nn.Conv2d(size, size, 3, padding=1), nn.GroupNorm(2, size), nn.Hardswish(inplace=True),
            nn.Conv2d(size, size, 1), nn.BatchNorm2d(size),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        return F.relu_(self.body(x) + x)


def by_hand(x: Tensor) -> Tensor:
    inner = 0.7978845608 * (x + 0.044715 * x.pow(3))
    return 0.5 * x * (1 + torch.tanh(inner)) * torch.sigmoid(1.702 * x)


class ByHand(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(32, 32), nn.Linear(32, 32)

    def forward(self, x: Tensor) -> Tensor:
        h = by_hand(self.first(x))
        return self.second(h * torch.rsqrt(h.pow(2).mean(-1, keepdim=True) + 1e-6))


MODELS: dict[str, tuple[Callable[[], nn.Module], tuple[int, ...]]] = {
    "transformer": (lambda: nn.Sequential(Block(), Block()), (2, 6, 32)),
    "gated": (lambda: nn.Sequential(Block(gated=True), Block(gated=True)), (2, 6, 32)),
    "residual": (lambda: nn.Sequential(Residual(), Residual(), nn.AdaptiveAvgPool2d(1)), (2, 8, 6, 6)),
    "by_hand": (ByHand, (5, 32)),
}
every_model = pytest.mark.parametrize("name", MODELS)


def step(model: nn.Module, x: Tensor, context=nullcontext, *, around=nullcontext) -> list[Tensor]:
    """Loss, gradients and buffers of one step on a copy of the model."""
    model = copy.deepcopy(model)
    x = x.clone().requires_grad_()
    torch.manual_seed(1)
    with context(), around():
        loss = model(x).float().square().mean()
    loss.backward()
    return [loss.detach(), x.grad, *(p.grad for p in model.parameters()), *model.buffers()]


def made(name: str, dtype: torch.dtype = torch.float32) -> tuple[nn.Module, Tensor]:
    make, shape = MODELS[name]
    torch.manual_seed(0)
    return make().to(dtype), torch.randn(shape, dtype=dtype)


def same(a: list[Tensor], b: list[Tensor]) -> bool:
    return len(a) == len(b) and all(torch.equal(x, y) for x, y in zip(a, b, strict=True))


@pytest.mark.parametrize("verify", ["first", "always"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float64], ids=str)
@every_model
def test_no_bit_is_lost(name, dtype, verify):
    model, x = made(name, dtype)

    ours = step(model, x, lambda: nonlin.lean(min_bytes=0, verify=verify))

    assert same(ours, step(model, x))


@every_model
def test_fewer_bytes_are_kept(name):
    model, x = made(name)

    with lean() as saved:
        model(x)

    assert saved.kept < 0.7 * saved.eager


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last], ids=str)
def test_what_an_activation_overwrites_is_had_from_the_norm(layout):
    model = nn.Sequential(
        nn.Conv2d(4, 8, 1), nn.BatchNorm2d(8), nn.Hardswish(inplace=True), nn.Conv2d(8, 4, 1)
    ).to(memory_format=layout)
    x = torch.randn(2, 4, 5, 5).to(memory_format=layout)

    with lean() as saved:
        model(x)
    ours = step(model, x, lean)

    assert {entry.node for entry in saved.entries if entry.kept} == {"Convolution", "input"}
    assert same(ours, step(model, x))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=str)
@pytest.mark.parametrize(
    "by_hand",
    [lambda t, c: c + t, lambda t, c: t - c, lambda t, c: c - t, lambda t, c: torch.sub(torch.tensor(c), t)],
)
def test_the_number_in_a_sum_is_found_at_each_call(by_hand, dtype):
    first, second = nn.Linear(32, 32, dtype=dtype), nn.Linear(32, 32, dtype=dtype)
    x = torch.randn(16, 32, dtype=dtype)

    def gradients(context) -> list[Tensor]:
        found = []
        for number in (1.0, 1.0, 1.25, 0.7071067811865476, 1e-9):
            with context():
                loss = second(by_hand(torch.sin(first(x)), number) * x).square().sum()
            found += torch.autograd.grad(loss, [*first.parameters(), *second.parameters()])
        return found

    assert same(gradients(lean), gradients(nullcontext))


def test_a_sum_with_a_number_is_not_kept():
    first, second = nn.Linear(32, 32), nn.Linear(32, 32)

    with lean() as saved:
        h = first(torch.ones(4, 32))
        second(h * (1 + torch.erf(h)))

    assert [entry.node for entry in saved.entries if entry.kept and entry.node != "input"] == ["Addmm"]


def allocated(run: Callable[[], object]) -> int:
    """The bytes of memory that a call leaves allocated, as torch's allocator counts them."""
    with torch.profiler.profile(profile_memory=True) as profiled:
        held = run()
    del held
    return sum(event.self_cpu_memory_usage for event in profiled.events())


@every_model
def test_the_allocator_agrees(name):
    model, x = made(name)
    with lean():
        model(x)  # call sites are compared when first met

    def forward(context) -> Tensor:
        with context():
            return model(x)

    assert allocated(lambda: forward(lean)) < allocated(lambda: forward(nullcontext))


class Around(nn.Module):
    """An activation where it always stands: between two linear maps."""

    def __init__(self, act: Callable[[Tensor], Tensor], *, halves: bool) -> None:
        super().__init__()
        self.first, self.act, self.second = nn.Linear(6, 16), act, nn.Linear(8 if halves else 16, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.second(self.act(self.first(x)))


POINTWISE = [r for r in records() if isinstance(r, (Activation, Gated)) and "training" not in r.params]


@pytest.mark.parametrize("record", POINTWISE, ids=lambda r: r.name)
def test_every_activation_keeps_its_bits(record, monkeypatch):
    monkeypatch.setattr(recompute, "LEAST", 1)
    params = {k: torch.tensor(v) if k == "weight" else v for k, v in settings(record)[0].items()}
    torch.manual_seed(0)
    model, x = Around(lambda x: record(x, **params), halves=isinstance(record, Gated)), torch.randn(5, 6)
    step(model, x, lean)  # chains are recorded at the first call

    ours = step(model, x, lean)
    with lean() as saved:
        model(x)

    assert same(ours, step(model, x))
    assert saved.kept <= saved.eager


@every_model
def test_autocast(name):
    model, x = made(name)
    cast = lambda: torch.autocast("cpu", torch.bfloat16)  # noqa: E731 - a context to pass on

    assert same(step(model, x, lean, around=cast), step(model, x, around=cast))
    assert same(step(model, x, cast, around=lean), step(model, x, around=cast))


@every_model
def test_accumulation_and_retained_graphs(name):
    def gradients(context) -> list[Tensor]:
        model, x = made(name)
        torch.manual_seed(1)
        with context():
            losses = [model(x).square().mean(), model(2 * x).square().mean()]
            losses[0].backward(retain_graph=True)
        losses[0].backward(retain_graph=True)
        losses[1].backward()
        losses[0].backward()
        return [p.grad for p in model.parameters()]

    assert same(gradients(lean), gradients(nullcontext))


def test_second_derivatives():
    def hessian_product(context) -> list[Tensor]:
        model, x = made("by_hand", torch.float64)
        with context():
            loss = model(x).square().mean()
            first = torch.autograd.grad(loss, list(model.parameters()), create_graph=True)
            size = sum(g.square().sum() for g in first)
        return list(torch.autograd.grad(size, list(model.parameters())))

    assert same(hessian_product(lean), hessian_product(nullcontext))


@pytest.mark.parametrize("spoil", ["input", "output", "view"])
def test_a_tensor_changed_after_it_was_saved_raises_what_eager_raises(spoil):
    first, second = nn.Linear(6, 6), nn.Linear(6, 6)

    def message(context) -> str:
        with context():
            h = first(torch.ones(3, 6))
            y = F.silu(h)
            loss = second(y).sum()
        {"input": h, "output": y, "view": y[0]}[spoil].add_(1)
        with pytest.raises(RuntimeError) as caught:
            loss.backward()
        return str(caught.value)

    ours, theirs = message(lean), message(nullcontext)

    assert "modified by an inplace operation" in ours
    assert ours.partition(":")[0] == theirs.partition(":")[0]
    assert "is at version 1; expected version 0" in ours


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("other", ["checkpoint", "reentrant", "offload"])
def test_others_who_use_the_same_hooks(other, inside):
    model, x = made("transformer")

    class Wrapped(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = copy.deepcopy(model)

        def forward(self, x: Tensor) -> Tensor:
            if other == "offload":
                with torch.autograd.graph.save_on_cpu():
                    return self.run(x)
            return checkpoint(self.run, x, use_reentrant=other == "reentrant")

        def run(self, x: Tensor) -> Tensor:
            with lean() if inside else nullcontext():
                return self.inner(x)

    assert same(step(Wrapped(), x, nullcontext if inside else lean), step(Wrapped(), x))


def test_an_exception_half_way_leaves_nothing_behind():
    model, x = made("transformer")

    class Broken(Exception):
        pass

    def interrupted() -> Iterator[None]:
        with lean():
            model(x)
            raise Broken

    with pytest.raises(Broken):
        interrupted()
    handle = nonlin.lean(model, min_bytes=0)
    with pytest.raises(RuntimeError):
        model(x[..., :3])
    handle.remove()

    packed: list[Tensor] = []
    with torch.autograd.graph.saved_tensors_hooks(lambda t: packed.append(t) or t, lambda t: t):
        model(x)
    assert packed  # the hooks of the context are gone: these are seen


def test_a_wrapped_model_is_lean_in_every_pass_until_removed():
    model, x = made("transformer")
    expected = step(model, x)

    handle = nonlin.lean(model, min_bytes=0)
    torch.manual_seed(1)
    model(x).square().mean().backward()
    model(x)
    entries = len(handle.saved.entries)
    handle.remove()
    model(x)

    assert same([p.grad for p in model.parameters()], expected[2 : 2 + len(list(model.parameters()))])
    assert entries == len(handle.saved.entries) > 0
    assert not model._forward_hooks
    assert not model._forward_pre_hooks


def test_threads_do_not_meet():
    model, x = made("by_hand")
    expected, found = step(model, x), []

    def work() -> None:
        found.extend(step(model, x, lean) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 20
    assert all(same(one, expected) for one in found)


def test_a_recipe_that_gives_other_bits_is_refused():
    from nonlin.leaning.rules import RULES, Edge, Way

    model, x = nn.Sequential(nn.Linear(6, 6), nn.SiLU(), nn.Linear(6, 6)), torch.randn(4, 6)
    right = RULES["SiluBackward0"]
    RULES["SiluBackward0"] = lambda _: Way((Edge(0),), lambda x: F.silu(x) + 1e-7)
    try:
        ours = step(model, x, lean)
    finally:
        RULES["SiluBackward0"] = right

    assert same(ours, step(model, x))


def test_another_recipe_at_a_certified_call_site_is_compared_again(monkeypatch):
    from nonlin.leaning.rules import RULES, Edge, Way

    first, second = nn.Linear(6, 6), nn.Linear(6, 6)

    def gradients(context) -> list[Tensor]:
        found = []
        for before in (lambda a: 2 * a, torch.neg):
            with context():
                a = first(x)
                loss = a.square().sum() + second(F.relu(before(a))).square().sum()
            found += torch.autograd.grad(loss, [*first.parameters(), *second.parameters()])
        return found

    x = torch.randn(4, 6)
    expected = gradients(nullcontext)
    monkeypatch.setitem(RULES, "NegBackward0", lambda _: Way((Edge(0),), torch.abs))

    assert same(gradients(lean), expected)


def test_the_eps_of_a_norm_is_found_by_all_rows():
    model = nn.Sequential(nn.Linear(6, 6), nn.LayerNorm(6, eps=1e-6), nn.Linear(6, 6))
    x = torch.randn(4, 6)
    large_first = x * torch.tensor([[1000.0], [0.01], [0.01], [0.01]])  # whose scale any small eps gives

    ours = [step(model, batch, lean) for batch in (x, large_first)]

    assert all(map(same, ours, [step(model, batch) for batch in (x, large_first)]))


@every_model
def test_what_is_remembered_of_call_sites_has_an_end(name, monkeypatch):
    from nonlin.leaning import keeper, saved

    monkeypatch.setattr(saved, "_MOST", 3)
    monkeypatch.setattr(saved, "_FORMS", {})
    monkeypatch.setattr(keeper, "_JUDGED", {})
    model, x = made(name)

    ours = step(model, x, lean)

    assert same(ours, step(model, x))
    assert max(len(keeper._JUDGED), len(saved._FORMS)) <= 3


def test_what_differs_only_later_is_found_when_always_verified():
    model, x = nn.Sequential(nn.Linear(6, 6), nn.SiLU(), nn.Linear(6, 6)), torch.randn(4, 6)
    from nonlin.leaning.rules import RULES, Edge, Way

    right, calls = RULES["SiluBackward0"], []

    def worse(node) -> Way:
        calls.append(node)
        return Way((Edge(0),), lambda x: F.silu(x) + (0 if len(calls) < 2 else 1e-3))

    RULES["SiluBackward0"] = worse
    try:
        found = [step(model, x, lambda: nonlin.lean(min_bytes=0, verify="always")) for _ in range(3)]
    finally:
        RULES["SiluBackward0"] = right

    assert all(same(one, step(model, x)) for one in found)


def test_what_a_gate_is_made_of_is_made_once(monkeypatch):
    from nonlin.leaning.rules import RULES, Edge, Way

    calls: list[Tensor] = []

    def counted(x: Tensor) -> Tensor:
        calls.append(x)
        return F.silu(x)

    monkeypatch.setitem(RULES, "SiluBackward0", lambda _: Way((Edge(0),), counted))
    gate, up, down = (nn.Linear(6, 6) for _ in range(3))
    x = torch.randn(4, 6)
    with lean():
        loss = down(F.silu(gate(x)) * up(x)).square().sum()
    calls.clear()

    loss.backward()

    assert len(calls) == 1  # for the product that `down` read, and again for the gradient of the product


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16, torch.float16], ids=str)
@pytest.mark.parametrize("size", [1, 7, 300])
def test_a_mask_is_had_again_from_bits(size, dtype):
    mask = torch.ones(size, dtype=dtype) / 0.7
    mask[1::3] = 0

    bits = Bits.of(mask)

    assert bits.packed.numel() == -(-size // 8)
    assert torch.equal(bits.tensor(), mask)


@pytest.mark.parametrize("odd", [-0.0, 1.0, torch.nan])
def test_what_holds_a_third_number_is_no_mask(odd):
    mask = torch.full((300,), 1 / 0.7)
    mask[290] = odd

    assert Bits.of(mask) is None


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    import gc

    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def test_a_dropped_graph_is_freed_at_once():
    from torch.utils.weak import TensorWeakRef

    first = nn.Linear(6, 6)
    with without_garbage_collection():
        with lean():
            h = first(torch.ones(3, 6))
            y = F.relu(torch.sigmoid(h) * h)
        refs = [TensorWeakRef(h), TensorWeakRef(y)]
        del h, y

        assert [ref() for ref in refs] == [None, None]


def test_small_tensors_are_left_alone():
    model, x = made("transformer")

    with nonlin.lean() as saved:
        model(x)

    assert not saved.entries
    assert "torch.compile" in saved.to("en")


def test_it_tells_by_layer_what_it_did():
    model, x = made("transformer")

    with lean() as saved:
        model(x)
    lines = saved.to("en").splitlines()

    assert lines[0].split() == ["layer", "eager", "lean", "recomputed"]
    assert any(line.startswith("*.down ") and line.endswith("Mul") for line in lines)
    assert lines[-1].startswith("all ")
    assert saved.to("zh").splitlines()[-1].startswith("合计")
    assert sum(entry.eager for entry in saved.entries) == saved.eager


def test_compiled_code_is_left_alone():
    model, x = made("by_hand")
    compiled = torch.compile(copy.deepcopy(model), backend="aot_eager", fullgraph=True)

    with lean():
        y = compiled(x)
    y.square().mean().backward()

    @torch.compile(backend="aot_eager")
    def whole(x: Tensor) -> Tensor:
        with lean():
            return model(x).square().mean()

    whole(x).backward()
    assert all(
        torch.allclose(a.grad, b.grad, atol=1e-6)
        for a, b in zip(model.parameters(), compiled.parameters(), strict=True)
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"verify": "never"}, "'first', 'always'"),
        ({"min_bytes": -1}, "number of bytes"),
        ({"min_bytes": "1MiB"}, "number of bytes"),
        ({"model": "gpt2"}, r"not a torch\.nn\.Module"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(NonlinError, match=message):
        nonlin.lean(**arguments)
