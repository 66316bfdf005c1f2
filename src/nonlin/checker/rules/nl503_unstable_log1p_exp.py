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


@rule("NL503", severity="warning", zh=ZH, since="0.1")
def unstable_log1p_exp(run: Run) -> Iterator[Finding]:
    """softplus spelled out: log(1 + exp(x))."""
    for op in run.graph.of("log", "log1p"):
        exponential = run.exponential_inside(op)
        if exponential is None or not op.by_user or run.range(exponential.input).hi < 80:
            continue
        yield Finding(
            op.site,
            Text(
                "log(1 + exp(x)) overflows: in float32 exp(x) is infinite from x = 88.73 on",
                "log(1 + exp(x)) 会溢出:在 float32 中,x 达到 88.73 时 exp(x) 就是无穷大",
            ),
            evidence=run.ends(exponential.input),
            proof=Text(
                "the result is then inf and its gradient NaN, though the true value is just x",
                "结果随之为 inf、梯度为 NaN,而真实值不过是 x",
            ),
            fix=Fix(Text("use softplus(x): the same function, stable everywhere", "改用 softplus(x):同一个函数,处处稳定")),
            related=also(exponential),
        )
