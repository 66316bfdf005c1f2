"""A generator minimises log(1 - D(G(z))), whose gradient vanishes when the discriminator is sure.

## What it finds

A loss that falls as log(1 - p) falls, where p is the probability of being real that a discriminator
gives to generated data: `torch.log(1 - D(fake)).mean()`, `-bce(D(fake), zeros)` or
`-F.softplus(D(fake))`. The discriminator is recognised by its layers, which also read real data.

The discriminator's own loss, the loss with targets 1 for the generator, Wasserstein and hinge losses
and gradient reversal are not reported.

## Why it is bad

With the score s and p = σ(s) the gradient of log(1 - p) with respect to s is -p. At the beginning of
training the discriminator tells generated data easily, p is near 0, and so is the gradient: at p =
0.01 it is 0.01. The generator learns nothing exactly when it is worst.

The loss -log p has the same fixed point and the gradient -(1 - p), which is 0.99 there, 99 times as
much. This is why the paper that introduced GANs already trains the generator with it.

## How to fix

Give the generator the targets of real data: `bce(D(fake), ones)`, or `F.softplus(-D(fake)).mean()` on
scores.

## When to silence

When the minimax game itself is studied. Put `# nonlin: ignore[NL217]` on the line of the loss.

## Sources

- Goodfellow et al. 2014, "Generative adversarial networks", arXiv:1406.2661 (section 3)
- Arjovsky and Bottou 2017, "Towards principled methods for training generative adversarial
  networks", arXiv:1701.04862 (theorem 2.4)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.collapse import data_of
from nonlin.checker.flow.axes import LAYOUT
from nonlin.checker.flow.patterns import source
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import BCE_LOGITS, also, now

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """生成器最小化 log(1 - D(G(z)))，判别器有把握时它的梯度会消失。

## 它发现什么

损失随 log(1 - p) 一起下降，其中 p 是判别器认为生成数据为真的概率：`torch.log(1 - D(fake)).mean()`、
`-bce(D(fake), zeros)` 或 `-F.softplus(D(fake))`。判别器根据它的层来识别：这些层也读取真实数据。

判别器自己的损失、以 1 为目标的生成器损失、Wasserstein 损失、hinge 损失和梯度反转都不报告。

## 为什么不好

设得分为 s，p = σ(s)，log(1 - p) 对 s 的梯度为 -p。训练初期判别器很容易认出生成的数据，p 接近 0，梯度
也接近 0：p = 0.01 时只有 0.01。恰恰在生成器最差的时候，它什么也学不到。

-log p 有相同的不动点，而梯度为 -(1 - p)，此时是 0.99，为前者的 99 倍。因此提出 GAN 的论文就已经用它
来训练生成器。

## 怎样修正

让生成器以真实数据的目标来训练：`bce(D(fake), ones)`；对得分则用 `F.softplus(-D(fake)).mean()`。

## 何时忽略

研究极小极大博弈本身时。在损失所在的行写上 `# nonlin: ignore[NL217]`。

## 来源

- Goodfellow 等 2014, "Generative adversarial networks", arXiv:1406.2661（第 3 节）
- Arjovsky, Bottou 2017, "Towards principled methods for training generative adversarial
  networks", arXiv:1701.04862（定理 2.4）
"""


@rule("NL217", severity="warning", zh=ZH, since="0.1")
def saturating_generator_loss(run: Run) -> Iterator[Finding]:
    """What is minimised rises with log(1 - p) of generated data."""
    layers = {layer for fake, _, layer in run.meetings() if fake.grad}
    done = set()
    for objective in run.graph.objectives if layers else ():
        for op, judged in _saturating(run, objective.root):
            upstream = run.graph.upstream([judged])
            met = [layer for layer in layers if layer.index in upstream and data_of(layer).grad]
            if not met or op in done:
                continue
            done.add(op)
            seen = _probabilities(run, judged)
            yield Finding(
                op.site,
                Text(
                    "the generator minimises log(1 - D(G(z))), whose gradient vanishes where the discriminator is sure",
                    "生成器最小化 log(1 - D(G(z)))，判别器越有把握，它的梯度越接近零",
                ),
                evidence={**seen, **now(objective.root)},
                proof=_proof(seen),
                fix=Fix(
                    Text(
                        "train the generator with the target 1: minimise -log D(G(z))",
                        "以 1 为目标训练生成器：最小化 -log D(G(z))",
                    )
                ),
                related=also(min(met, key=lambda layer: layer.index)),
            )


def _probabilities(run: Run, judged: Value) -> dict[str, float]:
    """The ends of D(G(z)) in this step, and how much steeper -log D(G(z)) is at the lower one."""
    ends = list(run.ends(judged).values())
    if not ends:
        return {}
    kind = run.kind(judged)
    if kind is None or kind.name != "unit":
        ends = [1 / (1 + math.exp(-max(score, -500.0))) for score in ends]
    low, high = ends
    return {"lowest_probability": low, "highest_probability": high, "steeper": (1 - low) / max(low, 1e-30)}


def _proof(seen: dict[str, float]) -> Text:
    if not seen:
        return Text(
            "the gradient on the score is D(G(z)), against 1 - D(G(z)) for -log D(G(z))",
            "对得分的梯度为 D(G(z))，而 -log D(G(z)) 的梯度为 1 - D(G(z))",
        )
    low, high, steeper = seen.values()
    return Text(
        f"in this step D(G(z)) runs from {low:.3g} to {high:.3g}, and that is the gradient on the score; -log D(G(z)) is "
        f"{steeper:.3g} times as steep at the lower end, and the more the surer D becomes",
        f"这一步中 D(G(z)) 从 {low:.3g} 到 {high:.3g}，这也就是对得分的梯度；在下端，-log D(G(z)) 的梯度是它的 "
        f"{steeper:.3g} 倍，D 越有把握，相差越大",
    )


def _saturating(run: Run, root: Value) -> Iterator[tuple[Op, Value]]:
    """(operation, score or probability) for each term log(1 - p) of the sum that is minimised."""
    todo, met = [(root, 1)], {(root, 1)}
    while todo:
        value, sign = todo.pop()
        op = value.maker
        if op is None or not op.inputs:
            continue
        judged = _judged(run, op, sign)
        if judged is not None:
            yield op, judged
        parts = [part for part in _terms(op, sign) if part not in met]
        todo += parts
        met.update(parts)


def _terms(op: Op, sign: int) -> list[tuple[Value, int]]:
    """(value, sign) of what an operation adds up; nothing if it does anything else."""
    if op.kind in LAYOUT | {"mean", "sum"}:
        return [(op.input, sign)]
    if op.kind == "neg":
        return [(op.input, -sign)]
    if (
        op.kind in ("mul", "div")
        and len(op.inputs) == 1
        and isinstance(number := op.get("other"), (int, float))
    ):
        return [(op.input, -sign if number < 0 else sign)]
    if op.kind in ("add", "sub"):
        turns = (("self", sign), ("other", -sign if op.kind == "sub" else sign))
        return [(term, turn) for name, turn in turns if (term := op.value(name)) is not None]
    return []


def _judged(run: Run, op: Op, sign: int) -> Value | None:
    """The value of which an operation, times the sign, is log(1 - p)."""
    if op.kind in ("log", "log1p") and sign > 0:
        kind, turned = run.logged_sigmoid(op)
        return kind.origin.output if kind is not None and kind.name == "unit" and turned else None
    if op.kind in ("binary_cross_entropy", *BCE_LOGITS) and sign < 0:
        target = op.value("target")
        seen = target.seen if target is not None else None
        return op.input if seen is not None and seen.finite and seen.lo == seen.hi == 0 else None
    if op.kind == "softplus" and sign < 0:
        return op.input if _is_scores(run, op.input) else None
    if op.kind == "log_sigmoid" and sign > 0:
        turned_score = source(op.input).maker
        negated = turned_score is not None and turned_score.kind == "neg"
        return turned_score.input if turned_score is not None and negated else None
    return None


def _is_scores(run: Run, value: Value) -> bool:
    kind = run.kind(value)
    return kind is not None and kind.name == "scores"
