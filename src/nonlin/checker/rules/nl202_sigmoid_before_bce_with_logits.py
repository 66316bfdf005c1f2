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

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import BCE_LOGITS, also, inputs_of_kind, now, spelled

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


@rule("NL202", severity="error", zh=ZH, since="0.1")
def sigmoid_before_bce_with_logits(run: Run) -> Iterator[Finding]:
    """BCE-with-logits is given numbers that a sigmoid or a softmax already squashed."""
    for loss, kind in inputs_of_kind(run, BCE_LOGITS, "unit", "probabilities"):
        share = run.mean_of(loss.value("target"))
        best_one, best_zero = math.log1p(math.exp(-1.0)), math.log(2.0)
        lowest = best_zero if share is None else share * best_one + (1 - share) * best_zero
        with_share = {} if share is None else {"share_of_ones": share, "lowest_loss": lowest}
        yield Finding(
            kind.origin.site,
            Text(
                f"{spelled(kind.origin)} squashes the scores before a loss that applies the sigmoid itself",
                f"{spelled(kind.origin)} 先压缩了得分,而这个损失内部会再做一次 sigmoid",
            ),
            evidence={"lowest_for_one": best_one, "lowest_for_zero": best_zero, **with_share, **now(loss.output)},
            proof=Text(
                "squashed twice, a prediction stays between 0.5 and 0.731: a target 0 costs at least 0.693 and a "
                "target 1 at least 0.313, however right the network is",
                "压缩两次后,预测只能落在 0.5 到 0.731 之间:无论网络多准,目标 0 的损失至少 0.693,目标 1 至少 0.313",
            ),
            fix=Fix(
                Text(
                    "give the loss the raw scores and keep the sigmoid for reading probabilities, "
                    "or use BCELoss on the sigmoid's output",
                    "把原始得分交给损失,只在读概率时用 sigmoid;或对 sigmoid 的输出使用 BCELoss",
                )
            ),
            related=also(loss),
        )
