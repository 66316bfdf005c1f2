"""Stub page.

## What it finds
x

## Why it is bad
x

## How to fix
x

## When to silence
x

## Sources
x

"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.base.interval import Interval
from nonlin.checker.rules._common import (
    BCE_LOGITS,
    CROSS_ENTROPY,
    also,
    classes,
    inputs_of_kind,
    lowest_cross_entropy,
    now,
    spelled,
)

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """存根。

## 它发现什么
x

## 为什么不好
x

## 怎样修正
x

## 何时忽略
x

## 来源
x

"""


@rule("NL204", severity="error", zh=ZH, since="0.1")
def activation_on_logits(run: Run) -> Iterator[Finding]:
    """An activation stands between the last linear map and a loss on logits."""
    for loss, kind in inputs_of_kind(run, (*CROSS_ENTROPY, *BCE_LOGITS), "activated"):
        act = kind.origin
        before = run.kind(act.input)
        image = run.range(act.output)
        if before is None or before.name != "scores":
            continue
        free = image.unbounded
        k = classes(loss) if loss.kind in CROSS_ENTROPY else 2
        lowest = lowest_cross_entropy(k, image.width if loss.kind in CROSS_ENTROPY else max(-image.lo, image.hi))
        cut = run.share(act.input, lambda x: x < 0) if image.lo >= 0 else None
        facts = {"classes": k, "low": str(image.lo), "high": str(image.hi), **now(loss.output)}
        if lowest > 0:
            facts["lowest_loss"] = lowest
        if cut is not None:
            facts["share_cut_off"] = cut
        yield Finding(
            act.site,
            Text(
                f"{spelled(act)} stands between the last linear map and {loss.kind}, which expects free logits",
                f"{spelled(act)} 位于最后的线性层与 {loss.kind} 之间,而该损失需要不受限制的 logits",
            ),
            evidence=facts,
            proof=_proof(image, lowest, cut, k),
            fix=Fix(Text("drop this activation: the last layer stays linear", "去掉这个激活:最后一层应保持线性")),
            related=also(loss),
            severity="advice" if free else "error",
        )


def _proof(image: Interval, lowest: float, cut: float | None, k: int) -> Text:
    if cut is not None:
        share = f"{cut:.0%}"
        return Text(
            f"logits are confined to {image}: {share} of this batch's scores are cut to zero, and pass no gradient",
            f"logits 被限制在 {image}:本批次中 {share} 的得分被截为零,也不再传递梯度",
        )
    if lowest > 1e-6:
        return Text(
            f"logits are confined to {image}, so with {k} classes the loss cannot fall below {lowest:.3f}",
            f"logits 被限制在 {image},因此对 {k} 个类别,损失不会低于 {lowest:.3f}",
        )
    return Text(f"logits are confined to {image}", f"logits 被限制在 {image}")
