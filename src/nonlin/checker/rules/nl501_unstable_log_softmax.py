"""The logarithm of a softmax is computed in two steps, which underflows.

## What it finds

`torch.log` or `.log()` on the output of `softmax`. Logarithms of a sum or a mixture of
probabilities are not reported: they need `torch.logsumexp`.

## Why it is bad

softmax rounds small probabilities to 0. In float32 that happens when a logit lies about 104 below
the largest, in float16 already at about 18. Then log(0) = -inf, the loss is infinite if this is
the true class, and the gradient is NaN, because the slope 1/0 meets a softmax slope of 0.
Denormal probabilities go wrong even earlier: at a gap of 100 the logarithm is still finite and
the gradient is not.

`log_softmax` computes x - max - log Σ exp(x - max): the largest term of the sum is 1, so nothing
underflows to log(0), and the result is exact to rounding for any gap.

## How to fix

Write `F.log_softmax(x, dim=1)` or `x.log_softmax(dim=1)` in place of the two calls. With
`nll_loss` after it, `F.cross_entropy(x, y)` does all three.

## When to silence

When the logits are bounded by construction to a small range. Put `# nonlin: ignore[NL501]` on the
line of the logarithm.

## Sources

- PyTorch: `torch.nn.functional.log_softmax` ("doing these two operations separately is slower and
  numerically unstable")
- Blanchard, Higham and Higham 2021, "Accurately computing the log-sum-exp and softmax functions",
  IMA Journal of Numerical Analysis 41(4)
- In the wild: https://github.com/pytorch/pytorch/issues/1620
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import SOFTMAXES, also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """softmax 的对数分两步计算，会发生下溢。

## 它发现什么

对 `softmax` 的输出使用 `torch.log` 或 `.log()`。对概率之和或混合概率取对数不报告，那种情况应使
用 `torch.logsumexp`。

## 为什么不好

softmax 会把很小的概率舍入为 0。在 float32 中，某个 logit 比最大值低约 104 时就会如此；在
float16 中只需低约 18。此时 log(0) = -inf，如果它恰好是正确类别，损失就是无穷大；梯度为 NaN，因
为斜率 1/0 乘上了 softmax 的斜率 0。非规格化数更早出问题：差距为 100 时，对数仍然有限，梯度却已
不是。

`log_softmax` 计算的是 x - max - log Σ exp(x - max)：求和中最大的一项是 1，不会出现 log(0)，无论
差距多大，结果都只有舍入误差。

## 怎样修正

把两次调用换成 `F.log_softmax(x, dim=1)` 或 `x.log_softmax(dim=1)`。如果后面是 `nll_loss`，用
`F.cross_entropy(x, y)` 一步完成。

## 何时忽略

logits 的构造保证了范围很小时。在对数所在的行写上 `# nonlin: ignore[NL501]`。

## 来源

- PyTorch 文档：`torch.nn.functional.log_softmax`（分两步计算更慢，而且数值不稳定）
- Blanchard, Higham, Higham 2021, "Accurately computing the log-sum-exp and softmax functions",
  IMA Journal of Numerical Analysis 41(4)
- 实例：https://github.com/pytorch/pytorch/issues/1620
"""


@rule("NL501", severity="warning", zh=ZH, since="0.1")
def unstable_log_softmax(run: Run) -> Iterator[Finding]:
    """The logarithm of a softmax, taken in two steps."""
    for op in run.graph.of("log"):
        kind = run.kind(op.input)
        if (
            kind is None
            or kind.name != "probabilities"
            or kind.origin.kind not in SOFTMAXES
            or not op.by_user
        ):
            continue
        yield Finding(
            op.site,
            Text(
                "log(softmax(x)) in two steps: a probability that underflows to 0 gives -inf, and then NaN",
                "分两步计算 log(softmax(x))：概率下溢为 0 时得到 -inf，随后变成 NaN",
            ),
            evidence=run.ends(op.input),
            proof=_proof(kind.guarded),
            fix=Fix(
                Text(
                    "use log_softmax(x) (or cross_entropy on x), which subtracts the maximum first",
                    "改用 log_softmax(x)（或对 x 用 cross_entropy），它会先减去最大值",
                ),
                safe=not kind.guarded,
                edits=recipes.express(op, [kind.origin], "log_softmax", f"dim={kind.origin.get('dim')}"),
            ),
            related=also(kind.origin),
            severity="advice" if kind.guarded else "warning",
        )


def _proof(guarded: bool) -> Text:
    if guarded:
        return Text(
            "the constant added inside keeps the result finite, but cuts off every log-probability below its logarithm",
            "其中加入的常数使结果保持有限，但会截断所有更小的对数概率",
        )
    return Text(
        "in float32 exp(x) is 0 once x lies 104 below the maximum: the loss is infinite, its gradient NaN",
        "在 float32 中，x 比最大值低 104 以上时 exp(x) 就是 0：损失为无穷大，梯度为 NaN",
    )
