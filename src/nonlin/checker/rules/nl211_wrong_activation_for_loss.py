"""The network already applies what the loss applies first: an exp, or a sigmoid.

## What it finds

The output of `exp` reaches `nn.PoissonNLLLoss` or `F.poisson_nll_loss` as the prediction while
`log_input=True`, the default. With `log_input=False` the same `exp` is correct and not reported. The
same for softplus, ReLU and other functions that are never negative, where some counts are below
the lowest rate that this leaves.

The output of a sigmoid or a softmax reaches `nn.MultiLabelSoftMarginLoss` or `nn.SoftMarginLoss`.

## Why it is bad

With `log_input=True` the loss takes its input x for the logarithm of the rate and computes
exp(x) - y x. Given x = exp(z), it fits the rate exp(exp(z)), which is always above 1. What the
network returns is then the logarithm of the rate and not the rate: for counts with mean 20 it
settles at log 20 = 2.996. Where the mean is 1 or less, no z is best: z is driven to -∞, the loss
never falls below 1, and all such rates look the same.

softplus and ReLU have the same floor: a log-rate that is never negative is a rate of at least 1.

Two exponentials also overflow early: in float32 the loss is infinite for z above log 88.72 =
4.485, in float16 for z above 2.406.

## How to fix

Remove the `exp` and give the loss the linear output; write `model(x).exp()` where you read
rates. Or keep the `exp` and pass `log_input=False`. The first is better: it takes no logarithm
of a rate that may have been rounded to 0.

The margin losses take the sigmoid of their input. Squashed before, a prediction stays between
sigmoid(0) = 0.5 and sigmoid(1) = 0.731. Give them the raw scores.

## When to silence

When the rate really is exp(exp(z)), and the network's output is read as its logarithm. Put
`# nonlin: ignore[NL211]` on the line of the exp.

## Sources

- PyTorch: `torch.nn.PoissonNLLLoss` (`log_input=True`: the loss is exp(input) - target * input)
- Why the loss takes a logarithm: https://github.com/pytorch/pytorch/pull/1779
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import Interval
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import source
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, inputs_of_kind, now, spelled

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """网络已经做过 exp 或 sigmoid，损失内部又做了一次。

## 它发现什么

`exp` 的输出作为预测送入 `nn.PoissonNLLLoss` 或 `F.poisson_nll_loss`，而 `log_input=True`（默认
值）。若 `log_input=False`，同样的 `exp` 是正确用法，不报告。softplus、ReLU 等永不为负的函数，如果有的
计数低于它们所允许的最低速率，同样报告。

sigmoid 或 softmax 的输出送入 `nn.MultiLabelSoftMarginLoss` 或 `nn.SoftMarginLoss`。

## 为什么不好

`log_input=True` 时，损失把输入 x 当作速率的对数，计算 exp(x) - y x。输入若是 x = exp(z)，所拟
合的速率就是 exp(exp(z))，它永远大于 1。于是网络输出的是速率的对数，而不是速率：计数的均值为 20
时，输出停在 log 20 = 2.996。均值不超过 1 时，不存在最优的 z：z 被推向 -∞，损失永远不会低于 1，
而且这些速率看上去全都一样。

softplus 和 ReLU 有同样的下限：对数速率永不为负，速率就至少为 1。

两层指数还会更早溢出：在 float32 中，z 大于 log 88.72 = 4.485 时损失就是无穷大；在 float16 中，
z 大于 2.406 时即如此。

## 怎样修正

去掉 `exp`，把线性输出直接交给损失，在需要读速率的地方写 `model(x).exp()`。或者保留 `exp`，并传
入 `log_input=False`。前一种更好：它不必对可能已被舍入为 0 的速率取对数。

间隔损失内部会对输入取 sigmoid。若事先已压缩过，预测只能落在 sigmoid(0) = 0.5 与 sigmoid(1) = 0.731 之
间。请把原始得分交给它们。

## 何时忽略

速率确实是 exp(exp(z))，并且网络的输出被当作速率的对数来读时。在 exp 所在的行写上
`# nonlin: ignore[NL211]`。

## 来源

- PyTorch 文档：`torch.nn.PoissonNLLLoss`（`log_input=True` 时损失为 exp(input) - target * input）
- 该损失为何以对数为输入：https://github.com/pytorch/pytorch/pull/1779
"""


@rule("NL211", severity="error", zh=ZH, since="0.1")
def wrong_activation_for_loss(run: Run) -> Iterator[Finding]:
    """A loss is given what its own first step already is: a rate for its logarithm, or a squashed score."""
    for loss in run.losses("poisson_nll_loss"):
        made = source(loss.input).maker
        lowest = _lowest_rate(run, loss, made) if loss.get("log_input", True) else None
        if made is None or lowest is None:
            continue
        below = run.share_outside(loss.value("target"), Interval(lowest, math.inf))
        yield Finding(
            made.site,
            Text(
                f"{spelled(made)} turns the output into a rate, and PoissonNLLLoss with log_input=True takes exp of it",
                f"这里的 {spelled(made)} 已把输出变成速率，而 log_input=True 的 PoissonNLLLoss 还会对它取 exp",
            ),
            evidence={
                **run.ends(loss.input),
                "lowest_rate": lowest,
                **({} if below is None else {"share_of_counts_below": below}),
                **now(loss.output),
            },
            proof=Text(
                f"the loss takes what it is given for the logarithm of the rate: the rate cannot be below {lowest:.3g}",
                f"损失把输入当作速率的对数，因此速率不可能小于 {lowest:.3g}",
            ),
            fix=Fix(
                Text(
                    "return the linear output, or pass log_input=False",
                    "直接返回线性输出，或传入 log_input=False",
                ),
                edits=recipes.drop(run.graph, made, loss),
            ),
            related=also(loss),
        )
    for loss, kind in _squashed_twice(run):
        yield Finding(
            kind.origin.site,
            Text(
                f"{spelled(kind.origin)} squashes the scores before a loss that takes the sigmoid of them itself",
                f"{spelled(kind.origin)} 先压缩了得分，而这个损失内部会再取一次 sigmoid",
            ),
            evidence={"lowest_for_one": math.log1p(math.exp(-1.0)), "lowest_for_zero": math.log(2.0)},
            proof=Text(
                "squashed twice, a prediction stays between 0.5 and 0.731: no class can be denied",
                "压缩两次后，预测只能落在 0.5 到 0.731 之间：任何类别都无法被否定",
            ),
            fix=Fix(
                Text("give the loss the raw scores", "把原始得分交给损失"),
                edits=recipes.drop(run.graph, kind.origin, loss),
            ),
            related=also(loss),
        )


def _lowest_rate(run: Run, loss: Op, made: Op | None) -> float | None:
    """exp of the least that the loss can be given, where an exp or another function keeps that from falling below 0."""
    low = run.range(loss.input).lo
    if made is None or not (made.kind == "exp" or run.is_activation(made)) or low < 0:
        return None
    lowest = math.exp(low)
    # Counts that are all larger leave a doubt: their log-rate may be meant to be positive.
    seen = loss.inputs[-1].seen
    return lowest if made.kind == "exp" or (seen is not None and seen.lo < lowest) else None


def _squashed_twice(run: Run) -> Iterator[tuple[Op, Kind]]:
    """(loss, what it is given) where a margin loss with a sigmoid inside is given a sigmoid's or softmax's output."""
    yield from inputs_of_kind(run, ("soft_margin_loss",), "unit", "probabilities")
    for written in run.cross_entropies:
        held = run.kind(written.scores)
        # torch itself writes MultiLabelSoftMarginLoss out, as a sum of logsigmoids.
        if held is not None and held.name in ("unit", "probabilities") and not written.total.by_user:
            yield written.total, held
