"""A classifier's sigmoid or softmax is trained with a squared error.

## What it finds

`nn.MSELoss`, or a squared difference written by hand, between the output of a sigmoid or softmax
and targets that are all 0 or 1. Both must occur in the batch, so that the discriminator of a
least-squares GAN is not meant; targets that the network also reads, as in an autoencoder, are not
meant either.

## Why it is bad

It works, since the squared error of probabilities (the Brier score) is smallest at the true
probabilities. It learns slowly where it matters: the gradient with respect to the score is
2 (p - y) p (1 - p), and the last factor is the slope of the sigmoid. A sample that is surely wrong,
with p = 0.01 for y = 1, gets 0.020; with cross entropy it gets p - y, which is 0.99, fifty times
as much. The more wrong, the less is learned.

As a function of the score the squared error is not convex, and cross entropy is.

## How to fix

Use the loss that belongs to the activation: `nn.BCEWithLogitsLoss` on the score without sigmoid, or
`nn.CrossEntropyLoss` on the scores without softmax.

## When to silence

When the Brier score is meant: it is bounded, and less sensitive to wrong labels. Put
`# nonlin: ignore[NL218]` on the line of the sigmoid.

## Sources

- Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural
  networks", AISTATS (plateaus of the quadratic cost, section 4.1)
- PyTorch: `torch.nn.BCEWithLogitsLoss`, `torch.nn.CrossEntropyLoss`
- In the wild: https://stackoverflow.com/questions/38648195/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import source
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, now, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """用平方误差训练以 sigmoid 或 softmax 结尾的分类器。

## 它发现什么

对 sigmoid 或 softmax 的输出与只含 0 和 1 的目标使用 `nn.MSELoss`，或手写的平方差。批次中 0 和 1
都出现时才报告，因此不涉及最小二乘 GAN 的判别器；目标同时也是网络输入的情形（自编码器）也不报告。

## 为什么不好

它能训练：概率的平方误差（Brier 分数）在真实概率处最小。但它在最需要学习的地方学得慢：对得分的梯度
是 2 (p - y) p (1 - p)，最后的因子是 sigmoid 的斜率。一个错得很肯定的样本，例如 y = 1 而 p = 0.01，
得到的梯度是 0.020；交叉熵给出 p - y，即 0.99，是前者的五十倍。错得越厉害，学到的越少。

作为得分的函数，平方误差不是凸的，交叉熵是凸的。

## 怎样修正

使用与激活函数相配的损失：对没有 sigmoid 的得分用 `nn.BCEWithLogitsLoss`，对没有 softmax 的得分用
`nn.CrossEntropyLoss`。

## 何时忽略

确实要用 Brier 分数时：它有界，对错误标签不那么敏感。在 sigmoid 所在的行写上
`# nonlin: ignore[NL218]`。

## 来源

- Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward neural
  networks", AISTATS（4.1 节：平方误差的平台区）
- PyTorch 文档：`torch.nn.BCEWithLogitsLoss`, `torch.nn.CrossEntropyLoss`
- 实例：https://stackoverflow.com/questions/38648195/
"""


@rule("NL218", severity="advice", zh=ZH, since="0.1")
def sigmoid_with_mse_classification(run: Run) -> Iterator[Finding]:
    """Probabilities are compared with classes by their squared difference."""
    for prediction, target, loss in run.regressions():
        kind = run.kind(prediction)
        if kind is None or kind.name not in ("unit", "probabilities") or loss.kind not in ("mse_loss", "sub"):
            continue
        ones = run.mean_of(target)
        binary = run.share(target, lambda x: (x == 0) | (x == 1))
        if binary != 1.0 or ones in (None, 0.0, 1.0) or _is_input(run, target, loss):
            continue
        act = kind.origin
        wrong = run.ends(prediction)
        slopes = [p * (1 - p) for p in wrong.values()]
        yield Finding(
            act.site,
            Text(
                f"{spelled(act)} is trained as a classifier with a squared error",
                f"{spelled(act)} 的输出是分类概率，却用平方误差训练",
            ),
            evidence={
                "share_of_ones": ones or 0.0,
                **wrong,
                **({"least_slope": min(slopes)} if slopes else {}),
                **now(loss.output),
            },
            proof=Text(
                "the gradient carries the factor p(1 - p), so a sample that is surely wrong hardly counts: at p = 0.01 "
                "it gets a fiftieth of what cross entropy gives",
                "梯度带有因子 p(1 - p)，错得很肯定的样本几乎不起作用：p = 0.01 时只有交叉熵所给的五十分之一",
            ),
            fix=Fix(
                Text(
                    "use BCEWithLogitsLoss (or CrossEntropyLoss) on the scores",
                    "对得分使用 BCEWithLogitsLoss（或 CrossEntropyLoss）",
                )
            ),
            related=also(loss),
        )


def _is_input(run: Run, target: Value, loss: Op) -> bool:
    """The network reads what it is to give back."""
    return any(user is not loss and run.trained(user.output) for user in run.graph.users(source(target)))
