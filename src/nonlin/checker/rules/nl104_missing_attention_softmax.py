"""Attention scores weigh the values without a softmax.

## What it finds

A product of queries and keys, both projected by linear layers, that is multiplied with the values
as it is. Scaling, dropout and a mask may stand between. Where only the queries are projected, the
values themselves must be the keys (Luong's general score).

Linear attention is by design and not reported: queries and keys that pass through a feature map,
a normalisation or a rotation, scores that are divided by the number of keys or by their sum,
scores multiplied with a decay, and an output that is normalised at once.

## Why it is bad

A softmax makes the weights of a query positive with sum 1, so the read-out is an average of the
values: it stays within their range, however many keys there are. Raw scores are any numbers. With
n keys whose scores have spread s the read-out of independent values has a spread that grows like s√n,
and positive and negative weights subtract one value from another.

Without softmax the whole block is a polynomial of its input: (QKᵀ)V is of degree three, and its
gradient grows with the square of the activations. Nothing lets one key win over the others, which
is what attention is for. A mask of -∞ before the product even turns the read-out into -∞ or NaN.

## How to fix

Normalise the scores over the keys: `weights = torch.softmax(scores / d ** 0.5, dim=-1)`, or use
`F.scaled_dot_product_attention(q, k, v)`. If linear attention is meant, apply a positive feature
map to queries and keys and divide by the sum of the weights.

## When to silence

When unnormalised bilinear attention is meant, as in studies of linear transformers. Put
`# nonlin: ignore[NL104]` on the line of the product of queries and keys.

## Sources

- Vaswani et al. 2017, "Attention is all you need", arXiv:1706.03762
- Katharopoulos et al. 2020, "Transformers are RNNs: Fast autoregressive transformers with linear
  attention", arXiv:2006.16236
- PyTorch: `torch.nn.functional.scaled_dot_product_attention`
- In the wild: https://github.com/rwth-i6/returnn/commit/c2c4b866
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Edit, Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.axes import LAYOUT, NORMS, carried
from nonlin.checker.flow.contraction import Contraction, contraction, scaled_from
from nonlin.checker.flow.patterns import source, traced_back
from nonlin.checker.graph import Op, Value
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """注意力分数没有经过 softmax 就直接用来对值加权。

## 它发现什么

由线性层投影得到的查询与键相乘，乘积原样与值相乘。中间可以有缩放、dropout 和掩码。如果只有
查询经过投影，则键必须就是值本身（Luong 的 general 打分）。

线性注意力属于有意设计，不报告：查询和键经过特征映射、归一化或旋转；分数除以键的个数或除以它们的
和；分数乘以衰减系数；输出立即被归一化。

## 为什么不好

softmax 使一个查询的各个权重为正且和为 1，读出的结果是值的加权平均：无论有多少个键，都不会超出值
的范围。原始分数可以是任意数。n 个键的分数离散程度为 s 时，对相互独立的值，读出结果的离散程度大约
按 s√n 增长，而且正负权重会使值互相抵消。

没有 softmax，整个模块只是输入的多项式：(QKᵀ)V 是三次的，梯度随激活值的平方增长。没有任何机制让某
个键胜过其他键，而这正是注意力的作用。如果在相乘之前用 -∞ 做掩码，读出结果甚至会变成 -∞ 或 NaN。

## 怎样修正

沿键轴对分数归一化：`weights = torch.softmax(scores / d ** 0.5, dim=-1)`，或者使用
`F.scaled_dot_product_attention(q, k, v)`。如果本意是线性注意力，就对查询和键做取值为正的特征映
射，并除以权重之和。

## 何时忽略

有意使用未归一化的双线性注意力时，例如研究线性 Transformer。在查询与键相乘的那一行写上
`# nonlin: ignore[NL104]`。

## 来源

- Vaswani 等 2017, "Attention is all you need", arXiv:1706.03762
- Katharopoulos 等 2020, "Transformers are RNNs: Fast autoregressive transformers with linear
  attention", arXiv:2006.16236
- PyTorch 文档：`torch.nn.functional.scaled_dot_product_attention`
- 实例：https://github.com/rwth-i6/returnn/commit/c2c4b866
"""

_NORMALISED = NORMS | {"linalg_vector_norm"}


@rule("NL104", severity="error", zh=ZH, since="0.1")
def missing_attention_softmax(run: Run) -> Iterator[Finding]:
    """Scores of queries and keys weigh values without normalisation."""
    done = set()
    for op in run.graph.ops:
        product = contraction(op) if op.index in run.graph.live else None
        for side in (0, 1) if product is not None else ():
            scores = _scores(run, product, side) if product is not None else None
            if product is None or scores is None or scores.op in done:
                continue
            done.add(scores.op)
            weights = product.sides[side]
            keys = weights.shape[product.summed[side]]
            ends = run.ends(weights)
            yield Finding(
                scores.op.site,
                Text(
                    "the scores of queries and keys weigh the values without a softmax",
                    "查询与键的分数没有经过 softmax 就用来对值加权",
                ),
                evidence={"keys": keys, **ends},
                proof=_proof(keys, ends),
                fix=Fix(
                    Text(
                        "normalise the scores over the keys: torch.softmax(scores, dim=-1)",
                        "沿键轴归一化分数：torch.softmax(scores, dim=-1)",
                    ),
                    edits=_edits(weights, product.summed[side]),
                ),
                related=also(op),
            )


def _edits(weights: Value, keys: int) -> tuple[Edit, ...]:
    """The softmax around scores that were only scaled: a mask, or a dropout, must stand on its own side of it."""
    start, _ = scaled_from(weights)
    if weights.maker is None or start.maker is None or contraction(start.maker) is None:
        return ()
    return recipes.wrap(weights.maker, "softmax", keys - weights.rank)


def _proof(keys: int, ends: dict[str, float]) -> Text:
    if not ends:
        return Text(
            f"nothing bounds the weights of the {keys} keys, so the read-out grows with their number",
            f"{keys} 个键的权重没有任何约束，读出结果会随键的个数增大",
        )
    low, high = ends["seen_low"], ends["seen_high"]
    return Text(
        f"in this step the weights of the {keys} keys run from {low:.3g} to {high:.3g}; those of a softmax lie between "
        "0 and 1 and sum to 1",
        f"这一步中 {keys} 个键的权重从 {low:.3g} 到 {high:.3g}；而 softmax 的权重在 0 与 1 之间，总和为 1",
    )


def _scores(run: Run, product: Contraction, side: int) -> Contraction | None:
    """The product of queries and keys that one side of a product is, if nothing normalises it."""
    weights, values = product.sides[side], product.sides[1 - side]
    start, path = scaled_from(weights, "add", "masked_fill")
    scores = contraction(start.maker) if start.maker is not None else None
    if scores is None or not run.trained(values) or not values.grad:
        return None
    sides = zip(scores.sides, scores.summed, strict=True)
    raw = [v for v, axis in sides if not _is_projected(run, v, axis)]
    # Where one side is projected, the values themselves may be the keys (Luong's attention).
    if len(raw) > 1 or any(source(v) is not source(values) for v in raw):
        return None
    axis = _before(path, scores, product.summed[side])
    keys = weights.shape[product.summed[side]]
    # An axis that only one side has holds the keys; one that both have is a batch.
    if axis is None or keys < 2 or (scores.kept[axis][0] is None) == (scores.kept[axis][1] is None):
        return None
    if any(_divides_by(step, keys) for step in path):
        return None
    inner = [scores.op.output, *(step.output for step in path)]
    readers = {reader for value in inner for reader in run.graph.users(value)} - {*path, product.op}
    normalised = any(user.kind in _NORMALISED for user in run.readers(product.op.output))
    return None if readers or normalised else scores


def _is_projected(run: Run, value: Value, axis: int) -> bool:
    """A linear map of the network's data, only moved and scaled, of which `axis` holds features."""
    start, _ = scaled_from(value)
    projection = start.maker
    if projection is None or not run.is_linear_map(projection):
        return False
    held = run.kind(start)
    features = held.axis if held is not None else None
    return features is not None and traced_back(value, axis, projection) in (None, features)


def _before(path: tuple[Op, ...], scores: Contraction, axis: int) -> int | None:
    """Which axis of the scores has become this one of the weights."""
    for start in range(scores.op.output.rank):
        at: int | None = start
        for step in reversed(path):
            same = at if step.output.rank == step.input.rank else None
            at = carried(step, at) if step.kind in LAYOUT else same
        if at == axis:
            return start
    return None


def _divides_by(step: Op, keys: int) -> bool:
    """A scale by one over the number of keys, which makes the weights those of a mean."""
    number = step.get("other")
    if not isinstance(number, (int, float)) or number == 0:
        return False
    return abs((number if step.kind == "div" else 1 / number) - keys) < 1e-6 * keys
