"""Probabilities are given to a distribution that expects logits.

## What it finds

`Categorical(logits=p)`, `OneHotCategorical(logits=p)` and their kin, or `F.gumbel_softmax(p)`, where p is
the output of a softmax. Log-probabilities are right as logits, since they only lack a constant, and
are not reported. `Bernoulli(logits=...)` of a sigmoid's output is reported as NL202, because its
log-probability is a binary cross entropy with logits.

## Why it is bad

A distribution with logits applies the softmax itself. Applied to probabilities it makes them nearly
equal: with k classes no probability can exceed e/(e + k - 1), which is 0.475 for four actions and 0.232
for ten, and none can fall below 1/(k - 1 + e). However sure the network is, it keeps drawing
at random; sampling, log-probabilities and entropies are all of another distribution than the one that
the network gives.

A policy trained so cannot become deterministic, an entropy bonus hardly changes, and the
gradient passes two softmaxes, each of which shrinks it.

## How to fix

Name what you pass: `Categorical(probs=p)`. Better still drop the softmax and pass the scores as
`logits`, which is also more accurate for small probabilities. `F.gumbel_softmax` wants scores or
log-probabilities.

## When to silence

When the flattening is meant, as a floor on exploration. Put `# nonlin: ignore[NL214]` on the line of the
distribution.

## Sources

- PyTorch: `torch.distributions.Categorical` (`probs`, `logits`), `torch.nn.functional.gumbel_softmax`
  (unnormalised log-probabilities)
- Jang, Gu and Poole 2016, "Categorical reparameterization with Gumbel-Softmax", arXiv:1611.01144
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.contraction import scaled_from
from nonlin.checker.flow.kind import SOFTMAX
from nonlin.checker.graph import Op, Value
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.flow.kind import Kind
    from nonlin.checker.run import Run

ZH = """把概率交给了需要 logits 的概率分布。

## 它发现什么

`Categorical(logits=p)`、`OneHotCategorical(logits=p)` 等，或 `F.gumbel_softmax(p)`，其中 p 是 softmax 的输
出。对数概率可以当作 logits（只差一个常数），不报告。把 sigmoid 的输出交给 `Bernoulli(logits=...)` 时
由 NL202 报告，因为它的对数概率就是带 logits 的二元交叉熵。

## 为什么不好

以 logits 定义的分布会自己做 softmax。再对概率做一次，各概率就变得几乎相等：有 k 个类别时，任何概率都
不超过 e/(e + k - 1)，四个动作时为 0.475，十个时为 0.232；也都不低于 1/(k - 1 + e)。无论网络多么确
定，它仍在随机抽取；抽样、对数概率和熵都属于另一个分布，而不是网络给出的那个。

这样训练的策略无法变得确定，熵奖励几乎不起作用，梯度要经过两个 softmax，每个都会使它缩小。

## 怎样修正

写明所传的是什么：`Categorical(probs=p)`。更好的做法是去掉 softmax，把得分作为 `logits` 传入，这样对小
概率也更精确。`F.gumbel_softmax` 需要的是得分或对数概率。

## 何时忽略

有意压平分布、为探索保留下限时。在构造该分布的那一行写上 `# nonlin: ignore[NL214]`。

## 来源

- PyTorch 文档：`torch.distributions.Categorical`（`probs`, `logits`）,
  `torch.nn.functional.gumbel_softmax`（未归一化的对数概率）
- Jang, Gu, Poole 2016, "Categorical reparameterization with Gumbel-Softmax", arXiv:1611.01144
"""


@rule("NL214", severity="error", zh=ZH, since="0.1")
def probabilities_passed_as_logits(run: Run) -> Iterator[Finding]:
    """A distribution normalises probabilities as if they were logits."""
    for op, given, what in (*_normalised(run), *_with_gumbel_noise(run)):
        kind = run.kind(given)
        if kind is None or kind.axis is None:
            continue
        k = given.shape[kind.axis]
        highest = math.e / (math.e + k - 1)
        entropy = math.log(math.e + k - 1) - highest
        yield Finding(
            op.site,
            Text(
                f"{what.en} takes the output of {spelled(kind.origin)} for logits and applies softmax again",
                f"{what.zh}把 {spelled(kind.origin)} 的输出当作 logits，又做了一次 softmax",
            ),
            evidence={
                "classes": k,
                "highest_probability": highest,
                "lowest_entropy": entropy,
                "highest_entropy": math.log(k),
            },
            proof=Text(
                f"with {k} classes no probability can exceed {highest:.3f} and the entropy cannot fall below "
                f"{entropy:.3f} (uniform: {math.log(k):.3f}), however sure the network is",
                f"有 {k} 个类别时，无论网络多么确定，概率都不超过 {highest:.3f}，熵不低于 {entropy:.3f}（均匀分布为 "
                f"{math.log(k):.3f}）",
            ),
            fix=Fix(
                Text(
                    "pass them as probs=, or drop the softmax and pass the scores as logits",
                    "用 probs= 传入，或去掉 softmax，把得分作为 logits 传入",
                ),
                edits=recipes.rename(op, "logits", "probs") or recipes.drop(run.graph, kind.origin, op),
            ),
            related=also(kind.origin),
        )


_Found = tuple[Op, Value, Text]


def _normalised(run: Run) -> Iterator[_Found]:
    """p - logsumexp(p): how torch's distributions normalise logits."""
    for op in run.graph.of("logsumexp"):
        kind, dims = run.kind(op.input), op.get("dim", ())
        if kind is None or not _is_distribution(kind) or [op.input.axis(d) for d in dims] != [kind.axis]:
            continue
        if any(
            user.kind == "sub" and user.value("other") is op.output for user in run.graph.users(op.output)
        ):
            yield op, op.input, Text("a distribution", "概率分布")


def _with_gumbel_noise(run: Run) -> Iterator[_Found]:
    """softmax((p - log(noise)) / temperature): the Gumbel softmax."""
    for op in run.graph.of(*SOFTMAX):
        added = scaled_from(op.input)[0].maker
        if added is None or added.kind not in ("add", "sub") or len(added.inputs) != 2:
            continue
        given, noise = added.inputs
        kind = run.kind(given)
        if kind is not None and _is_distribution(kind) and not noise.grad and _is_logarithm(noise):
            yield op, given, Text("the Gumbel softmax", "Gumbel softmax ")


def _is_distribution(kind: Kind) -> bool:
    return kind.name == "probabilities" and kind.whole and not kind.scaled


def _is_logarithm(value: Value) -> bool:
    op = value.maker
    while op is not None and op.kind == "neg":
        op = op.input.maker
    return op is not None and op.kind == "log"
