"""The cost of a check grows no faster than the tape, counted in lines that run rather than in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import torch

import nonlin
from chains import CHAINS, chain
from nonlin.checker.capture import capture_model
from nonlin.checker.rule import rules
from nonlin.checker.target import report_on

SHORT, LONG = 60, 240
_HOME = str(Path(nonlin.__file__).parent)


@pytest.mark.parametrize("name", CHAINS)
def test_four_times_the_operations_take_four_times_the_lines(name: str) -> None:
    _check(name, 10)  # fills the caches

    short, long = (_lines_of(lambda n=length: _check(name, n)) for length in (SHORT, LONG))

    assert long <= 4.3 * short


def _check(name: str, length: int) -> None:
    model, inputs = chain(name, length)
    graph = capture_model(model, inputs, loss=torch.mean)
    str(report_on(graph, name, (), rules()))
    assert length <= 2 * len(graph.ops) <= 6 * length


def _lines_of(call: Callable[[], None]) -> int:
    """How many lines of nonlin a call runs."""
    count = 0

    def within(_frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return within

    def enter(frame: FrameType, _event: str, _: Any) -> Any:
        return within if frame.f_code.co_filename.startswith(_HOME) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
