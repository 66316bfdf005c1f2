"""Dropout stands between the last linear map and a classification loss.

## What it finds

`nn.Dropout` or `F.dropout`, active in training, on the scores that `nn.CrossEntropyLoss` or
`nn.BCEWithLogitsLoss` reads. Dropout before the last linear layer is usual and not reported.

## Why it is bad

It sets single logits to 0 and multiplies the others by 1/(1 - p). For a softmax a logit of 0 does not
mean "no evidence": it is a score like any other. If the right class is dropped, the sample is
punished for a decision that its network did not take; that happens to a share p of the samples in every
step. Their loss cannot be learned away, and the sharper the network is, the more it costs.

The rest is scaled by 1/(1 - p), so the network is trained at another temperature than it is
evaluated at, and its probabilities are not calibrated.

With two-class scores a dropped logit gives p = 0.5 and no gradient: the sample is only skipped.

## How to fix

Move the dropout before the last linear layer, where it thins out features, or remove it.

## When to silence

When noise on the scores is meant, as a regulariser. Put `# nonlin: ignore[NL220]` on the line of the
dropout.

## Sources

- Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15
  (it drops visible and hidden units)
- PyTorch: `torch.nn.Dropout` (outputs are scaled by 1/(1 - p) in training)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.axes import LAYOUT
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import BCE_LOGITS, CROSS_ENTROPY, also, classes, inputs_of_kind, now

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.run import Run

ZH = """最后一个线性层与分类损失之间夹着 dropout。

## 它发现什么

训练时起作用的 `nn.Dropout` 或 `F.dropout`，位于 `nn.CrossEntropyLoss` 或 `nn.BCEWithLogitsLoss` 所
读取的得分上。最后一个线性层之前的 dropout 是常规做法，不报告。

## 为什么不好

它把个别 logits 置为 0，其余的乘以 1/(1 - p)。对 softmax 来说，logit 为 0 并不表示“没有证据”，它和
其他得分一样参与比较。正确类别的得分被丢弃时，样本会因为一个网络并未做出的判断而受罚；每一步都有比
例为 p 的样本如此。这部分损失无法通过学习消除，网络的判断越明确，代价越大。

其余得分被放大 1/(1 - p) 倍，于是训练时的温度与评估时不同，概率也就不再校准。

二分类时，被丢弃的 logit 给出 p = 0.5，而且没有梯度：该样本只是被跳过。

## 怎样修正

把 dropout 移到最后一个线性层之前，用来稀疏特征；或者去掉它。

## 何时忽略

有意用得分上的噪声做正则化时。在 dropout 所在的行写上 `# nonlin: ignore[NL220]`。

## 来源

- Srivastava 等 2014, "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15
  （丢弃的是输入单元和隐藏单元）
- PyTorch 文档：`torch.nn.Dropout`（训练时输出乘以 1/(1 - p)）
"""

_DROPS = ("dropout", "feature_dropout", "alpha_dropout", "native_dropout")


@rule("NL220", severity="advice", zh=ZH, since="0.1")
def dropout_on_logits(run: Run) -> Iterator[Finding]:
    """The scores that a loss reads have passed through dropout."""
    for loss, kind in inputs_of_kind(run, (*CROSS_ENTROPY, *BCE_LOGITS), "scores"):
        dropout = _dropout_above(loss, kind)
        if dropout is None or run.provenance.get(dropout.input) is None:
            continue
        p = float(dropout.get("p", 0.5))
        several = loss.kind in CROSS_ENTROPY
        lost = Text(
            f"a share {p:g} of the samples loses the score of its right class in every step",
            f"每一步都有比例为 {p:g} 的样本失去正确类别的得分",
        )
        skipped = Text(
            f"a share {p:g} of the scores is set to zero in every step and gives no gradient",
            f"每一步都有比例为 {p:g} 的得分被置为零，不产生梯度",
        )
        yield Finding(
            dropout.site,
            Text(
                f"dropout stands between the last linear map and {loss.kind}",
                f"dropout 位于最后的线性层与 {loss.kind} 之间",
            ),
            evidence={"p": p, "classes": classes(loss) if several else 2, **now(loss.output)},
            proof=Text(
                f"{lost.en if several else skipped.en}, and the others are multiplied by {1 / (1 - p):.3g}",
                f"{lost.zh if several else skipped.zh}，其余得分乘以 {1 / (1 - p):.3g}",
            ),
            fix=Fix(
                Text(
                    "move the dropout before the last linear layer, or remove it",
                    "把 dropout 移到最后一个线性层之前，或去掉它",
                ),
                edits=recipes.drop(run.graph, dropout),
            ),
            related=also(loss),
        )


def _dropout_above(loss: Op, kind: Kind) -> Op | None:
    """The active dropout between a linear map and a loss, with only moves besides."""
    value = loss.input
    while (op := value.maker) is not None and op is not kind.origin and op.kind in LAYOUT:
        if op.kind in _DROPS and op.get("train", True) and 0 < float(op.get("p", 0.5)) < 1:
            return op
        value = op.input
    return None
