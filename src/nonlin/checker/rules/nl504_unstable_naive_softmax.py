"""A softmax written by hand does not subtract the maximum, so it overflows.

## What it finds

`exp(x) / exp(x).sum(dim, keepdim=True)` where nothing bounds x. It is not reported where the
maximum has been subtracted, or where x is bounded by construction, as in `exp(tanh(x))`.

## Why it is bad

exp(x) is infinite in float32 for x above 88.72 and in float16 above 11.09. Then inf / inf = NaN,
and every gradient of that row is NaN. The sum overflows even earlier: with 1000 equal entries at
82 each exponential is still finite, and every result is 0 instead of 0.001.

At the other end, where all entries of a row lie below about -104, every exponential is 0 in
float32, and 0 / 0 = NaN. Scores of untrained networks are small, so the NaN comes late, in the
middle of a training.

softmax does not change when a constant is subtracted from x. With the maximum subtracted the
largest term is exp(0) = 1, so the sum lies between 1 and n: it neither overflows nor vanishes.

## How to fix

Write `torch.softmax(x, dim)`, which subtracts the maximum and is one fused pass. Where you need
the exponentials themselves, begin with `x = x - x.amax(dim, keepdim=True)`. For the logarithm of
the result use `F.log_softmax`.

## When to silence

When x is known to be small for a reason that the program does not show. Put
`# nonlin: ignore[NL504]` on the line of the division.

## Sources

- PyTorch: `torch.nn.functional.softmax`
- Blanchard, Higham and Higham 2021, "Accurately computing the log-sum-exp and softmax functions",
  IMA Journal of Numerical Analysis 41(4)
- In the wild: https://github.com/pyg-team/pytorch_geometric/issues/53
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import maximum_subtracted
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """手写的 softmax 没有减去最大值，会发生上溢。

## 它发现什么

`exp(x) / exp(x).sum(dim, keepdim=True)`，而 x 没有任何界限。已经减去最大值，或者 x 的构造保证了有
界（例如 `exp(tanh(x))`）时不报告。

## 为什么不好

在 float32 中 x 大于 88.72，在 float16 中大于 11.09 时，exp(x) 就是无穷大。此时 inf / inf = NaN，
这一行的所有梯度都是 NaN。求和溢出得更早：1000 个相等的元素都为 82 时，每个指数仍然有限，结果却全
是 0，而不是 0.001。

另一端也一样：一行的所有元素都低于约 -104 时，float32 中的每个指数都是 0，于是 0 / 0 = NaN。未经
训练的网络得分很小，所以 NaN 往往出现得很晚，在训练中途才来。

从 x 中减去一个常数，softmax 不变。减去最大值之后，最大的一项是 exp(0) = 1，和落在 1 与 n 之间，既
不会上溢，也不会变为零。

## 怎样修正

写成 `torch.softmax(x, dim)`，它会减去最大值，而且一次融合完成。如果需要指数本身，先写
`x = x - x.amax(dim, keepdim=True)`。要对结果取对数时，用 `F.log_softmax`。

## 何时忽略

由于程序中看不出的原因，x 确定很小时。在除法所在的行写上 `# nonlin: ignore[NL504]`。

## 来源

- PyTorch 文档：`torch.nn.functional.softmax`
- Blanchard, Higham, Higham 2021, "Accurately computing the log-sum-exp and softmax functions",
  IMA Journal of Numerical Analysis 41(4)
- 实例：https://github.com/pyg-team/pytorch_geometric/issues/53
"""


@rule("NL504", severity="warning", zh=ZH, since="0.1")
def unstable_naive_softmax(run: Run) -> Iterator[Finding]:
    """exp(x) / exp(x).sum() without the maximum subtracted first."""
    for op in run.graph.of("div"):
        kind = run.kind(op.output)
        if kind is None or kind.origin is not op or not op.by_user:
            continue
        exponential = op.input.maker
        if exponential is None or exponential.kind != "exp" or run.range(exponential.input).hi < 80:
            continue
        if maximum_subtracted(exponential.input):
            continue
        yield Finding(
            op.site,
            Text(
                "softmax spelled out as exp(x) / exp(x).sum(), without subtracting the maximum",
                "手写的 softmax：exp(x) / exp(x).sum()，没有先减去最大值",
            ),
            evidence=run.ends(exponential.input),
            proof=Text(
                "in float32 exp(x) is infinite from x = 88.73 on, and inf / inf is NaN",
                "在 float32 中，x 达到 88.73 时 exp(x) 就是无穷大，而 inf / inf 是 NaN",
            ),
            fix=Fix(
                Text("use torch.softmax(x, dim)", "改用 torch.softmax(x, dim)"),
                safe=True,
                edits=recipes.express(op, [exponential], "softmax", f"dim={_axis(op)}"),
            ),
            related=also(exponential),
        )


def _axis(op: Op) -> int:
    """The axis of the sum in x / x.sum(dim, keepdim=True), as it is written."""
    total = op.value("other")
    dims = total.maker.get("dim") if total is not None and total.maker is not None else None
    return int(dims[0]) if dims else -1
