"""The negative log-likelihood loss is given probabilities where it expects log-probabilities.

## What it finds

The output of `softmax` reaches `nn.NLLLoss` or `F.nll_loss` without a logarithm in between.

## Why it is bad

The loss takes no logarithm itself: it returns minus the entry of the true class. With
probabilities that is -p, a number between -1 and 0, not -log p. The loss is negative, which is
the usual way this is noticed.

Its gradient with respect to the logit of the true class is -p(1 - p), where cross entropy has -(1
- p): it carries an extra factor p, so a sample that the model gets badly wrong (p near 0) teaches
it almost nothing. Training starts slowly and hard samples are given up.

## How to fix

Use `log_softmax` in place of `softmax`, or remove the softmax and use `nn.CrossEntropyLoss`,
which does both. Probabilities for reading are then `log_probs.exp()`.

## When to silence

When -p is the loss you want: it differs from the mean absolute error to the one-hot label only by
constants and is robust to wrong labels. Put `# nonlin: ignore[NL205]` on the line of the softmax.

## Sources

- PyTorch: `torch.nn.NLLLoss`, and the note in `torch.nn.Softmax` ("This module doesn't work
  directly with NLLLoss")
- Ghosh, Kumar and Sastry 2017, "Robust loss functions under label noise for deep neural
  networks", arXiv:1712.09482
- In the wild: https://github.com/pytorch/pytorch/issues/10033
- In the wild: https://github.com/AnubhavGupta3377/Text-Classification-Models-Pytorch/issues/9
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import NLL, also, classes, inputs_of_kind, now, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """负对数似然损失需要对数概率，收到的却是概率。

## 它发现什么

`softmax` 的输出没有取对数，就直接送入 `nn.NLLLoss` 或 `F.nll_loss`。

## 为什么不好

这个损失自己不取对数，只返回正确类别那一项的相反数。输入是概率时，得到的是介于 -1 与 0 之间的
-p，而不是 -log p。损失为负，通常正是这样被发现的。

它对正确类别 logit 的梯度是 -p(1 - p)，而交叉熵是 -(1 - p)：多了一个因子 p。因此模型错得最厉害的
样本（p 接近 0）几乎不提供梯度，训练起步缓慢，难样本被放弃。

## 怎样修正

把 `softmax` 换成 `log_softmax`；或者去掉 softmax，改用同时完成两步的 `nn.CrossEntropyLoss`。需
要概率时用 `log_probs.exp()`。

## 何时忽略

确实想用 -p 作为损失时：它与到 one-hot 标签的平均绝对误差只差常数，对错误标签较为稳健。在
softmax 所在的行写上 `# nonlin: ignore[NL205]`。

## 来源

- PyTorch 文档：`torch.nn.NLLLoss`，以及 `torch.nn.Softmax` 中的说明（不能直接与 NLLLoss 搭配）
- Ghosh, Kumar, Sastry 2017, "Robust loss functions under label noise for deep neural networks",
  arXiv:1712.09482
- 实例：https://github.com/pytorch/pytorch/issues/10033
- 实例：https://github.com/AnubhavGupta3377/Text-Classification-Models-Pytorch/issues/9
"""


@rule("NL205", severity="error", zh=ZH, since="0.1")
def nll_on_probabilities(run: Run) -> Iterator[Finding]:
    """The negative log-likelihood loss is given probabilities, of which nobody took the logarithm."""
    for loss, kind in inputs_of_kind(run, NLL, "probabilities", "unit"):
        yield Finding(
            kind.origin.site,
            Text(
                f"NLL loss expects log-probabilities, but {spelled(kind.origin)} gives it probabilities",
                f"NLL 损失需要对数概率，而 {spelled(kind.origin)} 给它的是概率",
            ),
            evidence={"classes": classes(loss), "lowest_loss": -1.0, **now(loss.output)},
            proof=Text(
                "the loss is minus a probability: it lies between -1 and 0, and its gradient does not grow "
                "where the network is wrong",
                "此时损失等于负的概率：它只在 -1 与 0 之间，而且网络出错时梯度不会变大",
            ),
            fix=Fix(
                Text(
                    "use log_softmax instead, or pass the raw scores to CrossEntropyLoss",
                    "改用 log_softmax，或把原始得分交给 CrossEntropyLoss",
                ),
                edits=recipes.swap(run.graph, kind.origin, "log_softmax", "LogSoftmax", loss=loss, back="exp")
                if kind.origin.kind == "softmax"
                else (),
            ),
            related=also(loss),
        )
