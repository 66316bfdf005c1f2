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


@rule("NL404", severity="error", zh=ZH, since="0.1")
def constant_activation(run: Run) -> Iterator[Finding]:
    """An activation whose input's range leaves it only one value."""
    for op in run.graph.ops:
        if op.index not in run.graph.live or not run.is_activation(op):
            continue
        before, after = run.range(op.input), run.range(op.output)
        if before.unbounded or before.width == 0 or after.width > 0 or not op.output.grad:
            continue
        yield Finding(
            op.site,
            Text(
                f"{spelled(op)} always gives {after.lo:g}: its input lies in {before}",
                f"{spelled(op)} 恒为 {after.lo:g}:它的输入在 {before} 内",
            ),
            evidence={"output": after.lo, "low": str(before.lo), "high": str(before.hi)},
            proof=Text(
                "a constant passes no gradient: nothing before it is trained through this path",
                "常数不传递梯度:此路径之前的任何参数都得不到训练",
            ),
            fix=Fix(Text("drop it, or apply it before the operation that fixes the sign", "去掉它,或把它放到决定符号的那个运算之前")),
            related=also(*[op.input.maker] if op.input.maker else []),
        )
