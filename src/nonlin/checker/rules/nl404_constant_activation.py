"""An activation's input lies where its output is constant, so nothing passes through it.

## What it finds

An activation whose input can only lie in its flat part: ReLU of a log-probability (`log_softmax`,
`logsigmoid`), of -softplus(x), or of another value that is never positive.

## Why it is bad

log p ≤ 0 for every probability p, so relu(log p) = 0, whatever the weights are. The slope there
is 0 as well: every gradient before it is exactly zero and no parameter changes.

With the negative log-likelihood the loss is then 0 from the first step on, which looks like a
perfect fit; the predictions are those of the untrained network.

## How to fix

Remove the activation: `log_softmax` is the last operation before `nn.NLLLoss`, or leave it out as
well and use `nn.CrossEntropyLoss` on the logits. If a positive value is wanted, negate first:
-log p is never negative.

## When to silence

When the constant is meant, for example in an ablation that switches a branch off. Put
`# nonlin: ignore[NL404]` on the line of the activation.

## Sources

- PyTorch: `torch.nn.LogSoftmax` (its values lie in [-inf, 0)), `torch.nn.LogSigmoid`,
  `torch.nn.ReLU`
- PyTorch: `torch.nn.NLLLoss`, `torch.nn.CrossEntropyLoss`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """激活函数的输入全部落在输出恒定的区间，任何信息都无法通过。

## 它发现什么

输入只可能落在平坦区的激活函数：对数概率（`log_softmax`、`logsigmoid`）、-softplus(x) 或其他永不
为正的值之后的 ReLU。

## 为什么不好

对任何概率 p 都有 log p ≤ 0，所以无论权重如何，relu(log p) = 0。那里的斜率也是 0：之前所有参数的
梯度都精确为零，没有任何参数会更新。

配合负对数似然时，损失从第一步起就是 0，看上去像完美拟合，而预测结果仍是未经训练的网络给出的。

## 怎样修正

去掉这个激活函数：`log_softmax` 应当是 `nn.NLLLoss` 之前的最后一步；或者连它也去掉，对 logits 使
用 `nn.CrossEntropyLoss`。如果需要正值，先取相反数：-log p 永不为负。

## 何时忽略

确实需要常数时，例如消融实验中关闭某个分支。在激活函数所在的行写上 `# nonlin: ignore[NL404]`。

## 来源

- PyTorch 文档：`torch.nn.LogSoftmax`（取值在 [-inf, 0) 内）, `torch.nn.LogSigmoid`,
  `torch.nn.ReLU`
- PyTorch 文档：`torch.nn.NLLLoss`, `torch.nn.CrossEntropyLoss`
"""


@rule("NL404", severity="error", zh=ZH, since="0.1")
def constant_activation(run: Run) -> Iterator[Finding]:
    """An activation whose input's range leaves it only one value."""
    for op in run.graph.ops:
        if op.index not in run.graph.live or not run.is_activation(op):
            continue
        before, after = run.range(op.input), run.range(op.output)
        if before.unbounded or before.width == 0 or after.width > 0 or not op.output.grad:
            continue
        yield Finding(
            op.site,
            Text(
                f"{spelled(op)} always gives {after.lo:g}: its input lies in {before}",
                f"{spelled(op)} 恒为 {after.lo:g}：它的输入在 {before} 内",
            ),
            evidence={
                "activation": run.spelled(op),
                "output": after.lo,
                "low": str(before.lo),
                "high": str(before.hi),
            },
            proof=Text(
                "a constant passes no gradient: nothing before it is trained through this path",
                "常数不传递梯度：此路径之前的任何参数都得不到训练",
            ),
            fix=Fix(
                Text(
                    "drop it, or apply it before the operation that fixes the sign",
                    "去掉它，或把它放到决定符号的那个运算之前",
                ),
                edits=recipes.drop(run.graph, op),
            ),
            related=also(*[op.input.maker] if op.input.maker else []),
        )
