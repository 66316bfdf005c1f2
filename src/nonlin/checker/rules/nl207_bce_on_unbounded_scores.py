"""Binary cross entropy on probabilities is given scores that nothing keeps between 0 and 1.

## What it finds

`nn.BCELoss` or `F.binary_cross_entropy` on the output of a linear or convolution layer without a
sigmoid, also where `clamp(0, 1)` or `clamp(eps, 1 - eps)` hides it.

## Why it is bad

The loss needs probabilities: it takes log x and log(1 - x). Outside [0, 1] PyTorch raises an
error, which may come only after many steps, when the first score leaves the interval.

A clamp removes the error and also the gradient: a score outside the interval has slope 0, so a
sample that is wrong there costs the most and teaches nothing. With `clamp(1e-7, 1 - 1e-7)` it
costs -log(1e-7) = 16.1; with `clamp(0, 1)` it costs 100, the bound that PyTorch puts on each
logarithm.

## How to fix

Use `nn.BCEWithLogitsLoss` on the scores, without clamp and without sigmoid: it is the stable
form. Or put `torch.sigmoid` in place of the clamp.

## When to silence

When the scores are probabilities by a construction that the analysis does not know. Put
`# nonlin: ignore[NL207]` on the line of the loss.

## Sources

- PyTorch: `torch.nn.BCELoss` (on the bound of -100), `torch.nn.BCEWithLogitsLoss`
- In the wild: https://github.com/lksshw/SRNet/issues/18
- In the wild: https://github.com/ethanhe42/GAN-MNIST/issues/4
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import UNIT
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import subtracted_from_one
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, inputs_of_kind, now, outside

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.run import Run

ZH = """需要概率的二元交叉熵收到的分数没有被限制在 0 与 1 之间。

## 它发现什么

线性层或卷积层的输出没有经过 sigmoid，就送入 `nn.BCELoss` 或 `F.binary_cross_entropy`；用
`clamp(0, 1)` 或 `clamp(eps, 1 - eps)` 掩盖这一点的也算。

## 为什么不好

这个损失要计算 log x 与 log(1 - x)，输入必须是概率。超出 [0, 1] 时 PyTorch 会报错，但可能要训练
很多步、第一个分数越界时才发生。

clamp 消除了报错，也消除了梯度：区间之外的斜率为 0，错得最厉害的样本损失最大，却什么也教不了模
型。使用 `clamp(1e-7, 1 - 1e-7)` 时这样的样本损失为 -log(1e-7) = 16.1；使用 `clamp(0, 1)` 时为
100，即 PyTorch 给对数设的界限。

## 怎样修正

对分数直接使用 `nn.BCEWithLogitsLoss`，不要 clamp，也不要 sigmoid，这是数值稳定的写法。或者用
`torch.sigmoid` 代替 clamp。

## 何时忽略

分数由分析无法识别的构造保证是概率时。在损失所在的行写上 `# nonlin: ignore[NL207]`。

## 来源

- PyTorch 文档：`torch.nn.BCELoss`（关于 -100 的界限）, `torch.nn.BCEWithLogitsLoss`
- 实例：https://github.com/lksshw/SRNet/issues/18
- 实例：https://github.com/ethanhe42/GAN-MNIST/issues/4
"""


@rule("NL207", severity="error", zh=ZH, since="0.1")
def bce_on_unbounded_scores(run: Run) -> Iterator[Finding]:
    """Binary cross entropy is given numbers that nothing keeps between 0 and 1, or only a clamp."""
    for loss, kind, cut in (*_losses(run), *_logarithms(run)):
        free = kind.origin.input if kind.origin.kind == "hardtanh" else kind.origin.output
        lost = run.share_outside(free, UNIT)
        yield Finding(
            loss.site,
            Text(
                "BCE loss expects probabilities, but it is given "
                + ("scores that a clamp forces into [0, 1]" if cut else "scores without bounds"),
                "BCE 损失需要概率，而这里给它的是"
                + ("被 clamp 硬塞进 [0, 1] 的得分" if cut else "无界的得分"),
            ),
            evidence={
                **run.ends(free),
                **({} if lost is None else {"share_outside": lost}),
                **now(loss.output),
            },
            proof=Text(
                "a score outside [0, 1] "
                + (
                    "is cut off, and passes no gradient"
                    + (f": {lost:.0%} of this batch" if lost is not None else "")
                    if cut
                    else "has no logarithm here: the step fails or turns to NaN as soon as one occurs"
                ),
                "落在 [0, 1] 之外的得分"
                + (
                    "会被截断，不再传递梯度" + (f"：本批次占 {lost:.0%}" if lost is not None else "")
                    if cut
                    else "无法取对数：一旦出现，这一步就会报错或变成 NaN"
                ),
            ),
            fix=Fix(
                Text(
                    "pass the raw scores to BCEWithLogitsLoss",
                    "把原始得分交给 BCEWithLogitsLoss",
                ),
                edits=()
                if cut
                else recipes.swap(run.graph, loss, "binary_cross_entropy_with_logits", "BCEWithLogitsLoss"),
            ),
            related=also(kind.origin),
        )


def _losses(run: Run) -> Iterator[tuple[Op, Kind, bool]]:
    """(loss, what it is given, whether a clamp hides the problem) of torch's own loss."""
    for loss, kind in inputs_of_kind(run, ("binary_cross_entropy",), "scores", "activated"):
        hard = kind.origin.kind == "hardtanh"  # hardtanh(0, 1) is a clamp by another name
        fits = kind.name == "activated" and not outside(run.range(kind.origin.output), 0.0, 1.0)
        if hard or (not fits and (kind.clamped or outside(run.range(loss.input), 0.0, 1.0))):
            yield loss, kind, hard or kind.clamped


def _logarithms(run: Run) -> Iterator[tuple[Op, Kind, bool]]:
    """The same where the loss is written by hand: y * log(p) + (1 - y) * log(1 - p) with scores cut to (0, 1) as p."""
    for op in run.graph.of("log"):
        kind = run.kind(op.input)
        if (
            kind is None
            or kind.name != "scores"
            or not kind.clamped
            or outside(run.range(op.input), 0.0, 1.0)
        ):
            continue
        if any(subtracted_from_one(user) for user in run.graph.users(op.input)):
            yield op, kind, True
