"""A softmax written by hand does not subtract the maximum, so it overflows.

## What it finds

`exp(x) / exp(x).sum(dim, keepdim=True)`, or `log(exp(x).sum(dim))` as in a cross entropy or a
contrastive loss written by hand, where nothing bounds x. It is not reported where the maximum has been subtracted, or where x is bounded by construction, as in `exp(tanh(x))`.

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
the result use `F.log_softmax`, for that of the sum `torch.logsumexp`.

## When to silence

When x is known to be small for a reason that the program does not show. Put
`# nonlin: ignore[NL504]` on the line of the division or the logarithm.

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
from nonlin.checker.flow.patterns import maximum_subtracted, source
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """手写的 softmax 没有减去最大值，会发生上溢。

## 它发现什么

`exp(x) / exp(x).sum(dim, keepdim=True)`，或 `log(exp(x).sum(dim))`（手写的交叉熵或对比损失中常见），
而 x 没有任何界限。已经减去最大值，或者 x 的构造保证了有
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
`x = x - x.amax(dim, keepdim=True)`。要对结果取对数时，用
`F.log_softmax`；要对和取对数时，用 `torch.logsumexp`。

## 何时忽略

由于程序中看不出的原因，x 确定很小时。在除法（或对数）所在的行写上 `# nonlin: ignore[NL504]`。

## 来源

- PyTorch 文档：`torch.nn.functional.softmax`
- Blanchard, Higham, Higham 2021, "Accurately computing the log-sum-exp and softmax functions",
  IMA Journal of Numerical Analysis 41(4)
- 实例：https://github.com/pyg-team/pytorch_geometric/issues/53
"""


@rule("NL504", severity="warning", zh=ZH, since="0.1")
def unstable_naive_softmax(run: Run) -> Iterator[Finding]:
    """exp(x) / exp(x).sum(), or the logarithm of that sum, without the maximum subtracted first."""
    for op, exponential in (*_quotients(run), *_logarithms(run)):
        if run.range(exponential.input).hi < 80 or maximum_subtracted(exponential.input):
            continue
        name, spelled, instead, end = _WORDS[op.kind]
        yield Finding(
            op.site,
            Text(
                f"{name} spelled out as {spelled}, without subtracting the maximum",
                f"手写的 {name}：{spelled}，没有先减去最大值",
            ),
            evidence=run.ends(exponential.input),
            proof=Text(
                f"in float32 exp(x) is infinite from x = 88.73 on, and {end.en}",
                f"在 float32 中，x 达到 88.73 时 exp(x) 就是无穷大，{end.zh}",
            ),
            fix=Fix(
                Text(f"use {instead}", f"改用 {instead}"),
                safe=True,
                edits=recipes.express(op, [exponential], "softmax", f"dim={_axis(op)}")
                if op.kind == "div"
                else (),
            ),
            related=also(exponential),
        )


_WORDS = {
    "div": (
        "softmax",
        "exp(x) / exp(x).sum()",
        "torch.softmax(x, dim)",
        Text("inf / inf is NaN", "而 inf / inf 是 NaN"),
    ),
    "log": (
        "logsumexp",
        "log(exp(x).sum())",
        "torch.logsumexp(x, dim)",
        Text("so is the logarithm", "对数也随之为无穷大"),
    ),
}


def _quotients(run: Run) -> Iterator[tuple[Op, Op]]:
    """(division, exponential) of every softmax that a user wrote out."""
    for op in run.graph.of("div"):
        kind = run.kind(op.output)
        exponential = op.input.maker if kind is not None and kind.origin is op and op.by_user else None
        if exponential is not None and exponential.kind == "exp":
            yield op, exponential


def _logarithms(run: Run) -> Iterator[tuple[Op, Op]]:
    """(logarithm, exponential) of every logsumexp that a user wrote out."""
    for op in run.graph.of("log"):
        total = source(op.input).maker
        exponential = source(total.input).maker if total is not None and total.kind == "sum" else None
        if exponential is not None and exponential.kind == "exp" and op.by_user and op.output.grad:
            yield op, exponential


def _axis(op: Op) -> int:
    """The axis of the sum in x / x.sum(dim, keepdim=True), as it is written."""
    total = op.value("other")
    dims = total.maker.get("dim") if total is not None and total.maker is not None else None
    return int(dims[0]) if dims else -1
