"""The signal grows by orders of magnitude on its way through a stack of layers.

## What it finds

At least four linear layers in a row with one activation between each two, and neither a
normalisation nor a skip connection, in which the largest output of this step grows more than ten
thousand times from the first layer to the last.

Weights that are too large by a factor of 5 and more in each layer are NL705; here the growth is
milder, but deep, or it comes from an activation that grows faster than its input.

## Why it is bad

The gradient of a weight is the product of the signal that enters it and the gradient that comes
back, and the latter is multiplied by the same factors. Outputs of 1e4 make cross entropy saturate
at once: the softmax is one-hot, its loss is in the thousands, and the first steps throw the weights
far away. In float16, whose largest number is 65504, such a network overflows to inf.

A factor of 2 a layer looks harmless and makes 1e6 of 20 layers.

## How to fix

Initialise with `nn.init.kaiming_normal_`, so that each layer keeps the size of its input, or put a
normalisation between the layers. `nonlin.gain` gives the right scale for any activation. Squares and
exponentials need a normalisation behind them.

## When to silence

When the outputs are meant to be large. Put `# nonlin: ignore[NL704]` on the line that initialises
the first layer, or creates it.

## Sources

- He, Zhang, Ren and Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852, section 2.2
- PyTorch: `torch.nn.init.kaiming_normal_`, `torch.finfo` (the range of float16)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.collapse import weight_of
from nonlin.checker.graph import Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """信号在穿过一叠层的途中增大了好几个数量级。

## 它发现什么

至少四个连续的线性层，每两层之间只有一个激活函数，既没有归一化也没有跳跃连接，而这一步的最大输出从
第一层到最后一层增大了一万倍以上。

每层权重都大 5 倍以上的情况由 NL705 报告；这里的增长较缓，但层数多，或者来自比输入增长更快的激活函
数。

## 为什么不好

权重的梯度是进入它的信号与传回的梯度之积，而后者也乘以同样的倍数。输出达到 1e4 时，交叉熵立刻饱和：
softmax 成为独热，损失上千，最初几步就把权重甩得很远。float16 的最大数是 65504，这样的网络会溢出为
inf。

每层 2 倍看似无妨，20 层就是 1e6 倍。

## 怎样修正

用 `nn.init.kaiming_normal_` 初始化，使每层保持输入的大小，或在层与层之间加归一化。`nonlin.gain` 给
出任一激活函数的合适尺度。平方和指数之后需要归一化。

## 何时忽略

输出本来就应当很大时。在初始化（或创建）第一层的那一行写上 `# nonlin: ignore[NL704]`。

## 来源

- He, Zhang, Ren, Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852，2.2 节
- PyTorch 文档：`torch.nn.init.kaiming_normal_`, `torch.finfo`（float16 的范围）
"""
_LAYERS, _GROWTH = 4, 1e4


@rule("NL704", severity="warning", zh=ZH, since="0.1")
def exploding_signal(run: Run) -> Iterator[Finding]:
    """A plain stack of layers through which the outputs of this step grow by orders of magnitude."""
    explained = {stretch for stretch, _ in run.bad_gains}
    for stretch in run.stretches:
        first, last = _size(stretch.maps[0].output), _size(stretch.maps[-1].output)
        if stretch in explained or len(stretch.maps) < _LAYERS or not first or last <= _GROWTH * first:
            continue
        count = len(stretch.maps)
        each = (last / first) ** (1 / (count - 1))
        yield Finding(
            weight_of(stretch.maps[0]).filled or stretch.maps[0].site,
            Text(
                f"the signal grows {last / first:.0e} times through {count} layers: its largest number is {last:.2g}",
                f"信号穿过 {count} 层增大了 {last / first:.0e} 倍：最大的数达到 {last:.2g}",
            ),
            evidence={
                "largest_at_first": first,
                "largest_at_last": last,
                "layers": count,
                "factor_of_each": each,
            },
            proof=Text(
                f"measured in this step: each layer multiplies it by about {each:.2g}",
                f"在这一步中测得：每层约使其变为 {each:.2g} 倍",
            ),
            fix=Fix(
                Text(
                    "initialise with kaiming_normal_, or put a normalisation between the layers",
                    "用 kaiming_normal_ 初始化，或在层与层之间加归一化",
                )
            ),
            related=also(stretch.maps[-1]),
        )


def _size(value: Value) -> float:
    """The largest absolute number that the step held; 0 where it is not known."""
    seen = value.seen
    return max(abs(seen.lo), abs(seen.hi)) if seen is not None and seen.lo == seen.lo else 0.0
