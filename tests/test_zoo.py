"""No false alarm: published architectures give no error and no warning, in training and in evaluation mode."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from nonlin.checker.capture import capture_model
from nonlin.checker.rule import rules
from nonlin.checker.target import report_on
from pictures import check_picture
from published import PROVEN, tape
from scripts import guarded
from zoo import FURTHER, TIMM, TRANSFORMERS, timm_model, transformers_model

SAMPLE = [(library, name) for library, names in FURTHER.items() for name in names]
ZOO = [(timm_model, name) for name in TIMM] + [(transformers_model, name) for name in TRANSFORMERS]


@pytest.mark.zoo
@pytest.mark.parametrize("train", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize(("build", "name"), ZOO, ids=[name for _, name in ZOO])
def test_a_published_architecture_is_not_accused(build: Any, name: str, *, train: bool) -> None:
    with guarded():
        model, inputs = build(name, train=train)
        graph = capture_model(model, inputs)

    report = report_on(graph, name, (), rules())

    assert len(graph.live) > 20
    assert report.at_least("warning") == ()
    check_picture(report.network, report)


@pytest.mark.zoo
@pytest.mark.parametrize(("library", "name"), SAMPLE, ids=[name for _, name in SAMPLE])
def test_a_further_family_is_not_accused(library: str, name: str) -> None:
    with guarded():
        graph = tape(library, name, train=True)

    report = report_on(graph, name, (), rules())

    assert len(graph.live) > 20
    assert report.at_least("warning") == ()
    check_picture(report.network, report)


@pytest.mark.zoo
def test_the_attention_weights_of_swiftformer_are_never_trained() -> None:
    with guarded():
        graph = tape("transformers", "swiftformer", train=True)
        from transformers import SwiftFormerConfig
        from transformers.models.swiftformer.modeling_swiftformer import SwiftFormerEfficientAdditiveAttention

        attention = SwiftFormerEfficientAdditiveAttention(SwiftFormerConfig(), dim=16)
        x = torch.randn(2, 9, 16, generator=torch.Generator().manual_seed(0))
        before = attention(x)
        before.square().sum().backward()
        with torch.no_grad():
            attention.w_g.mul_(-1000)
            after = attention(x)

    found = report_on(graph, "swiftformer", (), rules()).at_least("warning")

    assert {("swiftformer", f.rule) for f in found} == PROVEN
    assert attention.w_g.grad is not None
    assert not attention.w_g.grad.any()
    assert torch.equal(before, after)
