"""Other distributions add activations by an entry point; one that fails is named, and breaks nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import nonlin

BLOCK = '''
import torch
from nonlin.catalogue import get
from nonlin.catalogue.enter import activation
from nonlin.catalogue.record import Shape

{before}

@activation(formula="2 * x", shape=Shape(-float("inf"), float("inf")), source="a test", class_name="{cls}")
def {name}(x: torch.Tensor) -> torch.Tensor:
    """Twice the input."""
    return get("identity")(x) * 2

{after}
'''
ASK = """
import json, pickle, warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    import nonlin
    names = nonlin.names()
from nonlin.catalogue import get
found = {"doubled": "doubled" in names, "relu": "relu" in names, "count": len(names)}
found["warnings"] = [str(w.message) for w in caught]
if found["doubled"]:
    import torch
    record = get("Doubled")
    found["same"] = pickle.loads(pickle.dumps(record)) is record
    found["value"] = record(torch.tensor([3.0])).tolist()
    found["gain"] = nonlin.gain("doubled")
print(json.dumps(found))
"""


def asked(folder: Path, program: str = ASK, *args: str) -> str:
    path = os.pathsep.join([str(folder), *sys.path])
    return subprocess.run(
        [sys.executable, "-c", program, *args],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    ).stdout


def install(folder: Path, target: str, **words: str) -> None:
    """A distribution called odd-curves, with one module."""
    given = {"before": "", "after": "", "name": "doubled", "cls": "Doubled"} | words
    (folder / "odd_curves.py").write_text(BLOCK.format(**given), encoding="utf-8")
    info = folder / "odd_curves-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: odd-curves\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(f"[nonlin.activations]\ncurves = {target}\n", encoding="utf-8")


@pytest.mark.parametrize("target", ["odd_curves", "odd_curves:enter"])
def test_an_offered_activation_is_like_any_other(tmp_path, target):
    install(tmp_path, target, after="def enter(): pass")

    found = json.loads(asked(tmp_path))

    assert found["doubled"]
    assert found["same"]
    assert found["value"] == [6.0]
    assert found["gain"] == pytest.approx(0.5)
    assert found["warnings"] == []


def test_list_and_show_know_it(tmp_path):
    install(tmp_path, "odd_curves")
    program = "import sys; from nonlin import cli; sys.exit(cli.run(sys.argv[1:]))"

    listed = asked(tmp_path, program, "list", "--family", "odd_curves")
    shown = asked(tmp_path, program, "show", "doubled")

    assert "doubled" in listed
    assert "Twice the input." in shown


@pytest.mark.parametrize(
    ("words", "target", "said"),
    [
        ({"after": "raise ValueError('no luck')"}, "odd_curves", "ValueError: no luck"),
        ({"before": "import nowhere_to_be_found"}, "odd_curves", "No module named 'nowhere_to_be_found'"),
        ({"name": "relu"}, "odd_curves", "the name 'relu' of relu is taken by relu"),
        ({}, "odd_curves:missing", "has no attribute 'missing'"),
    ],
)
def test_what_fails_is_left_out_and_named(tmp_path, words, target, said):
    install(tmp_path, target, **words)

    found = json.loads(asked(tmp_path))

    assert found["count"] == len(nonlin.names())
    assert found["relu"]
    assert not found["doubled"]
    (warning,) = found["warnings"]
    assert warning.startswith("the activations of odd-curves are left out: ")
    assert said in warning
    assert warning.endswith("mend or uninstall odd-curves")


def test_help_looks_for_no_distributions(tmp_path):
    program = (
        "import sys; from nonlin import cli; cli.run(['--help']);"
        "assert 'importlib.metadata' not in sys.modules; assert 'torch' not in sys.modules"
    )

    assert "list" in asked(tmp_path, program)
