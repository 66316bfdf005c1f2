"""Stub page.

## What it finds
x

## Why it is bad
x

## How to fix
x

## When to silence
x

## Sources
x

"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """存根。

## 它发现什么
x

## 为什么不好
x

## 怎样修正
x

## 何时忽略
x

## 来源
x

"""


@rule("NL210", severity="error", zh=ZH, since="0.1")
def output_range_excludes_targets(run: Run) -> Iterator[Finding]:
    """The prediction's range cannot hold a share of the targets that this batch asks for."""
    for prediction, target, loss in run.regressions():
        image = run.range(prediction)
        if image.unbounded or run.trained(target):
            continue
        limit = run.limiter(prediction)
        room = 1e-3 * (image.width if image.bounded else 1.0)
        share = run.share(target, lambda y: (y < image.lo - room) | (y > image.hi + room))
        if limit is None or share is None or share < 0.01:
            continue
        ends = run.ends(target)
        yield Finding(
            limit.site,
            Text(
                f"{spelled(limit)} confines the prediction to {image}, but {share:.0%} of this batch's targets "
                "lie outside",
                f"{spelled(limit)} 把预测限制在 {image},而本批次有 {share:.0%} 的目标在此范围之外",
            ),
            evidence={"share_outside": share, "low": str(image.lo), "high": str(image.hi), **ends},
            proof=Text(
                f"targets run from {ends.get('seen_low', 0):.4g} to {ends.get('seen_high', 0):.4g}; "
                "no weights can bring the loss on those outside to zero",
                f"目标从 {ends.get('seen_low', 0):.4g} 到 {ends.get('seen_high', 0):.4g};"
                "范围之外的部分,无论权重如何,损失都无法降到零",
            ),
            fix=Fix(
                Text(
                    "leave the output linear, or choose an output activation or a target scaling whose ranges agree",
                    "让输出保持线性,或选用与目标范围一致的输出激活或目标缩放",
                )
            ),
            related=also(loss),
        )
