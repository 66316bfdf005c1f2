"""A loss that counts with probabilities is computed on raw scores.

## What it finds

- An overlap written by hand (Dice, IoU, Tversky), `(p * t).sum()` divided by a sum of p and t, where p
  is a linear layer's output.
- A focal factor `(1 - p_t) ** gamma`, with p_t taken from p and 1 - p, where p is a linear layer's
  output, even if a clamp hides that.

Targets t are given numbers in [0, 1]. Overlaps of sigmoid or softmax outputs, cosine similarity and
weighted means are not reported.

## Why it is bad

The Dice coefficient 2 Σpt / (Σp + Σt) is between 0 and 1 only if p is. With raw scores the
denominator can be zero or negative, so the coefficient has poles and any value at all: the loss
falls below 0 and has no minimum. Scores that grow without bound raise Σpt and Σp together; nothing
says how large they should be.

Near a pole a step of the optimizer flips the sign of the loss and of its gradient. It can look as
if it trained, since large positive scores on the object do raise Σpt, but the masks that a threshold
of 0.5 gives are not what was trained.

In a focal loss 1 - p_t is negative for p_t > 1: an odd power turns the loss round, and a power that
is no integer gives NaN.

## How to fix

Apply the sigmoid (one class) or the softmax over the classes before the overlap:
`p = torch.sigmoid(scores)`. Let the cross-entropy part of a combined loss keep the scores.

## When to silence

When the scores are confined to [0, 1] in a way that is not visible here. Put
`# nonlin: ignore[NL105]` on the line of the product.

## Sources

- Milletari, Navab and Ahmadi 2016, "V-Net: Fully convolutional neural networks for volumetric
  medical image segmentation", arXiv:1606.04797 (Dice loss on softmax outputs)
- Salehi, Erdogmus and Gholipour 2017, "Tversky loss function for image segmentation using 3D fully
  convolutional deep networks", arXiv:1706.05721
- Lin et al. 2017, "Focal loss for dense object detection", arXiv:1708.02002
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.axes import LAYOUT
from nonlin.checker.flow.patterns import complement, source
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """以概率为输入的损失被直接用在原始得分上。

## 它发现什么

- 手写的重叠度（Dice、IoU、Tversky）：`(p * t).sum()` 除以 p 与 t 的某种和，而 p 是线性层的输出。
- focal 因子 `(1 - p_t) ** gamma`，p_t 取自 p 和 1 - p，而 p 是线性层的输出，即使被 clamp 遮住。

目标 t 是取值在 [0, 1] 内的给定数据。对 sigmoid 或 softmax 输出计算的重叠度、余弦相似度、加权平均都
不报告。

## 为什么不好

只有 p 在 0 与 1 之间，Dice 系数 2 Σpt / (Σp + Σt) 才在 0 与 1 之间。用原始得分时，分母可以为零或为
负，系数会有极点，可以取任何值：损失会低于 0，也没有最小值。得分无限增大时 Σpt 与 Σp 一起增大，没有
什么规定它们应当多大。

在极点附近，优化器走一步，损失和梯度的符号就会翻转。看上去它可能在训练，因为目标区域上很大的正得分确
实会增大 Σpt，但以 0.5 为阈值得到的掩码并不是训练的对象。

在 focal 损失中，p_t > 1 时 1 - p_t 为负：奇数次幂使损失反号，非整数次幂得到 NaN。

## 怎样修正

计算重叠度之前先做 sigmoid（单类）或沿类别做 softmax：`p = torch.sigmoid(scores)`。组合损失中的交叉
熵部分仍使用原始得分。

## 何时忽略

得分以这里看不到的方式被限制在 [0, 1] 内时。在该乘积所在的行写上 `# nonlin: ignore[NL105]`。

## 来源

- Milletari, Navab, Ahmadi 2016, "V-Net: Fully convolutional neural networks for volumetric
  medical image segmentation", arXiv:1606.04797（对 softmax 输出计算 Dice 损失）
- Salehi, Erdogmus, Gholipour 2017, "Tversky loss function for image segmentation using 3D fully
  convolutional deep networks", arXiv:1706.05721
- Lin 等 2017, "Focal loss for dense object detection", arXiv:1708.02002
"""


@rule("NL105", severity="error", zh=ZH, since="0.1")
def missing_output_activation(run: Run) -> Iterator[Finding]:
    """An overlap with targets, or a focal factor, is computed on unbounded scores."""
    done = set()
    for scores, product, result, what in (*_overlaps(run), *_focal_factors(run)):
        if product.site in done:
            continue
        done.add(product.site)
        ends, value = run.ends(scores), run.ends(result.output)
        kind = run.kind(scores)
        yield Finding(
            product.site,
            Text(
                f"{what.en} is computed on raw scores, not on probabilities",
                f"{what.zh}用的是原始得分，而不是概率",
            ),
            evidence={
                **ends,
                **{f"result_{name.removeprefix('seen_')}": number for name, number in value.items()},
            },
            proof=_proof(ends, value),
            fix=Fix(
                Text(
                    "apply the sigmoid (or the softmax over the classes) first",
                    "先做 sigmoid（或沿类别做 softmax）",
                )
            ),
            related=also(*([kind.origin] if kind is not None else []), result),
        )


def _proof(ends: dict[str, float], value: dict[str, float]) -> Text:
    if not ends or not value:
        return Text(
            "a linear layer's output is any number, so the sums are no areas and can cancel",
            "线性层的输出可以是任意数，因此这些和不是面积，还可能互相抵消",
        )
    low, high = ends["seen_low"], ends["seen_high"]
    return Text(
        f"in this step the scores run from {low:.3g} to {high:.3g}, where probabilities lie between 0 and 1; the result "
        f"runs from {value['seen_low']:.3g} to {value['seen_high']:.3g}",
        f"这一步中得分从 {low:.3g} 到 {high:.3g}，而概率应在 0 与 1 之间；结果从 {value['seen_low']:.3g} 到 "
        f"{value['seen_high']:.3g}",
    )


_Found = tuple[Value, Op, Op, Text]
_SUMS = LAYOUT | {"add", "sub", "rsub", "sum", "mean", "neg", "clamp", "clamp_min"}


def _overlaps(run: Run) -> Iterator[_Found]:
    """(scores, product with the targets, quotient, what it is) for sum(p * t) / (sum(p) + sum(t))."""
    for ratio in run.graph.of("div"):
        above, below = ratio.value("self"), ratio.value("other")
        if above is None or below is None:
            continue
        parts = _summands(below)
        for product in (v.maker for v in _summands(above)):
            scores, target = _scores_and_target(run, product) if product is not None else (None, None)
            if product is None or scores is None or target is None:
                continue
            pair = {source(scores), source(target)}
            others = [_factors(part) for part in parts if set(map(source, _multiplied(part))) != pair]
            if all(any(factor in part for part in others) for factor in pair):
                yield scores, product, ratio, Text("the overlap (Dice, IoU)", "重叠度（Dice、IoU）")


def _summands(value: Value) -> list[Value]:
    """What is added up in a value, seen through sums, means, shifts and scales by numbers."""
    found: list[Value] = []
    todo, met = [value], {value}
    while todo:
        value = todo.pop()
        op = value.maker
        inputs = op.inputs if op is not None else ()
        by_number = op is not None and op.kind in ("mul", "div") and len(inputs) == 1
        if op is None or not inputs or not (by_number or op.kind in _SUMS):
            found.append(value)
            continue
        parts = inputs if op.kind in ("add", "sub", "rsub") else inputs[:1]
        todo += [v for v in parts if v not in met]
        met.update(parts)
    return found


def _multiplied(value: Value) -> tuple[Value, ...]:
    """The factors of a product; else the value alone."""
    op = value.maker
    return op.inputs if op is not None and op.kind in ("mul", "pow", "square") and op.inputs else (value,)


def _factors(value: Value) -> set[Value]:
    """The values whose product a value is, each perhaps moved or subtracted from one."""
    return {source(complement(v) or v) for v in _multiplied(value)}


def _scores_and_target(run: Run, op: Op) -> tuple[Value | None, Value | None]:
    """The two factors of scores times given numbers in [0, 1]."""
    if op.kind == "mul" and len(op.inputs) == 2:
        for p, t in (op.inputs, op.inputs[::-1]):
            if _is_raw(run, p) and not run.trained(t) and _is_unit_data(t):
                return p, t
    return None, None


def _is_raw(run: Run, value: Value) -> bool:
    kind = run.kind(value)
    return (
        kind is not None and kind.name in ("scores", "activated") and run.range(value).hi > 1 and value.grad
    )


def _is_unit_data(value: Value) -> bool:
    seen = value.seen
    return seen is not None and seen.finite and seen.lo >= 0 and seen.hi <= 1


def _unclamped(value: Value) -> Value:
    """The value before a clamp, which only hides that scores are no probabilities."""
    op = source(value).maker
    return op.input if op is not None and op.kind == "clamp" else value


def _focal_factors(run: Run) -> Iterator[_Found]:
    """The same for (1 - p_t) ** gamma with p_t = p * t + (1 - p) * (1 - t), or p where t and else 1 - p."""
    for power in run.graph.of("pow"):
        right = complement(power.input)
        picked = right.maker if right is not None else None
        if picked is None or picked.kind not in ("add", "where"):
            continue
        parts = [v for part in picked.inputs for v in _multiplied(part)]
        turned = {source(p) for v in parts if (p := complement(v)) is not None}
        if scores := [v for v in parts if _is_raw(run, _unclamped(v)) and source(v) in turned]:
            yield scores[0], picked, power, Text("the focal factor", "focal 因子")
