"""Softmax is used as the activation of a hidden layer.

## What it finds

A softmax whose input comes from a linear layer and whose output goes into another one, as ReLU
would. A softmax that weighs something, such as a gate, a router of experts, attention or a memory,
is by design and not reported, and neither is one that only an argmax or a metric reads. A memory is
read with the weights that scored it, or has keys and values of its own, both without a bias.

## Why it is bad

The n outputs of a softmax are positive and sum to 1. Their mean is 1/n, they compete, and one
degree of freedom is gone: adding a constant to all inputs changes nothing. The next layer sees no
more than a weighted average of its weight columns, plus its bias.

At initialisation the outputs are nearly equal, and there the Jacobian diag(p) - p pᵀ has the
largest singular value 1/n. Signal and gradient shrink by about that factor: 64 times for a layer
of 64 units, and 128 × 128 = 16384 times for two such layers of 128. No softmax ever does better
than 1/2. The layers before it learn very slowly, and the network starts as a constant.

## How to fix

Use ReLU, GELU or SiLU between hidden layers, and softmax only where weights or probabilities are
read. If hidden units should compete, put a normalisation such as `nn.LayerNorm` before the
activation.

## When to silence

When the units are states or prototypes whose probabilities the next layer mixes. Put
`# nonlin: ignore[NL403]` on the line of the softmax.

## Sources

- PyTorch: `torch.nn.Softmax` (outputs lie in [0, 1] and sum to 1)
- Gao and Pavel 2017, "On the Properties of the Softmax Function with Application in Game Theory
  and Reinforcement Learning", arXiv:1704.00805 (its Jacobian)
- In the wild: https://stackoverflow.com/questions/37588632/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.collapse import data_of, weight_of
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """softmax 被用作隐藏层的激活函数。

## 它发现什么

softmax 的输入来自一个线性层，输出又送入另一个线性层，用法如同 ReLU。用来加权的 softmax（门控、专
家路由、注意力、记忆）属于有意设计，不报告；只被 argmax 或评价指标读取的也不报告。记忆指读出与打
分共用同一权重，或者键和值各有自己的权重、且都不带偏置。

## 为什么不好

softmax 的 n 个输出都为正，总和为 1。它们的均值是 1/n，彼此竞争，而且少了一个自由度：所有输入加上
同一个常数，输出不变。下一层得到的只是其权重各列的加权平均，再加上偏置。

初始化时各输出近乎相等，此时雅可比矩阵 diag(p) - p pᵀ 的最大奇异值为 1/n。信号和梯度大约按这个倍
数缩小：64 个单元的层缩小 64 倍，两个这样的 128 单元的层缩小 128 × 128 = 16384 倍。任何情况下都
不会好于 1/2。前面的层学得极慢，网络起初几乎是一个常数。

## 怎样修正

隐藏层之间用 ReLU、GELU 或 SiLU，只在需要权重或概率的地方使用 softmax。如果希望隐藏单元相互竞争，
在激活函数之前加上 `nn.LayerNorm` 等归一化。

## 何时忽略

这些单元是状态或原型，由下一层按其概率混合时。在 softmax 所在的行写上
`# nonlin: ignore[NL403]`。

## 来源

- PyTorch 文档：`torch.nn.Softmax`（输出在 [0, 1] 内，总和为 1）
- Gao, Pavel 2017, "On the Properties of the Softmax Function with Application in Game Theory
  and Reinforcement Learning", arXiv:1704.00805（其雅可比矩阵）
- 实例：https://stackoverflow.com/questions/37588632/
"""


@rule("NL403", severity="warning", zh=ZH, since="0.1")
def softmax_as_hidden_activation(run: Run) -> Iterator[Finding]:
    """A softmax stands between two linear layers, where a hidden activation belongs."""
    found = [op for op in run.graph.of("softmax") if _is_hidden(run, op)]
    for op in found:
        readers, axis = run.readers(op.output), op.output.axis(op.get("dim", -1))
        width = op.output.shape[axis]
        yield Finding(
            op.site,
            Text(
                f"{spelled(op)} is used as a hidden activation between two linear layers",
                f"{spelled(op)} 被用作两个线性层之间的隐藏激活",
            ),
            evidence={"width": width, "mean": 1 / width, **run.ends(op.output)},
            proof=Text(
                f"the {width} hidden numbers sum to one, so they average {1 / width:.3g} whatever the input, and their "
                f"slopes p(1 - p) are about as small",
                f"{width} 个隐藏数之和为 1，因此无论输入如何，平均都只有 {1 / width:.3g}，斜率 p(1 - p) 也大致这么小",
            ),
            fix=Fix(
                Text("use ReLU or another elementwise activation", "改用 ReLU 或其他逐元素激活"),
                edits=recipes.swap(run.graph, op, "relu", "ReLU", options=False, among=found),
            ),
            related=also(*readers[:1]),
        )


def _is_hidden(run: Run, op: Op) -> bool:
    """A softmax over the features between two trained layers, which is no read from a memory."""
    before, readers = run.kind(op.input), run.readers(op.output)
    if before is None or before.name != "scores" or before.axis != op.output.axis(op.get("dim", -1)):
        return False
    if not run.is_linear_map(before.origin) or not readers:
        return False
    origin = before.origin
    return all(_sums_over(run, r, op) and not _is_memory(run, origin, r) for r in readers)


def _sums_over(run: Run, reader: Op, op: Op) -> bool:
    """A trained layer reads the softmax as its input features."""
    held = run.kind(data_of(reader)) if run.is_linear_map(reader) else None
    return held is not None and held.origin is op and held.whole


def _is_memory(run: Run, scores: Op, reader: Op) -> bool:
    """Rows of a weight are averaged: those that gave the scores, or values beside keys, neither with a bias."""
    return weight_of(reader) is weight_of(scores) or not (_has_bias(run, scores) or _has_bias(run, reader))


def _has_bias(run: Run, op: Op) -> bool:
    def adds(user: Op) -> bool:
        return user.kind == "add" and any(v.role == "parameter" for v in user.inputs)

    return op.value("bias") is not None or op.kind == "addmm" or any(map(adds, run.graph.users(op.output)))
