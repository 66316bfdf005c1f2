"""Units of a layer are zero for the whole batch, so that no gradient reaches their weights.

## What it finds

The output of ReLU, or of another function with a flat side, in which most units are on that side
for every row of the captured batch. It is an error if that holds for the whole layer, and a
warning for at least three quarters of it.

With symmetric weights a unit is silent on a batch with probability 1/2 at the most, so a few silent
units mean nothing. Reported is only a share that has a probability below one in a million, given
the number of units; or a whole layer, however small, if the loss sees its input in no other way, because
then nothing before it can be trained. Each unit is judged over all rows and positions, and at least 16 of them.

## Why it is bad

Where ReLU returns 0 its slope is 0. If that is so for every row, the gradient of all weights and
of the bias of the unit is exactly zero, and it stays as it is until another batch happens to wake
it. A whole layer of such units is a wall: everything before it is cut off from the loss, and
everything after it sees a constant.

The usual causes are a large negative bias, a learning rate or momentum that threw the weights too
far, and inputs that are far from zero.

## How to fix

Initialise the bias with 0 and the weights with `nn.init.kaiming_normal_`; standardise the inputs
and, in regression, the targets; lower the learning rate. A normalisation before the activation
makes it impossible for all rows to have one sign. LeakyReLU, ELU or GELU keep a slope on the
negative side.

## When to silence

When the units are sparse by design and the batch is small. Put `# nonlin: ignore[NL701]` on the
line of the activation.

## Sources

- Lu et al. 2019, "Dying ReLU and Initialization: Theory and Numerical Examples", arXiv:1903.06733
- PyTorch: `torch.nn.ReLU`, `torch.nn.init.kaiming_normal_`
- In the wild: https://github.com/jvargasmu/population_estimation/issues/68
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.collapse import data_of
from nonlin.checker.graph import Op
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """一层中的许多单元在整批数据上都为零，梯度到不了它们的权重。

## 它发现什么

在 ReLU 或其他有平坦一侧的函数的输出中，捕获的这一批数据的每一行都使大多数单元落在平坦的一侧。整层
如此报错误，至少四分之三如此报警告。

权重对称时，一个单元在一批数据上全程沉默的概率至多为 1/2，所以个别单元沉默说明不了什么。只有在给定
单元个数时概率低于百万分之一的比例才会报告；如果损失只能通过这一层看到它的输入，则整层死亡时无论单元多
少都报告，因为它之前的一切都无法训练。每个单元都按所有行和所有位置来判断，且至少要有 16 个数。

## 为什么不好

ReLU 返回 0 之处，斜率也为 0。如果每一行都是如此，这个单元的所有权重和偏置的梯度就恰好为零，它会一直
保持原样，直到碰巧有另一批数据将它唤醒。整层都是这样的单元，就成了一堵墙：前面的一切与损失隔绝，后面
的一切只看到一个常数。

常见的原因是：很大的负偏置；学习率或动量过大，把权重甩得太远；输入远离零。

## 怎样修正

偏置初始化为 0，权重用 `nn.init.kaiming_normal_`；对输入做标准化，回归问题中对目标也做；降低学习
率。在激活之前加归一化，所有行就不可能同号。LeakyReLU、ELU、GELU 在负的一侧仍有斜率。

## 何时忽略

这些单元本来就是稀疏的，而且批很小时。在激活函数所在的行写上 `# nonlin: ignore[NL701]`。

## 来源

- Lu 等 2019, "Dying ReLU and Initialization: Theory and Numerical Examples", arXiv:1903.06733
- PyTorch 文档：`torch.nn.ReLU`, `torch.nn.init.kaiming_normal_`
- 实例：https://github.com/jvargasmu/population_estimation/issues/68
"""
_CHANCE = 1e-6
_SAMPLES = 16


@rule("NL701", severity="error", zh=ZH, since="0.1")
def dead_units(run: Run) -> Iterator[Finding]:
    """Units whose slope is zero for every row, more of them than chance explains."""
    for op in run.graph.ops:
        way = run.affine(op.input) if op.idle is not None and op.idle.exact else None
        if op.index not in run.graph.live or op.idle is None or way is None or not way.axis:
            continue
        if run.range(op.output).width == 0:
            continue  # constant by its arguments or its input: NL407 or NL404
        units = op.idle.of_units(way.axis)
        count, dead = units.numel(), int((units == 1).sum())
        whole = dead == count
        unlikely = dead >= 0.75 * count and _chance(dead, count) <= _CHANCE
        # Few units may all be silent by chance; where nothing passes them by, training cannot start all the same.
        if op.idle.samples(way.axis) < _SAMPLES or not (
            unlikely or (whole and _is_only_way(run, op, way.start))
        ):
            continue
        bias = way.start.value("bias")
        middle = run.mean_of(bias)
        yield Finding(
            op.site,
            Text(
                f"{dead} of the {count} units of {spelled(op)} are dead: zero, with zero gradient, for the whole batch",
                f"{spelled(op)} 的 {count} 个单元中有 {dead} 个已经死亡：在整批数据上输出为零，梯度也为零",
            ),
            evidence={
                "dead": dead,
                "units": count,
                "rows": op.idle.rows,
                "activation": run.spelled(op),
                **run.ends(op.input),
                **({} if middle is None else {"mean_bias": middle}),
            },
            proof=Text(
                "nothing passes this layer: no gradient reaches any weight before it"
                if whole
                else f"by chance this many have a probability of {_chance(dead, count):.0e}",
                "没有任何东西能通过这一层：梯度到不了它之前的任何权重"
                if whole
                else f"纯属偶然的概率只有 {_chance(dead, count):.0e}",
            ),
            fix=Fix(
                Text(
                    "start the bias at 0 and standardise the inputs; or use LeakyReLU or GELU, which keep a slope",
                    "偏置从 0 开始，并对输入做标准化；或改用仍有斜率的 LeakyReLU 或 GELU",
                )
            ),
            related=also(way.start),
            severity="error" if whole else "warning",
        )


def _is_only_way(run: Run, op: Op, layer: Op) -> bool:
    """Whether all that a loss sees of a layer's input has passed this activation."""
    roots = {objective.root for objective in run.graph.objectives if objective.is_loss}
    todo, met = [data_of(layer)], {data_of(layer)}
    while todo:
        value = todo.pop()
        if value in roots:
            return False
        after = [v for user in value.users if user is not op for v in user.outputs if v not in met]
        todo += after
        met.update(after)
    return True


def _chance(dead: int, count: int) -> float:
    """The probability that at least `dead` of `count` units are silent, if each is so with probability 1/2."""
    return float(sum(math.comb(count, k) for k in range(dead, count + 1)) / 2**count)
