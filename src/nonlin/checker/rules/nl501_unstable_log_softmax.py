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
from nonlin.checker.rules._common import also

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


@rule("NL501", severity="warning", zh=ZH, since="0.1")
def unstable_log_softmax(run: Run) -> Iterator[Finding]:
    """The logarithm of a softmax, taken in two steps."""
    for op in run.graph.of("log"):
        kind = run.kind(op.input)
        if kind is None or kind.name != "probabilities" or kind.origin.kind == "exp" or not op.by_user:
            continue
        yield Finding(
            op.site,
            Text(
                "log(softmax(x)) in two steps: a probability that underflows to 0 gives -inf, and then NaN",
                "分两步计算 log(softmax(x)):概率下溢为 0 时得到 -inf,随后变成 NaN",
            ),
            evidence=run.ends(op.input),
            proof=_proof(kind.guarded),
            fix=Fix(
                Text(
                    "use log_softmax(x) (or cross_entropy on x), which subtracts the maximum first",
                    "改用 log_softmax(x)(或对 x 用 cross_entropy),它会先减去最大值",
                )
            ),
            related=also(kind.origin),
            severity="advice" if kind.guarded else "warning",
        )


def _proof(guarded: bool) -> Text:
    if guarded:
        return Text(
            "the constant added inside keeps the result finite, but cuts off every log-probability below its logarithm",
            "其中加入的常数使结果保持有限,但会截断所有更小的对数概率",
        )
    return Text(
        "in float32 exp(x) is 0 once x lies 104 below the maximum: the loss is infinite, its gradient NaN",
        "在 float32 中,x 比最大值低 104 以上时 exp(x) 就是 0:损失为无穷大,梯度为 NaN",
    )
