"""Every activation conforms: the shipped suite over the whole catalogue, and what the suite itself does."""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch
from torch import Tensor

from nonlin.base import rewritten
from nonlin.base.errors import NonlinError
from nonlin.catalogue import Activation, Shape, get, records
from nonlin.testing import Subject, checks
from nonlin.testing import get as check_named
from nonlin.testing.exact import GRID, from_formula
from references import curves, exact

SUBJECTS = [Subject(record, exact(record)) for record in records()]
ALONE = [check for check in checks() if check.together == 1]
# Compilers take seconds an activation: here each sees a third of the catalogue, and together they see all of it.
# tools/conformance.py shows all of it to each.
GROUPS = [
    (check, third[start : start + check.together])
    for offset, check in enumerate(check for check in checks() if check.together > 1)
    for third in (SUBJECTS[offset % 3 :: 3],)
    for start in range(0, len(third), check.together)
]
NEEDS = {
    "compiled": (shutil.which("c++") or shutil.which("g++") or shutil.which("clang++"), "a C++ compiler"),
    "onnx": (find_spec("onnxruntime") and find_spec("onnxscript"), "nonlin[onnx]"),
}


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_every_activation_conforms(subject):
    seen = {check.name: next(check.over([subject]))[1] for check in ALONE}

    assert {name: str(figure) for name, figure in seen.items() if isinstance(figure, Exception)} == {}


REWRITTEN = [s for s in SUBJECTS if isinstance(s.record, Activation) and s.record.rewritten]


@pytest.mark.parametrize("subject", REWRITTEN, ids=lambda subject: subject.name)
def test_the_form_for_large_tensors_conforms(subject, monkeypatch):
    monkeypatch.setattr(rewritten, "_WORTHWHILE", 2)  # small tensors count as large
    x = torch.ones(2, requires_grad=True)

    # In place torch's own kernel runs, which rounds elsewhere.
    seen = {check.name: next(check.over([subject]))[1] for check in ALONE if check.name != "inplace"}

    assert type(subject.record(x).grad_fn).__name__ == "_RecomputedBackward"
    assert {name: str(figure) for name, figure in seen.items() if isinstance(figure, Exception)} == {}


# torch's own exporters warn about each other.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("check", "group"), GROUPS, ids=lambda v: v[0].name if isinstance(v, list) else v.name
)
def test_every_activation_survives_the_compilers(check, group):
    found, what = NEEDS.get(check.name, (True, ""))
    if not found:
        pytest.skip(f"{what} is missing")

    failed = {s.name: str(f) for s, f in check.over(group) if isinstance(f, Exception)}

    assert failed == {}


# --- the suite itself


def test_the_formula_alone_gives_the_stored_reference():
    found, (stored, *_) = from_formula(get("gelu_tanh"), {}), curves("gelu_tanh")

    known = dict(zip(map(float, stored.x), stored.f, strict=True))
    assert set(map(float, GRID)) == set(known)
    assert all(abs(f - known[float(x)]) <= abs(f) / 10**15 for x, f in zip(GRID, found.f, strict=True))


def broken(fn, formula: str = "Max(x, 0)", **facts) -> Subject:
    """An entry of a third party with a mistake; nothing enters it in the catalogue."""
    shape = Shape(0.0, torch.inf, kinks=(0.0,))
    return Subject(
        Activation(fn=fn, formula=formula, shape=shape, source="a test", class_name="Mine", **facts)
    )


def off(x: Tensor) -> Tensor:
    return torch.relu(x) * 1.001


def overflows(x: Tensor) -> Tensor:
    return torch.where(x > 0, x, 0 * torch.exp(-x))


def squares_on_the_way(x: Tensor) -> Tensor:
    return torch.where(x > 0, (x * x).sqrt(), 0 * x)


def branches(x: Tensor) -> Tensor:
    return torch.relu(x) if x.sum() > -torch.inf else x


def drops_nan(x: Tensor) -> Tensor:
    return torch.where(x > 0, x, 0.0)


def returns_single(x: Tensor) -> Tensor:
    return torch.relu(x.float())


def allocates(x: Tensor) -> Tensor:
    return torch.maximum(x, torch.zeros(x.shape, dtype=x.dtype))


def flattens(x: Tensor) -> Tensor:
    return torch.relu(x.view(-1)).view(x.shape)


def wrong_limit(x: Tensor) -> Tensor:
    return torch.relu(x).clamp(max=1e4)


def counts(x: Tensor) -> Tensor:
    return torch.relu(x) if len(x) else x.new_zeros(1)


def wants_a_dimension(x: Tensor) -> Tensor:
    return torch.relu(x) if x.size(0) else x


@pytest.mark.parametrize(
    ("name", "fn"),
    [
        ("value_float64", off),
        ("slope_float32", off),
        ("value_bfloat16", returns_single),
        ("finite", overflows),
        ("far", squares_on_the_way),
        ("nan", drops_nan),
        ("infinity", wrong_limit),
        ("empty", counts),
        ("zero_dim", wants_a_dimension),
        ("strided", flattens),
        ("fake", allocates),
        ("vmap", branches),
        ("func", branches),
        ("compiled", branches),
        ("exported", branches),
        ("autocast", returns_single),
    ],
    ids=lambda v: v if isinstance(v, str) else v.__name__,
)
def test_a_mistake_is_seen(name, fn):
    ((_, figure),) = check_named(name).over([broken(fn)])

    assert isinstance(figure, Exception)


def test_one_that_fails_does_not_hide_its_neighbours():
    group = [Subject(get("relu")), broken(branches), Subject(get("tanh"))]

    figures = [figure for _, figure in check_named("exported").over(group)]

    assert [isinstance(f, Exception) for f in figures] == [False, True, False]


def test_an_entry_of_a_third_party_conforms():
    def mine(x: Tensor) -> Tensor:
        return torch.relu(x)

    subject = broken(mine)

    figures = {check.name: check(subject) for check in ALONE}

    assert figures["value_float32"].text == "0.00"
    assert figures["module"].why.en == "it has no class in nonlin.nn"
    assert all(f.why or f.text for f in figures.values())


def test_an_unknown_check_names_the_nearest():
    with pytest.raises(NonlinError, match="unknown check 'gradchek'; did you mean gradcheck"):
        check_named("gradchek")


def test_the_page_lists_every_activation_and_every_check_without_a_failure():
    page = (Path(__file__).parents[1] / "docs" / "conformance.md").read_text("utf-8")
    head, *tables = page.split("\n## ")

    counts = [line.split(" | ") for line in head.splitlines() if line.startswith("| ")][1:]
    assert sorted(row[0].removeprefix("| ") for row in counts) == sorted(
        check.name.replace("_", " ") for check in checks()
    )
    assert {row[-1].removesuffix(" |") for row in counts} == {"0"}
    for table in tables:
        assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [r.name for r in records()]
