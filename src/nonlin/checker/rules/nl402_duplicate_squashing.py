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
from nonlin.checker.rules._common import NLL, SOFTMAXES, also, spelled

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


@rule("NL402", severity="error", zh=ZH, since="0.1")
def duplicate_squashing(run: Run) -> Iterator[Finding]:
    """A sigmoid of a sigmoid, or a softmax of a softmax along the same axis."""
    for op in run.graph.of("sigmoid", *SOFTMAXES):
        kind = run.kind(op.input)
        if kind is None or kind.guarded or kind.clamped:
            continue
        if op.kind == "sigmoid":
            twice = kind.name == "unit" or (kind.name == "probabilities" and kind.whole)
        else:
            axis = op.output.axis(op.get("dim", -1))
            twice = kind.name == "probabilities" and kind.axis == axis and kind.whole
            twice = twice and not (op.kind == "log_softmax" and run.reaches(op.output, *NLL))
        if not twice:
            continue
        image = run.range(op.output)
        top = 1 / (1 + math.exp(-1)) if op.kind == "sigmoid" else None
        if op.kind == "sigmoid":
            proof = Text(
                f"the sigmoid of a number in [0, 1] lies in [0.5, {top:.3f}]: the gate can neither open nor close",
                f"[0, 1] 内的数再做 sigmoid 只能落在 [0.5, {top:.3f}]:这个门既打不开也关不上",
            )
        else:
            n = op.output.shape[op.output.axis(op.get("dim", -1))]
            largest = math.e / (math.e + n - 1)
            proof = Text(
                f"probabilities differ by at most 1, so of {n} entries none can exceed e/(e + {n - 1}) = {largest:.3f}",
                f"概率之差至多为 1,因此 {n} 项中没有一项能超过 e/(e + {n - 1}) = {largest:.3f}",
            )
        yield Finding(
            op.site,
            Text(
                f"{spelled(op)} squashes what {spelled(kind.origin)} has squashed already",
                f"{spelled(op)} 又压缩了一次 {spelled(kind.origin)} 已经压缩过的数",
            ),
            evidence={"low": str(image.lo), "high": str(image.hi), **run.ends(op.output)},
            proof=proof,
            fix=Fix(Text("apply it once: drop one of the two", "只做一次:去掉其中一个")),
            related=also(kind.origin),
        )
