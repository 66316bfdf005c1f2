"""What `nonlin check` makes of a mistake is what `nonlin advise` tells to do, by one table of tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from nonlin.advice.shelf import tasks
from nonlin.catalogue import by_kernel
from nonlin.checker.flow.patterns import uncopied
from nonlin.checker.graph import Op
from nonlin.checker.rule import rules
from nonlin.checker.script import capture_script
from scripts import guarded
from test_rules import FIXTURES

LOSSES = {
    "CrossEntropyLoss": "cross_entropy_loss",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "MSELoss": "mse_loss",
    "HuberLoss": "huber_loss",
    "PoissonNLLLoss": "poisson_nll_loss",
    "KLDivLoss": "kl_div",
}
# The rules about a network's output whose mended scripts end in a loss that the table names.
RULES = ("NL201", "NL202", "NL203", "NL204", "NL207", "NL210", "NL219")
# Here the loss is written out, or NLL follows a log-softmax: the table names no such pair.
OTHERS = {"nl201/fixed_nll.py", "nl210/fixed_value.py"}
MENDED = [
    path
    for rule in RULES
    for path in sorted((FIXTURES / rule.lower()).glob("fixed*.py"))
    if f"{path.parent.name}/{path.name}" not in OTHERS
]


def pairs() -> set[tuple[str, str | None]]:
    """(loss on the tape, output activation) of every task."""
    return {(LOSSES.get(t.loss.name or "", ""), t.output.name) for t in tasks().values()}


def output_of(loss: Op) -> str | None:
    """The activation whose value a loss is given."""
    maker = uncopied(loss.inputs[0]).maker
    while maker is not None and maker.kind in ("squeeze", "flatten", "reshape", "view", "select", "index"):
        maker = uncopied(maker.inputs[0]).maker
    record = by_kernel(maker.kind) if maker is not None else None
    return record.name if record is not None else None


@pytest.mark.parametrize("path", MENDED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_mended_script_pairs_loss_and_output_as_advised(path: Path) -> None:
    with guarded():
        graph, _ = capture_script(path)

    losses = [op for op in graph.ops if op.kind in LOSSES.values() and op.index in graph.live]
    assert losses
    assert {(op.kind, output_of(op)) for op in losses} <= pairs()


def test_advice_names_rules_that_exist() -> None:
    known = {rule.id for rule in rules()}
    named = {claim.rule for task in tasks().values() for claim in task.avoid if claim.rule}

    assert len(named) >= 6
    assert named <= known
