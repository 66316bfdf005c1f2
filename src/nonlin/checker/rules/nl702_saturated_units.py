"""The units of a hidden layer are saturated: their slope is nearly zero for nearly every row.

## What it finds

tanh, sigmoid or another smooth function with limits at both ends, between two linear layers, of
which at least half of the units have a slope below 1 % of the maximum in at least 95 % of the
batch. The slope is the function's own: for tanh that is |x| > 2.99, for sigmoid |x| > 5.98.

Gates, outputs and what a loss reads are not looked at: there a saturated value is an answer.

## Why it is bad

The gradient of everything before the layer is multiplied by that slope. At 1 % the layers before
learn a hundred times more slowly than those behind; at tanh(10) it is 8e-9, which no optimiser
lifts. The layer has become a set of fixed signs of its input, and depends on how the weights
happened to be drawn.

The usual causes are inputs that were not scaled, such as pixels from 0 to 255, and weights that
are too large: a sum of n products of size s has the size s√n.

## How to fix

Standardise the inputs (divide pixels by 255, then centre them), or put `nn.BatchNorm1d` or
`nn.LayerNorm` before the activation. Initialise with `nn.init.xavier_normal_`. ReLU and GELU do
not saturate for large inputs.

## When to silence

When the layer is meant to give signs, as in hashing. Put `# nonlin: ignore[NL702]` on the line of
the activation.

## Sources

- Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
  AISTATS, https://proceedings.mlr.press/v9/glorot10a.html
- LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp", section 4.3 (scaling the inputs)
- In the wild: https://stackoverflow.com/questions/46995209/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """隐藏层的单元已经饱和：几乎每一行都使斜率接近零。

## 它发现什么

两个线性层之间的 tanh、sigmoid 或其他两端都有极限的光滑函数，至少一半的单元在至少 95 % 的数据上斜
率低于最大值的 1 %。这里的斜率是函数本身的斜率：对 tanh 即 |x| > 2.99，对 sigmoid 即 |x| > 5.98。

门控、输出以及损失直接读取的值不在此列：在那里，饱和的值就是答案。

## 为什么不好

这一层之前的一切梯度都要乘以这个斜率。只剩 1 % 时，前面的层比后面的层学得慢一百倍；在 tanh(10) 处只
剩 8e-9，任何优化器都无能为力。这一层成了输入的一组固定的正负号，取决于权重碰巧抽成了什么样。

常见的原因是输入没有缩放（如 0 到 255 的像素），以及权重过大：n 个大小为 s 的乘积之和，大小为 s√n。

## 怎样修正

对输入做标准化（像素除以 255，再减去均值），或在激活之前加 `nn.BatchNorm1d` 或 `nn.LayerNorm`。用
`nn.init.xavier_normal_` 初始化。ReLU 和 GELU 对大的输入不会饱和。

## 何时忽略

这一层本来就是要给出正负号时，例如哈希。在激活函数所在的行写上 `# nonlin: ignore[NL702]`。

## 来源

- Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
  AISTATS, https://proceedings.mlr.press/v9/glorot10a.html
- LeCun, Bottou, Orr, Müller 1998, "Efficient BackProp", 4.3 节（输入的缩放）
- 实例：https://stackoverflow.com/questions/46995209/
"""
_ROWS, _UNITS, _SAMPLES = 0.95, 0.5, 16


@rule("NL702", severity="warning", zh=ZH, since="0.1")
def saturated_units(run: Run) -> Iterator[Finding]:
    """Hidden units of a bounded activation that sit at its ends for nearly all of the batch."""
    for op in run.graph.ops:
        way = run.affine(op.input) if op.idle is not None and not op.idle.exact else None
        if op.index not in run.graph.live or op.idle is None or way is None or not way.axis:
            continue
        units = op.idle.of_units(way.axis)
        count, held = units.numel(), int((units >= _ROWS).sum())
        readers = run.readers(op.output)
        hidden = bool(readers) and all(run.is_linear_map(reader) for reader in readers)
        if not hidden or op.idle.samples(way.axis) < _SAMPLES or count < 4 or held < _UNITS * count:
            continue
        yield Finding(
            op.site,
            Text(
                f"{held} of the {count} units of {spelled(op)} are saturated: their slope is below 1 % of its maximum",
                f"{spelled(op)} 的 {count} 个单元中有 {held} 个已经饱和：斜率低于最大值的 1 %",
            ),
            evidence={
                "saturated": held,
                "units": count,
                "share_of_numbers": float(units.mean()),
                "rows": op.idle.rows,
                "activation": run.spelled(op),
                **run.ends(op.input),
            },
            proof=Text(
                "so little of the gradient passes that the layers before hardly learn",
                "能通过的梯度极少，前面的层几乎学不到东西",
            ),
            fix=Fix(
                Text(
                    "standardise the inputs, or put a normalisation before the activation",
                    "对输入做标准化，或在激活之前加归一化",
                )
            ),
            related=also(way.start),
        )
