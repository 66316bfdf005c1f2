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
from nonlin.checker import evidence
from nonlin.checker.graph import Owner
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


@rule("NL102", severity="error", zh=ZH, since="0.1")
def activation_result_unused(run: Run) -> Iterator[Finding]:
    """An activation's output that nothing reads, while its input goes on; or a module that never ran."""
    for op in run.graph.ops:
        if not run.is_unread_activation(op):
            continue
        readers = len(run.graph.users(op.input))
        changed = run.share(op.input, lambda x: x < 0)
        facts: dict[str, float | int | str] = {"readers_of_result": 0, "readers_of_input": readers, **run.ends(op.input)}
        yield Finding(
            op.site,
            Text(
                f"the result of {spelled(op)} is thrown away: the network goes on with its input",
                f"{spelled(op)} 的结果被丢弃:网络继续使用它的输入",
            ),
            evidence=facts if changed is None else {**facts, "share_negative": changed},
            proof=Text(
                f"nothing reads the result, and {readers} operation{'s' if readers != 1 else ''} read"
                f"{'' if readers != 1 else 's'} the value before it",
                f"没有任何运算读取该结果,而有 {readers} 个运算读取激活之前的值",
            ),
            fix=Fix(Text("assign the result: x = F.relu(x)", "接住结果:x = F.relu(x)")),
            related=also(*run.graph.users(op.input)[:1]),
        )
    for pair in run.collapses:
        if pair.evidence == "idle" and isinstance(pair.witness, Owner):
            name = pair.witness.path
            made = (pair.witness.created,) if pair.witness.created else ()
            figures = evidence.collapse(pair)
            yield Finding(
                pair.first.site,
                Text(
                    f"the activation {name!r} is created but never called, and the two linear maps around its place are one",
                    f"激活 {name!r} 创建了却从未被调用,它两侧的两个线性映射因此等同于一个",
                ),
                evidence={"never_called": name, **figures},
                proof=Text(
                    f"one layer gives the same outputs: largest difference {figures['difference']:.1e}"
                    if "difference" in figures
                    else f"{name} did not run in this step",
                    f"单独一层就给出相同的输出:最大差 {figures['difference']:.1e}"
                    if "difference" in figures
                    else f"{name} 在这一步没有运行",
                ),
                fix=Fix(Text(f"call it in forward, between the two: x = self.{name}(x)", f"在 forward 中于两者之间调用它:x = self.{name}(x)")),
                related=made,
            )
