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


@rule("NL208", severity="error", zh=ZH, since="0.1")
def kldiv_on_probabilities(run: Run) -> Iterator[Finding]:
    """`kl_div` is given probabilities or scores where it expects log-probabilities."""
    for loss, kind in inputs_of_kind(run, ("kl_div",), "probabilities", "unit", "scores"):
        what = Text("raw scores", "原始得分") if kind.name == "scores" else Text("probabilities", "概率")
        yield Finding(
            loss.site,
            Text(
                f"kl_div expects log-probabilities as its input, but it is given {what.en}",
                f"kl_div 的输入应是对数概率,而这里给它的是{what.zh}",
            ),
            evidence={**run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "torch computes target * (log(target) - input): with "
                f"{what.en} as input this is no divergence, and its minimum is not where the two distributions agree",
                "torch 计算的是 target * (log(target) - input):"
                f"把{what.zh}当作 input 时,它不是散度,最小值也不在两个分布相等之处",
            ),
            fix=Fix(
                Text(
                    "pass log_softmax(scores) as the input and probabilities as the target",
                    "输入用 log_softmax(得分),目标用概率",
                )
            ),
            related=also(kind.origin),
        )
