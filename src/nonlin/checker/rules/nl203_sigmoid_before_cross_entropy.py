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
from nonlin.checker.rules._common import CROSS_ENTROPY, also, classes, inputs_of_kind, lowest_cross_entropy, now

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


@rule("NL203", severity="error", zh=ZH, since="0.1")
def sigmoid_before_cross_entropy(run: Run) -> Iterator[Finding]:
    """Cross entropy over classes is given scores that were squashed one by one."""
    for loss, kind in inputs_of_kind(run, CROSS_ENTROPY, "unit"):
        k = classes(loss)
        lowest = lowest_cross_entropy(k, 1.0)
        yield Finding(
            kind.origin.site,
            Text(
                "each class score is squashed by a sigmoid before cross entropy, which expects unbounded logits",
                "每个类别得分先经过 sigmoid 压缩,而交叉熵需要无界的 logits",
            ),
            evidence={"classes": k, "lowest_loss": lowest, **now(loss.output)},
            proof=Text(
                f"two scores in (0, 1) differ by less than 1, so with {k} classes the loss stays above "
                f"log(1 + {k - 1}/e) = {lowest:.3f}",
                f"(0, 1) 内的两个得分之差小于 1,因此对 {k} 个类别,损失始终高于 log(1 + {k - 1}/e) = {lowest:.3f}",
            ),
            fix=Fix(
                Text(
                    "drop the sigmoid; for several labels at once keep the raw scores and use BCEWithLogitsLoss",
                    "去掉 sigmoid;若是多标签任务,则保留原始得分并改用 BCEWithLogitsLoss",
                )
            ),
            related=also(loss),
        )
