"""Traits agree with facts computed apart from the catalogue, at 60 digits, and with each other."""

from __future__ import annotations

import json
import math

import pytest
import torch

import nonlin
from nonlin.base.errors import NonlinError
from nonlin.base.language import LANGUAGES
from nonlin.catalogue import Activation, records
from nonlin.facts.card import card
from nonlin.facts.cost import Cost, cost
from nonlin.facts.notes import fits
from nonlin.facts.slope import slopes
from nonlin.facts.traits import TRAITS, has, traits
from references import DATA

FACTS = json.loads((DATA / "traits.json").read_text(encoding="utf-8"))
# What the facts say of each trait.
SAID = {
    "monotonic": lambda fact: fact["monotonic"].startswith("non-"),
    "odd": lambda fact: fact["parity"] == "odd",
    "even": lambda fact: fact["parity"] == "even",
    "zero-at-zero": lambda fact: fact["zero_at_zero"],
    "continuous": lambda fact: fact["smoothness"] != "discontinuous",
    "differentiable": lambda fact: fact["smoothness"] not in ("discontinuous", "C0"),
    "smooth": lambda fact: fact["smoothness"] == "Cinf",
    "lipschitz": lambda fact: fact["lipschitz"] is not None,
    "saturates-left": lambda fact: fact["saturates"]["left"] != "no",
    "saturates-right": lambda fact: fact["saturates"]["right"] != "no",
    "dies-left": lambda fact: fact["dies"].startswith(("left", "both", "everywhere")),
    "dies-right": lambda fact: fact["dies"].startswith(("right", "both", "everywhere")),
    "dead-zone": lambda fact: fact["dies"].startswith("band"),
    "learnable": lambda fact: fact["learnable"],
    "in-torch": lambda fact: fact["torch"],
}
# Where the facts speak of something else.
APART = {
    ("thresholded_relu", "in-torch"): "torch.nn.Threshold(theta, 0) computes it",
    ("jump_relu", "in-torch"): "torch.nn.Threshold(theta, 0) computes it",
    ("jump_relu", "learnable"): "its theta has no slope; what trains it is an estimate",
}
CHECKED = [record for record in records() if record.name in FACTS]


def test_the_facts_cover_most_of_the_catalogue():
    assert len(CHECKED) > 0.9 * sum(isinstance(record, Activation) for record in records())


@pytest.mark.parametrize("trait", SAID)
def test_a_trait_is_what_the_facts_say(trait):
    wrong = {
        record.name: has(record, trait)
        for record in CHECKED
        if has(record, trait) is not SAID[trait](FACTS[record.name]) and (record.name, trait) not in APART
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("trait", "implied"),
    [
        ("bounded", "bounded-below"),
        ("unit-range", "bounded"),
        ("unit-range", "non-negative"),
        ("non-negative", "bounded-below"),
        ("odd", "zero-centred"),
        ("smooth", "differentiable"),
        ("differentiable", "continuous"),
        ("dies-left", "saturates-left"),
        ("dies-right", "saturates-right"),
        ("one-kernel", "in-torch"),
    ],
)
def test_a_trait_implies_a_weaker_one(trait, implied):
    breaches = [r.name for r in records() if has(r, trait) and has(r, implied) is False]

    assert any(has(r, trait) for r in records())
    assert breaches == []


def test_a_question_without_meaning_is_neither_yes_nor_no():
    assert has("softmax", "monotonic") is None
    assert has("softmax", "gated") is False


def test_selu_is_centred_though_it_is_not_odd():
    assert has("selu", "zero-centred")
    assert not has("selu", "odd")


def test_every_trait_tells_records_apart():
    alike = [name for name in TRAITS if len({has(record, name) for record in records()} - {None}) < 2]

    assert alike == []


def test_traits_of_one_activation_are_all_there():
    assert list(traits("relu")) == list(TRAITS)


def test_an_unknown_trait_names_the_nearest():
    with pytest.raises(NonlinError, match="did you mean monotonic"):
        has("relu", "monotone")


# A slope says nothing of a step.
STEADY = [r for r in CHECKED if FACTS[r.name]["smoothness"] != "discontinuous"]


@pytest.mark.parametrize("record", STEADY, ids=lambda record: record.name)
def test_the_steepest_slope_is_the_lipschitz_constant(record):
    found = slopes(record)

    said = FACTS[record.name]["lipschitz"]

    assert max(abs(found.lo), abs(found.hi)) == pytest.approx(math.inf if said is None else said, rel=1e-6)


def test_cost_counts_what_autograd_keeps():
    assert cost(nonlin.get("identity")) == Cost(None, 0.0, 0, 0)
    assert cost(nonlin.get("relu")).kept == 4
    assert cost(nonlin.get("tanh")).transcendental == 1
    assert cost(nonlin.get("softmax")).kept == 4


@pytest.mark.parametrize("record", [r for r in records() if r.kernel is None], ids=lambda record: record.name)
def test_a_composed_function_is_said_to_keep_its_input_alone(record):
    assert cost(record).kept <= 4.1  # a tenth of a byte: one number for each vector


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("relu", "beware", "50%"),
        ("hardswish", "beware", "< 1%"),
        ("sigmoid", "beware", "0.25"),
        ("sigmoid", "fits", "[0, 1]"),
        ("selu", "fits", "N(0, 1)"),
        ("gelu", "beware", "-0.752"),
        ("softmax", "fits", "cross_entropy"),
        ("log_softmax", "fits", "nll_loss"),
    ],
)
def test_notes_give_the_numbers(name, key, said, language):
    (row,) = [row for row in card(nonlin.get(name), language) if row.key == key]

    assert any(said in line for line in row.lines)


def test_a_unit_that_can_die_is_not_praised_as_one_that_cannot():
    praised = [r.name for r in CHECKED if any("must not die" in text.en for text in fits(r))]

    assert "leaky_relu" in praised
    assert [name for name in praised if FACTS[name]["dies"] != "no"] == []


def test_what_draws_in_training_is_stochastic():
    x = torch.full((64,), -0.5)
    names = ("gumbel_sigmoid", "rrelu", "relu", "tanh")

    for name in names:
        record = nonlin.get(name)
        training = {"training": True} if "training" in record.params else {}
        assert has(record, "stochastic") is (len(set(record(x, **training).tolist())) > 1)
