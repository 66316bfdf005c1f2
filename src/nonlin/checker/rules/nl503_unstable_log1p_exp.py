"""log(1 + exp(x)) is written out, and overflows for large x.

## What it finds

`torch.log(1 + torch.exp(x))`, `torch.log1p(torch.exp(x))` and the same with methods, where x is
not bounded above. The forms with `exp(-abs(x))` and a separate `max(x, 0)` are stable and not
reported.

## Why it is bad

exp(x) overflows to infinity above 88.7 in float32 and above 11.09 in float16, although the value
sought is only about x. The result is inf and the gradient NaN, since exp(x) / (1 + exp(x)) is inf
/ inf. One such sample ruins every weight.

At the other end 1 + exp(x) rounds to 1: at x = -15 the result is 3.58e-7 where the true value is
3.06e-7, and from about -17 down it is 0. `log1p` mends this end, but not the overflow.

`F.softplus` returns x above its threshold of 20 and log1p(exp(x)) below it: no overflow, no lost
digits.

## How to fix

Write `F.softplus(x)`. The logistic loss log(1 + exp(-y·s)) is `F.softplus(-y * s)`; with targets
of 0 and 1 it is `F.binary_cross_entropy_with_logits`.

## When to silence

When x is bounded above by construction. Put `# nonlin: ignore[NL503]` on the line of the
logarithm.

## Sources

- PyTorch: `torch.nn.Softplus` (argument `threshold`), `torch.nn.functional.softplus`
- Mächler 2012, "Accurately computing log(1 - exp(-|a|))",
  https://cran.r-project.org/web/packages/Rmpfr/vignettes/log1mexp-note.pdf
- In the wild: https://github.com/tracel-ai/burn/pull/5374
- In the wild: https://github.com/borgwang/tinynn/pull/7
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import exponential_inside
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """直接按公式写出 log(1 + exp(x))，x 较大时会溢出。

## 它发现什么

`torch.log(1 + torch.exp(x))`、`torch.log1p(torch.exp(x))` 以及相应的方法写法，而 x 没有上界。分
开计算 `max(x, 0)` 并使用 `exp(-abs(x))` 的写法是稳定的，不报告。

## 为什么不好

在 float32 中 x 超过 88.7、在 float16 中超过 11.09 时，exp(x) 就溢出为无穷大，而真正的结果只不过
约等于 x。于是结果为 inf，梯度为 NaN，因为 exp(x) / (1 + exp(x)) 成了 inf / inf。一个这样的样本
就会毁掉所有权重。

在另一端，1 + exp(x) 会舍入为 1：x = -15 时结果为 3.58e-7，真值是 3.06e-7；大约从 -17 往下结果就
是 0。`log1p` 能修正这一端，却防不住溢出。

`F.softplus` 在阈值 20 以上返回 x，在阈值以下计算 log1p(exp(x))：既不溢出，也不丢失精度。

## 怎样修正

改用 `F.softplus(x)`。逻辑损失 log(1 + exp(-y·s)) 写成 `F.softplus(-y * s)`；目标为 0 与 1 时使
用 `F.binary_cross_entropy_with_logits`。

## 何时忽略

x 的构造保证有上界时。在对数所在的行写上 `# nonlin: ignore[NL503]`。

## 来源

- PyTorch 文档：`torch.nn.Softplus`（参数 `threshold`）, `torch.nn.functional.softplus`
- Mächler 2012, "Accurately computing log(1 - exp(-|a|))",
  https://cran.r-project.org/web/packages/Rmpfr/vignettes/log1mexp-note.pdf
- 实例：https://github.com/tracel-ai/burn/pull/5374
- 实例：https://github.com/borgwang/tinynn/pull/7
"""


@rule("NL503", severity="warning", zh=ZH, since="0.1")
def unstable_log1p_exp(run: Run) -> Iterator[Finding]:
    """softplus spelled out: log(1 + exp(x))."""
    for op in run.graph.of("log", "log1p"):
        exponential = exponential_inside(op)
        if exponential is None or not op.by_user or run.range(exponential.input).hi < 80:
            continue
        yield Finding(
            op.site,
            Text(
                "log(1 + exp(x)) overflows: in float32 exp(x) is infinite from x = 88.73 on",
                "log(1 + exp(x)) 会溢出：在 float32 中，x 达到 88.73 时 exp(x) 就是无穷大",
            ),
            evidence=run.ends(exponential.input),
            proof=Text(
                "the result is then inf and its gradient NaN, though the true value is just x",
                "结果随之为 inf、梯度为 NaN，而真实值不过是 x",
            ),
            fix=Fix(
                Text(
                    "use softplus(x): the same function, stable everywhere",
                    "改用 softplus(x)：同一个函数，处处稳定",
                ),
                safe=True,
                edits=recipes.express(op, [exponential], "softplus"),
            ),
            related=also(exponential),
        )
