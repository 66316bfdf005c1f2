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
from nonlin.checker.rules._common import also, inputs_of_kind, now

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


@rule("NL209", severity="error", zh=ZH, since="0.1")
def ctc_without_log_softmax(run: Run) -> Iterator[Finding]:
    """CTC loss is given scores or probabilities where it expects log-probabilities."""
    for loss, kind in inputs_of_kind(run, ("ctc_loss", "_ctc_loss"), "scores", "probabilities", "unit", "activated"):
        what = Text("probabilities", "概率") if kind.name in ("probabilities", "unit") else Text("raw scores", "原始得分")
        yield Finding(
            loss.site,
            Text(
                f"CTC loss expects log-probabilities, but it is given {what.en}",
                f"CTC 损失需要对数概率,而这里给它的是{what.zh}",
            ),
            evidence={**run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "the loss sums exp(input) over alignments: without log_softmax the classes of one step do not sum "
                "to one, so the loss is no likelihood and can be lowered without learning",
                "该损失对所有对齐路径累加 exp(input):没有 log_softmax,每一步各类别之和不为 1,"
                "损失就不是似然,不学习也能下降",
            ),
            fix=Fix(
                Text(
                    "apply log_softmax over the classes (the last axis) before the loss",
                    "在损失之前,沿类别维(最后一维)做 log_softmax",
                )
            ),
            related=also(kind.origin),
        )
