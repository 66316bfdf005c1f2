"""log(1 - tanh(x)²) is written out, and becomes -inf as soon as tanh rounds to 1.

## What it finds

`torch.log(1 - torch.tanh(x) ** 2)`, `torch.log1p(-y ** 2)` with y = tanh(x), and the same with
`square()`, with a product or with a fixed scale: the correction that a tanh-squashed Gaussian
policy needs. With a small constant inside the logarithm, such as the usual 1e-6, it is advice.

## Why it is bad

tanh(x) rounds to exactly 1 in float32 from |x| = 9.01 on. Then 1 - tanh² is 0 and its logarithm
-inf, though the value sought is only about 1.386 - 2|x|. The digits are lost earlier: at x = 8 the
result is -14.556 where the true value is -14.614, and at x = 9 -15.942 where it is -16.614.

A constant of 1e-6 keeps the result finite, but wrong: at x = 8 it gives -13.426, and from 9.01 on
it stays at -13.816 with a gradient of exactly 0. The entropy of a saturated policy is then
overestimated, and nothing pushes its actions back.

Since 1 - tanh²(x) = 4 / (eˣ + e⁻ˣ)², the logarithm is 2 (log 2 - x - softplus(-2x)): no
cancellation, finite for every x, with the slope -2 tanh(x).

## How to fix

Write `2 * (math.log(2) - x - F.softplus(-2 * x))`, with x the value before tanh. In
`torch.distributions`, `TransformedDistribution(Normal(...), TanhTransform(cache_size=1))` does it
for you; the cache keeps x, which would otherwise be found again by an atanh that is inf at 1.

## When to silence

When x is bounded by construction well inside (-9, 9). Put `# nonlin: ignore[NL505]` on the line
of the logarithm.

## Sources

- PyTorch: `torch.distributions.transforms.TanhTransform` (its `log_abs_det_jacobian`)
- Haarnoja et al. 2018, "Soft Actor-Critic", arXiv:1801.01290, appendix C
- In the wild: https://github.com/rlworkgroup/garage/issues/1174
- In the wild: https://github.com/ray-project/ray/issues/14878
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import square_of, subtracted_from_one, uncopied
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """直接按公式写出 log(1 - tanh(x)²)，tanh 一旦舍入为 1，结果就是 -inf。

## 它发现什么

`torch.log(1 - torch.tanh(x) ** 2)`、`torch.log1p(-y ** 2)`（y = tanh(x)），以及用 `square()`、乘
积或带固定系数的同类写法：这是 tanh 压缩的高斯策略所需的修正项。对数里加了小常数（如常见的 1e-6）
时，降为建议。

## 为什么不好

在 float32 中，|x| 达到 9.01 时 tanh(x) 就恰好舍入为 1。此时 1 - tanh² 为 0，对数为 -inf，而真正的
结果不过约为 1.386 - 2|x|。精度丢失得更早：x = 8 时结果为 -14.556，真值是 -14.614；x = 9 时结果为
-15.942，真值是 -16.614。

加上 1e-6 能使结果有限，却是错的：x = 8 时得到 -13.426；从 9.01 起一直停在 -13.816，梯度恰好为
0。于是饱和策略的熵被高估，也没有任何力量把动作拉回来。

由于 1 - tanh²(x) = 4 / (eˣ + e⁻ˣ)²，其对数等于 2 (log 2 - x - softplus(-2x))：没有相消，对任何 x
都有限，斜率为 -2 tanh(x)。

## 怎样修正

改写为 `2 * (math.log(2) - x - F.softplus(-2 * x))`，其中 x 是 tanh 之前的值。使用
`torch.distributions` 时，`TransformedDistribution(Normal(...), TanhTransform(cache_size=1))` 会替
你完成；缓存会保留 x，否则就要用 atanh 反求，而它在 1 处为 inf。

## 何时忽略

x 的构造保证远在 (-9, 9) 之内时。在对数所在的行写上 `# nonlin: ignore[NL505]`。

## 来源

- PyTorch 文档：`torch.distributions.transforms.TanhTransform`（其 `log_abs_det_jacobian`）
- Haarnoja 等 2018, "Soft Actor-Critic", arXiv:1801.01290，附录 C
- 实例：https://github.com/rlworkgroup/garage/issues/1174
- 实例：https://github.com/ray-project/ray/issues/14878
"""


@rule("NL505", severity="warning", zh=ZH, since="0.1")
def unstable_tanh_correction(run: Run) -> Iterator[Finding]:
    """The logarithm of one minus a squared tanh."""
    for op in run.graph.of("log", "log1p"):
        tanh, guarded = _tanh_inside(op)
        if tanh is None or not op.by_user or abs(run.range(tanh.input)).hi < 9:
            continue
        yield Finding(
            op.site,
            Text(
                "log(1 - tanh(x)^2) with a small constant: beyond |x| = 9 it is off, and its gradient is 0"
                if guarded
                else "log(1 - tanh(x)^2) cancels: tanh rounds to 1, and the logarithm is -inf",
                "带小常数的 log(1 - tanh(x)^2)：|x| 超过 9 时数值偏离，梯度为 0"
                if guarded
                else "log(1 - tanh(x)^2) 会相消：tanh 舍入为 1，对数变成 -inf",
            ),
            evidence={"tanh_rounds_to_1_from": 9.01, **run.ends(tanh.input)},
            proof=Text(
                "in float32 this happens for |x| > 9.01, where the true value is 1.386 - 2|x|",
                "在 float32 中，|x| > 9.01 时就会发生，而真值是 1.386 - 2|x|",
            ),
            fix=Fix(
                Text(
                    "use 2 * (log(2) - x - softplus(-2 * x)), with x the value before tanh",
                    "改用 2 * (log(2) - x - softplus(-2 * x))，其中 x 是 tanh 之前的值",
                )
            ),
            related=also(tanh),
            severity="advice" if guarded else "warning",
        )


def _tanh_inside(op: Op) -> tuple[Op | None, bool]:
    """(the tanh, whether a constant guards the logarithm) in log(c (1 - tanh(x)²) + e) or log1p(-tanh(x)²)."""
    value, guarded = op.input, False
    if op.kind == "log1p":
        inner = uncopied(value).maker
        return (
            (_squared_tanh(inner.input), False)
            if inner is not None and inner.kind == "neg"
            else (None, False)
        )
    while (inner := uncopied(value).maker) is not None and inner.inputs:
        if subtracted_from_one(inner):
            return _squared_tanh(inner.input), guarded
        small = inner.kind == "add" and len(inner.inputs) == 1
        floor = inner.kind in ("clamp", "clamp_min")
        if not (small or floor or (inner.kind == "mul" and len([v for v in inner.inputs if v.grad]) == 1)):
            break
        guarded = guarded or small or floor
        value = next(v for v in inner.inputs if v.grad or len(inner.inputs) == 1)
    return None, False


def _squared_tanh(value: Value) -> Op | None:
    base = square_of(uncopied(value))
    op = uncopied(base).maker if base is not None else None
    return op if op is not None and op.kind == "tanh" else None
