"""A logarithm is taken of a ReLU, which is exactly zero for half of its inputs.

## What it finds

`torch.log` of the output of a function that is 0 on a whole half-line: ReLU, ReLU6, hardtanh or
hardsigmoid with 0 as their floor, `clamp(min=0)`. If the loss of the captured step is not finite,
it is an error; if this batch happens to hold no zero, a warning.

`log1p(relu(x))`, `log(relu(x) + eps)` and `log(softplus(x))` are sound and not reported. Neither
is a logarithm that was masked so that the loss stays finite.

## Why it is bad

log(0) = -inf, and the sum or mean that follows is -inf, or NaN once it is multiplied by 0. The
backward pass hides it: ReLU passes no gradient where its input is not positive, so those units
get the gradient 0, not NaN. They never leave the zone in which the loss is infinite, although the
loss asks for nothing else.

## How to fix

Use a positive function: `F.softplus(x)`, or `torch.exp(x)`, whose logarithm is just x. If zeros
are meant to count as zero, `torch.log1p(F.relu(x))`. Adding 1e-8 keeps the number finite, but the
gradient of the zeros stays 0.

## When to silence

When the zeros are removed later in a way that this step did not show. Put
`# nonlin: ignore[NL507]` on the line of the logarithm.

## Sources

- PyTorch: `torch.log`, `torch.nn.ReLU`, `torch.nn.Softplus` ("to constrain the output of a machine
  to always be positive")
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import source
from nonlin.checker.graph import Op, Value
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """对 ReLU 的输出取对数，而它对一半的输入恰好为零。

## 它发现什么

对某个在整条半直线上为 0 的函数的输出使用 `torch.log`：ReLU、ReLU6、以 0 为下限的 hardtanh 或
hardsigmoid、`clamp(min=0)`。捕获的这一步中损失已非有限值时报错误；这一批数据碰巧没有零时报警告。

`log1p(relu(x))`、`log(relu(x) + eps)` 和 `log(softplus(x))` 没有问题，不报告；对数经过掩码、损失仍
然有限时也不报告。

## 为什么不好

log(0) = -inf，随后的求和或平均也就是 -inf，一旦再乘以 0 就成了 NaN。反向传播会掩盖这一点：输入不
为正时 ReLU 不传递梯度，所以这些单元得到的梯度是 0 而不是 NaN。损失唯一的要求就是让它们离开这个区
域，它们却永远离不开。

## 怎样修正

改用恒为正的函数：`F.softplus(x)`，或 `torch.exp(x)`（它的对数就是 x）。如果零就应当算作零，写
`torch.log1p(F.relu(x))`。加上 1e-8 虽能使数值有限，但零处的梯度仍为 0。

## 何时忽略

这些零在后面会被去掉，只是这一步没有体现时。在对数所在的行写上 `# nonlin: ignore[NL507]`。

## 来源

- PyTorch 文档：`torch.log`, `torch.nn.ReLU`, `torch.nn.Softplus`（可使输出恒为正）
"""


@rule("NL507", severity="error", zh=ZH, since="0.1", yields_to=("NL213",))
def log_of_relu(run: Run) -> Iterator[Finding]:
    """The logarithm of a function that is zero on a half-line."""
    for op in run.graph.of("log", "log2", "log10"):
        floor = _floored_at_zero(run, op.input)
        if floor is None or not op.by_user or not op.output.grad:
            continue
        infinite = op.output.seen is not None and not op.output.seen.finite
        reached = any(o.root.seen is not None and not o.root.seen.finite for o in run.graph.objectives)
        if infinite and not reached:
            continue
        zeros = run.share(op.input, lambda x: x == 0)
        yield Finding(
            op.site,
            Text(
                f"the logarithm of {spelled(floor)}: it is 0 for every input below zero, and log(0) is -inf",
                f"对 {spelled(floor)} 的输出取对数：输入小于零时它为 0，而 log(0) 为 -inf",
            ),
            evidence={**({} if zeros is None else {"share_zero": zeros}), **run.ends(op.input)},
            proof=Text(
                "the loss of this step is not finite" if infinite else "this batch holds no zero yet",
                "这一步的损失不是有限值" if infinite else "这一批数据中暂时没有零",
            ),
            fix=Fix(
                Text(
                    "use softplus, which is positive everywhere, or log1p(relu(x)) if zero should stay zero",
                    "改用处处为正的 softplus；若零应保持为零，改用 log1p(relu(x))",
                ),
                edits=recipes.swap(run.graph, floor, "softplus", "Softplus", options=False)
                if floor.kind == "relu"
                else (),
            ),
            related=also(floor),
            severity="error" if infinite else "warning",
        )


def _floored_at_zero(run: Run, value: Value) -> Op | None:
    """The operation whose output is exactly zero on a whole half-line, if only moves follow it."""
    op = source(value).maker
    if op is None or not op.inputs or run.range(op.output).lo != 0 or run.range(op.input).lo >= 0:
        return None
    if op.kind in ("clamp", "clamp_min"):
        return op if op.get("min") == 0 else None
    return op if op.kind in ("relu", "relu6", "hardtanh", "hardsigmoid", "hardswish", "threshold") else None
