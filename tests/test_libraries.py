"""Every activation of the libraries in use is found by the name that it has there.

tests/data/libraries.json holds the names in torch 2.13.0, timm 1.0.31, transformers 5.23.0 (ACT2FN), keras 3.15.1,
jax 0.10.2, flax 0.12.8 and onnx 1.23.2, each with the function that it means.
"""

from __future__ import annotations

import json

import pytest

from nonlin.base.errors import NonlinError
from nonlin.catalogue import get
from references import DATA

LIBRARIES = json.loads((DATA / "libraries.json").read_text(encoding="utf-8"))
# Names that mean something else here, or nothing, and why.
APART = {
    ("jax", "gelu"): "jax approximates by default: that is gelu_tanh",
    ("flax", "gelu"): "flax approximates by default: that is gelu_tanh",
    ("onnx", "Clip"): "its ends are inputs of the operator: relu6 and hardtanh have fixed ones",
    ("timm", "GluMlp"): "a block with weights around glu",
    ("timm", "SwiGLUPacked"): "a block with weights; its gate is the first half",
}


NAMES = [(library, name) for library, names in LIBRARIES.items() for name in names]


@pytest.mark.parametrize(("library", "name"), sorted({*NAMES} - {*APART}))
def test_a_name_of_a_library_finds_its_function(library, name):
    assert get(name) is get(LIBRARIES[library][name])


@pytest.mark.parametrize(("library", "name"), APART)
def test_an_exception_is_still_one(library, name):
    try:
        found = get(name).name
    except NonlinError:
        found = None

    assert found != LIBRARIES[library][name]
