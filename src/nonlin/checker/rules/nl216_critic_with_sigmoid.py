"""A Wasserstein critic ends in a sigmoid, so its scores cannot measure a distance.

## What it finds

A loss that is the difference of two mean scores, `critic(fake).mean() - critic(real).mean()`,
where the critic's output passes through a sigmoid. A discriminator with sigmoid and `nn.BCELoss`
is correct and not reported, and neither are means with weights that do not cancel, as in a risk that
is estimated from positive and unlabelled data.

## Why it is bad

The Wasserstein distance is the largest difference of means over all 1-Lipschitz functions, which
need not be bounded. With scores in (0, 1) the difference stays below 1. Over functions
bounded this way its supremum is the total variation distance, which is 1 for all data sets that
do not overlap, near or far: the critic no longer tells the generator whether it came closer.

The slope of a sigmoid is at most 1/4 and vanishes where the critic is sure, so the generator's
gradient vanishes as well, which is what the Wasserstein loss was made to prevent. A gradient
penalty that asks for slope 1 cannot be met either: between two points at distance L the mean
slope is below 1/L.

## How to fix

Remove the sigmoid: the critic ends with its linear layer. Keep what bounds its slope (clipped
weights, a gradient penalty or spectral normalisation). If you want probabilities, train an
ordinary GAN with `nn.BCEWithLogitsLoss`.

## When to silence

When a bounded score is meant, as for an estimate of total variation. Put
`# nonlin: ignore[NL216]` on the line of the sigmoid.

## Sources

- Arjovsky, Chintala and Bottou 2017, "Wasserstein GAN", arXiv:1701.07875
- Gulrajani et al. 2017, "Improved Training of Wasserstein GANs", arXiv:1704.00028
- In the wild: https://github.com/ozanciga/gans-with-pytorch/issues/2
- In the wild: https://github.com/timsainb/tensorflow2-generative-models/issues/16
- In the wild: https://github.com/bojone/T-GANs/issues/3
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """Wasserstein 判别网络（critic）以 sigmoid 结尾，它的评分无法度量距离。

## 它发现什么

损失是两个平均评分之差，即 `critic(fake).mean() - critic(real).mean()`，而 critic 的输出经过了
sigmoid。sigmoid 配合 `nn.BCELoss` 的普通判别器是正确用法，不报告；各均值的权重互不抵消时（例如由正样
本和无标签样本估计风险）也不报告。

## 为什么不好

Wasserstein 距离是均值之差在所有 1-Lipschitz 函数上的上确界，而这些函数不必有界。评分限制在
(0, 1) 内时，差值始终小于 1。在这样有界的函数上，上确界等于全变差距离；只要两个分布不重叠，无论
远近它都是 1。于是 critic 无法告诉生成器是否更接近了真实数据。

sigmoid 的斜率至多为 1/4，在 critic 很有把握的地方趋于零，生成器的梯度也随之消失，而这正是
Wasserstein 损失想要避免的。要求斜率为 1 的梯度惩罚同样无法满足：相距 L 的两点之间，平均斜率小
于 1/L。

## 怎样修正

去掉 sigmoid，让 critic 以线性层结尾；保留限制斜率的手段（权重截断、梯度惩罚或谱归一化）。如果想
要概率，就用 `nn.BCEWithLogitsLoss` 训练普通的 GAN。

## 何时忽略

有意使用有界评分时，例如估计全变差距离。在 sigmoid 所在的行写上 `# nonlin: ignore[NL216]`。

## 来源

- Arjovsky, Chintala, Bottou 2017, "Wasserstein GAN", arXiv:1701.07875
- Gulrajani et al. 2017, "Improved Training of Wasserstein GANs", arXiv:1704.00028
- 实例：https://github.com/ozanciga/gans-with-pytorch/issues/2
- 实例：https://github.com/timsainb/tensorflow2-generative-models/issues/16
- 实例：https://github.com/bojone/T-GANs/issues/3
"""


@rule("NL216", severity="error", zh=ZH, since="0.1")
def critic_with_sigmoid(run: Run) -> Iterator[Finding]:
    """A Wasserstein difference of means is taken of scores that a sigmoid squashed."""
    for objective in run.graph.objectives:
        terms = list(run.mean_terms(objective.root))
        squashed = [
            (weight, kind) for weight, kind in terms if kind.name == "unit" and kind.origin.kind == "sigmoid"
        ]
        cancels = squashed and abs(sum(weight for weight, _ in squashed)) < 1e-6
        if not cancels or not _one_critic([kind.origin for _, kind in squashed]):
            continue
        origin = squashed[0][1].origin
        yield Finding(
            origin.site,
            Text(
                "the critic's scores go through a sigmoid before a difference of means (Wasserstein) is taken",
                "评论家的得分先经过 sigmoid，再取均值之差（Wasserstein）",
            ),
            evidence={"lowest_loss": -1.0, **now(objective.root)},
            proof=Text(
                "the difference stays within [-1, 1], so it bounds the distance that it estimates, and the gradient "
                "vanishes where the critic is sure",
                "该差值只能在 [-1, 1] 内，因而限制了它所估计的距离，而且评论家越有把握梯度越接近零",
            ),
            fix=Fix(
                Text("drop the sigmoid: a critic's score is unbounded", "去掉 sigmoid：评论家的得分应当无界"),
                edits=recipes.drop(run.graph, origin),
            ),
        )


def _one_critic(origins: list[Op]) -> bool:
    """Both terms come from the same line: one network, run on real and on generated data."""
    return len({(op.site.path, op.site.line) for op in origins}) == 1
