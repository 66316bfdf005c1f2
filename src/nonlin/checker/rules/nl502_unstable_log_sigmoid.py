"""The logarithm of a sigmoid is computed in two steps, which underflows or cancels.

## What it finds

`torch.log` or `.log()` on `sigmoid(x)`, or on `1 - sigmoid(x)`.

## Why it is bad

sigmoid rounds to 0 for very negative x: in float32 below about -89 on a CPU. Then log(0) = -inf,
and the gradient is NaN. Before that point the form is accurate.

`1 - sigmoid(x)` is worse. sigmoid rounds to exactly 1 from x = 17 on in float32, and 1 - 1 = 0:
the loss is infinite for a sample that is wrong with a score of 17, which training does reach. The
digits are lost earlier: at x = 15 the result is -14.84 where the true value is -15.00.

`F.logsigmoid` computes min(x, 0) - log(1 + exp(-|x|)): the exponential is never above 1, and the
result is exact to rounding everywhere.

## How to fix

Write `F.logsigmoid(x)` for log σ(x), and `F.logsigmoid(-x)` for log(1 - σ(x)): the two are equal
since 1 - σ(x) = σ(-x). If both stand in a cross entropy, use
`F.binary_cross_entropy_with_logits`.

## When to silence

When x is bounded by construction, for example a cosine. Put `# nonlin: ignore[NL502]` on the line
of the logarithm.

## Sources

- PyTorch: `torch.nn.functional.logsigmoid`, `torch.nn.BCEWithLogitsLoss`
- Rendle et al. 2009, "BPR: Bayesian personalized ranking from implicit feedback", arXiv:1205.2618
- In the wild: https://github.com/deepspeedai/DeepSpeedExamples/pull/501
- In the wild: https://github.com/pytorch/pytorch/issues/1835
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """sigmoid 的对数分两步计算，会发生下溢或相消。

## 它发现什么

对 `sigmoid(x)` 或 `1 - sigmoid(x)` 使用 `torch.log` 或 `.log()`。

## 为什么不好

x 很小时 sigmoid 会舍入为 0：在 CPU 上的 float32 中大约从 -89 以下开始。此时 log(0) = -inf，梯度
为 NaN。在此之前这种写法是准确的。

`1 - sigmoid(x)` 更糟。在 float32 中，x 达到 17 时 sigmoid 就舍入为 1，而 1 - 1 = 0：一个判断错
误、分数为 17 的样本会使损失变为无穷大，这样的分数在训练中确实会出现。精度丢失得更早：x = 15 时
结果为 -14.84，真值是 -15.00。

`F.logsigmoid` 计算的是 min(x, 0) - log(1 + exp(-|x|))：指数永不超过 1，处处只有舍入误差。

## 怎样修正

log σ(x) 写成 `F.logsigmoid(x)`；log(1 - σ(x)) 写成 `F.logsigmoid(-x)`，因为 1 - σ(x) = σ(-x)。
如果两者同时出现在交叉熵中，就用 `F.binary_cross_entropy_with_logits`。

## 何时忽略

x 的构造保证有界时，例如余弦相似度。在对数所在的行写上 `# nonlin: ignore[NL502]`。

## 来源

- PyTorch 文档：`torch.nn.functional.logsigmoid`, `torch.nn.BCEWithLogitsLoss`
- Rendle 等 2009, "BPR: Bayesian personalized ranking from implicit feedback", arXiv:1205.2618
- 实例：https://github.com/deepspeedai/DeepSpeedExamples/pull/501
- 实例：https://github.com/pytorch/pytorch/issues/1835
"""


@rule("NL502", severity="warning", zh=ZH, since="0.1")
def unstable_log_sigmoid(run: Run) -> Iterator[Finding]:
    """The logarithm of a sigmoid, or of one minus it, taken in two steps."""
    told = {log for found in run.cross_entropies if found.safe for log in found.logs}  # by NL508
    for op in run.graph.of("log", "log1p"):
        if not op.by_user or op in told:
            continue
        kind, turned = run.logged_sigmoid(op)
        if kind is None or kind.name != "unit" or kind.origin.kind != "sigmoid":
            continue
        inside = "1 - sigmoid(x)" if turned else "sigmoid(x)"
        what = f"log({inside})"
        better = "logsigmoid(-x)" if turned else "logsigmoid(x)"
        edge = "x > 16.6" if turned else "x < -104"
        if kind.guarded:
            message = Text(
                f"{what} in two steps: the constant keeps the logarithm finite, and ends the gradient where it decides",
                f"分两步计算 {what}：常数使对数保持有限，但在由它决定结果之处，梯度随之消失",
            )
            proof = Text(
                f"where {inside} is far below the constant the slope goes to zero",
                f"当 {inside} 远小于该常数时，斜率趋于零",
            )
        else:
            message = Text(
                f"{what} in two steps: the sigmoid rounds to {1 if turned else 0}, and the logarithm is -inf",
                f"分两步计算 {what}：sigmoid 会舍入为 {1 if turned else 0}，对数随之变成 -inf",
            )
            proof = Text(
                f"in float32 this happens for {edge}; the gradient is then NaN",
                f"在 float32 中，{edge} 时就会发生，梯度随之为 NaN",
            )
        yield Finding(
            op.site,
            message,
            evidence=run.ends(op.input),
            proof=proof,
            fix=Fix(
                Text(
                    f"use {better}, or BCEWithLogitsLoss on the raw scores",
                    f"改用 {better}，或对原始得分使用 BCEWithLogitsLoss",
                ),
                safe=not kind.guarded,
                edits=recipes.express(op, [kind.origin], "logsigmoid", minus=turned),
            ),
            related=also(kind.origin),
            severity="advice" if kind.guarded else "warning",
        )
