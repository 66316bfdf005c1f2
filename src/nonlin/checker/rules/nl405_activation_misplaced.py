"""The activation stands outside the two linear maps that it should separate.

## What it finds

Two linear maps in a row, in one module and with a wider layer between them, whose activation comes
after the second or before the first: `act(fc2(fc1(x)))` in the feed-forward part of a transformer, or
`fc2(fc1(act(x)))`.

Pairs that make sense without activation (low rank, factorised kernels, linear bottlenecks) are not
reported, as for NL101.

## Why it is bad

W₂(W₁x + b₁) + b₂ is one affine map, so the wide layer between is paid for and not used: with widths d, 4d
and d the pair has about 8d² weights where d² would do the same. What is left of the block is a single
layer with an activation at its end.

In a residual block a ReLU at the end has a second effect: the branch can only add, never subtract, so
the residual stream drifts upwards.

## How to fix

Move the activation between the two: `fc2(act(fc1(x)))`.

## When to silence

When the two maps are meant to be one. Put `# nonlin: ignore[NL405]` on the line of the activation.

## Sources

- Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762 (section 3.3: FFN(x) = max(0, xW₁ +
  b₁)W₂ + b₂)
- He et al. 2016, "Identity mappings in deep residual networks", arXiv:1603.05027 (section 4.1: a branch
  that ends in ReLU)
- In the wild: https://github.com/goruck/nilm/issues/1
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker import evidence
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """激活函数位于它本应隔开的两个线性映射之外。

## 它发现什么

同一个模块里有两个相连的线性映射，中间的层更宽，而激活函数在第二个之后或第一个之前：Transformer 前馈部
分中的 `act(fc2(fc1(x)))`，或 `fc2(fc1(act(x)))`。

与 NL101 一样，没有激活函数也合理的成对映射（低秩、分解的卷积核、线性瓶颈）不报告。

## 为什么不好

W₂(W₁x + b₁) + b₂ 只是一个仿射映射，中间的宽层白白付出代价：宽度为 d、4d、d 时，这一对约有 8d² 个权
重，而 d² 个就能做到同样的事。整个模块只剩下一个末尾带激活函数的层。

在残差块里，末尾的 ReLU 还有另一个后果：该分支只能增加、不能减少，残差流因此不断向上漂移。

## 怎样修正

把激活函数移到两者之间：`fc2(act(fc1(x)))`。

## 何时忽略

本意就是让两个映射合为一个时。在激活函数所在的行写上 `# nonlin: ignore[NL405]`。

## 来源

- Vaswani 等 2017, "Attention is all you need", arXiv:1706.03762（3.3 节：FFN(x) = max(0, xW₁ + b₁)W₂ +
  b₂）
- He 等 2016, "Identity mappings in deep residual networks", arXiv:1603.05027（4.1 节：以 ReLU 结尾的分
  支）
- 实例：https://github.com/goruck/nilm/issues/1
"""


@rule("NL405", severity="warning", zh=ZH, since="0.1")
def activation_misplaced(run: Run) -> Iterator[Finding]:
    """An activation stands before or after two linear maps that are one."""
    misplaced = [pair.witness for pair in run.collapses if isinstance(pair.witness, Op)]
    for pair in run.collapses:
        act = pair.witness
        if pair.evidence != "misplaced" or not isinstance(act, Op):
            continue
        figures = evidence.collapse(pair)
        inside, inner, out = pair.widths
        late = act.index > pair.second.index
        yield Finding(
            act.site,
            Text(
                f"{spelled(act)} stands {'after' if late else 'before'} two {pair.first.kind} maps, not between them",
                f"{spelled(act)} 位于两个 {pair.first.kind} {'之后' if late else '之前'}，而不是两者之间",
            ),
            evidence={"in": inside, "inner": inner, "out": out, **figures},
            proof=_proof(inside, inner, out, figures),
            fix=Fix(
                Text(
                    "move it between the two: second(act(first(x)))",
                    "把它移到两者之间：second(act(first(x)))",
                ),
                edits=recipes.move(run.graph, act, pair.first, pair.second, among=misplaced),
            ),
            related=also(pair.first, pair.second),
        )


def _proof(inside: int, inner: int, out: int, figures: dict[str, float | int | str]) -> Text:
    if "difference" not in figures:
        return Text(
            f"the maps {inside} -> {inner} -> {out} are one, so the {inner} features between serve nothing",
            f"{inside} -> {inner} -> {out} 两个映射合为一个，中间的 {inner} 个特征毫无用处",
        )
    return Text(
        f"one layer {inside} -> {out} of {figures['parameters_of_one']} numbers gives the same outputs as both with "
        f"{figures['parameters']}: largest difference {figures['difference']:.1e} at outputs up to "
        f"{figures['output']:.3g}",
        f"单层 {inside} -> {out}（{figures['parameters_of_one']} 个参数）与这两层（{figures['parameters']} 个参数）"
        f"输出相同：最大差 {figures['difference']:.1e}，而输出可达 {figures['output']:.3g}",
    )
