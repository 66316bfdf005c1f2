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
from nonlin.checker.rules._common import also, inputs_of_kind, now, outside

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


@rule("NL207", severity="error", zh=ZH, since="0.1")
def bce_on_unbounded_scores(run: Run) -> Iterator[Finding]:
    """Binary cross entropy is given numbers that nothing keeps between 0 and 1, or only a clamp."""
    for loss, kind in inputs_of_kind(run, ("binary_cross_entropy",), "scores", "activated"):
        if not kind.clamped and not outside(run.range(loss.input), 0.0, 1.0):
            continue
        if kind.clamped and kind.name == "activated" and not outside(run.range(kind.origin.output), 0.0, 1.0):
            continue
        free = kind.origin.output
        lost = run.share(free, lambda x: (x < 0) | (x > 1))
        yield Finding(
            loss.site,
            Text(
                "BCE loss expects probabilities, but it is given "
                + ("scores that a clamp forces into [0, 1]" if kind.clamped else "scores without bounds"),
                "BCE 损失需要概率,而这里给它的是" + ("被 clamp 硬塞进 [0, 1] 的得分" if kind.clamped else "无界的得分"),
            ),
            evidence={**run.ends(free), **({} if lost is None else {"share_outside": lost}), **now(loss.output)},
            proof=Text(
                "a score outside [0, 1] "
                + (
                    "is cut off, and passes no gradient"
                    + (f": {lost:.0%} of this batch" if lost is not None else "")
                    if kind.clamped
                    else "has no logarithm here: the step fails or turns to NaN as soon as one occurs"
                ),
                "落在 [0, 1] 之外的得分"
                + (
                    "会被截断,不再传递梯度" + (f":本批次占 {lost:.0%}" if lost is not None else "")
                    if kind.clamped
                    else "无法取对数:一旦出现,这一步就会报错或变成 NaN"
                ),
            ),
            fix=Fix(
                Text(
                    "pass the raw scores to BCEWithLogitsLoss",
                    "把原始得分交给 BCEWithLogitsLoss",
                )
            ),
            related=also(kind.origin),
        )
