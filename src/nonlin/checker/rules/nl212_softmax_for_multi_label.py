"""Classes that may occur together share one softmax.

## What it finds

`nn.BCELoss` on the output of a softmax, or `nn.CrossEntropyLoss` with targets as rows, where rows of
this batch's targets hold several ones. Rows that sum to 1 (one-hot, smoothed or mixed labels) are
right for a softmax and not reported.

## Why it is bad

The outputs of a softmax sum to 1, so no two classes can both be certain. With m right classes the
best that the network can do is 1/m for each: a sample with m ones costs at least m log m, summed over
its classes, which is 1.386 for two and 3.296 for three, however long you train. Predictions above a
threshold of 0.5 can name one class at most.

The classes compete: to raise one, the gradient lowers the others, the right ones too. And a sample
without any label still must give its probability to some class.

## How to fix

Give each class a sigmoid of its own: `nn.BCEWithLogitsLoss` on the scores, without softmax. If one label
a row is meant, look at the targets.

## When to silence

When the rows are sets of equally good answers and the share among them is what you want. Then rather
divide each row by its sum. Put `# nonlin: ignore[NL212]` on the line of the softmax, or of the loss.

## Sources

- PyTorch: `torch.nn.BCEWithLogitsLoss` (multi-label classification), `torch.nn.CrossEntropyLoss`
  (class probabilities as targets)
- Bishop 2006, "Pattern recognition and machine learning", section 4.3 (independent binary
  classifications against one of K)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nonlin.base.finding import Finding, Fix, Site
from nonlin.base.language import Text
from nonlin.checker.graph import Op, Value
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import CROSS_ENTROPY, also, class_axis, inputs_of_kind, now, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """可以同时出现的类别共用了一个 softmax。

## 它发现什么

对 softmax 的输出使用 `nn.BCELoss`，或使用以整行为目标的 `nn.CrossEntropyLoss`，而本批次的目标中有的
行含有多个 1。总和为 1 的行（one-hot、平滑标签、混合标签）适合 softmax，不报告。

## 为什么不好

softmax 的输出总和为 1，两个类别不可能同时确定。有 m 个正确类别时，网络最多只能给每个类别 1/m：含 m
个 1 的样本，按类别求和的损失至少为 m log m，两个时为 1.386，三个时为 3.296，训练多久都一样。以 0.5
为阈值，最多只能预测一个类别。

各类别互相竞争：要提高一个，梯度就会压低其他类别，包括正确的。没有任何标签的样本也必须把概率分给某
个类别。

## 怎样修正

让每个类别有自己的 sigmoid：去掉 softmax，对得分使用 `nn.BCEWithLogitsLoss`。如果本意是每行只有一个
标签，请检查目标。

## 何时忽略

各行是同样好的答案的集合，而你想要的正是它们之间的比例时；这时最好把每行除以它的和。在 softmax（或
损失）所在的行写上 `# nonlin: ignore[NL212]`。

## 来源

- PyTorch 文档：`torch.nn.BCEWithLogitsLoss`（多标签分类）, `torch.nn.CrossEntropyLoss`（以类别概率
  为目标）
- Bishop 2006, "Pattern recognition and machine learning", 4.3 节（多个独立的二分类与 K 选一）
"""


class _Case(NamedTuple):
    """A loss whose targets are rows along `axis`, and the place of the softmax."""

    loss: Op
    target: Value
    axis: int
    softmax: str
    site: Site
    made: Op | None = None
    """The softmax, where it is an operation of its own."""


@rule("NL212", severity="error", zh=ZH, since="0.1")
def softmax_for_multi_label(run: Run) -> Iterator[Finding]:
    """A softmax, alone or inside a loss, meets targets with several ones in a row."""
    for case in (*_before_bce(run), *_inside_cross_entropy(run)):
        ones = _sums_of_ones(run, case)
        if ones is None:
            continue
        several, lowest = ones
        yield Finding(
            case.site,
            Text(
                f"{case.softmax} lets the classes share one probability, but {several:.0%} of the target rows name several",
                f"{case.softmax} 让各类别分享总和为 1 的概率，但 {several:.0%} 的目标行含有多个类别",
            ),
            evidence={
                "share_of_rows_with_several": several,
                "classes": case.target.shape[case.axis],
                "lowest_loss_per_row": lowest,
                **now(case.loss.output),
            },
            proof=Text(
                f"with m ones the best probabilities are 1/m, which cost m log m: {lowest:.3f} for a mean row of this "
                "batch, summed over its classes, however right the network is",
                f"含 m 个 1 的行，最好的概率是各 1/m，损失为 m log m：无论网络多准，本批次平均每行（按类别求和）"
                f"至少为 {lowest:.3f}",
            ),
            fix=Fix(
                Text(
                    "give each class its own sigmoid: BCEWithLogitsLoss on the scores",
                    "让每个类别有自己的 sigmoid：对得分使用 BCEWithLogitsLoss",
                ),
                edits=recipes.swap(run.graph, case.made, "sigmoid", "Sigmoid", options=False)
                if case.made is not None
                else (),
            ),
            related=also(case.loss),
        )


def _before_bce(run: Run) -> Iterator[_Case]:
    for loss, kind in inputs_of_kind(run, ("binary_cross_entropy",), "probabilities"):
        target = loss.value("target")
        if target is not None and target.shape == loss.input.shape and kind.whole and kind.axis is not None:
            yield _Case(loss, target, kind.axis, spelled(kind.origin), kind.origin.site, kind.origin)


def _inside_cross_entropy(run: Run) -> Iterator[_Case]:
    for loss in run.losses(*CROSS_ENTROPY):
        target = loss.value("target")
        if target is not None and target.floating and target.shape == loss.input.shape:
            yield _Case(loss, target, class_axis(target), spelled(loss), loss.site)


def _sums_of_ones(run: Run, case: _Case) -> tuple[float, float] | None:
    """(share of the rows with several ones, mean of m log m), if the targets are 0 and 1 and such rows occur."""
    if run.share(case.target, lambda y: (y == 0) | (y == 1)) != 1.0:
        return None
    several = run.share(case.target, lambda y: y.sum(case.axis) > 1)
    lowest = run.share(case.target, lambda y: y.sum(case.axis) * y.sum(case.axis).clamp(min=1).log())
    return (several, lowest) if several and lowest is not None else None
