"""Stub page.

## What it finds
x

## Why it is bad
x

## How to fix
x

## When to silence
x

## Sources
x

"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.checker.graph import Op
from nonlin.checker.rules._common import NLL, SOFTMAXES, class_axis, inputs_of_kind

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """存根。

## 它发现什么
x

## 为什么不好
x

## 怎样修正
x

## 何时忽略
x

## 来源
x

"""


@rule("NL301", severity="error", zh=ZH, since="0.1")
def softmax_wrong_dim(run: Run) -> Iterator[Finding]:
    """A softmax runs over the batch, over another axis than the loss reads, or over queries."""
    done = set()
    for op, why in (*_against_the_loss(run), *_over_the_batch(run), *_over_queries(run)):
        if op in done:
            continue
        done.add(op)
        axis = op.output.axis(op.get("dim", -1))
        yield Finding(
            op.site,
            Text(f"softmax runs over axis {axis}, {why.en}", f"softmax 沿第 {axis} 维进行,{why.zh}"),
            evidence={"axis": axis, "shape": "x".join(map(str, op.output.shape))},
            proof=Text(
                f"on {list(op.output.shape)} the numbers sum to one along axis {axis}, so each row's result depends "
                "on the other rows",
                f"对形状 {list(op.output.shape)},沿第 {axis} 维求和为 1,因此每一行的结果都依赖于其他行",
            ),
            fix=Fix(Text("name the axis that is to sum to one, usually dim=-1", "写明应当求和为 1 的维,通常是 dim=-1")),
        )


def _against_the_loss(run: Run) -> Iterator[tuple[Op, Text]]:
    for loss, kind in inputs_of_kind(run, NLL, "log-probabilities"):
        wanted = class_axis(loss.input)
        if kind.axis is not None and kind.axis != wanted and kind.whole and kind.origin.kind in SOFTMAXES:
            yield kind.origin, Text(
                f"but the loss reads the classes from axis {wanted}", f"而损失从第 {wanted} 维读取类别"
            )


def _over_the_batch(run: Run) -> Iterator[tuple[Op, Text]]:
    for op in run.graph.of(*SOFTMAXES):
        axis = op.output.axis(op.get("dim", -1))
        if op.output.rank >= 2 and op.output.shape[axis] > 1 and run.batch_axis(op.input) == axis:
            yield op, Text("which is the batch: samples compete with each other", "而那是批次维:样本之间在互相竞争")


def _over_queries(run: Run) -> Iterator[tuple[Op, Text]]:
    """weights @ values sums over the weights' last axis, so that is the one to be normalised."""
    for product in run.graph.of("matmul", "bmm"):
        weights = product.input
        soft = weights.maker
        if soft is None or soft.kind not in SOFTMAXES or weights.rank < 2 or len(run.graph.users(weights)) != 1:
            continue
        scores = run.unscaled(soft.input).maker
        from_pairs = scores is not None and scores.kind in ("matmul", "bmm", "baddbmm") and not run.is_linear_map(scores)
        if from_pairs and weights.axis(soft.get("dim", -1)) == weights.rank - 2:
            yield soft, Text("the queries, while the product with the values sums over the last", "即查询维,而与值相乘时对最后一维求和")
