"""Cross entropy over classes is given scores that a sigmoid squashed one by one.

## What it finds

The output of `sigmoid` reaches `nn.CrossEntropyLoss` or `F.cross_entropy` as the prediction, with
one label for each sample.

## Why it is bad

Cross entropy applies softmax to its input. Scores in (0, 1) differ by less than 1, so with k
classes the true class never gets more than e / (e + k - 1), and the loss never falls below log(1
+ (k-1)/e): 0.313 for 2 classes, 1.461 for 10, 5.909 for 1000.

Each score's gradient is multiplied by σ'(z) ≤ 1/4 and vanishes where the sigmoid saturates. The
outputs are also not what a sigmoid suggests: they are neither independent probabilities nor a
distribution.

## How to fix

One label for each sample: remove the sigmoid and give the loss the logits. Several labels for
each sample: remove the sigmoid as well, use `nn.BCEWithLogitsLoss`, and make the targets a float
tensor of zeros and ones of the same shape as the output.

## When to silence

When bounded scores are meant and a scale follows outside this script. Put
`# nonlin: ignore[NL203]` on the line of the sigmoid.

## Sources

- PyTorch: `torch.nn.CrossEntropyLoss`, `torch.nn.BCEWithLogitsLoss`
- In the wild: https://github.com/opendataval/opendataval/issues/25
- In the wild: https://github.com/sjchoi86/Tensorflow-101/pull/3
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import (
    CROSS_ENTROPY,
    also,
    classes,
    inputs_of_kind,
    lowest_cross_entropy,
    now,
)

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """多类交叉熵的输入是逐个经过 sigmoid 压缩的分数。

## 它发现什么

`sigmoid` 的输出作为预测送入 `nn.CrossEntropyLoss` 或 `F.cross_entropy`，而每个样本只有一个标
签。

## 为什么不好

交叉熵会对输入做 softmax。(0, 1) 内的分数彼此相差不到 1，所以 k 个类别时，正确类别的概率不会超过
e / (e + k - 1)，损失永远不会低于 log(1 + (k-1)/e)：2 类时为 0.313，10 类时为 1.461，1000 类时为
5.909。

每个分数的梯度还要乘上 σ'(z) ≤ 1/4，在 sigmoid 饱和处趋近于零。输出的含义也名不副实：既不是相互
独立的概率，也不是一个概率分布。

## 怎样修正

每个样本只有一个标签时：去掉 sigmoid，把 logits 交给损失。每个样本有多个标签时：同样去掉
sigmoid，改用 `nn.BCEWithLogitsLoss`，目标是与输出同形状的 0/1 浮点张量。

## 何时忽略

确实需要有界的分数，并且在本脚本之外再乘以尺度时。在 sigmoid 所在的行写上
`# nonlin: ignore[NL203]`。

## 来源

- PyTorch 文档：`torch.nn.CrossEntropyLoss`, `torch.nn.BCEWithLogitsLoss`
- 实例：https://github.com/opendataval/opendataval/issues/25
- 实例：https://github.com/sjchoi86/Tensorflow-101/pull/3
"""


@rule("NL203", severity="error", zh=ZH, since="0.1")
def sigmoid_before_cross_entropy(run: Run) -> Iterator[Finding]:
    """Cross entropy over classes is given scores that were squashed one by one."""
    for loss, kind in inputs_of_kind(run, CROSS_ENTROPY, "unit"):
        k = classes(loss)
        lowest = lowest_cross_entropy(k, 1.0)
        yield Finding(
            kind.origin.site,
            Text(
                "each class score is squashed by a sigmoid before cross entropy, which expects unbounded logits",
                "每个类别得分先经过 sigmoid 压缩，而交叉熵需要无界的 logits",
            ),
            evidence={"classes": k, "lowest_loss": lowest, **now(loss.output)},
            proof=Text(
                f"two scores in (0, 1) differ by less than 1, so with {k} classes the loss stays above "
                f"log(1 + {k - 1}/e) = {lowest:.3f}",
                f"(0, 1) 内的两个得分之差小于 1，因此对 {k} 个类别，损失始终高于 log(1 + {k - 1}/e) = {lowest:.3f}",
            ),
            fix=Fix(
                Text(
                    "drop the sigmoid; for several labels at once keep the raw scores and use BCEWithLogitsLoss",
                    "去掉 sigmoid；若是多标签任务，则保留原始得分并改用 BCEWithLogitsLoss",
                ),
                edits=recipes.drop(run.graph, kind.origin, loss),
            ),
            related=also(loss),
        )
