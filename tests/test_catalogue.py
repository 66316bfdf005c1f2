"""What holds for every entry: names, parameters, errors, and agreement with torch."""

from __future__ import annotations

import ast
import copy
import inspect
import math
import pickle
import subprocess
import sys

import pytest
import torch
from torch.autograd.profiler import profile
from torch.nn import functional as F

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.base.folder import names_in
from nonlin.catalogue import Activation, Gated, Simplex, by_kernel, get, records
from nonlin.catalogue.record import REQUIRED
from nonlin.facts.symbolic import value
from references import settings, still

RECORDS = records()
every = pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.name)

# Classes that torch lists as activations, and why the catalogue does not have them.
NOT_ACTIVATIONS = {"MultiheadAttention": "has weight matrices and mixes positions"}


def arguments(record) -> dict:
    """Parameters with which a record can be called on a matrix with an even number of columns."""
    along = {"dim": -1} if isinstance(record, Simplex) and "dim" in record.params else settings(record)[0]
    return along | still(record)


def sample(record, dtype=torch.float64):
    torch.manual_seed(0)
    shape = (2, 4, 3) if record.name == "softmax2d" else (5, 6)
    return torch.randn(shape, dtype=dtype) * 3


def test_names_are_sorted_and_public():
    assert nonlin.names() == sorted(r.name for r in RECORDS)
    assert all(name.isidentifier() and name == name.lower() for name in nonlin.names())


@every
def test_each_spelling_of_a_name_finds_its_record(record):
    for name in (record.name, record.class_name, *record.aliases):
        for spelling in (name, name.upper(), name.replace("_", "-"), name.replace("_", "")):
            assert get(spelling) is record


def test_swish_is_silu_and_names_of_other_functions_are_unknown():
    assert get("swish").name == "silu"
    # vLLM's silu_and_mul gates with the first half; clip and clamp have no ends of their own.
    for name in ("silu_and_mul", "clip", "clamp", "MultiheadAttention"):
        with pytest.raises(NonlinError):
            get(name)


def test_an_unknown_name_lists_the_nearest():
    with pytest.raises(NonlinError, match=r"unknown activation 'gelo'; did you mean gelu or"):
        get("gelo")


def test_a_name_that_is_no_string_is_refused():
    with pytest.raises(NonlinError, match="an activation's name is a string, not a int"):
        get(3)


@every
def test_a_record_says_what_it_is(record):
    assert record.formula
    assert record.source
    assert record.summary.endswith(".")
    assert record.family in names_in("nonlin.catalogue")
    assert record.name in repr(record)


@every
def test_records_pickle_and_copy_to_themselves(record):
    assert pickle.loads(pickle.dumps(record)) is record
    assert copy.deepcopy(record) is record


def test_every_activation_of_torch_is_here_or_has_a_reason():
    listed = set(torch.nn.modules.activation.__all__)

    missing = listed - {r.class_name for r in RECORDS}

    assert missing == set(NOT_ACTIVATIONS)


def operators(record) -> set[str]:
    with profile() as seen:
        record(sample(record, torch.float32), **arguments(record))
    return {
        event.name.removeprefix("aten::") for event in seen.function_events if event.name.startswith("aten::")
    }


@every
def test_the_kernel_is_the_operator_that_runs(record):
    seen = operators(record)

    if record.kernel is None:
        assert record.name not in seen
    else:
        assert record.kernel in seen


@every
def test_an_operator_leads_back_to_its_record(record):
    served = record.serves if record.serves is not None else (record.kernel,) if record.kernel else ()

    for kernel in served:
        assert all(
            by_kernel(s) is record
            for s in (kernel, f"aten::{kernel}", f"aten.{kernel}.default", f"{kernel}_")
        )
    assert not served or set(served) & operators(record)


def test_operators_that_are_no_activations_are_unknown():
    assert by_kernel("aten::linear") is None
    assert by_kernel("") is None


# --- torch


def torchs_signature(name: str) -> dict | None:
    """Parameters and defaults of torch's function after its input, from its signature or its documentation."""
    fn = getattr(F, name, None)
    if fn is None:
        return None
    try:
        found = {p.name: p.default for p in inspect.signature(fn).parameters.values()}
    except ValueError:  # a builtin: the first line of its documentation is its signature
        line = inspect.getdoc(fn).partition("\n")[0].partition(" ->")[0]
        args = ast.parse(f"def {line}: ...").body[0].args
        defaults = [inspect.Parameter.empty] * (len(args.args) - len(args.defaults))
        defaults += [ast.literal_eval(d) for d in args.defaults]
        found = dict(zip((a.arg for a in args.args), defaults, strict=True))
    return {n: d for n, d in list(found.items())[1:] if not n.startswith("_")}


WITH_TORCH = [r for r in RECORDS if hasattr(F, r.name)]
with_torch = pytest.mark.parametrize("record", WITH_TORCH, ids=lambda r: r.name)


@with_torch
def test_names_and_defaults_are_those_of_torch(record):
    ours = list(inspect.signature(getattr(nonlin.functional, record.name)).parameters.values())
    theirs = torchs_signature(record.name)

    assert ours[0].name == "input"
    assert {p.name: p.default for p in ours[1:] if p.name in theirs} == theirs
    assert all(p.kind is p.KEYWORD_ONLY for p in ours[1:] if p.name not in theirs)


@with_torch
def test_results_are_those_of_torch_bit_for_bit(record):
    for params in settings(record):
        given = {n: torch.tensor([v], dtype=torch.float64) if n == "weight" else v for n, v in params.items()}
        options = {n: v for n, v in (arguments(record) | given).items() if n in torchs_signature(record.name)}

        ours, torchs = (
            f(sample(record), **options)
            for f in (getattr(nonlin.functional, record.name), getattr(F, record.name))
        )

        assert torch.equal(ours, torchs)


# --- parameters


BOUNDED = [(r, p) for r in RECORDS for p in r.params.values() if p.bounds]
bounded = pytest.mark.parametrize(("record", "parameter"), BOUNDED, ids=lambda v: v.name)


@bounded
def test_typical_values_are_accepted_and_defaults_too(record, parameter):
    low, high = parameter.bounds.typical

    assert parameter.bounds.hold(low)
    assert parameter.bounds.hold(high)
    assert parameter.required or parameter.bounds.hold(parameter.default)
    dim = {"dim": -1} if isinstance(record, Simplex) else {}
    for params in settings(record):
        record.validate(**dim, **params)


@bounded
def test_values_outside_the_bounds_are_refused_with_advice(record, parameter):
    low, high = parameter.bounds.typical
    outside = [math.nan, math.inf, -math.inf]
    outside += [parameter.bounds.lo - 1] if math.isfinite(parameter.bounds.lo) else []

    for number in outside:
        with pytest.raises(NonlinError) as caught:
            record.validate(**{**settings(record)[0], parameter.name: number})
        assert str(caught.value).startswith(f"{record.class_name}: {parameter.name}={number:g} lies outside ")
        assert str(caught.value).endswith(f"; try {low} to {high}")


def test_a_refusal_reads_as_documented():
    with pytest.raises(NonlinError, match=r"^ELU: alpha=-1 lies outside \(0\.0, inf\); try 0\.5 to 2\.0$"):
        get("elu").validate(alpha=-1)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("rrelu", {"lower": 0.5, "upper": 0.1}, "RReLU: lower=0.5 lies above upper=0.1"),
        ("hardtanh", {"min_val": 1, "max_val": 1}, "Hardtanh: min_val=1 does not lie below max_val=1"),
        ("softplus", {"beta": 0}, "Softplus: beta=0 divides by zero"),
        ("gelu", {"approximate": "fast"}, "GELU: approximate='fast' is not one of 'none', 'tanh'"),
        ("softmax", {}, "Softmax: dim is missing"),
        ("elu", {"alpha": "1"}, "ELU: alpha='1' is not a number"),
        ("threshold", {"threshold": 1.0}, "threshold needs value"),
        ("elu", {"alhpa": 1.0}, "unknown parameter of elu 'alhpa'; did you mean alpha"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(name, params, message):
    with pytest.raises(NonlinError, match=message.replace("(", r"\(")):
        get(name).validate(**params)


@every
def test_declared_parameters_are_those_of_the_function(record):
    declared = {n: p.default for n, p in record.params.items()}
    written = list(inspect.signature(record.fn).parameters.values())[1:]

    assert declared == {
        p.name: REQUIRED if p.default is p.empty else p.default
        for p in written
        if p.name not in ("inplace", "dtype", "generator")
    }


# --- inputs


@every
def test_integers_are_refused_clearly_unless_torch_takes_them(record):
    x = torch.ones(sample(record).shape, dtype=torch.int64)

    try:
        record.fn(x, **arguments(record))
    except RuntimeError:
        with pytest.raises(
            NonlinError, match=f"^{record.name}: the input is int64; give it floating-point numbers"
        ):
            record(x, **arguments(record))
    else:
        wanted = record(x.double(), **arguments(record))
        assert torch.allclose(record(x, **arguments(record)).double(), wanted, atol=1e-6)


def test_gelu_refuses_integers_and_lists():
    with pytest.raises(NonlinError, match="gelu: the input is int64; give it floating-point numbers"):
        nonlin.functional.gelu(torch.arange(3))
    with pytest.raises(NonlinError, match=r"gelu: the input is a list, not a torch\.Tensor"):
        nonlin.functional.gelu([1.0])


@pytest.mark.parametrize("record", [r for r in RECORDS if isinstance(r, Gated)], ids=lambda r: r.name)
def test_gated_units_refuse_what_they_cannot_halve(record):
    with pytest.raises(
        NonlinError, match=f"{record.name}: dimension -1 has size 5, which has no two equal halves"
    ):
        record(torch.zeros(2, 5))
    with pytest.raises(NonlinError, match=f"{record.name}: dim=2 does not exist in an input of shape"):
        record(torch.zeros(2, 4), dim=2)


@pytest.mark.parametrize("record", [r for r in RECORDS if isinstance(r, Gated)], ids=lambda r: r.name)
def test_the_second_half_is_the_gate(record):
    a, b = sample(record).chunk(2, -1)

    main = record.main(a) if record.main else a
    assert torch.allclose(record(torch.cat([a, b], -1)), main * record.gate(b), rtol=1e-14)


@pytest.mark.parametrize(
    "record",
    [r for r in RECORDS if r.params.get("dim") and r.params["dim"].default is None],
    ids=lambda r: r.name,
)
def test_the_dimension_has_to_be_named(record):
    with pytest.raises(NonlinError, match=f"{record.name}: dim is missing: say along which dimension"):
        record(torch.zeros(2, 3))


@pytest.mark.parametrize("name", ["maxmin", "lwta", "swiglu_oai", "mfm", "dual_relu", "swiglu_clamped"])
def test_what_pairs_entries_wants_an_even_number(name):
    with pytest.raises(NonlinError, match=f"{name}: dimension 1 has size 3, which "):
        get(name)(torch.zeros(2, 3), dim=1)


@pytest.mark.parametrize("name", ["top_k", "top_k_relu"])
def test_no_more_can_win_than_there_are(name):
    with pytest.raises(NonlinError, match=f"{name}: k=4 is more than the 3 entries of dimension 1; lower k"):
        get(name)(torch.zeros(2, 3), k=4, dim=1)


def test_softmax2d_wants_images():
    with pytest.raises(NonlinError, match=r"softmax2d: the input has shape \(2, 3\)"):
        get("softmax2d")(torch.zeros(2, 3))


@every
def test_shapes_and_dtypes_are_kept(record):
    for dtype in (torch.float64, torch.float32, torch.bfloat16, torch.float16):
        x = sample(record, dtype)

        y = record(x, **arguments(record))

        assert y.dtype == dtype
        resized = record.resized if isinstance(record, Simplex) else None
        columns = resized(x.shape[-1]) if resized else 3 if isinstance(record, Gated) else x.shape[-1]
        assert y.shape == (*x.shape[:-1], columns)


@every
def test_gradients_are_those_of_finite_differences(record):
    x = sample(record).add_(0.0123).requires_grad_()

    assert torch.autograd.gradcheck(lambda x: record(x, **arguments(record)), x, eps=1e-6, atol=1e-6)


@pytest.mark.parametrize("record", [r for r in RECORDS if isinstance(r, Activation)], ids=lambda r: r.name)
def test_slopes_stay_finite_far_from_zero(record):
    x = torch.tensor([-1e4, -100.0, 100.0, 1e4], requires_grad=True)

    y = record(x, **arguments(record))
    y.sum().backward()

    # An exponential overflows in truth.
    huge = [abs(value(record, at, digits=5)) > torch.finfo(torch.float32).max for at in x[y.isinf()].tolist()]
    assert all(huge)
    assert x.grad[~y.isinf()].isfinite().all()


def test_light_imports_stay_light():
    program = (
        "import sys, nonlin; assert 'torch' not in sys.modules;"
        "import nonlin.facts.image, nonlin.facts.moments, nonlin.facts.symbolic, nonlin.nn;"
        "assert 'sympy' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})
