"""Cross entropy is given the output of a softmax, and applies softmax a second time.

## What it finds

The output of `softmax` reaches `nn.CrossEntropyLoss`, `F.cross_entropy`, or `log_softmax`
followed by `nll_loss`, as the prediction. Soft targets that went through softmax are correct and
are not reported.

## Why it is bad

The loss takes its input for logits. Probabilities lie in [0, 1], so the second softmax is nearly
uniform: with k classes it never gives the true class more than e / (e + k - 1), and the loss
never falls below log(1 + (k-1)/e). That is 0.313 for 2 classes, 1.461 for 10 and 5.909 for 1000,
however well the model fits; a model that guesses is at log k (2.303 for 10).

The gradient passes through the first softmax as well and vanishes where the model is sure and
wrong, the very samples that should teach it most. Training is slow, and the reported loss looks
stuck.

## How to fix

Give the loss the logits: remove the softmax from the model. Apply it where you read
probabilities, for example `model(x).softmax(dim=1)` at inference; `argmax` gives the same class
with or without it.

If the model must return probabilities, return log-probabilities from `log_softmax` and use
`nn.NLLLoss`.

## When to silence

When you reproduce a published result that was trained this way. Put `# nonlin: ignore[NL201]` on
the line of the softmax.

## Sources

- PyTorch: `torch.nn.CrossEntropyLoss` ("The input is expected to contain the unnormalized logits
  for each class")
- In the wild: https://github.com/Lightning-Universe/lightning-bolts/issues/654
- In the wild: https://github.com/ariecattan/SciCo/issues/2
- In the wild: https://github.com/jindongwang/Deep-learning-activity-recognition/issues/10
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import CROSS_ENTROPY, NLL, also, classes, lowest_cross_entropy, now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """交叉熵的输入已经过 softmax，损失内部又做了一次 softmax。

## 它发现什么

`softmax` 的输出作为预测送入 `nn.CrossEntropyLoss`、`F.cross_entropy`，或者先经 `log_softmax` 再
送入 `nll_loss`。用 softmax 得到的软标签作为目标是正确用法，不报告。

## 为什么不好

损失把输入当作对数几率（logits）。概率落在 [0, 1] 内，第二次 softmax 的结果因此近乎均匀：k 个类
别时，正确类别的概率不会超过 e / (e + k - 1)，损失永远不会低于 log(1 + (k-1)/e)。无论模型拟合得
多好，2 类时下限为 0.313，10 类时为 1.461，1000 类时为 5.909；而随机猜测的损失是 log k（10 类时
为 2.303）。

梯度还要穿过第一个 softmax，在模型“自信地错了”的样本上趋近于零，而这些样本本应最有价值。结果是训
练缓慢，损失看上去停滞不前。

## 怎样修正

把 logits 直接交给损失，即去掉模型末尾的 softmax。只在需要概率的地方使用它，例如推理时的
`model(x).softmax(dim=1)`；有没有它，`argmax` 得到的类别都一样。

如果模型必须输出概率，就用 `log_softmax` 输出对数概率，并改用 `nn.NLLLoss`。

## 何时忽略

需要复现当初就这样训练的已发表结果时。在 softmax 所在的行写上 `# nonlin: ignore[NL201]`。

## 来源

- PyTorch 文档：`torch.nn.CrossEntropyLoss`（输入应为各类别未归一化的 logits）
- 实例：https://github.com/Lightning-Universe/lightning-bolts/issues/654
- 实例：https://github.com/ariecattan/SciCo/issues/2
- 实例：https://github.com/jindongwang/Deep-learning-activity-recognition/issues/10
"""


@rule("NL201", severity="error", zh=ZH, since="0.1")
def softmax_before_cross_entropy(run: Run) -> Iterator[Finding]:
    """Cross entropy, or log-softmax on the way to a loss, is given probabilities."""
    seen = set()
    for loss in run.losses(*CROSS_ENTROPY, "log_softmax"):
        kind = run.kind(loss.input)
        if kind is None or kind.name != "probabilities" or kind.origin in seen:
            continue
        if loss.kind == "log_softmax" and not run.reaches(loss.output, *NLL):
            continue
        seen.add(kind.origin)
        k = classes(loss)
        width = run.range(loss.input).width if kind.scaled else 1.0
        lowest = lowest_cross_entropy(k, width)
        yield Finding(
            kind.origin.site,
            Text(
                "softmax turns the logits into probabilities before cross entropy, which applies log-softmax itself",
                "交叉熵内部已含 log-softmax，而这里的 softmax 先把 logits 变成了概率",
            ),
            evidence={"classes": k, "lowest_loss": lowest, **now(loss.output)},
            proof=Text(
                f"these numbers differ by at most {width:g}, so with {k} classes the loss can never fall below "
                f"log(1 + {k - 1} e^-{width:g}) = {lowest:.3f}, however right the network is",
                f"这些数之差至多为 {width:g}，因此对 {k} 个类别，无论网络多准，"
                f"损失都不会低于 log(1 + {k - 1} e^-{width:g}) = {lowest:.3f}",
            ),
            fix=Fix(
                Text(
                    "give the loss the logits: drop this softmax, and apply it only where probabilities are read",
                    "把 logits 直接交给损失：去掉这个 softmax，只在需要读概率的地方使用它",
                ),
                edits=recipes.drop(run.graph, kind.origin, loss),
            ),
            related=also(loss),
        )
