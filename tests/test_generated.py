"""The generated modules: as torch's where torch has them, as the functions, and as the catalogue says now."""

from __future__ import annotations

import copy
import importlib.util
import inspect
import io
import pickle
from pathlib import Path

import pytest
import torch

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Gated, Simplex, records
from references import settings

ROOT = Path(__file__).parents[1]
RECORDS = records()
every = pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.name)
of_torch = pytest.mark.parametrize(
    "record", [r for r in RECORDS if hasattr(torch.nn, r.class_name)], ids=lambda r: r.name
)


def tool():
    spec = importlib.util.spec_from_file_location("sync", ROOT / "tools" / "sync.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def options(record) -> dict:
    """Arguments for the class: the learned parameter of PReLU is its own affair."""
    if isinstance(record, Simplex) and "dim" in record.params:
        return {"dim": 1}
    first = {n: v for n, v in settings(record)[0].items() if n != "training"}
    return {"init": first["weight"]} if "weight" in first else first


def sample():
    torch.manual_seed(0)
    return torch.randn(2, 4, 6) * 3


def make(record):
    return getattr(nonlin.nn, record.class_name)(**options(record))


def test_the_files_are_those_that_the_catalogue_writes(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["sync.py", "--check"])

    assert tool().main() == 0, capsys.readouterr().out


def test_a_stale_file_is_named_and_mended(monkeypatch, tmp_path, capsys):
    sync = tool()
    package = tmp_path / "nonlin"
    package.mkdir()
    source = (sync.PACKAGE / "nn.py").read_text(encoding="utf-8")
    (package / "functional.py").write_bytes((sync.PACKAGE / "functional.py").read_bytes())
    (package / "nn.py").write_text(
        source.replace("alpha: float = 1.0", "alpha: float = 2.0", 1), encoding="utf-8"
    )
    monkeypatch.setattr(sync, "PACKAGE", package)
    monkeypatch.setattr("sys.argv", ["sync.py", "--check"])

    assert sync.main() == 1
    assert "nn.py is stale" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["sync.py"])
    assert sync.main() == 0
    assert (package / "nn.py").read_text(encoding="utf-8") == source


def test_every_record_has_its_function_and_class():
    assert set(nonlin.functional.__all__) == {r.name for r in RECORDS}
    assert set(nonlin.nn.__all__) == {r.class_name for r in RECORDS}


@every
def test_docstrings_give_formula_shape_errors_and_source(record):
    for found in (getattr(nonlin.functional, record.name), getattr(nonlin.nn, record.class_name)):
        text = inspect.getdoc(found)

        assert text.startswith(record.summary)
        for part in (f"Formula: `{record.formula}`", "Shape: ", "Raises:", f"Source: {record.source}"):
            assert part in text


@every
def test_module_and_function_agree_bit_for_bit(record):
    module = make(record)
    given = {n: getattr(module, n) for n in record.params if hasattr(module, n)}
    torch.manual_seed(1)
    wanted = getattr(nonlin.functional, record.name)(sample(), **given)
    torch.manual_seed(1)

    y = module(sample())

    assert torch.equal(y, wanted)
    assert module.spec is record


@of_torch
def test_a_class_that_torch_has_is_one_of_torch(record):
    torchs = getattr(torch.nn, record.class_name)
    theirs = torchs(**options(record))
    module = make(record)
    x = sample()
    for training in (True, False):
        torch.manual_seed(1)
        wanted = theirs.train(training)(x)
        torch.manual_seed(1)

        assert torch.equal(module.train(training)(x), wanted)
    assert isinstance(module, torchs)
    assert repr(module) == repr(theirs)
    assert list(module.state_dict()) == list(theirs.state_dict())


@of_torch
def test_signatures_are_those_of_torch(record):
    ours, theirs = (
        {p.name: (p.default, p.kind) for p in inspect.signature(cls).parameters.values()}
        for cls in (getattr(nonlin.nn, record.class_name), getattr(torch.nn, record.class_name))
    )

    assert ours == theirs


@every
def test_modules_survive_pickle_copy_and_saving(record):
    module, x = make(record).eval(), sample()
    buffer = io.BytesIO()
    torch.save(module.state_dict(), buffer)
    buffer.seek(0)
    twin = make(record).eval()
    twin.load_state_dict(torch.load(buffer))

    for again in (pickle.loads(pickle.dumps(module)), copy.deepcopy(module), twin):
        assert type(again) is type(module)
        assert repr(again) == repr(module)
        assert torch.equal(again(x), module(x))


INPLACE = [r for r in RECORDS if "inplace" in inspect.signature(r.fn).parameters]


@pytest.mark.parametrize("record", INPLACE, ids=lambda r: r.name)
def test_inplace_is_honoured(record):
    module = getattr(nonlin.nn, record.class_name)(**options(record), inplace=True).eval()
    x = sample()
    wanted = make(record).eval()(x)

    y = module(x)

    assert y.data_ptr() == x.data_ptr()
    assert torch.equal(x, wanted)


def test_prelu_learns_a_slope_for_each_channel():
    module = nonlin.nn.PReLU(4, init=0.5)

    module(sample()).sum().backward()

    assert isinstance(module.weight, torch.nn.Parameter)
    assert module.weight.tolist() == [0.5] * 4
    assert (module.weight.grad != 0).all()


@pytest.mark.parametrize(
    ("make_it", "message"),
    [
        (lambda: nonlin.nn.ELU(alpha=-1), r"ELU: alpha=-1 lies outside \(0\.0, inf\); try 0\.5 to 2\.0"),
        (nonlin.nn.Softmax, "Softmax: dim is missing"),
        (lambda: nonlin.nn.GELU("fast"), "GELU: approximate='fast' is not one of"),
        (lambda: nonlin.nn.RReLU(0.5, 0.25), "RReLU: lower=0.5 lies above upper=0.25"),
        (lambda: nonlin.nn.Hardtanh(1.0, -1.0), "Hardtanh: min_val=1 does not lie below"),
        (lambda: nonlin.nn.PReLU(init=float("nan")), "PReLU: weight=nan lies outside"),
    ],
)
def test_a_module_refuses_parameters_that_make_no_sense(make_it, message):
    with pytest.raises(NonlinError, match=message):
        make_it()


@pytest.mark.parametrize("record", [r for r in RECORDS if isinstance(r, Gated)], ids=lambda r: r.name)
def test_gated_modules_show_and_use_their_dimension(record):
    module = getattr(nonlin.nn, record.class_name)(dim=1)

    assert repr(module) == f"{record.class_name}(dim=1)"
    assert module(torch.zeros(2, 4, 3)).shape == (2, 2, 3)


@pytest.mark.parametrize("name", ["relu", "elu", "gelu", "swiglu", "softmax"])
def test_functions_compile_without_a_break(name):
    from torch._dynamo.testing import CompileCounter

    counter = CompileCounter()
    record = nonlin.get(name)
    module = make(record)
    x = sample()

    y = torch.compile(module, backend=counter, fullgraph=True)(x)

    assert counter.frame_count == 1
    assert torch.equal(y, module(x))
