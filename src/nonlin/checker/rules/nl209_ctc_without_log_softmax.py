"""The CTC loss is given scores or probabilities where it expects log-probabilities.

## What it finds

The input of `nn.CTCLoss` or `F.ctc_loss` did not come out of `log_softmax` over the classes: raw
scores, or the output of `softmax`.

## Why it is bad

The loss is -log Σ exp(Σₜ xₜ), summed over all alignments of the target with T frames. It does not
normalise: adding c to every score lowers it by c · T although no probability changes, so it has
no lower bound on raw scores. Nothing holds down the classes that are not in the target.

With probabilities instead of their logarithms every step adds at most 1, so a frame that is
surely right differs from one that is surely wrong by a factor of e only. In both cases the loss
soon turns negative.

## How to fix

Apply `log_softmax` over the class axis before the loss. The input has the shape (T, N, C), so
this is `F.log_softmax(scores, dim=2)`, after any transposition.

## When to silence

When the scores are log-probabilities that the analysis cannot recognise. Put
`# nonlin: ignore[NL209]` on the line of the loss.

## Sources

- PyTorch: `torch.nn.CTCLoss` (argument `log_probs`)
- Graves et al. 2006, "Connectionist temporal classification", ICML
- In the wild: https://github.com/SeanNaren/deepspeech.pytorch/issues/488
- In the wild: https://github.com/gwx314/STARS/issues/9
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, inputs_of_kind, now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """CTC 损失需要对数概率，收到的却是分数或概率。

## 它发现什么

`nn.CTCLoss` 或 `F.ctc_loss` 的输入不是沿类别轴做 `log_softmax` 的结果，而是未归一化的分数，或者
`softmax` 的输出。

## 为什么不好

损失是 -log Σ exp(Σₜ xₜ)，对目标与 T 帧之间的所有对齐求和。它自己不做归一化：给所有分数加上 c，
概率并没有变化，损失却降低 c · T，所以对原始分数没有下界，不在目标中的类别也不会被压低。

如果输入是概率而不是其对数，每帧最多贡献 1，于是一帧完全正确与完全错误只差一个因子 e。两种情况下
损失都会很快变为负数。

## 怎样修正

在损失之前沿类别轴做 `log_softmax`。输入形状为 (T, N, C)，因此在所有转置之后写
`F.log_softmax(scores, dim=2)`。

## 何时忽略

分数本来就是对数概率、只是分析识别不出来时。在损失所在的行写上 `# nonlin: ignore[NL209]`。

## 来源

- PyTorch 文档：`torch.nn.CTCLoss`（参数 `log_probs`）
- Graves 等 2006, "Connectionist temporal classification", ICML
- 实例：https://github.com/SeanNaren/deepspeech.pytorch/issues/488
- 实例：https://github.com/gwx314/STARS/issues/9
"""


@rule("NL209", severity="error", zh=ZH, since="0.1")
def ctc_without_log_softmax(run: Run) -> Iterator[Finding]:
    """CTC loss is given scores or probabilities where it expects log-probabilities."""
    for loss, kind in inputs_of_kind(
        run, ("ctc_loss", "_ctc_loss"), "scores", "probabilities", "unit", "activated"
    ):
        what = (
            Text("probabilities", "概率")
            if kind.name in ("probabilities", "unit")
            else Text("raw scores", "原始得分")
        )
        yield Finding(
            loss.site,
            Text(
                f"CTC loss expects log-probabilities, but it is given {what.en}",
                f"CTC 损失需要对数概率，而这里给它的是{what.zh}",
            ),
            evidence={**run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "the loss sums exp(input) over alignments: without log_softmax the classes of one step do not sum "
                "to one, so the loss is no likelihood and can be lowered without learning",
                "该损失对所有对齐路径累加 exp(input)：没有 log_softmax，每一步各类别之和不为 1，"
                "损失就不是似然，不学习也能下降",
            ),
            fix=Fix(
                Text(
                    "apply log_softmax over the classes (the last axis) before the loss",
                    "在损失之前，沿类别维（最后一维）做 log_softmax",
                ),
                edits=recipes.wrap_input(loss, "log_softmax", -1) if kind.name == "scores" else (),
            ),
            related=also(kind.origin),
        )
