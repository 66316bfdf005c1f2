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
from nonlin.checker.rules._common import CROSS_ENTROPY, NLL, also, classes, lowest_cross_entropy, now

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


@rule("NL201", severity="error", zh=ZH, since="0.1")
def softmax_before_cross_entropy(run: Run) -> Iterator[Finding]:
    """Cross entropy, or log-softmax on the way to a loss, is given probabilities."""
    seen = set()
    for loss in run.losses(*CROSS_ENTROPY, "log_softmax"):
        kind = run.kind(loss.input)
        if kind is None or kind.name != "probabilities" or kind.origin in seen:
            continue
        if loss.kind == "log_softmax" and not run.reaches(loss.output, *NLL):
            continue
        seen.add(kind.origin)
        k = classes(loss)
        lowest = lowest_cross_entropy(k, 1.0)
        yield Finding(
            kind.origin.site,
            Text(
                "softmax turns the logits into probabilities before cross entropy, which applies log-softmax itself",
                "交叉熵内部已含 log-softmax,而这里的 softmax 先把 logits 变成了概率",
            ),
            evidence={"classes": k, "lowest_loss": lowest, **now(loss.output)},
            proof=Text(
                f"probabilities differ by at most 1, so with {k} classes the loss can never fall below "
                f"log(1 + {k - 1}/e) = {lowest:.3f}, however right the network is",
                f"概率之差至多为 1,因此对 {k} 个类别,无论网络多准,损失都不会低于 log(1 + {k - 1}/e) = {lowest:.3f}",
            ),
            fix=Fix(
                Text(
                    "give the loss the logits: drop this softmax, and apply it only where probabilities are read",
                    "把 logits 直接交给损失:去掉这个 softmax,只在需要读概率的地方使用它",
                )
            ),
            related=also(loss),
        )
