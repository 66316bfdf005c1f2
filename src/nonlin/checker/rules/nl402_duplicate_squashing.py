"""A squashing function is applied to the output of the same function.

## What it finds

Sigmoid of a sigmoid, or softmax of a softmax over the same axis, with nothing in between; often
one is in the model and the other in the training loop. Two functions with a linear layer, a scale
or a sum in between are not reported, nor is softmax over two different axes.

## Why it is bad

σ(x) lies in (0, 1), so σ(σ(x)) lies in (0.5, 0.731): read as a probability it can never say "no".
Its slope is at most 0.059, against 0.25 for one sigmoid.

Softmax of a softmax is nearly uniform: with k entries none exceeds e / (e + k - 1), which is
0.232 for 10 entries and 0.0027 for 1000. Attention weights made this way are close to a plain
mean, and a classifier can never be sure.

## How to fix

Remove one of the two. Keep the one in the model if its output is read elsewhere as a probability;
keep neither if the loss takes logits (`nn.BCEWithLogitsLoss`, `nn.CrossEntropyLoss`).

## When to silence

When a narrow range such as (0.5, 0.731) is meant. Put `# nonlin: ignore[NL402]` on the line of
the outer function.

## Sources

- PyTorch: `torch.nn.Sigmoid`, `torch.nn.Softmax`
- In the wild: https://github.com/jianlin-cheng/DProQA/issues/3
- In the wild: https://github.com/tflearn/tflearn/pull/562
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import NLL, SOFTMAXES, also, spelled

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """同一个压缩函数连续作用了两次。

## 它发现什么

sigmoid 的输出再做 sigmoid，或沿同一个轴对 softmax 的输出再做 softmax，中间没有别的运算；常见的
情形是一个在模型里，另一个在训练循环里。两者之间有线性层、缩放或求和时不报告；沿两个不同轴的
softmax 也不报告。

## 为什么不好

σ(x) 落在 (0, 1) 内，所以 σ(σ(x)) 落在 (0.5, 0.731) 内：当作概率来看，它永远说不出“否”。它的斜率
最大只有 0.059，而单个 sigmoid 是 0.25。

softmax 的 softmax 近乎均匀：k 个分量时没有一个超过 e / (e + k - 1)，10 个分量时为 0.232，1000
个时为 0.0027。这样得到的注意力权重接近简单平均，这样的分类器永远无法确信。

## 怎样修正

去掉其中一个。如果模型的输出在别处要当作概率使用，就保留模型里的那个；如果损失以 logits 为输入
（`nn.BCEWithLogitsLoss`、`nn.CrossEntropyLoss`），两个都不要。

## 何时忽略

确实需要 (0.5, 0.731) 这样狭窄的值域时。在外层函数所在的行写上 `# nonlin: ignore[NL402]`。

## 来源

- PyTorch 文档：`torch.nn.Sigmoid`, `torch.nn.Softmax`
- 实例：https://github.com/jianlin-cheng/DProQA/issues/3
- 实例：https://github.com/tflearn/tflearn/pull/562
"""


@rule("NL402", severity="error", zh=ZH, since="0.1")
def duplicate_squashing(run: Run) -> Iterator[Finding]:
    """A sigmoid of a sigmoid, or a softmax of a softmax along the same axis."""
    found = {
        op: kind
        for op in run.graph.of("sigmoid", *SOFTMAXES)
        if (kind := run.kind(op.input)) is not None and _twice(run, op, kind)
    }
    for op, kind in found.items():
        image = run.range(op.output)
        top = 1 / (1 + math.exp(-1)) if op.kind == "sigmoid" else None
        if op.kind == "sigmoid":
            proof = Text(
                f"the sigmoid of a number in [0, 1] lies in [0.5, {top:.3f}]: the gate can neither open nor close",
                f"[0, 1] 内的数再做 sigmoid 只能落在 [0.5, {top:.3f}]：这个门既打不开也关不上",
            )
        else:
            n = op.output.shape[op.output.axis(op.get("dim", -1))]
            largest = math.e / (math.e + n - 1)
            proof = Text(
                f"probabilities differ by at most 1, so of {n} entries none can exceed e/(e + {n - 1}) = {largest:.3f}",
                f"概率之差至多为 1，因此 {n} 项中没有一项能超过 e/(e + {n - 1}) = {largest:.3f}",
            )
        yield Finding(
            op.site,
            Text(
                f"{spelled(op)} squashes what {spelled(kind.origin)} has squashed already",
                f"{spelled(op)} 又压缩了一次 {spelled(kind.origin)} 已经压缩过的数",
            ),
            evidence={"low": str(image.lo), "high": str(image.hi), **run.ends(op.output)},
            proof=proof,
            fix=Fix(
                Text("apply it once: drop one of the two", "只做一次：去掉其中一个"),
                edits=recipes.drop(run.graph, op, among=found),
            ),
            related=also(kind.origin),
        )


def _twice(run: Run, op: Op, kind: Kind) -> bool:
    """Whether an operation squashes in the way in which its input has been squashed."""
    if kind.guarded or kind.clamped or kind.scaled:
        return False
    if op.kind == "sigmoid" and kind.name == "unit":
        return True
    if kind.name != "probabilities" or not kind.whole:
        return False
    same = kind.axis == op.output.axis(op.get("dim", -1)) and kind.origin.kind in SOFTMAXES
    logged = op.kind == "log_softmax" and run.reaches(op.output, *NLL)
    return op.kind == "sigmoid" or (same and not logged)
