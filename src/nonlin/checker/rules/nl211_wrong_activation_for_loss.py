"""The network already applies exp, and the Poisson loss applies it a second time.

## What it finds

The output of `exp` reaches `nn.PoissonNLLLoss` or `F.poisson_nll_loss` as the prediction while
`log_input=True`, the default. With `log_input=False` the same `exp` is correct and not reported.

## Why it is bad

With `log_input=True` the loss takes its input x for the logarithm of the rate and computes
exp(x) - y x. Given x = exp(z), it fits the rate exp(exp(z)), which is always above 1. What the
network returns is then the logarithm of the rate and not the rate: for counts with mean 20 it
settles at log 20 = 2.996. Where the mean is 1 or less, no z is best: z is driven to -∞, the loss
never falls below 1, and all such rates look the same.

Two exponentials also overflow early: in float32 the loss is infinite for z above log 88.72 =
4.485, in float16 for z above 2.406.

## How to fix

Remove the `exp` and give the loss the linear output; write `model(x).exp()` where you read
rates. Or keep the `exp` and pass `log_input=False`. The first is better: it takes no logarithm
of a rate that may have been rounded to 0.

## When to silence

When the rate really is exp(exp(z)), and the network's output is read as its logarithm. Put
`# nonlin: ignore[NL211]` on the line of the exp.

## Sources

- PyTorch: `torch.nn.PoissonNLLLoss` (`log_input=True`: the loss is exp(input) - target * input)
- Why the loss takes a logarithm: https://github.com/pytorch/pytorch/pull/1779
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import source
from nonlin.checker.mend.recipes.drop import drop
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """网络已经做过 exp，泊松损失内部又做了一次。

## 它发现什么

`exp` 的输出作为预测送入 `nn.PoissonNLLLoss` 或 `F.poisson_nll_loss`，而 `log_input=True`（默认
值）。若 `log_input=False`，同样的 `exp` 是正确用法，不报告。

## 为什么不好

`log_input=True` 时，损失把输入 x 当作速率的对数，计算 exp(x) - y x。输入若是 x = exp(z)，所拟
合的速率就是 exp(exp(z))，它永远大于 1。于是网络输出的是速率的对数，而不是速率：计数的均值为 20
时，输出停在 log 20 = 2.996。均值不超过 1 时，不存在最优的 z：z 被推向 -∞，损失永远不会低于 1，
而且这些速率看上去全都一样。

两层指数还会更早溢出：在 float32 中，z 大于 log 88.72 = 4.485 时损失就是无穷大；在 float16 中，
z 大于 2.406 时即如此。

## 怎样修正

去掉 `exp`，把线性输出直接交给损失，在需要读速率的地方写 `model(x).exp()`。或者保留 `exp`，并传
入 `log_input=False`。前一种更好：它不必对可能已被舍入为 0 的速率取对数。

## 何时忽略

速率确实是 exp(exp(z))，并且网络的输出被当作速率的对数来读时。在 exp 所在的行写上
`# nonlin: ignore[NL211]`。

## 来源

- PyTorch 文档：`torch.nn.PoissonNLLLoss`（`log_input=True` 时损失为 exp(input) - target * input）
- 该损失为何以对数为输入：https://github.com/pytorch/pytorch/pull/1779
"""


@rule("NL211", severity="error", zh=ZH, since="0.1")
def wrong_activation_for_loss(run: Run) -> Iterator[Finding]:
    """Poisson NLL with `log_input=True` is given a rate that an exp already made."""
    for loss in run.losses("poisson_nll_loss"):
        made = source(loss.input).maker
        if not loss.get("log_input", True) or made is None or made.kind != "exp":
            continue
        yield Finding(
            made.site,
            Text(
                "exp turns the output into a rate, and PoissonNLLLoss with log_input=True takes exp of it again",
                "这里的 exp 已把输出变成速率，而 log_input=True 的 PoissonNLLLoss 会再取一次 exp",
            ),
            evidence={**run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "the loss models the rate as exp(exp(z)): it cannot be below 1, and overflows in float32 from z = 4.49 on",
                "损失把速率当作 exp(exp(z))：它不可能小于 1，而且在 float32 中 z 达到 4.49 就会溢出",
            ),
            fix=Fix(
                Text(
                    "return the linear output, or pass log_input=False",
                    "直接返回线性输出，或传入 log_input=False",
                ),
                edits=drop(run.graph, made, loss),
            ),
            related=also(loss),
        )
