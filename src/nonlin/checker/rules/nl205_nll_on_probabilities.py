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
from nonlin.checker.rules._common import NLL, also, classes, inputs_of_kind, now, spelled

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


@rule("NL205", severity="error", zh=ZH, since="0.1")
def nll_on_probabilities(run: Run) -> Iterator[Finding]:
    """The negative log-likelihood loss is given probabilities, of which nobody took the logarithm."""
    for loss, kind in inputs_of_kind(run, NLL, "probabilities", "unit"):
        yield Finding(
            kind.origin.site,
            Text(
                f"NLL loss expects log-probabilities, but {spelled(kind.origin)} gives it probabilities",
                f"NLL 损失需要对数概率,而 {spelled(kind.origin)} 给它的是概率",
            ),
            evidence={"classes": classes(loss), "lowest_loss": -1.0, **now(loss.output)},
            proof=Text(
                "the loss is minus a probability: it lies between -1 and 0, and its gradient does not grow "
                "where the network is wrong",
                "此时损失等于负的概率:它只在 -1 与 0 之间,而且网络出错时梯度不会变大",
            ),
            fix=Fix(
                Text(
                    "use log_softmax instead, or pass the raw scores to CrossEntropyLoss",
                    "改用 log_softmax,或把原始得分交给 CrossEntropyLoss",
                )
            ),
            related=also(loss),
        )
