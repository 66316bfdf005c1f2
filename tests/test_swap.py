"""`swap` replaces what it is certain of, keeps the state of each module, and names the rest."""

from __future__ import annotations

import copy
import functools
import pickle
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Gated, Simplex, records
from nonlin.catalogue.record import REQUIRED
from nonlin.recognise import _functions, recognise, recognise_function
from zoo import timm_model


def typical(record):
    return {p.name: p.bounds.typical[0] for p in record.params.values() if p.default is REQUIRED and p.bounds}


def module_of(record):
    given = {"dim": -1} if "dim" in record.params else {}
    if record.name != "prelu":
        given |= typical(record)
    return getattr(nonlin.nn, record.class_name)(**given)


def entries(record) -> int:
    """How many entries a map of vectors makes of two."""
    return record.resized(2) if isinstance(record, Simplex) and record.resized else 2


def around(record):
    """A model with the activation between two layers, and an input for it."""
    inner = 8 if isinstance(record, Gated) else {1: 8, 2: 4, 4: 2}[entries(record)]
    model = nn.Sequential(nn.Linear(4, inner), module_of(record), nn.Linear(4, 4))
    return model, torch.randn(3, 5, 4, 4) if record.name == "softmax2d" else torch.randn(3, 4)


def kinds():
    for kind in (Activation, Gated, Simplex):
        for size in (1, 2, 4):
            members = [r for r in records() if isinstance(r, kind) and entries(r) == size]
            yield from zip(members, members[1:] + members[:1], strict=True)


def test_maps_that_make_another_number_of_entries_are_not_swapped():
    model, _ = around(nonlin.get("softmax"))

    with pytest.raises(NonlinError, match="softmax makes 2 entries of 2 and crelu makes 4"):
        nonlin.swap(model, "softmax", "crelu", dim=-1)


@pytest.mark.parametrize("record", records(), ids=str)
def test_every_module_of_nonlin_and_torch_is_recognised(record):
    modules = [module_of(record)]
    if hasattr(torch.nn, record.class_name):
        given = {} if record.name == "prelu" else typical(record)
        modules.append(getattr(torch.nn, record.class_name)(**given))

    for module in modules:
        assert recognise(module).record is record
        assert set(recognise(module).params) <= set(record.params)


@pytest.mark.parametrize(("old", "new"), list(kinds()), ids=lambda r: r.name)
def test_every_activation_can_be_swapped_for_the_next(old, new):
    model, x = around(old)
    given = {} if new.name == "prelu" else typical(new)
    if "dim" in new.params and "dim" not in old.params:
        given["dim"] = -1
    said = []

    assert nonlin.swap(model, old.name, new.class_name, report=said.append, **given) is model

    (one,) = said[0].replaced
    assert one.path == "1"
    assert said[0].left == ()
    assert recognise(model[1]).record is new
    if "dim" in old.params and "dim" in new.params:
        assert model[1].dim == -1
    if new.name != "softmax2d" and old.name != "softmax2d":
        assert model(x).shape == (3, 4)


def _id(function) -> str:
    return f"{function.__module__}.{function.__name__}"


@pytest.mark.parametrize("function", sorted(_functions(), key=_id), ids=_id)
def test_a_function_is_recognised_as_what_it_computes(function):
    record = recognise_function(function).record
    x = torch.linspace(-3, 3, 48).reshape(1, 2, 4, 6)
    given = {p: v for p, v in module_of(record).__dict__.items() if p in record.params}
    given |= {"dim": 1} if "dim" in record.params else {}
    given |= {"weight": torch.tensor([0.3])} if record.name == "prelu" else {}
    needed = {p: v for p, v in given.items() if p == "dim" or record.params[p].required}

    ours, theirs = (seeded(fn, x.clone(), **needed) for fn in (record.fn, function))
    torch.testing.assert_close(ours, theirs)


def seeded(function, *args, **options):
    torch.manual_seed(0)
    return function(*args, **options)


def test_what_draws_is_recognised_too_and_no_draw_is_lost():
    before = torch.get_rng_state()
    _functions.cache_clear()

    assert recognise_function(torch.nn.functional.gumbel_softmax).record.name == "gumbel_softmax"
    assert torch.equal(torch.get_rng_state(), before)


def libraries():
    """Instances of the activation classes of timm and transformers."""
    timm_model("resnet18", train=False)  # declares what they want of torchvision
    import timm.layers.activations
    import timm.layers.activations_me
    import transformers.activations

    found = {
        f"transformers {name}": transformers.activations.ACT2FN[name]
        for name in transformers.activations.ACT2CLS
    }
    for home in (timm.layers.activations, timm.layers.activations_me):
        for name, kind in vars(home).items():
            if isinstance(kind, type) and issubclass(kind, nn.Module):
                found[f"timm {name}"] = kind()
    return found


@pytest.mark.zoo
def test_the_activations_of_timm_and_transformers_are_recognised_by_what_they_compute():
    x = torch.linspace(-6, 6, 101)
    unknown = set()

    for name, module in libraries().items():
        found = recognise(module)
        if found is None:
            unknown.add(name)
            continue
        torch.testing.assert_close(module(x), found.record.fn(x, **found.params), rtol=1e-5, atol=1e-5)

    # Its parameters pass through a softplus, so that they are not the record's.
    assert unknown == {"transformers xielu"}


def test_a_class_with_a_known_name_and_other_values_is_not_recognised():
    fake = type("GELUActivation", (nn.Module,), {"forward": lambda _, x: x})
    fake.__module__ = "transformers.activations"

    assert recognise(fake()) is None


class Block(nn.Module):
    def __init__(self, act):
        super().__init__()
        self.linear, self.act = nn.Linear(8, 8), act
        self.function, self.part = F.relu, functools.partial(F.leaky_relu, negative_slope=0.3)

    def forward(self, x):
        return self.part(self.function(self.act(self.linear(x))))


def test_a_module_keeps_mode_hooks_inplace_and_identity():
    act = nn.SiLU(inplace=True).eval()
    model = nn.Sequential(Block(act), Block(act), nn.ModuleDict({"again": act}))
    calls = []
    handle = act.register_forward_hook(lambda *_: calls.append("after"))
    act.register_forward_pre_hook(lambda *_: calls.append("before"))

    nonlin.swap(model, "swish", "mish")

    new = model[0].act
    assert type(new) is nonlin.nn.Mish
    assert new is model[1].act is model[2]["again"]
    assert new.inplace
    assert not new.training
    assert model.training
    new(torch.randn(2))
    assert calls == ["before", "after"]
    handle.remove()
    new(torch.randn(2))
    assert calls == ["before", "after", "before"]


def test_parameters_that_both_have_are_kept_and_given_ones_win():
    model = nn.Sequential(nn.ELU(alpha=0.5), nonlin.nn.Snake(alpha=3.0, learnable=True))

    nonlin.swap(model, "elu", "celu")
    nonlin.swap(model, "snake", "dyt", learnable=True)

    assert model[0].alpha == 0.5
    assert model[1].alpha.item() == 3.0
    nonlin.swap(model, "celu", "elu", alpha=0.25)
    assert model[0].alpha == 0.25


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
def test_what_is_learned_lies_where_the_weights_lie(dtype):
    model = nn.Sequential(nn.Sequential(nn.Linear(4, 4), nn.ReLU()), nn.Linear(4, 4).to("meta")).to(
        dtype=dtype
    )

    nonlin.swap(model, "relu", "prelu")
    assert model[0][1].weight.dtype == dtype
    assert model[0][1].weight in set(model.parameters())

    meta = nonlin.swap(
        nn.Sequential(nn.ReLU(), nn.Linear(2, 2, device="meta")), "relu", "snake", learnable=True
    )
    assert meta[0].alpha.is_meta


def test_the_variant_counts_and_not_the_class():
    model = nn.Sequential(
        nn.GELU(), nn.GELU(approximate="tanh"), nonlin.nn.GELUTanh(), nn.ReLU6(), nn.Hardtanh()
    )

    nonlin.swap(model, "gelu_tanh", "relu")
    nonlin.swap(model, "hardtanh", "tanh")

    assert [type(m).__name__ for m in model] == ["GELU", "ReLU", "ReLU", "ReLU6", "Tanh"]


def test_attributes_that_hold_functions_are_replaced():
    model = Block(nn.Tanh())
    said = []

    nonlin.swap(model, "relu", "gelu", report=said.append)
    nonlin.swap(model, "leaky_relu", "rrelu", lower=0.1, upper=0.1, report=said.append)

    assert [one.path for found in said for one in found.replaced] == ["function", "part"]
    x = torch.randn(3, 8)
    wanted = F.leaky_relu(F.gelu(torch.tanh(model.linear(x))), 0.1)
    torch.testing.assert_close(model(x), wanted)
    torch.testing.assert_close(pickle.loads(pickle.dumps(model))(x), wanted)
    torch.testing.assert_close(copy.deepcopy(model)(x), wanted)


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors")
@pytest.mark.parametrize("new", ["mish", "gelu", "silu", "gelu_tanh"])
@pytest.mark.parametrize("activation", ["relu", nn.ReLU()])
def test_the_fused_kernel_of_the_transformer_follows(new, activation):
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(16, 2, 32, activation=activation, batch_first=True)
    model, x = nn.TransformerEncoder(layer, 2).eval(), torch.randn(2, 5, 16)
    padding = torch.tensor([[False] * 5, [False] * 3 + [True] * 2])

    nonlin.swap(model, "relu", new)

    slow = model(x, src_key_padding_mask=padding).detach()
    with torch.no_grad():
        fast = model(x, src_key_padding_mask=padding)
    torch.testing.assert_close(fast[~padding], slow[~padding], rtol=1e-4, atol=1e-5)


def helper(x):
    return F.relu(x)  # line: helper


class Calls(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear, self.relu = nn.Linear(8, 8), nn.ReLU()

    def forward(self, x):
        x = self.relu(self.linear(x))
        x = F.relu(x)  # line: module
        x = self.linear(x).relu()  # line: method
        x = F.gelu(x, approximate="tanh") + F.gelu(x)
        return helper(x)


class Own(nn.ReLU):
    def forward(self, x):
        return x.clamp(min=0)


def line_of(mark):
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.endswith(f"# line: {mark}"))


def test_calls_in_the_source_are_named_by_a_warning():
    with pytest.warns(UserWarning, match="1 replaced") as caught:
        nonlin.swap(Calls(), "relu", "gelu")

    text = str(caught[0].message)
    assert f"test_swap.py:{line_of('module')}  x = F.relu(x)" in text
    assert f"test_swap.py:{line_of('method')}  x = self.linear(x).relu()" in text
    assert text.count("test_swap.py:") == 2
    assert caught[0].filename == __file__


def test_with_inputs_calls_elsewhere_are_named_too():
    said, model = [], nn.Sequential(Calls(), Block(nn.ReLU()))

    nonlin.swap(model, "relu", "squared_relu", inputs=torch.randn(2, 8), report=said.append)

    assert [one.site.line for one in said[0].left] == [
        line_of("module"),
        line_of("method"),
        line_of("helper"),
    ]
    assert len(said[0].replaced) == 3


def test_the_variant_of_a_call_counts():
    said = []
    nonlin.swap(Calls(), "gelu_tanh", "mish", inputs="2x8", report=said.append)

    (one,) = said[0].left
    assert "approximate" in one.why.en


@pytest.mark.parametrize(
    ("module", "old", "why"),
    [
        (nn.LSTM(4, 4), "tanh", "inside the kernel of nn.LSTM"),
        (nn.GRUCell(4, 4), "sigmoid", "inside the kernel of nn.GRUCell"),
        (nn.RNN(4, 4, nonlinearity="relu"), "relu", "inside the kernel of nn.RNN"),
        (nn.MultiheadAttention(4, 1), "softmax", "inside the kernel of nn.MultiheadAttention"),
        (Own(), "relu", "Own has its own forward"),
    ],
)
def test_what_is_out_of_reach_is_named(module, old, why):
    said = []
    nonlin.swap(nn.Sequential(module), old, "identity", report=said.append)

    (one,) = said[0].left
    assert one.why.en == why
    assert one.site.module == "0"
    assert said[0].replaced == ()


def test_a_forward_put_on_one_module_is_left_alone():
    model = nn.Sequential(nn.ReLU())
    model[0].forward = torch.sin

    with pytest.warns(UserWarning, match="ReLU has its own forward"):
        nonlin.swap(model, "relu", "gelu")
    assert type(model[0]) is nn.ReLU


def test_nothing_to_replace_is_said():
    with pytest.warns(UserWarning, match="no relu among its modules"):
        nonlin.swap(nn.Sequential(nn.Linear(2, 2)), "relu", "gelu")


@pytest.mark.parametrize(
    ("old", "new", "params", "message"),
    [
        ("relu", "swiglu", {}, "swiglu halves its input and relu does not"),
        ("glu", "relu", {}, "glu halves its input and relu does not"),
        ("relu", "gelo", {}, "did you mean gelu"),
        ("relu", "leaky_relu", {"slope": 1}, "LeakyReLU has no parameter 'slope'; it has negative_slope"),
        ("relu", "threshold", {}, "Threshold needs threshold, value: pass it to swap"),
        ("relu", "elu", {"alpha": -1.0}, r"ELU: alpha=-1 lies outside \(0.0, inf\)"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_touched(old, new, params, message):
    model = nn.Sequential(nn.ReLU(), nn.GLU())

    with pytest.raises(NonlinError, match=message):
        nonlin.swap(model, old, new, **params)

    assert [type(m) for m in model] == [nn.ReLU, nn.GLU]


def test_a_model_that_is_the_activation_cannot_be_swapped_in_place():
    with pytest.raises(NonlinError, match="the model is itself a ReLU"):
        nonlin.swap(nn.ReLU(), "relu", "gelu")


@pytest.mark.zoo
@pytest.mark.parametrize(("name", "old"), [("resnet18", "relu"), ("mobilenetv3_small_050", "hardswish")])
def test_timm_models_run_with_another_activation(name, old):
    model, x = timm_model(name, train=False)
    said = []

    nonlin.swap(model, old, "snake", inputs=x, learnable=True, report=said.append)

    assert said[0].replaced
    assert not any(recognise(m) and recognise(m).record.name == old for m in model.modules())
    assert model(x.to("meta")).shape == (2, 1000)


def test_the_record_prints_in_both_languages():
    said = []
    nonlin.swap(nn.Sequential(nn.ReLU(), Own()), "relu", "gelu", report=said.append)

    assert said[0].render("en").splitlines() == [
        "Sequential: relu -> gelu, 1 replaced",
        "  ReLU() -> GELU(approximate='none')",
        "    0",
        "  not reached, edit by hand:",
        "    1  Own has its own forward",
    ]
    assert said[0].render("zh").splitlines()[0] == "Sequential：relu -> gelu，替换了 1 处"
    assert said[0].render("zh").splitlines()[-1] == "    1  Own 重写了 forward"
