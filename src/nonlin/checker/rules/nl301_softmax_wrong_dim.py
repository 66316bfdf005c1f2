"""A softmax normalises over an axis that does not hold the alternatives.

## What it finds

Softmax or log-softmax over the batch axis; over another axis than the one from which the loss
reads the classes (width instead of channels in segmentation, time instead of classes in a
sequence); or over the queries instead of the keys in attention.

Softmax over time in attention pooling, over the instances of a bag, or in both directions of a
similarity matrix is by design and not reported.

## Why it is bad

The outputs must sum to 1 over the alternatives. Over the batch axis they sum to 1 over the
samples: the samples compete for each class, and a prediction depends on which others are in the
batch. With n_c samples of class c among N, the negative log-likelihood never falls below (1/N) Σ
n_c log n_c, which is log 6.4 = 1.856 for 64 samples in 10 balanced classes. A batch of one gives
the constant 1.

In attention, softmax over the queries leaves each query with weights of any sum, so its output is
no average of the values and grows or fades with the sequence.

## How to fix

Name the class axis: `dim=1` for scores of shape (N, C) or (N, C, H, W), `dim=-1` for (N, T, C)
and for attention scores of shape (..., queries, keys).

## When to silence

When competition between the samples or queries is meant, as in slot attention. Put
`# nonlin: ignore[NL301]` on the line of the softmax.

## Sources

- PyTorch: `torch.nn.Softmax`, `torch.nn.functional.log_softmax` (argument `dim`),
  `torch.nn.NLLLoss` (shapes)
- Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762
- In the wild: https://github.com/ctallec/world-models/issues/10
- In the wild: https://github.com/perone/euclidesdb/issues/2
- In the wild: https://github.com/PetrochukM/PyTorch-NLP/issues/2
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.contraction import contraction
from nonlin.checker.flow.patterns import traced_back, uncopied, unscaled
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import NLL, SOFTMAXES, class_axis, inputs_of_kind

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """softmax 归一化所沿的轴并不是各个候选所在的轴。

## 它发现什么

softmax 或 log-softmax 沿批次轴计算；或者沿着与损失读取类别的轴不同的轴（分割中是宽度而不是通
道，序列中是时间而不是类别）；或者在注意力中沿查询轴而不是键轴。

注意力池化中沿时间的 softmax、对一个包内各实例的 softmax、相似度矩阵两个方向上的 softmax 都属于
有意设计，不报告。

## 为什么不好

输出应当在各候选之间求和为 1。沿批次轴计算时，是各样本之间求和为 1：样本为每个类别互相竞争，预测
取决于同批的其他样本。N 个样本中类别 c 有 n_c 个时，负对数似然永远不会低于 (1/N) Σ n_c log n_c；
64 个样本均分为 10 类时，下限为 log 6.4 = 1.856。批次大小为 1 时输出恒为 1。

在注意力中沿查询轴做 softmax，每个查询的权重之和不再是 1，输出就不是值的加权平均，会随序列长度放
大或衰减。

## 怎样修正

明确写出类别所在的轴：形状为 (N, C) 或 (N, C, H, W) 时用 `dim=1`，形状为 (N, T, C) 时用
`dim=-1`，形状为 (..., Q, K) 的注意力分数（Q 为查询轴，K 为键轴）也用 `dim=-1`。

## 何时忽略

确实要让样本或查询互相竞争时，例如 slot attention。在 softmax 所在的行写上
`# nonlin: ignore[NL301]`。

## 来源

- PyTorch 文档：`torch.nn.Softmax`, `torch.nn.functional.log_softmax`（参数 `dim`）,
  `torch.nn.NLLLoss`（形状）
- Vaswani 等 2017, "Attention is all you need", arXiv:1706.03762
- 实例：https://github.com/ctallec/world-models/issues/10
- 实例：https://github.com/perone/euclidesdb/issues/2
- 实例：https://github.com/PetrochukM/PyTorch-NLP/issues/2
"""


@rule("NL301", severity="error", zh=ZH, since="0.1")
def softmax_wrong_dim(run: Run) -> Iterator[Finding]:
    """A softmax runs over the batch, over another axis than the loss reads, or over queries."""
    done = set()
    for op, wanted, why in (*_against_the_loss(run), *_over_the_batch(run), *_over_queries(run)):
        if op in done:
            continue
        done.add(op)
        axis = op.output.axis(op.get("dim", -1))
        yield Finding(
            op.site,
            Text(f"softmax runs over axis {axis}, {why.en}", f"softmax 沿第 {axis} 维进行，{why.zh}"),
            evidence={"axis": axis, "shape": "x".join(map(str, op.output.shape))},
            proof=Text(
                f"on {list(op.output.shape)} the numbers sum to one along axis {axis}, so each row's result depends "
                "on the other rows",
                f"对形状 {list(op.output.shape)}，沿第 {axis} 维求和为 1，因此每一行的结果都依赖于其他行",
            ),
            fix=Fix(
                Text(
                    "name the axis that is to sum to one, usually dim=-1",
                    "写明应当求和为 1 的维，通常是 dim=-1",
                ),
                edits=recipes.with_axis(run.graph, op, wanted) if wanted is not None else (),
            ),
        )


# (softmax, the axis along which it should run where that is known, why it should not run where it does)
_Found = tuple["Op", int | None, Text]


def _against_the_loss(run: Run) -> Iterator[_Found]:
    for loss, kind in inputs_of_kind(run, NLL, "log-probabilities"):
        wanted = traced_back(loss.input, class_axis(loss.input), kind.origin)
        axis = kind.origin.output.axis(kind.origin.get("dim", -1))
        if wanted is not None and axis != wanted and kind.whole and kind.origin.kind in SOFTMAXES:
            yield (
                kind.origin,
                wanted,
                Text(f"but the loss reads the classes from axis {wanted}", f"而损失从第 {wanted} 维读取类别"),
            )
    for pick in run.graph.of("gather", "index"):
        picked, dim = run.kind(pick.input), _picked_axis(pick)
        if picked is None or dim is None or picked.axis in (None, dim):
            continue
        if picked.name in ("log-probabilities", "probabilities") and picked.origin.kind in SOFTMAXES:
            yield (
                picked.origin,
                dim,
                Text(
                    f"but one entry of each row is picked along axis {dim}", f"而每行是沿第 {dim} 维选取一项"
                ),
            )


def _picked_axis(pick: Op) -> int | None:
    """The axis along which p.gather(1, y[:, None]) or p[range(n), y] picks one entry of each row of a matrix."""
    if pick.input.rank != 2:
        return None
    if pick.kind == "gather":
        dim = pick.input.axis(pick.get("dim", 0))
        return dim if pick.output.shape[dim] == 1 else None
    indices = pick.get("indices", ())
    both = len(indices) == 2 and all(i is not None and i.rank == 1 and i.dtype == "int64" for i in indices)
    return 1 if both and pick.output.shape == pick.input.shape[:1] else None


def _over_the_batch(run: Run) -> Iterator[_Found]:
    for op in run.graph.of(*SOFTMAXES):
        axis = op.output.axis(op.get("dim", -1))
        if op.output.rank >= 2 and op.output.shape[axis] > 1 and run.batch_axis(op.input) == axis:
            yield (
                op,
                1 if op.output.rank == 2 else None,
                Text(
                    "which is the batch: samples compete with each other", "而那是批次维：样本之间在互相竞争"
                ),
            )


def _over_queries(run: Run) -> Iterator[_Found]:
    """weights @ values sums over the keys, so they are what is to be normalised."""
    for product in map(contraction, run.graph.ops):
        for weights, summed in zip(product.sides, product.summed, strict=True) if product is not None else ():
            soft = uncopied(weights).maker
            if soft is None or soft.kind not in SOFTMAXES or len(run.graph.users(soft.output)) != 1:
                continue
            made = unscaled(soft.input).maker
            scores = contraction(made) if made is not None else None
            axis = weights.axis(soft.get("dim", -1))
            # An axis of the scores that only one side has is that of queries or keys; one that both have is a batch.
            if scores is not None and axis != summed and None in scores.kept[axis]:
                yield (
                    soft,
                    summed,
                    Text(
                        f"the queries, while the product with the values sums over axis {summed}",
                        f"即查询维，而与值相乘时对第 {summed} 维求和",
                    ),
                )
