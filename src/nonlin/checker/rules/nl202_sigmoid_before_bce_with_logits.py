"""Binary cross entropy with logits is given the output of a sigmoid, and applies sigmoid again.

## What it finds

The output of `sigmoid` reaches `nn.BCEWithLogitsLoss` or `F.binary_cross_entropy_with_logits` as
the prediction, also inside a focal loss written by hand.

## Why it is bad

The loss computes σ(σ(z)). Since σ(z) lies in (0, 1), the probability it works with lies in (0.5,
0.731): it can never say "no". A positive sample costs at least log(1 + 1/e) = 0.313, a negative
one at least log 2 = 0.693, however good the model is.

The gradient is multiplied by σ'(z) ≤ 1/4 on top, and vanishes where the first sigmoid saturates.
With few positives the loss sits near 0.693 from the first step on.

## How to fix

Give the loss the scores and remove the sigmoid from the model; apply `torch.sigmoid` where you
read probabilities, or compare the scores with 0. `nn.BCELoss` after the sigmoid is also correct,
but less stable.

In a focal loss, keep `p = torch.sigmoid(scores)` for the weight and pass `scores`, not `p`, to
the loss.

## When to silence

When you reproduce a published result that was trained this way. Put `# nonlin: ignore[NL202]` on
the line of the sigmoid.

## Sources

- PyTorch: `torch.nn.BCEWithLogitsLoss` ("This loss combines a Sigmoid layer and the BCELoss in
  one single class")
- Lin et al. 2017, "Focal loss for dense object detection", arXiv:1708.02002
- In the wild: https://github.com/itakurah/focal-loss-pytorch/pull/5
- In the wild: https://github.com/avBuffer/UNet3plus_pth/issues/23
- In the wild: https://github.com/yudi-mars/daisyRec/pull/15
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import BCE_LOGITS, also, inputs_of_kind, now, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """带 logits 的二元交叉熵收到的是 sigmoid 的输出，于是又做了一次 sigmoid。

## 它发现什么

`sigmoid` 的输出作为预测送入 `nn.BCEWithLogitsLoss` 或 `F.binary_cross_entropy_with_logits`，包
括手写的 focal loss 内部。

## 为什么不好

损失实际计算的是 σ(σ(z))。σ(z) 落在 (0, 1) 内，所以损失看到的概率只能在 (0.5, 0.731) 内，永远说
不出“否”。无论模型多好，正样本的损失至少为 log(1 + 1/e) = 0.313，负样本至少为 log 2 = 0.693。

梯度还要乘上 σ'(z) ≤ 1/4，在第一个 sigmoid 饱和处趋近于零。正样本很少时，损失从第一步起就停在
0.693 附近。

## 怎样修正

去掉模型末尾的 sigmoid，把分数直接交给损失；只在需要概率时调用 `torch.sigmoid`，或者直接把分数与
0 比较。保留 sigmoid 而改用 `nn.BCELoss` 也正确，但数值稳定性较差。

在 focal loss 中，`p = torch.sigmoid(scores)` 只用来算权重，传给损失的应是 `scores` 而不是 `p`。

## 何时忽略

需要复现当初就这样训练的已发表结果时。在 sigmoid 所在的行写上 `# nonlin: ignore[NL202]`。

## 来源

- PyTorch 文档：`torch.nn.BCEWithLogitsLoss`（已把 Sigmoid 层与 BCELoss 合为一体）
- Lin 等 2017, "Focal loss for dense object detection", arXiv:1708.02002
- 实例：https://github.com/itakurah/focal-loss-pytorch/pull/5
- 实例：https://github.com/avBuffer/UNet3plus_pth/issues/23
- 实例：https://github.com/yudi-mars/daisyRec/pull/15
"""


@rule("NL202", severity="error", zh=ZH, since="0.1")
def sigmoid_before_bce_with_logits(run: Run) -> Iterator[Finding]:
    """BCE-with-logits is given numbers that a sigmoid or a softmax already squashed."""
    for loss, kind in inputs_of_kind(run, BCE_LOGITS, "unit", "probabilities"):
        share = run.mean_of(loss.value("target"))
        best_one, best_zero = math.log1p(math.exp(-1.0)), math.log(2.0)
        lowest = best_zero if share is None else share * best_one + (1 - share) * best_zero
        with_share = {} if share is None else {"share_of_ones": share, "lowest_loss": lowest}
        yield Finding(
            kind.origin.site,
            Text(
                f"{spelled(kind.origin)} squashes the scores before a loss that applies the sigmoid itself",
                f"{spelled(kind.origin)} 先压缩了得分，而这个损失内部会再做一次 sigmoid",
            ),
            evidence={
                "lowest_for_one": best_one,
                "lowest_for_zero": best_zero,
                **with_share,
                **now(loss.output),
            },
            proof=Text(
                "squashed twice, a prediction stays between 0.5 and 0.731: a target 0 costs at least 0.693 and a "
                "target 1 at least 0.313, however right the network is",
                "压缩两次后，预测只能落在 0.5 到 0.731 之间：无论网络多准，目标 0 的损失至少 0.693，目标 1 至少 0.313",
            ),
            fix=Fix(
                Text(
                    "give the loss the raw scores and keep the sigmoid for reading probabilities, "
                    "or use BCELoss on the sigmoid's output",
                    "把原始得分交给损失，只在读概率时用 sigmoid；或对 sigmoid 的输出使用 BCELoss",
                ),
                edits=recipes.drop(run.graph, kind.origin, loss),
            ),
            related=also(loss),
        )
