"""A softmax over an axis of size one is constantly 1.

## What it finds

Softmax or log-softmax over the output features of a layer that has a single one, such as
`nn.Linear(32, 1)` followed by `nn.Softmax(dim=1)`. An axis of size one that is no feature axis,
such as a sequence of one step, is not reported.

## Why it is bad

exp(x) / exp(x) = 1 for every x, and the slope p(1 - p) is 0: the output carries no information,
and no gradient reaches the layers before it. The log-softmax is constantly 0.

A binary classifier built this way always answers 1. With `nn.BCELoss` its loss is 0 for positive
samples and 100 for negative ones (the bound that PyTorch puts on the logarithm), and it never
moves. Attention weights that are all 1 turn the weighted mean into a plain sum.

## How to fix

Two classes with one output: remove the softmax and use `nn.BCEWithLogitsLoss`, or replace it by a
sigmoid for `nn.BCELoss`. With two outputs use `nn.CrossEntropyLoss` on the logits.

Attention scores of shape (N, T, 1): normalise over the steps, `dim=1`.

## When to silence

When the number of outputs is a parameter that happens to be 1 in this run. Put
`# nonlin: ignore[NL302]` on the line of the softmax.

## Sources

- PyTorch: `torch.nn.Softmax` (argument `dim`), `torch.nn.BCEWithLogitsLoss`, `torch.nn.BCELoss`
- In the wild: https://github.com/DEEP-PolyU/KEQA_WSDM19/issues/2
- In the wild: https://github.com/Amshaker/SwiftFormer/issues/2
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Edit, Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import CROSS_ENTROPY, NLL, SOFTMAXES, also

if TYPE_CHECKING:
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """沿长度为 1 的轴做 softmax，结果恒等于 1。

## 它发现什么

softmax 或 log-softmax 所沿的轴是某一层的输出特征，而这一层只有一个输出，例如 `nn.Linear(32, 1)`
后接 `nn.Softmax(dim=1)`。长度为 1 但不是特征的轴（例如只有一步的序列）不报告。

## 为什么不好

对任何 x 都有 exp(x) / exp(x) = 1，斜率 p(1 - p) 为 0：输出不含任何信息，前面的层也得不到梯度。
log-softmax 则恒为 0。

这样的二分类器永远回答 1。使用 `nn.BCELoss` 时，正样本的损失为 0，负样本为 100（PyTorch 给对数设
的界限），而且从不变化。注意力权重全为 1 时，加权平均就退化为直接求和。

## 怎样修正

一个输出的二分类：去掉 softmax，改用 `nn.BCEWithLogitsLoss`；或者换成 sigmoid，配合
`nn.BCELoss`。两个输出时，对 logits 使用 `nn.CrossEntropyLoss`。

形状为 (N, T, 1) 的注意力分数：沿时间步归一化，即 `dim=1`。

## 何时忽略

输出个数是一个参数、这次运行恰好为 1 时。在 softmax 所在的行写上 `# nonlin: ignore[NL302]`。

## 来源

- PyTorch 文档：`torch.nn.Softmax`（参数 `dim`）, `torch.nn.BCEWithLogitsLoss`,
  `torch.nn.BCELoss`
- 实例：https://github.com/DEEP-PolyU/KEQA_WSDM19/issues/2
- 实例：https://github.com/Amshaker/SwiftFormer/issues/2
"""


@rule("NL302", severity="error", zh=ZH, since="0.1")
def softmax_single_unit(run: Run) -> Iterator[Finding]:
    """A softmax runs over the one output unit of a layer."""
    for op in run.graph.of(*SOFTMAXES):
        axis = op.output.axis(op.get("dim", -1))
        kind = run.kind(op.input)
        if op.output.rank == 0 or op.output.shape[axis] != 1:
            continue
        if kind is None or kind.name != "scores" or kind.axis != axis:
            continue
        log = op.kind == "log_softmax"
        yield Finding(
            op.site,
            Text(
                f"softmax over an axis of size one: the output is always {0 if log else 1}",
                f"softmax 所沿的维大小为 1：输出恒为 {0 if log else 1}",
            ),
            evidence={
                "axis": axis,
                "shape": "x".join(map(str, op.output.shape)),
                "output": 0.0 if log else 1.0,
            },
            proof=Text(
                "exp(x) / exp(x) = 1 for every x, and the gradient is zero: the layer before it never learns",
                "对任何 x 都有 exp(x) / exp(x) = 1，梯度为零：前面的层永远学不到东西",
            ),
            fix=Fix(
                Text(
                    "for one yes/no output use a sigmoid (or BCEWithLogitsLoss on the score); "
                    "for weights over positions take the softmax along the positions",
                    "单个是/否输出请用 sigmoid（或对得分用 BCEWithLogitsLoss）；若是位置上的权重，请沿位置维做 softmax",
                ),
                edits=_along_positions(run, op),
            ),
            related=also(kind.origin),
        )


def _along_positions(run: Run, op: Op) -> tuple[Edit, ...]:
    """The softmax over the positions of (batch, positions, 1), where it makes weights and no output."""
    if run.reaches(op.output, *CROSS_ENTROPY, *NLL):
        return ()
    if op.output.rank == 3 and run.batch_axis(op.input) == 0:
        return recipes.with_axis(run.graph, op, 1)
    return recipes.after_reshape(op)
