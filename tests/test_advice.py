"""Advice is whole, true to the catalogue and to torch, runs as a program, and passes nonlin's own check."""

from __future__ import annotations

import dataclasses
import io
import json
import math
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
import torch
from torch import nn

import nonlin
from nonlin import cli
from nonlin.advice import advise, shelf
from nonlin.advice.record import Claim, Source
from nonlin.advice.snippet import gain_of, module_of
from nonlin.base.errors import NonlinError
from nonlin.base.language import LANGUAGES, Text
from nonlin.checker.rule import find
from nonlin.report._wrap import width_of

TASKS, NETWORKS = shelf.tasks(), shelf.networks()
PRODUCT = [(task, network) for network in NETWORKS for task in shelf.served_by(network)]
SWITCHED = [
    (network, {switch: not usual})
    for network, record in NETWORKS.items()
    for switch, usual in record.switches.items()
]


def parts(record, kind):
    """Every object of a kind inside a record, however deep."""
    if isinstance(record, kind):
        yield record
    if isinstance(record, tuple) and not isinstance(record, Text):
        for entry in record:
            yield from parts(entry, kind)
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            yield from parts(getattr(record, field.name), kind)


def run(advice, steps=21):
    """(what a snippet leaves behind, the losses that it printed), after a few steps."""
    source = re.sub(r"in range\(\d+\)", f"in range({steps})", advice.snippet("en"))
    left, printed = {}, io.StringIO()
    with redirect_stdout(printed):
        exec(compile(source, f"<{advice.task_name} {advice.network_name}>", "exec"), left)
    return left, [float(loss) for loss in re.findall(r"loss (\S+)", printed.getvalue())]


@pytest.fixture(autouse=True)
def _same_random_state_afterwards():
    state = torch.get_rng_state()
    yield
    torch.set_rng_state(state)


@pytest.mark.parametrize("record", [*TASKS.values(), *NETWORKS.values()], ids=[*TASKS, *NETWORKS])
class TestRecord:
    def test_speaks_both_languages(self, record):
        for text in parts(record, Text):
            code = text.en == text.zh and re.search(r"[(.=]|[A-Z]|^\w+( loss)?$", text.en)
            assert text.en.isascii()
            assert code or re.search(r"[\u4e00-\u9fff\uff00-\uffef]", text.zh), text

    def test_every_statement_has_a_source(self, record):
        claims = [*parts(record, Claim)]

        assert len(claims) > 4
        assert all(claim.sources for claim in claims)

    def test_sources_say_where_they_are_found(self, record):
        for source in parts(record, Source):
            assert re.search(r" \d{4}( \(\w+\))?$|^PyTorch: ", source.name)
            assert source.title
            assert source.where
            if "arXiv" in source.where:
                assert re.fullmatch(r"arXiv:\d{4}\.\d{4,5}", source.where)

    def test_rules_that_are_named_exist(self, record):
        for said in parts(record, Claim):
            assert not said.rule or find(said.rule).id == said.rule

    def test_offers_something_else_and_names_a_mistake(self, record):
        assert record.alternatives
        assert record.avoid


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
class TestTask:
    def test_output_and_loss_exist(self, task):
        if task.output.name is not None:
            nonlin.get(task.output.name)
        if task.loss.name is not None:
            assert issubclass(getattr(nn, task.loss.name), nn.Module)

    def test_is_served_by_some_network(self, task):
        assert any(TASKS[name] is task for name, _ in PRODUCT)

    def test_its_program_uses_the_loss_that_is_named(self, task):
        name = task.loss.name
        snake = name and re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
        # F.mse_loss keeps the word, F.cross_entropy does not.
        function = snake and rf"\bF\.{snake.removesuffix('_loss')}(_loss)?\("

        assert name is None or re.search(rf"\bnn\.{name}\(|{function}", task.code.criterion)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
class TestNetwork:
    def test_hidden_activation_is_a_module_of_the_catalogue(self, network):
        record, x = nonlin.get(network.hidden.name), torch.linspace(-3, 3, 7)

        module = eval(module_of(network.hidden), {"nn": nn, "nonlin": nonlin})

        assert torch.allclose(module(x), record(x, **network.hidden.params))

    def test_serves_its_usual_task(self, network):
        name = next(name for name, other in NETWORKS.items() if other is network)

        assert network.task in shelf.served_by(name)
        assert {*network.tasks} <= {*TASKS}


def test_no_two_tasks_and_no_two_networks_share_a_name():
    for records in (TASKS, NETWORKS):
        names = [name for key, record in records.items() for name in (key, *record.aliases)]
        assert len(names) == len(set(names))


def test_the_gain_is_that_of_the_hidden_activation():
    assert gain_of(NETWORKS["mlp"].hidden) == nonlin.gain("relu")
    assert gain_of(NETWORKS["gan-critic"].hidden) == nonlin.gain("leaky_relu", negative_slope=0.2)
    assert f"{nonlin.gain('selu'):.6g}" in advise("binary", network="deep-mlp").snippet("en")


class TestProgram:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_pair_compiles_and_fits_the_terminal(self, language):
        for task, network in PRODUCT:
            source = advise(task, network=network).snippet(language)
            compile(source, f"<{task} {network}>", "exec")
            assert max(map(width_of, source.splitlines())) <= 78, (task, network)

    @pytest.mark.parametrize(
        ("task", "network", "switches"),
        [
            *((name, None, {}) for name in TASKS),
            *((None, name, {}) for name in NETWORKS),
            *((None, name, switches) for name, switches in SWITCHED),
        ],
        ids=str,
    )
    def test_runs_learns_and_has_no_finding(self, task, network, switches):
        advice = advise(task, network=network, **switches)

        left, losses = run(advice)

        assert all(map(math.isfinite, losses))
        assert advice.network.adversarial or losses[-1] < losses[0]
        judged = {} if advice.network.adversarial else {"loss": left["criterion"], "targets": left["y"]}
        assert [*nonlin.check(left["model"].train(), left["x"], **judged)] == []

    def test_a_mistake_in_a_program_would_be_found(self):
        left, _ = run(advise("multi-class"))

        spoilt = nn.Sequential(left["model"], nn.Softmax(dim=1))
        found = nonlin.check(spoilt, left["x"], loss=left["criterion"], targets=left["y"])

        assert [finding.rule for finding in found] == ["NL201"]

    @pytest.mark.parametrize("network", [name for name in NETWORKS if NETWORKS[name].adversarial])
    def test_of_two_networks_is_sound_as_a_script(self, network, tmp_path):
        script = tmp_path / "train.py"
        script.write_text(advise(network=network).snippet("en"), encoding="utf-8")

        report = nonlin.checker.target.check_target(str(script))

        assert report.findings == ()
        assert report.summary["objectives"] == 2

    @pytest.mark.parametrize("name", [name for name, task in TASKS.items() if task.bias_of is not None])
    def test_sets_the_bias_that_the_targets_ask_for(self, name):
        task = TASKS[name]
        left, _ = run(advise(name), steps=0)
        y = left["y"].numpy()
        if name == "ordinal":
            y = y.sum(axis=1)

        assert left["model"].head.bias.tolist() == pytest.approx(task.bias_of(y).tolist(), abs=1e-4)


class TestAdvice:
    def test_prints_as_the_command(self, capsys, monkeypatch):
        monkeypatch.setenv("NONLIN_LANG", "en")
        cli.run(["advise", "--task", "counts"])

        assert str(nonlin.advise("counts")) == capsys.readouterr().out
        assert "PoissonNLLLoss" in nonlin.advise("counts")._repr_html_()

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("task", "network"), [(t, None) for t in TASKS] + [(None, n) for n in NETWORKS])
    def test_page_fits_the_terminal_and_answers_first(self, task, network, language):
        advice = advise(task, network=network)

        lines = advice.render(language).splitlines()

        assert max(map(width_of, lines)) <= 80
        assert (
            next(i for i, line in enumerate(lines) if advice.task.output.answer.to(language)[:20] in line) < 6
        )
        assert all(str(source)[:30] in "\n".join(lines) for source in advice.sources)
        assert "{" not in advice.init.text.to(language)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_json_has_every_key(self, language):
        said = json.loads(advise(targets=[0, 1, 1, 1], network="mlp").to_json(language))

        assert [*said] == [
            *(
                "tool",
                "version",
                "language",
                "task",
                "network",
                "output",
                "loss",
                "targets",
                "bias",
                "hidden",
            ),
            *("init", "notes", "alternatives", "avoid", "inferred", "snippet", "sources"),
        ]
        assert said["task"]["name"] == said["inferred"]["task"] == "binary"
        assert said["output"]["activation"] is None
        assert said["loss"]["class"] == "BCEWithLogitsLoss"
        assert said["bias"]["values"] == pytest.approx([math.log(3)])
        assert said["hidden"]["gain"] == pytest.approx(math.sqrt(2))
        assert {*said["network"]} == {"name", "title", "batch_norm", "residual"}

    def test_a_class_that_never_occurs_is_no_reason_to_fail(self):
        said = json.loads(advise("multi-class", targets=[0, 1, 3] * 9).to_json("en"))

        assert said["bias"]["values"] == [] or "-Infinity" in said["bias"]["values"]

    def test_a_network_may_bring_its_own_loss_or_add_to_it(self):
        generator, vae = advise(network="gan-generator"), advise(network="vae")

        assert generator.loss.name == "BCEWithLogitsLoss"
        assert "MSELoss" not in generator.render("en")
        assert "nn.MSELoss() + KL" in vae.render("en")

    def test_settings_add_their_notes(self):
        plain, normed = advise("binary"), advise("binary", batch_norm=True, residual=True)

        assert plain.notes == ()
        assert len(normed.notes) == 3
        assert "BatchNorm1d" in normed.snippet("en")

    @pytest.mark.parametrize(
        ("options", "hint"),
        [
            ({}, "give a task"),
            ({"task": "multi-clas"}, "did you mean multi-class"),
            ({"task": "binary", "network": "transfomer"}, "did you mean transformer"),
            ({"task": "critic", "network": "mlp"}, "does not serve"),
            ({"task": "language-modelling", "network": "cnn"}, "does not serve"),
            ({"task": "binary", "network": "lstm", "batch_norm": True}, "cannot be chosen"),
        ],
        ids=str,
    )
    def test_says_what_is_wrong(self, options, hint):
        with pytest.raises(NonlinError, match=hint):
            advise(options.pop("task", None), **options)

    def test_a_task_that_the_targets_contradict_is_said_and_kept(self):
        advice = advise("regression", targets=["cat", "dog"] * 9)

        assert advice.task_name == "regression"
        assert "look like binary" in advice.render("en")
        assert advice.bias_values == ()


def test_numbers_of_a_page_are_those_of_the_targets():
    page = advise(targets=np.repeat([0, 1], [95, 5])).render("en")

    assert "5 % are 1" in page
    assert "for these targets -2.944" in page
