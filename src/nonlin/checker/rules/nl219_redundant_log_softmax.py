"""Log-softmax stands before cross entropy, which applies log-softmax itself.

## What it finds

The output of `log_softmax`, over the axis of the classes, reaches `nn.CrossEntropyLoss` or
`F.cross_entropy` as the prediction. Before `nn.NLLLoss` it is needed and not reported.

## Why it is bad

The numbers are the same: log-softmax subtracts log Σ exp(x), and for log-probabilities that is
log Σ p = log 1 = 0, so a second pass changes nothing. The gradient is the same too, because the
Jacobian I - 1 pᵀ, multiplied by itself, gives itself.

The work is not. Each pass reads and writes the whole table of scores, forward and backward, and
keeps its output for the gradient. For 8192 tokens and a vocabulary of 50257 words that is 1.65 GB
more memory in float32. It also misleads: a reader takes the output for logits, or takes the loss
for one on log-probabilities.

## How to fix

Remove the log-softmax and give the loss the logits. If the model should return
log-probabilities, keep it and change the loss to `nn.NLLLoss` or `F.nll_loss`; label smoothing
and targets that are probabilities need cross entropy, so there remove the log-softmax.

## When to silence

When the model must return log-probabilities and the loss must be cross entropy. Put
`# nonlin: ignore[NL219]` on the line of the log-softmax.

## Sources

- PyTorch: `torch.nn.CrossEntropyLoss` ("equivalent to applying LogSoftmax on an input, followed
  by NLLLoss")
- In the wild: https://github.com/Randl/MobileNetV2-pytorch/issues/5
- In the wild: https://github.com/giannisnik/repset/issues/1
- In the wild: https://github.com/rasbt/machine-learning-book/issues/37
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import CROSS_ENTROPY, also, class_axis, classes, inputs_of_kind, now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """交叉熵内部已含 log-softmax，前面又多做了一次。

## 它发现什么

沿类别维的 `log_softmax` 的输出作为预测送入 `nn.CrossEntropyLoss` 或 `F.cross_entropy`。在
`nn.NLLLoss` 之前它是必需的，不报告。

## 为什么不好

数值完全一样：log-softmax 减去的是 log Σ exp(x)，对于对数概率，它等于 log Σ p = log 1 = 0，再做
一次什么也不改变。梯度也一样，因为雅可比矩阵 I - 1 pᵀ 与自身相乘仍是自身。

开销却不一样。每一次都要在前向和反向中读写整张得分表，并为求梯度保留输出。8192 个词元、词表大小为
50257 时，在 float32 中要多占 1.65 GB 内存。它还会误导读者：要么把输出当成 logits，要么以为损失的
输入是对数概率。

## 怎样修正

去掉 log-softmax，把 logits 直接交给损失。如果模型应当输出对数概率，就保留它，并把损失改为
`nn.NLLLoss` 或 `F.nll_loss`；标签平滑和概率形式的目标需要交叉熵，这时应去掉 log-softmax。

## 何时忽略

模型必须输出对数概率，损失又必须是交叉熵时。在 log-softmax 所在的行写上
`# nonlin: ignore[NL219]`。

## 来源

- PyTorch 文档：`torch.nn.CrossEntropyLoss`（等价于先做 LogSoftmax，再做 NLLLoss）
- 实例：https://github.com/Randl/MobileNetV2-pytorch/issues/5
- 实例：https://github.com/giannisnik/repset/issues/1
- 实例：https://github.com/rasbt/machine-learning-book/issues/37
"""


@rule("NL219", severity="advice", zh=ZH, since="0.1")
def redundant_log_softmax(run: Run) -> Iterator[Finding]:
    """Log-softmax before cross entropy, which contains it."""
    for loss, kind in inputs_of_kind(run, CROSS_ENTROPY, "log-probabilities"):
        if kind.origin.kind != "log_softmax" or kind.axis != class_axis(loss.input):
            continue
        yield Finding(
            kind.origin.site,
            Text(
                "log_softmax before cross entropy, which applies it itself",
                "交叉熵内部已含 log_softmax，这里又做了一次",
            ),
            evidence={"classes": classes(loss), **now(loss.output)},
            proof=Text(
                "log_softmax of log-probabilities is the same log-probabilities: the loss is right, computed twice",
                "对数概率再做 log_softmax 不变：损失是对的，只是算了两遍",
            ),
            fix=Fix(
                Text(
                    "drop this log_softmax, or use nll_loss instead", "去掉这个 log_softmax，或改用 nll_loss"
                ),
                safe=True,
                edits=recipes.drop(run.graph, kind.origin, loss),
            ),
            related=also(loss),
        )
