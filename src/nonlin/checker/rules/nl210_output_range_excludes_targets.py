"""The range of the final activation cannot hold a share of this batch's targets.

## What it finds

A regression, a reconstruction or a value function whose output passes through ReLU, sigmoid, tanh
or another bounded function, while targets of the captured batch lie outside that function's
range: negative targets after ReLU, images in [-1, 1] after a sigmoid, returns above 1 after tanh.
The finding says which share. Targets on the edge of the range are allowed, and so is a limited
prediction beside the free one, as in PPO's clipped value loss.

## Why it is bad

For a target y outside the range [a, b] the error is at least the distance to the nearer end, so
the mean squared error never falls below the mean of those squared distances, whatever the model
learns.

On its way there the activation is driven into its flat part, where the gradient vanishes: a ReLU
output that should be negative is 0 with slope 0, and the sample no longer teaches anything.
Standardised targets are below zero for about half of the data.

## How to fix

Remove the activation if the targets can be any number. Otherwise make the two ranges agree: tanh
for data in [-1, 1], sigmoid for [0, 1], softplus for positive values,
`low + (high - low) * torch.sigmoid(z)` for a known interval. Or scale the targets to the range.

## When to silence

When the targets outside are outliers that should be cut. Put `# nonlin: ignore[NL210]` on the
line of the activation.

## Sources

- PyTorch: `torch.nn.ReLU`, `torch.nn.Sigmoid`, `torch.nn.Tanh`, `torch.nn.Softplus` (their
  ranges)
- In the wild: https://github.com/mikesj-public/convolutional_autoencoder/pull/9
- In the wild: https://github.com/AntixK/PyTorch-VAE/issues/48
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import Interval
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """最后一个激活函数的值域容纳不下这一批的部分目标值。

## 它发现什么

在回归、重建或价值函数中，输出经过 ReLU、sigmoid、tanh 等值域受限的函数，而所捕获的这一批目标中
有一部分落在值域之外：ReLU 之后却有负的目标，sigmoid 之后却是 [-1, 1] 的图像，tanh 之后却有大于
1 的回报。报告会给出所占比例。目标恰好在值域端点上是允许的；受限的预测与不受限的预测并用（如 PPO 的
截断价值损失）也不报告。

## 为什么不好

目标 y 落在值域 [a, b] 之外时，误差至少是到较近端点的距离。因此无论模型学到什么，均方误差都不会
低于这些距离平方的平均值。

模型在逼近端点的过程中还会把激活函数推入平坦区，梯度趋近于零：本应为负的 ReLU 输出成了 0，斜率也
是 0，这个样本从此不再起作用。标准化之后的目标大约有一半小于零。

## 怎样修正

目标可取任意实数时，去掉这个激活函数。否则让两个范围一致：数据在 [-1, 1] 用 tanh，在 [0, 1] 用
sigmoid，正值用 softplus，已知区间用 `low + (high - low) * torch.sigmoid(z)`；或者把目标缩放到该
值域。

## 何时忽略

值域之外的目标是应当截断的离群点时。在激活函数所在的行写上 `# nonlin: ignore[NL210]`。

## 来源

- PyTorch 文档：`torch.nn.ReLU`, `torch.nn.Sigmoid`, `torch.nn.Tanh`, `torch.nn.Softplus`（各自
  的值域）
- 实例：https://github.com/mikesj-public/convolutional_autoencoder/pull/9
- 实例：https://github.com/AntixK/PyTorch-VAE/issues/48
"""


@rule("NL210", severity="error", zh=ZH, since="0.1")
def output_range_excludes_targets(run: Run) -> Iterator[Finding]:
    """The prediction's range cannot hold a share of the targets that this batch asks for."""
    compared = list(run.regressions())
    for prediction, target, loss in compared:
        image = run.range_in_step(prediction)
        if image.unbounded or run.trained(target):
            continue
        limit = run.limiter(prediction)
        room = 1e-3 * (image.width if image.bounded else 1.0)
        share = run.share_outside(target, Interval(image.lo - room, image.hi + room))
        if limit is None or share is None or share < 0.01:
            continue
        above = run.graph.upstream(limit.inputs)
        if any(t is target and p.maker is not None and p.maker.index in above for p, t, _ in compared):
            continue  # the free prediction meets the targets too
        ends = {f"target_{name.removeprefix('seen_')}": end for name, end in run.ends(target).items()}
        yield Finding(
            limit.site,
            Text(
                f"{spelled(limit)} confines the prediction to {image}, but {share:.0%} of this batch's targets "
                "lie outside",
                f"{spelled(limit)} 把预测限制在 {image}，而本批次有 {share:.0%} 的目标在此范围之外",
            ),
            evidence={"share_outside": share, "low": str(image.lo), "high": str(image.hi), **ends},
            proof=Text(
                f"targets run from {ends.get('target_low', 0):.4g} to {ends.get('target_high', 0):.4g}; "
                "no weights can bring the loss on those outside to zero",
                f"目标从 {ends.get('target_low', 0):.4g} 到 {ends.get('target_high', 0):.4g}；"
                "范围之外的部分，无论权重如何，损失都无法降到零",
            ),
            fix=Fix(
                Text(
                    "leave the output linear, or choose an output activation or a target scaling whose ranges agree",
                    "让输出保持线性，或选用与目标范围一致的输出激活或目标缩放",
                ),
                edits=recipes.drop(run.graph, limit),
            ),
            related=also(loss),
        )
