"""Binary cross entropy is written out, where one fused and exact loss does the same.

## What it finds

`y * log(p) + (1 - y) * log(1 - p)` with p = sigmoid(x), in any order and with any signs, where the
logarithms are safe: `F.logsigmoid(x)` and `F.logsigmoid(-x)`, or sigmoids with a small constant
or a clamp. If they are not safe, NL502 reports them, as a warning.

Weights that do not add up to one, as in a focal loss, are another loss and not reported.

## Why it is bad

Spelled with `logsigmoid` the number is right, at the price of some eight passes over memory, most
of which keep a tensor for backward. `binary_cross_entropy_with_logits` computes
(1 - y) x + softplus(-x) in one go and keeps its inputs only.

Spelled with a constant, log(σ(x) + e), the number is wrong where it matters: a sample that is
wrong with a score of 30 costs -log(1e-8) = 18.4 in place of 30, and its gradient, which should be
1, is about σ(1 - σ) / e: 1e-5 for e = 1e-8.

## How to fix

Write `F.binary_cross_entropy_with_logits(x, y)`, with x the scores before the sigmoid and the
targets as floats; `weight`, `pos_weight` and `reduction` cover the usual variants.

## When to silence

When the two logarithms are also used on their own. Put `# nonlin: ignore[NL508]` on the line of
the sum.

## Sources

- PyTorch: `torch.nn.BCEWithLogitsLoss` ("more numerically stable than using a plain Sigmoid followed
  by a BCELoss")
- In the wild: https://github.com/pytorch/pytorch/pull/1792
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, bytes_between, megabytes

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """按公式手写二元交叉熵，而一个融合的损失函数就能精确地完成同样的计算。

## 它发现什么

`y * log(p) + (1 - y) * log(1 - p)`，其中 p = sigmoid(x)，顺序和正负号不限，并且对数是安全的：写成
`F.logsigmoid(x)` 与 `F.logsigmoid(-x)`，或者 sigmoid 加了小常数或做了截断。不安全的写法由 NL502
以警告报告。

两个权重之和不为一的（如 focal loss）是另一种损失，不报告。

## 为什么不好

用 `logsigmoid` 写出来，数值是对的，但要在内存上来回读写约八遍，而且大多要为反向传播保存一个张量。
`binary_cross_entropy_with_logits` 一次算出 (1 - y) x + softplus(-x)，只保存它的输入。

加了常数的写法 log(σ(x) + e)，恰恰在要紧的地方算错：一个判断错误、分数为 30 的样本，代价应为 30，
却只有 -log(1e-8) = 18.4；梯度本应为 1，实际约为 σ(1 - σ) / e：e = 1e-8 时只有 1e-5。

## 怎样修正

改用 `F.binary_cross_entropy_with_logits(x, y)`，x 是 sigmoid 之前的得分，目标为浮点数；`weight`、
`pos_weight` 和 `reduction` 涵盖了常见的变体。

## 何时忽略

这两个对数另有用处时。在求和所在的行写上 `# nonlin: ignore[NL508]`。

## 来源

- PyTorch 文档：`torch.nn.BCEWithLogitsLoss`（比先 Sigmoid 再 BCELoss 数值更稳定）
- 实例：https://github.com/pytorch/pytorch/pull/1792
"""


@rule("NL508", severity="advice", zh=ZH, since="0.1")
def handwritten_bce(run: Run) -> Iterator[Finding]:
    """y log p + (1 - y) log(1 - p), spelled out safely."""
    for found in run.cross_entropies:
        if not found.total.by_user or not found.safe:
            continue
        size = bytes_between(found.scores, found.total)
        yield Finding(
            found.total.site,
            Text(
                "binary cross entropy is written out; binary_cross_entropy_with_logits is exact and fused",
                "手写的二元交叉熵；binary_cross_entropy_with_logits 既精确又是融合实现",
            ),
            evidence={"bytes_of_steps_between": size, **run.ends(found.scores)},
            proof=Text(
                f"the steps between the scores and the sum write {megabytes(size)} for this batch",
                f"从得分到求和之间的各步，这一批数据要写 {megabytes(size)}",
            ),
            fix=Fix(
                Text(
                    "use F.binary_cross_entropy_with_logits on the scores before the sigmoid",
                    "对 sigmoid 之前的得分使用 F.binary_cross_entropy_with_logits",
                )
            ),
            related=also(*found.logs),
        )
