"""The Kullback-Leibler loss is given probabilities where it expects log-probabilities.

## What it finds

The output of `softmax` reaches `nn.KLDivLoss` or `F.kl_div` as the first argument. The second
argument, the target, is a probability unless `log_target=True`.

## Why it is bad

The loss computes Σ t (log t - x). With x = log p this is KL(t ‖ p), zero exactly at p = t. With x
= p it is Σ t log t - Σ t p, which is linear in p: it is negative, and lowest not at p = t but
where all of p sits on the largest entry of t.

For t = (0.5, 0.3, 0.2) the value is -1.410 at p = t and -1.530 at p = (1, 0, 0). A student that
is distilled this way learns hard labels and loses what the teacher knows about the other classes.

## How to fix

Give the loss `F.log_softmax(x, dim=1)` as its first argument and keep `softmax` for the target.
Use `reduction="batchmean"`, which is the mathematical definition.

## When to silence

When the linear objective is what you want. Put `# nonlin: ignore[NL208]` on the line of the loss.

## Sources

- PyTorch: `torch.nn.KLDivLoss` ("this loss expects the argument input in the log-space")
- Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network", arXiv:1503.02531
- In the wild: https://github.com/pytorch/pytorch/issues/5282
- In the wild: https://github.com/pytorch/pytorch/pull/19659
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Edit, Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, inputs_of_kind, now

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """KL 散度损失需要对数概率，收到的却是概率。

## 它发现什么

`softmax` 的输出作为第一个参数送入 `nn.KLDivLoss` 或 `F.kl_div`。第二个参数（目标）默认是概率，
除非设置 `log_target=True`。

## 为什么不好

损失计算的是 Σ t (log t - x)。x = log p 时它就是 KL(t ‖ p)，当且仅当 p = t 时为零。x = p 时它变
成 Σ t log t - Σ t p，对 p 是线性的：值为负，最小值不在 p = t，而在 p 全部集中于 t 的最大分量
处。

例如 t = (0.5, 0.3, 0.2)：p = t 时为 -1.410，p = (1, 0, 0) 时为 -1.530。这样蒸馏出的学生只学到硬
标签，丢掉了教师对其他类别的知识。

## 怎样修正

第一个参数改为 `F.log_softmax(x, dim=1)`，目标仍用 `softmax`。使用符合数学定义的
`reduction="batchmean"`。

## 何时忽略

确实想要这个线性目标时。在损失所在的行写上 `# nonlin: ignore[NL208]`。

## 来源

- PyTorch 文档：`torch.nn.KLDivLoss`（输入应在对数空间）
- Hinton, Vinyals, Dean 2015, "Distilling the knowledge in a neural network", arXiv:1503.02531
- 实例：https://github.com/pytorch/pytorch/issues/5282
- 实例：https://github.com/pytorch/pytorch/pull/19659
"""


@rule("NL208", severity="error", zh=ZH, since="0.1")
def kldiv_on_probabilities(run: Run) -> Iterator[Finding]:
    """`kl_div` is given probabilities or scores where it expects log-probabilities."""
    for loss, kind in inputs_of_kind(run, ("kl_div",), "probabilities", "unit", "scores"):
        what = Text("raw scores", "原始得分") if kind.name == "scores" else Text("probabilities", "概率")
        yield Finding(
            loss.site,
            Text(
                f"kl_div expects log-probabilities as its input, but it is given {what.en}",
                f"kl_div 的输入应是对数概率，而这里给它的是{what.zh}",
            ),
            evidence={**run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "torch computes target * (log(target) - input): with "
                f"{what.en} as input this is no divergence, and its minimum is not where the two distributions agree",
                "torch 计算的是 target * (log(target) - input)："
                f"把{what.zh}当作 input 时，它不是散度，最小值也不在两个分布相等之处",
            ),
            fix=Fix(
                Text(
                    "pass log_softmax(scores) as the input and probabilities as the target",
                    "输入用 log_softmax(得分)，目标用概率",
                ),
                edits=_edits(run, loss, kind),
            ),
            related=also(kind.origin),
        )


def _edits(run: Run, loss: Op, kind: Kind) -> tuple[Edit, ...]:
    """Log-softmax in the place of a softmax, or around scores whose classes stand on a known axis."""
    if kind.origin.kind == "softmax":
        return recipes.swap(run.graph, kind.origin, "log_softmax", "LogSoftmax", loss=loss, back="exp")
    if kind.name == "scores" and kind.axis is not None and loss.input.rank == kind.origin.output.rank:
        return recipes.wrap_input(loss, "log_softmax", kind.axis)
    return ()
