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


@rule("NL502", severity="warning", zh=ZH, since="0.1")
def unstable_log_sigmoid(run: Run) -> Iterator[Finding]:
    """The logarithm of a sigmoid, or of one minus it, taken in two steps."""
    for op in run.graph.of("log"):
        if not op.by_user:
            continue
        kind, turned = run.kind(op.input), False
        if kind is None:
            kind, turned = run.complement(op.input), True
        if kind is None or kind.name != "unit" or kind.origin.kind != "sigmoid":
            continue
        what = "log(1 - sigmoid(x))" if turned else "log(sigmoid(x))"
        better = "logsigmoid(-x)" if turned else "logsigmoid(x)"
        edge = "x > 16.6" if turned else "x < -104"
        yield Finding(
            op.site,
            Text(
                f"{what} in two steps: the sigmoid rounds to {1 if turned else 0}, and the logarithm is -inf",
                f"分两步计算 {what}:sigmoid 会舍入为 {1 if turned else 0},对数随之变成 -inf",
            ),
            evidence=run.ends(op.input),
            proof=Text(
                f"in float32 this happens for {edge}; the gradient is then NaN",
                f"在 float32 中,{edge} 时就会发生,梯度随之为 NaN",
            ),
            fix=Fix(
                Text(
                    f"use {better}, or BCEWithLogitsLoss on the raw scores",
                    f"改用 {better},或对原始得分使用 BCEWithLogitsLoss",
                )
            ),
            related=also(kind.origin),
            severity="advice" if kind.guarded else "warning",
        )
