"""Whatever a user trains: a check raises nothing of its own, says nothing untrue, and leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from hypothesis import example, given, settings
from torch import Tensor, nn

import nonlin
from networks import FUNCTIONS, LAYERS, LOSSES, PAIRS, WRAPPERS, Network, networks
from nonlin.base import folder
from nonlin.base.finding import Report
from nonlin.base.interval import ANYTHING
from nonlin.base.language import LANGUAGES
from nonlin.checker.flow.affine import Affine
from nonlin.checker.flow.interval import intervals
from nonlin.checker.flow.observed import as_seen, observed
from nonlin.checker.graph import Value
from nonlin.checker.recorder import Recorder
from nonlin.checker.rule import rules
from nonlin.checker.run import Run
from nonlin.checker.step import StepRecorder
from nonlin.checker.target import report_on
from programs import BINARY, UNARY
from scripts import guarded

FORMATS = folder.names_in("nonlin.report")
RULES = rules()
# Room for rounding, over sums of a few dozen elements.
ROUNDING = {"float64": 1e-9, "float32": 1e-4, "float16": 0.02, "bfloat16": 0.1}


class Keeping(Recorder):
    """A recorder that also keeps a copy of what each value held."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[Value, Tensor] = {}

    def _bind(self, tensor: Tensor, **options: Any) -> Value:
        value = super()._bind(tensor, **options)
        if value.seen is not None or value.role == "parameter":
            self.kept[value] = tensor.detach().clone()
        return value


def bits(tensor: Tensor) -> bytes:
    """The numbers of a tensor, told apart to the last bit."""
    whole = tensor.detach().to_dense() if tensor.layout != torch.strided else tensor.detach()
    return bytes(whole.contiguous().reshape(-1).view(torch.uint8).tolist())


def traces(model: nn.Module) -> dict[str, Any]:
    """Everything that a check must leave as it was."""
    held = [*model.named_parameters(), *model.named_buffers()]
    return {
        "tensors": {name: bits(tensor) for name, tensor in held},
        "gradients": {name: bits(tensor.grad) for name, tensor in held if tensor.grad is not None},
        "modes": [module.training for module in model.modules()],
        "random state": bits(torch.get_rng_state()),
    }


def trained(network: Network) -> dict[str, Any]:
    """What a step comes to: its loss, or the error with which torch refuses it; and the traces."""
    step = network.step()
    try:
        loss = step.loss(step.model(step.x), step.targets)
        loss.backward()
        result: Any = bits(loss)
    except Exception as error:  # noqa: BLE001 - a random network may be one that torch refuses in any way
        result = type(error)
    return {"loss": result, **traces(step.model)}


def watched(network: Network) -> tuple[dict[str, Any], Keeping]:
    """The same under nonlin, and the tape."""
    watcher, recorder = StepRecorder(), Keeping()
    watcher.recorder = recorder
    with watcher.attached():
        result = trained(network)
    # Of what was first met after a write, the recorder takes back what it saw.
    recorder.kept = {v: held for v, held in recorder.kept.items() if v.seen or v.role == "parameter"}
    return result, recorder


def checked(network: Network, plain: dict[str, Any]) -> list[str]:
    """What `nonlin.check` changed; it raises what the model raises."""
    step = network.step()
    before = traces(step.model)
    try:
        report = nonlin.check(step.model, step.x, loss=step.loss, targets=step.targets)
    except Exception as error:
        if type(error) is not plain["loss"]:
            raise
    else:
        _render(report)
    after = traces(step.model)
    return [f"a check changes the {what}" for what in before if before[what] != after[what]]


def _render(report: Report) -> None:
    for form in FORMATS:
        for language in LANGUAGES:
            assert report.render(form, language)


def escaped(recorder: Keeping) -> Iterator[str]:
    """Values outside their interval, for leaves that may be anything and for leaves as seen."""
    for leaf in (lambda _: ANYTHING, as_seen):
        predicted = intervals(recorder.graph, leaf)
        for value, held in observed(recorder.graph).items():
            box, room = predicted.get(value, ANYTHING), ROUNDING.get(value.dtype, 1e-9)
            if not (box.holds(held.lo, room) and box.holds(held.hi, room)):
                yield f"{value.maker}: saw {held}, predicted {box}"


def misjudged(run: Run, recorder: Keeping) -> Iterator[str]:
    """Values that are not what their kind says."""
    for value, held in recorder.kept.items():
        kind = run.kind(value)
        if kind is None or kind.scaled or kind.guarded or not held.isfinite().all():
            continue
        room, x = ROUNDING[value.dtype], held.double()
        p = x.exp() if kind.name.startswith("log-") else x
        if kind.name.endswith(("unit", "probabilities")) and ((p < 0) | (p > 1 + room)).any():
            yield f"{value.maker} holds no {kind.name}: {held}"
        spread = kind.name.endswith("probabilities") and kind.whole and not kind.clamped
        if spread and kind.axis is not None and ((p.sum(kind.axis) - 1).abs() > room).any():
            yield f"{value.maker} does not sum to one along axis {kind.axis}: {held}"


def bent(run: Run, recorder: Keeping) -> Iterator[str]:
    """Values that are said to come affinely from a linear map and do not."""
    for value, way in run.provenance.items():
        start = recorder.kept.get(way.start.output)
        if way.bent or start is None or not way.path:
            continue
        other = torch.randn_like(start)
        one, two, middle = (
            replayed(way, x, recorder.kept).double() for x in (start, other, (start + other) / 2)
        )
        room = max(ROUNDING.get(op.output.dtype, 0) for op in (way.start, *way.path))
        if ((one + two) / 2 - middle).abs().max() > room * (1 + one.abs().max() + two.abs().max()):
            yield f"{value.maker} is not affine in {way.start}"


def replayed(way: Affine, x: Tensor, kept: dict[Value, Tensor]) -> Tensor:
    """What the operations after a linear map make of another output of it, as they would in evaluation."""
    at = kept | {way.start.output: x}
    for op in way.path:
        given = {
            name: at.get(item) if isinstance(item, Value) else item for name, item in op.arguments.items()
        }
        given |= {name: False for name in ("train", "training") if name in given}
        if op.kind == "expand":  # as `broadcast_tensors` is recorded, without a size
            given["size"] = op.output.shape
        at[op.output] = getattr(torch.ops.aten, op.kind)(**given)
    return at[way.path[-1].output]


def complaints(network: Network) -> list[str]:
    """All that is wrong about a check of a network."""
    with guarded():
        plain = trained(network)
        result, recorder = watched(network)
        left = checked(network, plain)
        run = Run(recorder.graph)
        _render(report_on(recorder.graph, "train.py", (), RULES))
        return [
            *(f"under nonlin the {what} differs" for what in plain if plain[what] != result[what]),
            *left,
            *escaped(recorder),
            *misjudged(run, recorder),
            *bent(run, recorder),
        ]


OWN = LAYERS.keys() | FUNCTIONS.keys() - UNARY.keys()
ALONE = {
    **{name: Network(("then", "linear", name)) for name in OWN},
    **{name: Network((name, ("then", "linear", "relu", "dropout"))) for name in WRAPPERS},
    **{name: Network((name, "linear", ("then", "linear", "sigmoid"))) for name in PAIRS.keys() - BINARY.keys()},
    **{f"loss_{name}": Network("linear", name) for name in LOSSES},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ALONE))
def test_each_part_alone_is_checked_truly_and_without_a_trace(name: str) -> None:
    assert complaints(ALONE[name]) == []


@settings(max_examples=settings().max_examples * 2 // 5)
@given(networks)
@example(Network(("then", "linear", "elu", "shift", "in_place_data")))
@example(Network(("then", "linear", ("reentrant", "embedding"))))
@example(Network(("then", "linear", ("jacobian_of", "linear"))))
def test_a_random_network_is_checked_truly_and_without_a_trace(network: Network) -> None:
    assert complaints(network) == []


def test_a_number_drawn_by_the_recorder_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nonlin.checker.recorder.measure", lambda *_: torch.randn(1))

    assert "under nonlin the random state differs" in complaints(Network("linear"))


def test_a_wrong_analysis_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    _, recorder = watched(Network(("then", "linear", "relu", "softmax")))
    _, activation, last = recorder.graph.ops[:3]
    monkeypatch.setattr("nonlin.checker.flow.affine.is_activation", lambda _: False)
    monkeypatch.setattr("nonlin.checker.flow.affine._source", lambda op: op.input)

    assert list(bent(Run(recorder.graph), recorder))

    activation.kind, last.kind = "softmax", "tanhshrink"

    assert list(misjudged(Run(recorder.graph), recorder))
    assert list(escaped(recorder))
