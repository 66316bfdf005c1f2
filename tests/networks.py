"""Random networks and losses, for tests that must hold for whatever a user trains.

Every part maps rows of `WIDTH` numbers to as many rows of as many, so that any part fits behind any other.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.utils import parametrizations
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from torch.utils.checkpoint import checkpoint

from programs import BINARY, UNARY

ROWS, WIDTH = 4, 6


class Apply(nn.Module):
    """A function of the input and of other modules."""

    def __init__(self, function: Callable[..., Tensor], *parts: nn.Module) -> None:
        super().__init__()
        self.function, self.parts = function, nn.ModuleList(parts)

    def forward(self, x: Tensor) -> Tensor:
        return self.function(x, *self.parts)


class _StraightThrough(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x.round()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return gradient * (x.abs() < 2)


class _InPlace(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.mark_dirty(x)
        return x.mul_(2)

    @staticmethod
    def backward(_: Any, gradient: Tensor) -> Tensor:
        return gradient * 2


class _Two(torch.autograd.Function):
    """Two results, of which one carries no gradient."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, factor: float) -> tuple[Tensor, Tensor]:
        ctx.factor, largest = factor, x.amax(dim=1)
        ctx.mark_non_differentiable(largest)
        return x * factor, largest

    @staticmethod
    def backward(ctx: Any, gradient: Tensor, _: Tensor) -> tuple[Tensor, None]:
        return gradient * ctx.factor, None


class _Tagged(Tensor):
    """A subclass that adds nothing."""


def _tracked(x: Tensor) -> Tensor:
    return x if x.requires_grad else x.clone().requires_grad_()


def _hooked(x: Tensor) -> Tensor:
    held = _tracked(x) * 1
    held.register_hook(lambda gradient: 2 * gradient)
    held.retain_grad()
    return held


def _written(write: Callable[[Tensor], Any]) -> Callable[[Tensor], Tensor]:
    """The copy of a tensor that was written to."""

    def function(x: Tensor) -> Tensor:
        held = x.clone()
        write(held)
        return held

    return function


def _without_gradients(x: Tensor) -> Tensor:
    with torch.no_grad():
        scale = x.std() + 1
    with torch.inference_mode():
        shift = x.mean().item()
    return (x - shift) / scale


FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = UNARY | {
    "to_half": lambda x: x.half().to(x.dtype),
    "to_bfloat16": lambda x: x.bfloat16().tanh().to(x.dtype),
    "complex": lambda x: torch.complex(x.float(), x.float().sin()).exp().abs().to(x.dtype),
    "fft": lambda x: torch.fft.fft(x.float()).abs().to(x.dtype),
    "rfft": lambda x: torch.fft.irfft(torch.fft.rfft(x.float()), n=WIDTH).to(x.dtype),
    "turned": lambda x: torch.view_as_real(
        torch.view_as_complex(x.float().reshape(ROWS, 3, 2)) * 1j
    ).flatten(1).to(x.dtype),
    "sparse": lambda x: x.relu().to_sparse().to_dense(),
    "sparse_product": lambda x: torch.sparse.mm(torch.eye(ROWS).to(x.dtype).to_sparse(), x),
    "sparse_rows": lambda x: torch.eye(ROWS).to_sparse_csr() @ x.float(),
    "nested": lambda x: torch.stack(torch.nested.as_nested_tensor(list(x), layout=torch.jagged).tanh().unbind()),
    "gather": lambda x: x.gather(1, x.argsort(1)),
    "top_two": lambda x: torch.zeros_like(x).scatter(1, x.topk(2, 1).indices, x.topk(2, 1).values),
    "unbound": lambda x: torch.stack(x.unbind(1)[::-1], 1),
    "strided": lambda x: x.contiguous().as_strided((ROWS, WIDTH), (WIDTH, 1)),
    "empty": lambda x: torch.cat([x, x[:0] / 0]),
    "wide": lambda x: x[:, None].expand(ROWS, 3, WIDTH).sum(1),
    "einsum": lambda x: torch.einsum("ij,kj,kl->il", x, x, x),
    "distances": lambda x: torch.cdist(x, x) @ x,
    "noise": lambda x: x + torch.randn_like(x),
    "gumbel": lambda x: F.gumbel_softmax(x, hard=True),
    "drawn": lambda x: x * F.one_hot(x.float().softmax(-1).multinomial(1).squeeze(1), WIDTH),
    "alpha_dropout": lambda x: F.alpha_dropout(x, 0.3, training=True),
    "rrelu": lambda x: F.rrelu(x, training=True),
    "branch": lambda x: x if x.sum() > 0 else -x,
    "number": lambda x: x * float(x.detach().amax()),
    "through_numpy": lambda x: x + torch.from_numpy(x.detach().float().numpy() * 2).to(x.dtype),
    "detached": lambda x: x + (x.round() - x).detach(),
    "without_gradients": _without_gradients,
    "hooked": _hooked,
    "in_place_transposed": _written(lambda x: x.t().relu_()),
    "in_place_narrowed": _written(lambda x: x.narrow(1, 0, 3).mul_(2)),
    "in_place_indexed": _written(lambda x: x.index_put_((x > 0,), torch.zeros((), dtype=x.dtype))),
    "in_place_data": _written(lambda x: x.data.mul_(2)),
    "in_place_column": _written(lambda x: x.__setitem__((slice(None), 0), x[:, 1] * 2)),
    "straight_through": _StraightThrough.apply,
    "custom_in_place": lambda x: _InPlace.apply(x.clone()),
    "custom_two": lambda x: _Two.apply(x, 3.0)[0] + _Two.apply(x, 3.0)[1][:, None],
    "subclass": lambda x: x.as_subclass(_Tagged).relu().as_subclass(Tensor),
    "quantized": lambda x: torch.fake_quantize_per_tensor_affine(x.float(), 0.1, 0, -128, 127),
    "vmap": torch.vmap(torch.tanh),
    "row_gradient": torch.vmap(torch.func.grad(lambda row: row.sin().sum())),
    "jvp": lambda x: torch.func.jvp(torch.sin, (x,), (x,))[1],
    "jacobian": lambda x: torch.autograd.functional.jacobian(
        lambda v: v.tanh().sum(1), x, create_graph=True, vectorize=True
    ).sum(0),
    "input_gradient": lambda x: torch.autograd.grad(
        (leaf := _tracked(x)).tanh().sum(), leaf, create_graph=True
    )[0],
}  # fmt: skip


def _packed(x: Tensor, rnn: nn.Module) -> Tensor:
    packed = pack_padded_sequence(x.view(ROWS, 3, 2), torch.tensor([3, 3, 2, 1]), batch_first=True)
    return pad_packed_sequence(rnn(packed)[0], batch_first=True)[0].flatten(1)


def _memory(x: Tensor, keys: nn.Linear) -> Tensor:
    return F.softmax(keys(x), dim=-1) @ keys.weight


LAYERS: dict[str, Callable[[], nn.Module]] = {
    "linear": lambda: nn.Linear(WIDTH, WIDTH),
    "bottleneck": lambda: nn.Sequential(nn.Linear(WIDTH, 2, bias=False), nn.Linear(2, WIDTH)),
    "memory": lambda: Apply(_memory, nn.Linear(WIDTH, WIDTH, bias=False)),
    "conv1d": lambda: nn.Sequential(nn.Unflatten(1, (2, 3)), nn.Conv1d(2, 2, 3, padding=1), nn.Flatten()),
    "conv2d": lambda: nn.Sequential(
        nn.Unflatten(1, (1, 2, 3)), nn.Conv2d(1, 2, 3, padding=1), nn.AdaptiveAvgPool2d((1, 3)), nn.Flatten()
    ),
    "transposed": lambda: nn.Sequential(nn.Unflatten(1, (3, 2)), nn.ConvTranspose1d(3, 3, 1), nn.Flatten()),
    "batch_norm": lambda: nn.BatchNorm1d(WIDTH),
    "group_norm": lambda: nn.GroupNorm(2, WIDTH),
    "rms_norm": lambda: nn.RMSNorm(WIDTH),
    "dropout": lambda: nn.Dropout(0.4),
    "relu": lambda: nn.ReLU(inplace=True),
    "hardswish": lambda: nn.Hardswish(inplace=True),
    "prelu": lambda: nn.PReLU(WIDTH),
    "softmax": lambda: nn.Softmax(dim=-1),
    "sigmoid": nn.Sigmoid,
    "glu": lambda: nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GLU()),
    "lstm": lambda: Apply(
        lambda x, rnn: rnn(x.view(ROWS, 3, 2))[0].flatten(1), nn.LSTM(2, 2, 2, batch_first=True, dropout=0.5)
    ),
    "gru": lambda: Apply(_packed, nn.GRU(2, 1, batch_first=True, bidirectional=True)),
    "cell": lambda: Apply(lambda x, cell: cell(x, x), nn.GRUCell(WIDTH, WIDTH)),
    "attention": lambda: Apply(
        lambda x, attend: attend(*[x.view(ROWS, 3, 2)] * 3)[0].flatten(1), nn.MultiheadAttention(2, 1, 0.1)
    ),
    "transformer": lambda: Apply(
        lambda x, layer: layer(x.view(ROWS, 3, 2)).flatten(1), nn.TransformerEncoderLayer(2, 1, 4)
    ),
    "embedding": lambda: Apply(lambda x, table: table(x.argmax(1)), nn.Embedding(WIDTH, WIDTH, sparse=True)),
    "weight_norm": lambda: parametrizations.weight_norm(nn.Linear(WIDTH, WIDTH)),
    "spectral_norm": lambda: parametrizations.spectral_norm(nn.Linear(WIDTH, WIDTH)),
}


def _hook(module: nn.Module, *, register: str, hook: Callable[..., Any]) -> nn.Module:
    getattr(module, register)(hook)
    return module


def _retried(x: Tensor, inner: nn.Module) -> Tensor:
    """A first try on too few columns, which most layers refuse."""
    try:
        return inner(x[:, :2]).repeat(1, 3) + x
    except (RuntimeError, ValueError, TypeError):
        return inner(x)


def _in_thread(x: Tensor, inner: nn.Module) -> Tensor:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(inner, x).result()


def _under_autocast(x: Tensor, inner: nn.Module) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return inner(x).to(x.dtype)


def _untracked(x: Tensor, inner: nn.Module) -> Tensor:
    with torch.no_grad():
        held = inner(x)
    return x * held


def _applied(function: Callable[..., Tensor]) -> Callable[..., nn.Module]:
    return lambda *inner: Apply(function, *inner)


WRAPPERS: dict[str, Callable[[nn.Module], nn.Module]] = {
    "residual": _applied(lambda x, inner: x + inner(x)),
    "residual_in_place": _applied(lambda x, inner: x.clone().add_(inner(x))),
    "loop": _applied(lambda x, inner: inner(inner(inner(x)))),
    "copies": _applied(lambda x, inner: inner(x) + copy.deepcopy(inner)(x)),
    "double": lambda inner: Apply(lambda x, part: part(x.double()).to(x.dtype), inner.double()),
    "autocast": _applied(_under_autocast),
    "checkpoint": _applied(lambda x, inner: checkpoint(inner, x, use_reentrant=False)),
    "reentrant": _applied(lambda x, inner: checkpoint(inner, _tracked(x), use_reentrant=True)),
    "compiled": lambda inner: torch.compile(Apply(lambda x, part: part(x), inner), backend="eager"),
    "parallel": nn.DataParallel,
    "frozen": lambda inner: inner.requires_grad_(False),
    "evaluated": lambda inner: inner.eval(),
    "untracked": _applied(_untracked),
    "retried": _applied(_retried),
    "in_thread": _applied(_in_thread),
    "functional_call": _applied(lambda x, inner: torch.func.functional_call(inner, dict(inner.named_parameters()), (x,))),
    "vmapped": _applied(lambda x, inner: torch.vmap(inner, randomness="different")(x[:, None])[:, 0]),
    "jacobian_of": _applied(
        lambda x, inner: torch.autograd.functional.jacobian(inner, x, create_graph=True, vectorize=True).sum((0, 1))
    ),
    "before": lambda inner: _hook(inner, register="register_forward_pre_hook", hook=lambda _, given: (given[0] * 2,)),
    "after": lambda inner: _hook(inner, register="register_forward_hook", hook=lambda _, __, made: made + 1),
    "backward": lambda inner: _hook(
        inner, register="register_full_backward_hook", hook=lambda _, given, __: tuple(g if g is None else 3 * g for g in given)
    ),
}  # fmt: skip

PAIRS: dict[str, Callable[[nn.Module, nn.Module], nn.Module]] = {
    name: _applied(lambda x, f, g, join=join: join(f(x), g(x))) for name, join in BINARY.items()
} | {
    "gate": _applied(lambda x, f, g: f(x) * torch.sigmoid(g(x))),
    "mixture": _applied(lambda x, f, g: (F.softmax(f(x), dim=-1) * g(x)).sum(1, keepdim=True).expand_as(x)),
    "sandwich": _applied(lambda x, f, g: f(g(f(x)))),
    "attend": _applied(lambda x, f, g: F.softmax(f(x) @ g(x).T / WIDTH**0.5, dim=-1) @ x),
}


class Targets(NamedTuple):
    """Of every kind that a loss may ask for."""

    labels: Tensor
    numbers: Tensor
    shares: Tensor


LOSSES: dict[str, Callable[[Tensor, Targets], Tensor]] = {
    "cross_entropy": lambda y, t: F.cross_entropy(y, t.labels),
    "soft_labels": lambda y, t: F.cross_entropy(y, t.shares, label_smoothing=0.1),
    "nll": lambda y, t: F.nll_loss(F.log_softmax(y, dim=1), t.labels),
    "nll_of_log": lambda y, t: F.nll_loss(torch.log(F.softmax(y, dim=1) + 1e-6), t.labels),
    "picked": lambda y, t: -y.log_softmax(1)[range(ROWS), t.labels].mean(),
    "bce_with_logits": lambda y, t: F.binary_cross_entropy_with_logits(y, t.shares),
    "bce": lambda y, t: F.binary_cross_entropy(torch.sigmoid(y), t.shares),
    "bce_by_hand": lambda y, t: -(
        t.shares * torch.log(y.sigmoid() + 1e-6) + (1 - t.shares) * torch.log(1 - y.sigmoid() + 1e-6)
    ).mean(),
    "mse": lambda y, t: F.mse_loss(y, t.numbers),
    "l1": lambda y, t: F.l1_loss(y, t.numbers),
    "huber": lambda y, t: F.huber_loss(y, t.numbers),
    "norm": lambda y, t: (y - t.numbers).norm(),
    "kl": lambda y, t: F.kl_div(F.log_softmax(y, -1), t.shares, reduction="batchmean"),
    "gaussian": lambda y, t: F.gaussian_nll_loss(y, t.numbers, y.exp()),
    "poisson": lambda y, t: F.poisson_nll_loss(y, t.shares),
    "hinge": lambda y, t: F.relu(1 - y * t.numbers.sign()).mean(),
    "contrastive": lambda y, t: F.cross_entropy(F.normalize(y) @ F.normalize(t.numbers).T / 0.1, torch.arange(ROWS)),
    "triplet": lambda y, t: F.triplet_margin_loss(y, t.numbers, t.shares),
    "ctc": lambda y, t: F.ctc_loss(
        y.log_softmax(-1)[:, None], t.labels[None, :2] + 1, torch.tensor([ROWS]), torch.tensor([2])
    ),
    "normal": lambda y, t: -torch.distributions.Normal(y, F.softplus(y) + 1e-3).log_prob(t.numbers).mean(),
    "policy": lambda y, t: -(torch.distributions.Categorical(logits=y).log_prob(t.labels) * t.numbers[:, 0]).mean(),
    "many": lambda y, _: sum((row.square().mean() for row in y), start=y.abs().mean()),
    "sum": lambda y, _: y.sum(),
}  # fmt: skip

FORMS: dict[str, tuple[Callable[[Tensor], Any], Callable[[Any], Tensor]]] = {
    "tensor": (lambda y: y, lambda made: made),
    "tuple": (lambda y: (y, None, y.shape), lambda made: made[0]),
    "mapping": (lambda y: {"scores": [y], "size": 3}, lambda made: made["scores"][0]),
}
"""What the model makes of its result, and how the loss finds that again."""

Tree = str | tuple[Any, ...]
"""The name of a function or a layer; or ("then", trees...), or the name of what is built around one or two trees."""


def _built(tree: Tree) -> nn.Module:
    if isinstance(tree, str):
        return LAYERS[tree]() if tree in LAYERS else Apply(FUNCTIONS[tree])
    name, parts = tree[0], [_built(part) for part in tree[1:]]
    return nn.Sequential(*parts) if name == "then" else (WRAPPERS | PAIRS)[name](*parts)


class _Model(nn.Module):
    def __init__(self, tree: Tree, form: str) -> None:
        super().__init__()
        self.body, self.form = _built(tree), FORMS[form][0]

    def forward(self, x: Tensor) -> Any:
        return self.form(self.body(x))


class Step(NamedTuple):
    """One training step, ready to run: `loss(model(x), targets)`."""

    model: nn.Module
    x: Tensor
    loss: Callable[[Any, Targets], Tensor]
    targets: Targets


@dataclass(frozen=True)
class Network:
    """A random network with its loss."""

    tree: Tree
    loss: str = "mse"
    form: str = "tensor"
    dtype: str = "float32"
    seed: int = 0

    def step(self) -> Step:
        """The same step each time, with torch's random state as it stood then."""
        torch.manual_seed(self.seed)
        dtype, held = getattr(torch, self.dtype), torch.get_default_dtype()
        torch.set_default_dtype(dtype)
        try:
            model = _Model(self.tree, self.form)
        finally:
            torch.set_default_dtype(held)
        result, loss = FORMS[self.form][1], LOSSES[self.loss]
        numbers = torch.randn(ROWS, WIDTH, dtype=dtype)
        targets = Targets(torch.randint(0, WIDTH - 1, (ROWS,)), numbers, numbers.softmax(1))
        return Step(model, torch.randn(ROWS, WIDTH, dtype=dtype), lambda y, t: loss(result(y), t), targets)


_leaves = st.sampled_from(sorted(LAYERS)) | st.sampled_from(sorted(FUNCTIONS))
trees = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: ("then", *parts))
        | st.tuples(st.sampled_from(sorted(WRAPPERS)), inner)
        | st.tuples(st.sampled_from(sorted(PAIRS)), inner, inner)
    ),
    max_leaves=8,
)
networks = st.builds(
    Network,
    trees.map(lambda tree: ("then", "linear", tree)),
    st.sampled_from(sorted(LOSSES)),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(["float32", "float32", "float64", "bfloat16"]),
    st.integers(0, 9),
)
