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
from nonlin.checker.graph import Op
from nonlin.checker.rules._common import also, spelled

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


@rule("NL401", severity="advice", zh=ZH, since="0.1")
def redundant_activation(run: Run) -> Iterator[Finding]:
    """An activation that changes nothing, because of what is before it."""
    for op in run.graph.ops:
        if op.index not in run.graph.live or not run.is_activation(op):
            continue
        before = run.range(op.input)
        if run.is_identity_on(op, before) and not before.unbounded:
            yield Finding(
                op.site,
                Text(
                    f"{spelled(op)} changes nothing: its input already lies in {before}",
                    f"{spelled(op)} 不起作用:它的输入本来就在 {before} 内",
                ),
                evidence={"low": str(before.lo), "high": str(before.hi)},
                proof=Text(f"on {before} it is the identity", f"在 {before} 上它是恒等函数"),
                fix=Fix(Text("drop it: the numbers stay the same", "去掉它:数值不变"), safe=True),
                related=also(*[op.input.maker] if op.input.maker else []),
            )
        elif op.kind == "tanh" and run.source(op.input).maker is not None and _is_lstm(run.source(op.input).maker):
            yield Finding(
                op.site,
                Text(
                    "the LSTM's hidden state already went through tanh: a second one only compresses it",
                    "LSTM 的隐藏状态已经过 tanh:再做一次只会进一步压缩",
                ),
                evidence={"low": str(before.lo), "high": str(before.hi)},
                fix=Fix(Text("feed the LSTM's output straight into the next layer", "把 LSTM 的输出直接送入下一层")),
            )


def _is_lstm(op: Op | None) -> bool:
    return op is not None and op.kind == "lstm"
