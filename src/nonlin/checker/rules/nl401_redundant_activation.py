"""An activation has no effect, or hardly any, because of what its input already is.

## What it finds

An activation that returns its input for every value that can arrive: ReLU of a ReLU, ReLU of a
sigmoid, a softplus or a square. Also tanh on the hidden state of an LSTM or a GRU, which is
bounded by 1 already.

## Why it is bad

ReLU is the identity on values that are not negative: relu(relu(x)) = relu(x). The result is the
same to the last bit, and so is the gradient, except at 0. What remains is the cost: one more pass
over memory, one more tensor kept for backward, and a reader who looks for its purpose.

An LSTM returns h = σ(o) · tanh(c), so |h| < 1. A further tanh maps it into (-0.762, 0.762), since
tanh(1) = 0.762, and flattens the slope to 1 - tanh²(h), down to 0.420 at the ends; it adds no
shape that the next linear layer needs.

## How to fix

Remove the outer activation. If a function was left out between the two by mistake, a
normalisation or a linear layer, put it back instead.

## When to silence

When the same block serves several inputs, of which only some are non-negative. Put
`# nonlin: ignore[NL401]` on the line of the outer activation.

## Sources

- PyTorch: `torch.nn.ReLU`, `torch.nn.LSTM` (the equation of the hidden state)
- In the wild: https://github.com/timkartar/DeepPBS/issues/24
- In the wild: https://github.com/edvardHua/PoseEstimationForMobile/issues/12
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import source
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """由于输入本身的范围，这个激活函数没有作用，或几乎没有作用。

## 它发现什么

对一切可能到来的值都原样返回的激活函数：ReLU 之后的 ReLU，sigmoid、softplus 或平方之后的 ReLU。
还包括作用于 LSTM 或 GRU 隐藏状态的 tanh，隐藏状态的绝对值本来就小于 1。

## 为什么不好

ReLU 在非负数上是恒等映射：relu(relu(x)) = relu(x)。结果逐位相同，除了在 0 处，梯度也相同。剩下
的只有开销：多读写一遍内存，多为反向传播保存一个张量，还让读代码的人费心猜测它的用意。

LSTM 返回 h = σ(o) · tanh(c)，所以 |h| < 1。再做一次 tanh 会把它压到 (-0.762, 0.762)（因为
tanh(1) = 0.762），斜率变为 1 - tanh²(h)，在两端降到 0.420；而后面的线性层并不需要它。

## 怎样修正

去掉外层的激活函数。如果两者之间本应有归一化层或线性层而被漏掉，就把它补回去。

## 何时忽略

同一个模块要处理多种输入，其中只有一部分非负时。在外层激活函数所在的行写上
`# nonlin: ignore[NL401]`。

## 来源

- PyTorch 文档：`torch.nn.ReLU`, `torch.nn.LSTM`（隐藏状态的公式）
- 实例：https://github.com/timkartar/DeepPBS/issues/24
- 实例：https://github.com/edvardHua/PoseEstimationForMobile/issues/12
"""


@rule("NL401", severity="advice", zh=ZH, since="0.1")
def redundant_activation(run: Run) -> Iterator[Finding]:
    """An activation that changes nothing, because of what is before it."""
    needed: dict[Op, bool] = {}
    for op in run.graph.ops:
        if op.index not in run.graph.live or not run.is_activation(op):
            continue
        before = run.range(op.input)
        alike = run.alike(op)
        if op not in needed:
            needed.update(dict.fromkeys(alike, not all(_redundant(run, other) for other in alike)))
        if not needed[op]:
            yield Finding(
                op.site,
                Text(
                    f"{spelled(op)} changes nothing: its input already lies in {before}",
                    f"{spelled(op)} 不起作用：它的输入本来就在 {before} 内",
                ),
                evidence={"activation": run.spelled(op), "low": str(before.lo), "high": str(before.hi)},
                proof=Text(f"on {before} it is the identity", f"在 {before} 上它是恒等函数"),
                fix=Fix(
                    Text("drop it: the numbers stay the same", "去掉它：数值不变"),
                    safe=True,
                    edits=recipes.drop(run.graph, op, among=alike),
                ),
                related=also(*[op.input.maker] if op.input.maker else []),
            )
        elif op.kind == "tanh" and source(op.input).maker is not None and _is_lstm(source(op.input).maker):
            yield Finding(
                op.site,
                Text(
                    "the LSTM's hidden state already went through tanh: a second one only compresses it",
                    "LSTM 的隐藏状态已经过 tanh：再做一次只会进一步压缩",
                ),
                evidence={"activation": run.spelled(op), "low": str(before.lo), "high": str(before.hi)},
                fix=Fix(
                    Text(
                        "feed the LSTM's output straight into the next layer", "把 LSTM 的输出直接送入下一层"
                    ),
                    edits=recipes.drop(run.graph, op),
                ),
            )


def _is_lstm(op: Op | None) -> bool:
    return op is not None and op.kind == "lstm"


def _redundant(run: Run, op: Op) -> bool:
    before = run.range(op.input)
    return not before.unbounded and run.is_identity_on(op, before)
