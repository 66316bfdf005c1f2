"""Attention weights are masked after the softmax and not renormalised.

## What it finds

Weights of a softmax that are multiplied with a mask of zeros and ones, or filled with 0, along the
axis over which the softmax ran, and then go into the sum over the values as they are.

Masks on the scores before the softmax, weights that are divided by their sum afterwards, masks that
switch off whole queries or heads, dropout, and a second mask after the first are sound and not
reported.

## Why it is bad

The masked positions take part in the denominator. What is left sums to less than 1, by an amount that
depends on the masked values themselves: a causal model sees through the denominator which
tokens are still to come. The first query of a causal mask over n equal scores keeps 1/n of its
weight, the last one all of it, so the size of the read-out depends on the position, and with padding
on the length of the longest sequence in the batch.

The gradient reaches the masked keys as well, and the same sample gives another output in another batch.

## How to fix

Mask the scores: `scores.masked_fill(~mask, -torch.inf)` before the softmax. If a row can be masked
whole, use a large negative number, or fill with 0 after that. To keep the mask where it is, divide by
`weights.sum(dim=-1, keepdim=True)`.

## When to silence

When the weight of what is masked should be lost, as for a sink. Put `# nonlin: ignore[NL303]` on the
line of the mask.

## Sources

- Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762 (section 3.2.3: masking inside
  scaled dot-product attention by setting to -∞)
- PyTorch: `torch.nn.functional.scaled_dot_product_attention` (`attn_mask`)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.contraction import contraction, scaled_from
from nonlin.checker.flow.kind import SOFTMAX
from nonlin.checker.flow.patterns import uncopied
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """注意力权重在 softmax 之后才做掩码，而且没有重新归一化。

## 它发现什么

softmax 的权重沿着 softmax 所在的轴与一个只含 0 和 1 的掩码相乘，或被填入 0，然后原样参与对值的求和。

softmax 之前对分数做掩码、之后除以权重之和、整行关闭某些查询或某些头、dropout，以及在第一次掩码之后再
掩一次，都是正确的，不报告。

## 为什么不好

被掩掉的位置仍然出现在分母里。剩下的权重之和小于 1，差多少取决于被掩掉的值本身：因果模型会通过分母看
到后面还有哪些词。n 个分数相等时，因果掩码下第一个查询只剩 1/n 的权重，最后一个保留全部，因此读出结果
的大小取决于位置；有填充时，还取决于批次中最长序列的长度。

梯度也会传到被掩掉的键，同一个样本放在不同的批次里会得到不同的输出。

## 怎样修正

对分数做掩码：在 softmax 之前写 `scores.masked_fill(~mask, -torch.inf)`。如果可能整行都被掩掉，就用一
个很大的负数，或者之后再填 0。若要保留掩码的位置，就除以 `weights.sum(dim=-1, keepdim=True)`。

## 何时忽略

确实希望丢掉被掩部分的权重时，例如把它当作汇点（sink）。在掩码所在的行写上
`# nonlin: ignore[NL303]`。

## 来源

- Vaswani 等 2017, "Attention is all you need", arXiv:1706.03762（3.2.3 节：在缩放点积注意力内部置为
  -∞ 来做掩码）
- PyTorch 文档：`torch.nn.functional.scaled_dot_product_attention`（`attn_mask`）
"""


@rule("NL303", severity="warning", zh=ZH, since="0.1")
def mask_after_softmax(run: Run) -> Iterator[Finding]:
    """Weights of a softmax lose some of their parts before the values are summed."""
    done = set()
    for op in run.graph.ops:
        product = contraction(op) if op.index in run.graph.live else None
        for side in (0, 1) if product is not None else ():
            masked = uncopied(product.sides[side]).maker if product is not None else None
            if product is None or masked is None or masked in done:
                continue
            weights, mask = _masked(masked)
            soft = uncopied(weights).maker if weights is not None else None
            if weights is None or mask is None or soft is None or soft.kind not in SOFTMAX:
                continue
            axis = soft.output.axis(soft.get("dim", -1))
            lost = _share_lost(run, masked, mask, axis)
            if axis != product.summed[side] or lost is None or _is_masked(soft.input):
                continue
            if any(contraction(reader) is None for reader in run.readers(masked.output)):
                continue
            done.add(masked)
            yield Finding(
                masked.site,
                Text(
                    "the weights are masked after the softmax, so what is left no longer sums to one",
                    "权重在 softmax 之后才做掩码，剩下的权重之和不再是 1",
                ),
                evidence={"share_masked": lost, "keys": soft.output.shape[axis]},
                proof=Text(
                    f"the mask of this step removes {lost:.0%} of the weights of {soft.output.shape[axis]} keys, and the "
                    "softmax has already shared out the whole among all of them",
                    f"这一步的掩码去掉了 {soft.output.shape[axis]} 个键的权重中的 {lost:.0%}，而 softmax 已经把总和 1 "
                    "分给了所有的键",
                ),
                fix=Fix(
                    Text(
                        "mask the scores before the softmax: scores.masked_fill(~mask, -torch.inf)",
                        "在 softmax 之前对分数做掩码：scores.masked_fill(~mask, -torch.inf)",
                    )
                ),
                related=also(soft, op),
            )


def _masked(op: Op) -> tuple[Value | None, Value | None]:
    """(weights, mask) of a product with a mask, or of filling with 0."""
    if op.kind == "masked_fill":
        return (op.value("self"), op.value("mask")) if op.get("value") == 0 else (None, None)
    one, other = op.value("self"), op.value("other")
    if op.kind != "mul" or one is None or other is None or one.grad == other.grad:
        return None, None
    return (one, other) if one.grad else (other, one)


def _share_lost(run: Run, op: Op, mask: Value, axis: int) -> float | None:
    """The share of the positions that a mask of zeros and ones removes; None if it does not vary along the axis."""
    own = axis - (op.output.rank - mask.rank)
    if own < 0 or mask.shape[own] < 2 or run.share(mask, lambda m: (m == 0) | (m == 1)) != 1.0:
        return None
    varies = run.share(mask, lambda m: m.amax(own) != m.amin(own))
    ones = run.mean_of(mask)
    if not varies or ones is None:
        return None
    return ones if op.kind == "masked_fill" else 1 - ones


def _is_masked(scores: Value) -> bool:
    """The scores were masked before: filled, chosen, or shifted by a mask that no gradient reaches."""
    op = scaled_from(scores)[0].maker
    while op is not None and op.kind in ("add", "sub") and op.inputs:
        if any(not v.grad and v.rank > 0 for v in op.inputs):
            return True
        op = scaled_from(op.input)[0].maker
    return op is not None and op.kind in ("masked_fill", "where", "masked_scatter")
