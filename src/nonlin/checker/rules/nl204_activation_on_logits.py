"""An activation stands between the last linear map and a loss that expects logits.

## What it finds

ReLU, tanh or another activation on the output of the last layer, directly before
`nn.CrossEntropyLoss`, `nn.BCEWithLogitsLoss` or another loss on logits. Softmax and sigmoid there
have rules of their own (NL201, NL202, NL203). A wide soft cap such as `30 * tanh(z / 30)` is by
design and not reported.

## Why it is bad

Logits need all real numbers. After ReLU none is negative: a sample whose logits are all cut to 0
costs log k and has no gradient, and with two-class scores the probability never falls below σ(0)
= 0.5, so a negative sample costs at least log 2 = 0.693.

After tanh they lie in (-1, 1): with k classes the loss never falls below log(1 + (k-1)/e²), which
is 0.797 for 10 classes and 4.914 for 1000; with two-class scores never below log(1 + 1/e) =
0.313.

## How to fix

End the network with the linear layer: remove the activation after it. In a loop that adds an
activation after every layer, leave out the last one.

## When to silence

When the limit is meant, as a cap on confidence. Put `# nonlin: ignore[NL204]` on the line of the
activation.

## Sources

- PyTorch: `torch.nn.CrossEntropyLoss`, `torch.nn.BCEWithLogitsLoss`
- Gemma Team 2024, "Gemma 2" (soft-capping of logits), arXiv:2408.00118
- In the wild: https://github.com/huyng/tensorflow-vgg/issues/13
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import Interval
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import (
    BCE_LOGITS,
    CROSS_ENTROPY,
    also,
    classes,
    inputs_of_kind,
    lowest_cross_entropy,
    now,
    spelled,
)

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """最后一个线性层与需要 logits 的损失之间夹着一个激活函数。

## 它发现什么

最后一层的输出先经过 ReLU、tanh 或其他激活函数，再直接送入 `nn.CrossEntropyLoss`、
`nn.BCEWithLogitsLoss` 等以 logits 为输入的损失。softmax 和 sigmoid 另有规则（NL201、NL202、
NL203）。像 `30 * tanh(z / 30)` 这样范围很宽的软截断属于有意设计，不报告。

## 为什么不好

对数几率（logits）应能取任意实数。经过 ReLU 后不再有负值：一个样本的 logits 若全被截为 0，损失就
是 log k，而且没有梯度；二分类时概率不会低于 σ(0) = 0.5，负样本的损失至少为 log 2 = 0.693。

经过 tanh 后取值在 (-1, 1) 内：k 个类别时损失永远不会低于 log(1 + (k-1)/e²)，10 类时为 0.797，
1000 类时为 4.914；二分类时不会低于 log(1 + 1/e) = 0.313。

## 怎样修正

让网络以线性层结束，去掉它后面的激活函数。如果是用循环在每层后面添加激活函数，最后一层不要加。

## 何时忽略

有意限制输出范围、避免过度自信时。在激活函数所在的行写上 `# nonlin: ignore[NL204]`。

## 来源

- PyTorch 文档：`torch.nn.CrossEntropyLoss`, `torch.nn.BCEWithLogitsLoss`
- Gemma Team 2024, "Gemma 2"（logits 软截断）, arXiv:2408.00118
- 实例：https://github.com/huyng/tensorflow-vgg/issues/13
"""


@rule("NL204", severity="error", zh=ZH, since="0.1")
def activation_on_logits(run: Run) -> Iterator[Finding]:
    """An activation stands between the last linear map and a loss on logits."""
    for loss, kind in inputs_of_kind(run, (*CROSS_ENTROPY, *BCE_LOGITS), "activated"):
        act = kind.origin
        before = run.kind(act.input)
        image = run.range(act.output)
        if before is None or before.name != "scores":
            continue
        free = image.unbounded
        k = classes(loss) if loss.kind in CROSS_ENTROPY else 2
        lowest = lowest_cross_entropy(
            k, image.width if loss.kind in CROSS_ENTROPY else max(-image.lo, image.hi)
        )
        cut = run.share(act.input, lambda x: x < 0) if image.lo >= 0 else None
        facts: dict[str, float | int | str] = {
            "classes": k,
            "low": str(image.lo),
            "high": str(image.hi),
            **now(loss.output),
        }
        if lowest > 0:
            facts["lowest_loss"] = lowest
        if cut is not None:
            facts["share_cut_off"] = cut
        yield Finding(
            act.site,
            Text(
                f"{spelled(act)} stands between the last linear map and {loss.kind}, which expects free logits",
                f"{spelled(act)} 位于最后的线性层与 {loss.kind} 之间，而该损失需要不受限制的 logits",
            ),
            evidence=facts,
            proof=_proof(image, lowest, cut, k),
            fix=Fix(
                Text("drop this activation: the last layer stays linear", "去掉这个激活：最后一层应保持线性"),
                edits=recipes.drop(run.graph, act),
            ),
            related=also(loss),
            severity="advice" if free else "error",
        )


def _proof(image: Interval, lowest: float, cut: float | None, k: int) -> Text:
    if cut is not None:
        share = f"{cut:.0%}"
        return Text(
            f"logits are confined to {image}: {share} of this batch's scores are cut to zero, and pass no gradient",
            f"logits 被限制在 {image}：本批次中 {share} 的得分被截为零，也不再传递梯度",
        )
    if lowest > 1e-6:
        return Text(
            f"logits are confined to {image}, so with {k} classes the loss cannot fall below {lowest:.3f}",
            f"logits 被限制在 {image}，因此对 {k} 个类别，损失不会低于 {lowest:.3f}",
        )
    return Text(f"logits are confined to {image}", f"logits 被限制在 {image}")
