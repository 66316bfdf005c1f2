"""What lean would save of a step that ran without it: the bytes are those that lean itself reports."""

from __future__ import annotations

import json

import pytest
import torch
from torch.utils.checkpoint import checkpoint

import nonlin
from nonlin.checker.target import check_target
from nonlin.leaning.estimate import kept_with_lean
from test_lean import MODELS, made

SCRIPT = """
import torch
from torch import nn

model = nn.Sequential(nn.Linear(64, {width}), nn.GELU(), nn.Linear({width}, 1))
loss = model(torch.randn(2048, 64)).square().mean()
loss.backward()
"""


@pytest.mark.parametrize("name", MODELS)
def test_the_graph_tells_what_lean_would_do(name):
    model, x = made(name)
    torch.manual_seed(1)
    with nonlin.lean(min_bytes=256) as saved:
        model(x).square().mean()
    torch.manual_seed(1)
    loss = model(x).square().mean()

    told = kept_with_lean(loss, min_bytes=256)
    loss.backward()  # nothing was spent

    assert told == (saved.eager, saved.kept)


def test_what_others_pack_is_not_read():
    model, x = made("transformer")
    read: list[torch.Tensor] = []

    checkpointed = checkpoint(model, x, use_reentrant=False).sum()
    with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: read.append(t) or t):
        packed = model(x).sum()

    assert kept_with_lean(checkpointed) is None
    assert kept_with_lean(packed) is None
    assert read == []
    checkpointed.backward()


def test_a_graph_that_was_freed_tells_nothing():
    model, x = made("transformer")
    loss = model(x).sum()
    loss.backward()

    assert kept_with_lean(loss) is None


@pytest.mark.parametrize(("width", "offered"), [(2048, True), (64, False)])
def test_a_check_offers_lean_where_it_saves_much(width, offered, tmp_path):
    script = tmp_path / "train.py"
    script.write_text(SCRIPT.format(width=width), "utf-8")

    report = check_target(str(script))

    assert ("with nonlin.lean() it keeps 16 MiB" in report.render("text", "en", width=300)) is offered
    assert ("用 nonlin.lean() 只需 16 MiB" in report.render("text", "zh", width=300)) is offered
    assert ("bytes_kept_with_lean" in json.loads(report.to_json())["summary"]) is offered
    assert len(report) == 0


def test_a_very_long_chain_is_let_alone():
    x = torch.ones(1, requires_grad=True)
    for _ in range(100_000):
        x = x.relu()

    assert kept_with_lean(x) is None
