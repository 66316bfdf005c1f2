"""A tensor is detached on the only way between trained parameters and the loss.

## What it finds

`.detach()` or `.data` behind which the gradient of some parameters ends, although an optimiser steps
them and no loss of the step reaches them by another way. The script is run for one full step, so
that its optimisers are known.

By design and silent: targets and teachers (no optimiser steps them), trunks that are frozen by
`requires_grad_(False)` or run inside `no_grad`, truncated backpropagation through time, a
discriminator's step on detached images, parts that another loss trains.

## Why it is bad

`detach` returns the same numbers without their history: for backward they are constants. Every
layer above keeps its initial weights, while the layers below train on random features. The loss
falls, if slowly, and nothing is said. `.data` does the same, and in addition hides in-place writes
from autograd's checks.

The optimiser does not complain: a parameter whose `.grad` is None is skipped.

## How to fix

Remove the `.detach()` or `.data`. To log or plot a value, detach it there and not on the way to
the loss. If the layers are meant to be frozen, say so: `requires_grad_(False)`, and give the
optimiser only the parameters that it should train.

## When to silence

When the layers are meant to stay as they are and the optimiser is given them for convenience. Put
`# nonlin: ignore[NL602]` on the line of the call.

## Sources

- PyTorch: `torch.Tensor.detach`, "Autograd mechanics" (locally disabling gradient computation)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.gradient import how
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """在被训练的参数通往损失的唯一途径上，张量被 detach 了。

## 它发现什么

某些参数的梯度止于 `.detach()` 或 `.data`，而优化器会更新这些参数，这一步的任何损失也没有别的途径到
达它们。脚本会运行完整的一步，因此能知道它的优化器。

有意的设计不报告：目标网络和教师网络（没有优化器更新它们）；用 `requires_grad_(False)` 冻结或在
`no_grad` 中运行的主干；截断的随时间反向传播；判别器在 detach 后的图像上的训练步；由另一个损失训练
的部分。

## 为什么不好

`detach` 返回同样的数，但不带来历：对反向传播而言它们是常数。前面的所有层都停在初始权重上，后面的
层只能在随机特征上训练。损失仍会下降，只是慢，而且没有任何提示。`.data` 也是如此，并且还会让原地写
入躲过自动求导的检查。

优化器不会报错：`.grad` 为 None 的参数会被跳过。

## 怎样修正

去掉 `.detach()` 或 `.data`。要记录或绘图时，就在那里 detach，而不要在通往损失的路上。如果这些层本
来就要冻结，就明确写出 `requires_grad_(False)`，并且只把要训练的参数交给优化器。

## 何时忽略

这些层本来就保持不变，只是图方便才一并交给优化器时。在该调用所在的行写上
`# nonlin: ignore[NL602]`。

## 来源

- PyTorch 文档：`torch.Tensor.detach`, Autograd mechanics（局部关闭梯度计算）
"""


@rule("NL602", severity="error", zh=ZH, since="0.1")
def gradient_cut(run: Run) -> Iterator[Finding]:
    """Parameters that an optimiser steps, and whose gradient ends at a detach."""
    stepped = {id(v.tensor()) for v in run.graph.stepped}
    cut: dict[Op, list[Value]] = {}
    for parameter, ops in run.gradients.lost_parameters():
        if ops and id(parameter.tensor()) in stepped and all(how(op) == "detach" for op in ops):
            cut.setdefault(ops[0], []).append(parameter)
    for op, parameters in cut.items():
        call = ".detach()" if op.kind == "detach" else ".data"
        first = parameters[0].name
        yield Finding(
            op.site,
            Text(
                f"{call} cuts off the layers before it: {first!r} is in the optimiser and never gets a gradient",
                f"{call} 切断了它前面的层：{first!r} 交给了优化器，却永远得不到梯度",
            ),
            evidence={"parameters_without_gradient": len(parameters), "first": first},
            proof=Text(
                f"the loss depends on {len(parameters)} such parameters, and none of its gradients reaches them",
                f"损失依赖于 {len(parameters)} 个这样的参数，却没有任何梯度传到它们",
            ),
            fix=Fix(
                Text(
                    f"remove {call}; or freeze the layers with requires_grad_(False), if that is meant",
                    f"去掉 {call}；如果本意是冻结，就对这些层使用 requires_grad_(False)",
                )
            ),
            related=also(*parameters[0].users[:1]),
        )
