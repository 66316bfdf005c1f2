"""Whatever a program does, what it was seen to hold lies inside what was predicted."""

from __future__ import annotations

import pytest
import torch
from hypothesis import example, given, settings

from nonlin.base.interval import ANYTHING
from nonlin.catalogue import Activation, by_kernel, records
from nonlin.checker.flow.interval import intervals
from nonlin.checker.flow.kind import is_activation
from nonlin.checker.flow.observed import as_seen, observed
from nonlin.checker.graph import Graph
from nonlin.checker.recorder import Recorder
from nonlin.facts import probe
from programs import BINARY, UNARY, Program, inputs, programs

# Rounding of sums and products over a dozen elements in double precision.
TOLERANCE = 1e-9


def recorded(program: Program, x: torch.Tensor) -> Graph:
    recorder = Recorder()
    with recorder.recording():
        program(x)
    return recorder.graph


def escapes(graph: Graph) -> list[str]:
    """The values seen outside their predicted interval, for leaves that may be anything and for leaves as seen."""
    found = []
    for leaf in (lambda _: ANYTHING, as_seen):
        predicted = intervals(graph, leaf)
        for value, held in observed(graph).items():
            box = predicted.get(value, ANYTHING)
            if not (box.holds(held.lo, TOLERANCE) and box.holds(held.hi, TOLERANCE)):
                found.append(f"{value.maker}: saw {held}, predicted {box}")
    return found


NEGATIVE_ZERO = torch.full((3, 4), -0.0, dtype=torch.float64)


@settings(max_examples=4 * settings().max_examples)
@given(programs, inputs)
@example(Program((("rsqrt", 0, 0), ("atan", 1, 0))), NEGATIVE_ZERO)
@example(Program((("sqrt", 0, 0), ("reciprocal", 1, 0), ("atan", 2, 0))), NEGATIVE_ZERO)
@example(Program((("inverse_square", 0, 0), ("atan", 1, 0))), NEGATIVE_ZERO)
@example(
    Program((("log", 0, 0), ("sign", 1, 0))), torch.linspace(-1, 1, 12, dtype=torch.float64).reshape(3, 4)
)
def test_every_observed_value_lies_in_its_predicted_interval(program: Program, x: torch.Tensor) -> None:
    graph = recorded(program, x)

    assert escapes(graph) == []


@pytest.mark.parametrize("name", sorted([*UNARY, *BINARY]))
def test_each_operation_alone_is_sound_on_a_grid(name: str) -> None:
    ends = [-1e4, -104, -20, -3, -1, -0.5, -1e-8, 0, 1e-8, 0.3, 0.5, 1, 2, 5, 88, 1e3]
    for scale in (1.0, 0.01):
        x = torch.tensor(ends[:12], dtype=torch.float64).reshape(3, 4) * scale
        y = torch.tensor(ends[4:], dtype=torch.float64).reshape(3, 4) * scale
        for start in (x, y):
            graph = recorded(Program(((name, 0, 0), (name, 1, 0))), start)

            assert graph.ops
            assert escapes(graph) == []


def test_a_wrong_transfer_is_noticed() -> None:
    graph = recorded(Program((("exp", 0, 0),)), torch.ones(3, 4, dtype=torch.float64))
    graph.ops[0].kind = "tanh"

    assert escapes(graph)


@pytest.mark.parametrize("record", [r for r in records() if isinstance(r, Activation)], ids=lambda r: r.name)
def test_a_step_of_a_composed_activation_is_no_activation_that_somebody_chose(record) -> None:
    recorder = Recorder()
    with recorder.recording():
        record(torch.ones(3, 4), **probe.example(record))

    chosen = [op for op in recorder.graph.ops if is_activation(op)]
    if record.kernel is None:
        assert chosen == []
    elif record.serves != ():
        assert by_kernel(chosen[0].kind) is record
