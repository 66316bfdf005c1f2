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
from nonlin.checker.rules._common import NLL, also, classes, inputs_of_kind, now

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


@rule("NL206", severity="error", zh=ZH, since="0.1")
def nll_on_raw_logits(run: Run) -> Iterator[Finding]:
    """The negative log-likelihood loss is given the scores of a linear map."""
    for loss, kind in inputs_of_kind(run, NLL, "scores", "activated"):
        if kind.name == "activated" and run.range(loss.input).hi <= 0:
            continue
        yield Finding(
            loss.site,
            Text(
                "NLL loss expects log-probabilities, but it is given raw scores",
                "NLL 损失需要对数概率,而这里给它的是原始得分",
            ),
            evidence={"classes": classes(loss), **run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "the loss is minus the right class's score, which has no lower bound: it falls towards minus "
                "infinity by growing the scores, without ever comparing classes",
                "此时损失等于正确类别得分的相反数,没有下界:只要把得分变大,它就趋向负无穷,而从未比较各个类别",
            ),
            fix=Fix(
                Text(
                    "use CrossEntropyLoss, or apply log_softmax over the classes first",
                    "改用 CrossEntropyLoss,或先在类别维上做 log_softmax",
                )
            ),
            related=also(kind.origin),
        )
