"""The negative log-likelihood loss is given raw scores where it expects log-probabilities.

## What it finds

The output of a linear or convolution layer reaches `nn.NLLLoss` or `F.nll_loss` with no
`log_softmax` on the way.

## Why it is bad

The loss is then -z, minus the score of the true class, and has no lower bound: it falls to minus
infinity as the scores grow. Its gradient is the constant -1/N on the true class and 0 on every
other class, so nothing is ever pushed down and no score is ever good enough.

The model learns to make the scores of frequent classes large. The loss falls steadily and turns
negative while the accuracy stays poor.

## How to fix

Use `nn.CrossEntropyLoss` (or `F.cross_entropy`) on the scores, or put `nn.LogSoftmax(dim=1)` at
the end of the model. The axis must be the one that holds the classes.

## When to silence

When the scores are log-probabilities that the analysis cannot recognise, for example from a
normalising flow. Put `# nonlin: ignore[NL206]` on the line of the loss.

## Sources

- PyTorch: `torch.nn.NLLLoss` ("The input given through a forward call is expected to contain
  log-probabilities of each class"), `torch.nn.LogSoftmax`
- In the wild: https://github.com/pytorch/pytorch/pull/12703
- In the wild: https://github.com/yanx27/Pointnet_Pointnet2_pytorch/issues/30
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import NLL, also, classes, inputs_of_kind, now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """负对数似然损失需要对数概率，收到的却是未归一化的分数。

## 它发现什么

线性层或卷积层的输出没有经过 `log_softmax`，就送入 `nn.NLLLoss` 或 `F.nll_loss`。

## 为什么不好

此时损失等于 -z，即正确类别分数的相反数，没有下界：分数越大，损失越趋向负无穷。它对正确类别的梯
度恒为 -1/N，对其余类别恒为 0，因此没有任何分数会被压低，也没有任何分数算得上“足够好”。

模型学到的只是把常见类别的分数越推越大。损失稳步下降并变为负数，准确率却一直很差。

## 怎样修正

对分数使用 `nn.CrossEntropyLoss`（或 `F.cross_entropy`）；或者在模型末尾加上
`nn.LogSoftmax(dim=1)`，注意轴必须是类别所在的轴。

## 何时忽略

分数本来就是对数概率、只是分析识别不出来时，例如来自归一化流。在损失所在的行写上
`# nonlin: ignore[NL206]`。

## 来源

- PyTorch 文档：`torch.nn.NLLLoss`（输入应为各类别的对数概率）, `torch.nn.LogSoftmax`
- 实例：https://github.com/pytorch/pytorch/pull/12703
- 实例：https://github.com/yanx27/Pointnet_Pointnet2_pytorch/issues/30
"""


@rule("NL206", severity="error", zh=ZH, since="0.1")
def nll_on_raw_logits(run: Run) -> Iterator[Finding]:
    """The negative log-likelihood loss is given the scores of a linear map."""
    for loss, kind in inputs_of_kind(run, NLL, "scores", "activated"):
        if kind.name == "activated" and run.range(loss.input).hi <= 0:
            continue
        yield Finding(
            loss.site,
            Text(
                "NLL loss expects log-probabilities, but it is given raw scores",
                "NLL 损失需要对数概率，而这里给它的是原始得分",
            ),
            evidence={"classes": classes(loss), **run.ends(loss.input), **now(loss.output)},
            proof=Text(
                "the loss is minus the right class's score, which has no lower bound: it falls towards minus "
                "infinity by growing the scores, without ever comparing classes",
                "此时损失等于正确类别得分的相反数，没有下界：只要把得分变大，它就趋向负无穷，而从未比较各个类别",
            ),
            fix=Fix(
                Text(
                    "use CrossEntropyLoss, or apply log_softmax over the classes first",
                    "改用 CrossEntropyLoss，或先在类别维上做 log_softmax",
                ),
                # Cross entropy of log-probabilities is their NLL, so that other losses may change along.
                edits=recipes.swap(
                    run.graph, loss, "cross_entropy", "CrossEntropyLoss", among=[*run.losses(*NLL)]
                ),
            ),
            related=also(kind.origin),
        )
