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
from nonlin.checker.rules._common import SOFTMAXES, also

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


@rule("NL302", severity="error", zh=ZH, since="0.1")
def softmax_single_unit(run: Run) -> Iterator[Finding]:
    """A softmax runs over the one output unit of a layer."""
    for op in run.graph.of(*SOFTMAXES):
        axis = op.output.axis(op.get("dim", -1))
        kind = run.kind(op.input)
        if op.output.rank == 0 or op.output.shape[axis] != 1:
            continue
        if kind is None or kind.name != "scores" or kind.axis != axis:
            continue
        log = op.kind == "log_softmax"
        yield Finding(
            op.site,
            Text(
                f"softmax over an axis of size one: the output is always {0 if log else 1}",
                f"softmax 所沿的维大小为 1:输出恒为 {0 if log else 1}",
            ),
            evidence={"axis": axis, "shape": "x".join(map(str, op.output.shape)), "output": 0.0 if log else 1.0},
            proof=Text(
                "exp(x) / exp(x) = 1 for every x, and the gradient is zero: the layer before it never learns",
                "对任何 x 都有 exp(x) / exp(x) = 1,梯度为零:前面的层永远学不到东西",
            ),
            fix=Fix(
                Text(
                    "for one yes/no output use a sigmoid (or BCEWithLogitsLoss on the score); "
                    "for weights over positions take the softmax along the positions",
                    "单个是/否输出请用 sigmoid(或对得分用 BCEWithLogitsLoss);若是位置上的权重,请沿位置维做 softmax",
                )
            ),
            related=also(kind.origin),
        )
