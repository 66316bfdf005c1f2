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
from nonlin.checker.collapse import Pair
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


@rule("NL101", severity="error", zh=ZH, since="0.1")
def linear_collapse(run: Run) -> Iterator[Finding]:
    """Two linear maps with nothing but affine operations between them, where the factorisation buys nothing."""
    for pair in run.collapses:
        if pair.evidence == "idle" or _reported_as_unused(run, pair):
            continue  # said by NL102: the activation is there, but its result is not used
        figures = evidence.collapse(pair)
        inside, inner, out = pair.widths
        between = ", ".join(dict.fromkeys(op.kind for op in pair.path if op.kind in NAMED))
        yield Finding(
            pair.first.site,
            Text(
                f"this {pair.first.kind} and the next ({pair.second.module or pair.second.kind}) are one linear map: "
                f"no activation stands between" + (f", only {between}" if between else ""),
                f"这个 {pair.first.kind} 与下一个({pair.second.module or pair.second.kind})其实是同一个线性映射:"
                "两者之间没有激活函数" + (f",只有 {between}" if between else ""),
            ),
            evidence={"in": inside, "inner": inner, "out": out, "because": pair.evidence or "candidate", **figures},
            proof=_proof(pair, figures),
            fix=Fix(
                Text(
                    f"put an activation between the two, e.g. ReLU after line {pair.first.site.line}; "
                    "or keep one layer, if linear is meant",
                    f"在两层之间加一个激活函数,例如在第 {pair.first.site.line} 行之后加 ReLU;若本意就是线性,则只留一层",
                )
            ),
            related=also(pair.second),
            severity="error" if pair.evidence else "advice",
        )


NAMED = ("dropout", "batch_norm", "avg_pool1d", "avg_pool2d", "adaptive_avg_pool2d", "mean", "mul", "div")


def _reported_as_unused(run: Run, pair: Pair) -> bool:
    values = {pair.first.output, *(op.output for op in pair.path)}
    return any(run.unread_activation(value) for value in values)


def _proof(pair: Pair, figures: dict[str, float | int | str]) -> Text:
    inside, inner, out = pair.widths
    why = REASONS[pair.evidence]
    if "difference" not in figures:
        return why
    return Text(
        f"one layer {inside} -> {out} built from both ({figures['parameters_of_one']} numbers instead of "
        f"{figures['parameters']}) gives the same outputs: largest difference {figures['difference']:.1e} "
        f"at outputs up to {figures['output']:.3g}; {why.en}",
        f"由两层合成的单层 {inside} -> {out}({figures['parameters_of_one']} 个参数,而不是 {figures['parameters']} 个)"
        f"给出相同的输出:最大差 {figures['difference']:.1e},而输出可达 {figures['output']:.3g};{why.zh}",
    )


REASONS = {
    "": Text("if that is meant (a low-rank or two-step projection), nothing is wrong", "若这是有意的(低秩或两步投影),则没有问题"),
    "whole": Text("no activation stands anywhere in this network: all of it is one linear map", "整个网络没有任何激活函数:它整体就是一个线性映射"),
    "twin": Text("the same place in another block has an activation", "另一个模块的相同位置有激活函数"),
    "sibling": Text("the neighbouring layers of the same module have activations between them", "同一模块里的相邻层之间都有激活函数"),
    "misplaced": Text("the activation comes only after the second map, outside the pair", "激活函数排在第二个映射之后,位于这一对之外"),
    "idle": Text("", ""),
}
