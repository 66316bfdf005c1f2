"""Weights are filled with the scale that the activation's gain asks for, alone and in whole models."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import nonlin
from nonlin import init
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Simplex, records
from nonlin.catalogue.record import REQUIRED
from nonlin.facts.moments import moments

SHAPE = (96, 16, 3, 3)
FAN_IN, FAN_OUT = 16 * 9, 96 * 9
every = pytest.mark.parametrize("record", [r for r in records() if not isinstance(r, Simplex)], ids=str)


def typical(record):
    return {p.name: p.bounds.typical[0] for p in record.params.values() if p.default is REQUIRED}


def std(weight):
    return float(weight.detach().square().mean().sqrt())


@every
def test_every_function_gives_the_scale_of_its_formula(record):
    torch.manual_seed(0)
    known, params = moments(record, **typical(record)), typical(record)
    w = torch.empty(SHAPE)

    for fill in (init.kaiming_normal_, init.kaiming_uniform_):
        assert fill(w, record, **params) is w
        assert std(w) == pytest.approx(1 / math.sqrt(FAN_IN * known.second), rel=0.03)
        if known.slope_second:
            fill(w, record.name, mode="fan_out", **params)
            assert std(w) == pytest.approx(1 / math.sqrt(FAN_OUT * known.slope_second), rel=0.03)
    for fill in (init.xavier_normal_, init.xavier_uniform_):
        assert fill(w, record, **params) is w
        wanted = math.sqrt(2 / (FAN_IN * known.second + FAN_OUT * known.slope_second))
        assert std(w) == pytest.approx(wanted, rel=0.03)
    assert init.orthogonal_(w, record, **params) is w
    product = w.flatten(1) @ w.flatten(1).T
    torch.testing.assert_close(
        product, torch.eye(96) * nonlin.gain(record, **params) ** 2, rtol=1e-4, atol=1e-4
    )


@pytest.mark.parametrize("name", ["kaiming_normal_", "kaiming_uniform_"])
@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize(("nonlinearity", "a"), [("relu", 0), ("leaky_relu", 0.2), ("linear", 0)])
def test_the_numbers_are_torchs_where_torch_is_exact(name, mode, nonlinearity, a):
    given = {"a": a} if nonlinearity == "leaky_relu" else {}
    torchs, ours = torch.empty(SHAPE), torch.empty(SHAPE)

    getattr(torch.nn.init, name)(
        torchs, a=a, mode=mode, nonlinearity=nonlinearity, generator=torch.Generator().manual_seed(3)
    )
    getattr(init, name)(
        ours, mode=mode, nonlinearity=nonlinearity, generator=torch.Generator().manual_seed(3), **given
    )

    torch.testing.assert_close(ours, torchs)


def test_xavier_of_the_identity_is_torchs():
    torchs, ours = torch.empty(SHAPE), torch.empty(SHAPE)
    for name in ("xavier_normal_", "xavier_uniform_", "orthogonal_"):
        getattr(torch.nn.init, name)(torchs, generator=torch.Generator().manual_seed(3))
        getattr(init, name)(ours, "identity", generator=torch.Generator().manual_seed(3))

        torch.testing.assert_close(ours, torchs)


def test_critical_weights_and_biases_have_the_variances_of_the_papers():
    torch.manual_seed(0)
    weight, bias = torch.empty(2000, 50), torch.empty(2000)

    assert init.critical_(weight, bias, "tanh") == (weight, bias)

    known = moments("tanh")
    assert std(weight) == pytest.approx(1 / math.sqrt(50 * known.slope_second), rel=0.02)
    assert std(bias) == pytest.approx(math.sqrt(1 - known.second / known.slope_second), rel=0.05)


@pytest.mark.parametrize(
    ("tensor", "arguments", "message"),
    [
        (torch.empty(3), {"nonlinearity": "gelu"}, r"shape \(3,\) is no weight; one has \(out, in"),
        (torch.empty(0, 3), {"nonlinearity": "gelu"}, "is no weight"),
        (torch.empty(3, 3), {"nonlinearity": "gelu", "mode": "fan"}, "mode='fan' is neither 'fan_in'"),
        (torch.empty(3, 3), {"nonlinearity": "softmax"}, "softmax is not elementwise"),
        (torch.empty(3, 3), {"nonlinearity": "gelo"}, "did you mean gelu"),
        (torch.empty(3, 3), {"nonlinearity": "prelu"}, "prelu needs weight"),
        (torch.empty(3, 3), {"nonlinearity": "gelu", "a": 1}, "unknown parameter of gelu 'a'"),
    ],
)
def test_what_makes_no_sense_is_refused(tensor, arguments, message):
    with pytest.raises(NonlinError, match=message):
        init.kaiming_normal_(tensor, **arguments)


class Mixed(nn.Module):
    """What follows each weight is told by a module, a call, a gated unit, or nothing."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(50, 32)
        self.conv = nn.Conv1d(32, 32, 3, padding=1, groups=4)
        self.norm = nn.BatchNorm1d(32)
        self.spread = nn.ConvTranspose1d(32, 48, 4, stride=2, groups=2)
        self.called = nn.Linear(48, 64)
        self.learned = nn.Linear(64, 64)
        self.snake = nonlin.nn.Snake(alpha=2.0, learnable=True)
        self.gated = nn.Sequential(nn.Linear(64, 128), nonlin.nn.SwiGLU())
        self.several = nn.Linear(64, 64)
        self.two = nn.Linear(64, 64)
        self.twice = nn.Linear(64, 64)
        self.frozen = nn.Linear(64, 32).requires_grad_(requires_grad=False)
        self.idle = nn.Linear(5, 5)
        self.head = nn.Linear(32, 50, bias=False)
        self.head.weight = self.embedding.weight
        self.matrix = nn.Parameter(torch.zeros(32, 20))

    def forward(self, i):
        x = torch.relu(self.norm(self.conv(self.embedding(i).transpose(1, 2))))
        x = F.leaky_relu(self.called(self.spread(x).transpose(1, 2)), 0.3)
        x = self.gated(self.snake(self.learned(x)))
        a, b = self.several(x).chunk(2, -1)
        x = torch.cat([torch.tanh(a), F.silu(b)], -1)
        x = torch.tanh(self.twice(torch.tanh(self.two(x) + self.twice(x))))
        x = self.frozen(x)
        return self.head(x).softmax(-1), x @ self.matrix


def test_each_weight_is_set_for_what_follows_it():
    torch.manual_seed(0)
    model = Mixed()
    before = {name: p.detach().clone() for name, p in model.named_parameters()}

    table = init.initialise_(model)

    found = {one.name: one for one in table}
    several = 1 / math.sqrt((moments("tanh").second + moments("silu").second) / 2)
    wanted = {
        "conv.weight": (("relu",), nonlin.gain("relu"), 8 * 3),
        "spread.weight": ((), 1.0, 16 * 4 / 2),
        "called.weight": (("leaky_relu",), nonlin.gain("leaky_relu", negative_slope=0.3), 48),
        "learned.weight": (("snake",), nonlin.gain("snake", alpha=2.0), 64),
        "gated.0.weight": (("swiglu",), nonlin.gain("swiglu"), 64),
        "several.weight": (("tanh", "silu"), several, 64),
        "two.weight": (("tanh",), nonlin.gain("tanh"), 64),
        "twice.weight": (("tanh",), nonlin.gain("tanh"), 64),
        "matrix": ((), 1.0, 32),
    }
    for name, (follows, gain, fan_in) in wanted.items():
        assert sorted(found[name].follows) == sorted(follows)
        assert found[name].gain == pytest.approx(gain, rel=1e-6)
        assert found[name].std == pytest.approx(gain / math.sqrt(fan_in), rel=1e-6)
        assert std(model.get_parameter(name)) == pytest.approx(found[name].std, rel=0.1)
    left = {one.name for one in table if one.std is None}
    assert left == {"embedding.weight", "frozen.weight", "idle.weight"}
    assert set(found) == set(wanted) | left
    for name, parameter in model.named_parameters():
        if name.endswith("bias") and name.partition(".")[0] not in ("norm", "frozen", "idle"):
            assert not parameter.any(), name
        elif name not in wanted:
            assert torch.equal(parameter, before[name]), name
    assert found["conv.weight"].note is not None


def test_a_norm_after_a_sum_does_not_count_as_the_norm_of_a_weight():
    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Linear(8, 8), nn.Linear(8, 8)
            self.norm = nn.LayerNorm(8)

        def forward(self, x):
            return F.gelu(self.norm(x + self.second(self.norm(self.first(x)))))

    first, second = init.initialise_(Block(), "4x8")

    assert first.note is not None
    assert second.note is None
    assert second.follows == ("gelu",)


@pytest.mark.parametrize(("kind", "gates"), [(nn.LSTM, 4), (nn.GRU, 3), (nn.RNN, 1)])
def test_recurrent_layers_are_filled_gate_by_gate(kind, gates):
    torch.manual_seed(0)
    model = kind(24, 40, num_layers=2, bidirectional=True, batch_first=True)

    table = init.initialise_(model)

    assert len(table) == 8
    for name, parameter in model.named_parameters():
        if "bias" in name:
            assert not parameter.any()
        for part in parameter.chunk(gates) if "weight_hh" in name else ():
            torch.testing.assert_close(part @ part.T, torch.eye(40), rtol=0, atol=1e-5)
        for part in parameter.chunk(gates) if "weight_ih" in name else ():
            assert std(part) == pytest.approx(math.sqrt(2 / (40 + part.shape[1])), rel=0.1)


# torch says so of every projection; which kernel computes them does not matter here.
@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN")
def test_recurrent_cells_and_projections_are_filled_too():
    for model, inputs, count in (
        (nn.LSTMCell(8, 16), "4x8", 2),
        (nn.GRUCell(8, 16), "4x8", 2),
        (nn.RNNCell(8, 16), "4x8", 2),
        (nn.LSTM(8, 16, proj_size=4), "5x4x8", 3),
    ):
        table = init.initialise_(model, inputs)

        assert len(table) == count
        assert all(one.std is not None for one in table)


def test_attention_is_filled_projection_by_projection():
    torch.manual_seed(0)
    x = torch.randn(2, 5, 64)
    for model in (
        nn.MultiheadAttention(64, 4),
        nn.MultiheadAttention(64, 4, kdim=64, vdim=64, add_bias_kv=True),
    ):
        init.initialise_(model, (x, x, x))

        for part in model.in_proj_weight.chunk(3):
            assert std(part) == pytest.approx(math.sqrt(2 / 128), rel=0.05)
        assert std(model.out_proj.weight) == pytest.approx(1 / 8, rel=0.05)
        assert not model.in_proj_bias.any()


def test_the_same_generator_gives_the_same_weights_and_leaves_torchs_alone():
    one, other = Mixed(), Mixed()
    state = torch.get_rng_state()

    init.initialise_(one, generator=torch.Generator().manual_seed(7))
    init.initialise_(other, generator=torch.Generator().manual_seed(7))

    assert torch.equal(torch.get_rng_state(), state)
    for name in ("conv.weight", "gated.0.weight", "matrix"):
        assert torch.equal(one.get_parameter(name), other.get_parameter(name))


def test_a_seed_gives_the_same_weights():
    one, other = (nn.Sequential(nn.Linear(6, 6), nn.GRU(6, 6)) for _ in range(2))
    for model in (one, other):
        torch.manual_seed(5)
        init.initialise_(model, "3x2x6")

    for a, b in zip(one.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)


def test_a_deep_network_keeps_its_signal_and_gradient_and_the_default_loses_the_gradient():
    torch.manual_seed(0)
    layers = [part for _ in range(100) for part in (nn.Linear(128, 128), nn.ReLU())]
    model, x = nn.Sequential(*layers), torch.randn(16, 128, requires_grad=True)

    def scales():
        y = model(x)
        (gradient,) = torch.autograd.grad(y, x, torch.randn_like(y))
        return std(y), std(gradient)

    _, lost = scales()
    init.initialise_(model, x)
    kept = scales()

    assert lost < 1e-12
    assert all(0.01 < scale < 100 for scale in kept)


def test_a_model_that_takes_no_guessed_input_is_refused_with_the_remedy():
    class Two(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(3, 3)

        def forward(self, x, y):
            return self.layer(x) + y

    with pytest.raises(NonlinError, match=r"Two does not accept a guessed input; give one with inputs="):
        init.initialise_(Two())
    assert len(init.initialise_(Two(), ["2x3", "2x3"])) == 1


def test_the_table_is_aligned_in_both_languages():
    table = init.initialise_(nn.Sequential(nn.Linear(16, 8), nn.GELU(), nn.Linear(8, 2)))

    assert str(table.render("en")).splitlines() == [
        "weight    followed by   gain     std",
        "0.weight  gelu         1.534  0.3834",
        "2.weight  -                1  0.3536",
        "",
        "Sequential: 2 weights set, 0 left as they were",
    ]
    assert table.render("zh").splitlines()[:2] == [
        "权重      其后   增益  标准差",
        "0.weight  gelu  1.534  0.3834",
    ]
