"""A temperature makes a softmax one-hot, or uniform, for all rows of the batch.

## What it finds

A softmax of scores that are multiplied or divided by a fixed number, where in this step at least
99 % of the rows are one-hot to within a millionth and the factor is 10 or more, or at least 99 %
are even to within a hundredth and the factor is 1/100 or less, although the scores themselves
differ by more than 1.

Logits inside cross entropy are not looked at: a contrastive loss with temperature 0.07 is by
design. Neither is a softmax without a fixed factor, or one that carries no gradient.

## Why it is bad

The slopes of a softmax are p(1 - p) and -p·q. If one weight is 1 to within a millionth, all of
them are below 1e-6, and nothing before the softmax is trained: the choice that the random weights
made stays. With a temperature of T, two scores need to differ by only 14 T for that.

At the other end all weights are 1/n, whatever the scores: the softmax is a mean, and its slopes,
divided by T once more, vanish too.

## How to fix

Choose the factor so that the scores differ by a few units: 1 / √d for products of d factors of
size one. Or learn it, starting at 1. If the choice should become hard, lower the temperature
step by step while training.

## When to silence

When the choice is hard by design. Put `# nonlin: ignore[NL510]` on the line of the softmax.

## Sources

- Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762, section 3.2.1 (why scores are
  divided by √d)
- Hinton, Vinyals, Dean 2015, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531
- PyTorch: `torch.nn.Softmax`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import uncopied
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """温度使 softmax 在整批数据上都成为独热或均匀分布。

## 它发现什么

对乘以或除以某个固定数的得分做 softmax，而在这一步中，至少 99 % 的行在百万分之一以内是独热的，且该倍
数不小于 10；或者至少 99 % 的行在百分之一以内是均匀的，且该倍数不大于 1/100，尽管得分本身相差超过
1。

交叉熵内部的 logits 不在此列：温度为 0.07 的对比损失属于有意设计。没有固定倍数的 softmax，以及不带
梯度的 softmax，也不看。

## 为什么不好

softmax 的斜率是 p(1 - p) 和 -p·q。如果某个权重在百万分之一以内等于 1，所有斜率都低于 1e-6，softmax
之前的一切都得不到训练：随机权重碰巧做出的选择会一直保留。温度为 T 时，两个得分只要相差 14 T 就会如
此。

在另一端，无论得分如何，权重全是 1/n：softmax 成了求平均，斜率还要再除以一次 T，同样消失。

## 怎样修正

选择适当的倍数，使得分相差几个单位：对 d 个大小为一的因子之积，取 1 / √d。或者把它设为可学习的，从 1
开始。如果最终要做硬选择，就在训练中逐步降低温度。

## 何时忽略

有意做硬选择时。在 softmax 所在的行写上 `# nonlin: ignore[NL510]`。

## 来源

- Vaswani 等 2017, "Attention Is All You Need", arXiv:1706.03762，3.2.1 节（得分为何除以 √d）
- Hinton, Vinyals, Dean 2015, "Distilling the Knowledge in a Neural Network", arXiv:1503.02531
- PyTorch 文档：`torch.nn.Softmax`
"""
_ALL, _ROWS = 0.99, 16


@rule("NL510", severity="warning", zh=ZH, since="0.1")
def extreme_temperature(run: Run) -> Iterator[Finding]:
    """A softmax that a fixed factor has made one-hot or uniform in this step."""
    for op in run.graph.of("softmax"):
        factor, scores = _scaled(op.input)
        peaks = op.peaks
        if peaks is None or peaks.rows < _ROWS or scores.seen is None:
            continue
        hard = factor >= 10 and peaks.one_hot >= _ALL
        even = 0 < factor <= 0.01 and peaks.uniform >= _ALL and scores.seen.hi - scores.seen.lo > 1
        if not (hard or even):
            continue
        share = peaks.one_hot if hard else peaks.uniform
        yield Finding(
            op.site,
            Text(
                f"with its scores multiplied by {factor:g}, this softmax is {'one-hot' if hard else 'uniform'} for "
                f"{share:.0%} of the rows",
                f"得分乘以 {factor:g} 之后，这个 softmax 在 {share:.0%} 的行上是{'独热' if hard else '均匀'}的",
            ),
            evidence={"factor": factor, "share_of_rows": share, "rows": peaks.rows, **run.ends(scores)},
            proof=Text(
                "its slopes p(1 - p) are below 1e-6 there, so that what comes before it is not trained"
                if hard
                else "its weights are the same whatever the scores: it is a mean",
                "那里的斜率 p(1 - p) 低于 1e-6，它之前的部分得不到训练"
                if hard
                else "无论得分如何，权重都一样：它只是在求平均",
            ),
            fix=Fix(
                Text(
                    "choose the factor so that the scores differ by a few units, or learn it",
                    "选择适当的倍数，使得分相差几个单位；或者把它设为可学习的",
                )
            ),
            related=also(*[op.input.maker] if op.input.maker else []),
        )


def _scaled(value: Value) -> tuple[float, Value]:
    """(factor, scores) where the value is a fixed factor times scores."""
    op: Op | None = uncopied(value).maker
    number = op.get("other") if op is not None and op.by_user and op.kind in ("mul", "div") else None
    if op is None or isinstance(number, bool) or not isinstance(number, (int, float)) or not number:
        return 1.0, value
    return float(number if op.kind == "mul" else 1 / number), op.input
