"""The gradient of trained parameters is cut off on their only way to the loss.

## What it finds

`.detach()`, `.data`, a `no_grad` block or a way through NumPy, behind which the gradient of some
parameters ends, although an optimiser steps them and no loss of the step reaches them by another
way. The script is run for one full step, so that its optimisers are known.

A loss that was made anew, as by `torch.tensor(loss.item(), requires_grad=True)`: all is cut off.

By design and silent: targets and teachers (no optimiser steps them), trunks that are frozen by
`requires_grad_(False)` or not given to the optimiser, truncated backpropagation through time, a
discriminator's step on detached images, parts that another loss trains.

## Why it is bad

`detach` returns the same numbers without their history: for backward they are constants. Every
layer above keeps its initial weights, while the layers below train on random features. The loss
falls, if slowly, and nothing is said. `.data` does the same, and in addition hides in-place writes
from autograd's checks.

The optimiser does not complain: a parameter whose `.grad` is None is skipped.

## How to fix

Remove the `.detach()` or `.data`, or take the layers out of the `no_grad` block. To log or plot a
value, detach it there and not on the way to the loss. If the layers are meant to be frozen, say so:
`requires_grad_(False)`, and give the optimiser only the parameters that it should train.

## When to silence

When the layers are meant to stay as they are and the optimiser is given them for convenience. Put
`# nonlin: ignore[NL602]` on the line of the call.

## Sources

- PyTorch: `torch.Tensor.detach`, "Autograd mechanics" (locally disabling gradient computation)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile
from linecache import getline
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix, Site
from nonlin.base.language import Text
from nonlin.checker.flow.gradient import how
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """在被训练的参数通往损失的唯一途径上，梯度被切断了。

## 它发现什么

某些参数的梯度止于 `.detach()`、`.data`、`no_grad` 块或转成 NumPy 再转回的一步，而优化器会更新这些参
数，这一步的任何损失也没有别的途径到达它们。脚本会运行完整的一步，因此能知道它的优化器。

重新造出来的损失，例如 `torch.tensor(loss.item(), requires_grad=True)`：一切都被切断。

有意的设计不报告：目标网络和教师网络（没有优化器更新它们）；用 `requires_grad_(False)` 冻结或没有交给
优化器的主干；截断的随时间反向传播；判别器在 detach 后的图像上的训练步；由另一个损失训练的部分。

## 为什么不好

`detach` 返回同样的数，但不带来历：对反向传播而言它们是常数。前面的所有层都停在初始权重上，后面的
层只能在随机特征上训练。损失仍会下降，只是慢，而且没有任何提示。`.data` 也是如此，并且还会让原地写
入躲过自动求导的检查。

优化器不会报错：`.grad` 为 None 的参数会被跳过。

## 怎样修正

去掉 `.detach()` 或 `.data`，或把这些层移出 `no_grad` 块。要记录或绘图时，就在那里 detach，而不要在
通往损失的路上。如果这些层本来就要冻结，就明确写出 `requires_grad_(False)`，并且只把要训练的参数交给优
化器。

## 何时忽略

这些层本来就保持不变，只是图方便才一并交给优化器时。在该调用所在的行写上
`# nonlin: ignore[NL602]`。

## 来源

- PyTorch 文档：`torch.Tensor.detach`, Autograd mechanics（局部关闭梯度计算）
"""


@rule("NL602", severity="error", zh=ZH, since="0.1")
def gradient_cut(run: Run) -> Iterator[Finding]:
    """Parameters that an optimiser steps, and whose gradient ends at a detach or in a `no_grad` block."""
    yield from _without_history(run)
    cut: dict[object, tuple[Op, list[Value]]] = {}
    for parameter, op in (*_inside(run), *_outside(run)):
        # Every line of a block without gradients cuts: they are one mistake.
        block = (op.frames[0].path, op.frames[0].function) if op.frames and not op.tracked else op
        cut.setdefault(block, (op, []))[1].append(parameter)
    for op, parameters in cut.values():
        first = parameters[0].name
        call, remedy = _CALLS[_spelling(op)]
        yield Finding(
            _place(op),
            Text(
                f"{call.en} cuts off the layers before it: {first!r} is in the optimiser and never gets a gradient",
                f"{call.zh} 切断了它前面的层：{first!r} 交给了优化器，却永远得不到梯度",
            ),
            evidence={"parameters_without_gradient": len(parameters), "first": first},
            proof=Text(
                f"the loss depends on {len(parameters)} such parameters, and none of its gradients reaches them",
                f"损失依赖于 {len(parameters)} 个这样的参数，却没有任何梯度传到它们",
            ),
            fix=Fix(
                Text(
                    f"{remedy.en}; or freeze the layers with requires_grad_(False), if that is meant",
                    f"{remedy.zh}；如果本意是冻结，就对这些层使用 requires_grad_(False)",
                )
            ),
            related=also(*parameters[0].users[:1]),
        )


_CALLS = {
    "detach": (Text(".detach()", ".detach()"), Text("remove .detach()", "去掉 .detach()")),
    "data": (Text(".data", ".data"), Text("remove .data", "去掉 .data")),
    "no_grad": (
        Text("torch.no_grad()", "torch.no_grad()"),
        Text("take this line out of torch.no_grad()", "把这一行移出 torch.no_grad()"),
    ),
    "numpy": (
        Text("the way through NumPy", "经过 NumPy 的这一步"),
        Text("compute this in torch, without .detach()", "改用 torch 计算，不要 .detach()"),
    ),
}


def _without_history(run: Run) -> Iterator[Finding]:
    """Losses that were made anew from their own number, so that the backward pass ends where it begins."""
    for objective in run.graph.objectives:
        maker = objective.root.maker
        if not (objective.is_loss and objective.leaf) or maker is None or how(maker) != "detach":
            continue
        place = maker.frames[0] if maker.frames else objective.site
        yield Finding(
            Site(place.path, place.line),
            Text(
                "this makes a new number of the loss, without its history: backward() reaches no layer",
                "这里把损失变成了一个没有历史的新数：backward() 到不了任何一层",
            ),
            evidence={"parameters_without_gradient": len(_stepped(run))},
            proof=Text(
                "the loss has no grad_fn, so no parameter of this step gets a gradient from it",
                "损失没有 grad_fn，这一步中没有任何参数能从它得到梯度",
            ),
            fix=Fix(
                Text(
                    "call backward() on the loss itself, and .item() or .detach() only on what is printed",
                    "直接对损失本身调用 backward()，只在打印时使用 .item() 或 .detach()",
                )
            ),
            related=(objective.site,),
        )


def _place(op: Op) -> Site:
    """The line of the cut. In a module of torch's own that is still the line of the user's block."""
    if not op.frames:
        return op.site
    path, line = op.frames[0].path, op.frames[0].line
    if _spelling(op) == "data":
        # No operation: it is met where its result is first read.
        above = takewhile(lambda n: "def " not in getline(path, n), range(line, 0, -1))
        line = next((n for n in above if ".data" in getline(path, n)), line)
    return Site(path, line, op.site.module)


def _spelling(op: Op) -> str:
    if not op.tracked:
        return "no_grad"
    if op.kind != "detach":
        return "data"
    return "numpy" if all(user.kind == "detach" for user in op.output.users) else "detach"


def _inside(run: Run) -> Iterator[tuple[Value, Op]]:
    """(parameter, where it is cut off) for those that a loss depends on."""
    stepped = _stepped(run)
    for parameter, ops in run.gradients.lost_parameters():
        number = stepped.get(id(parameter.tensor()))
        if number is not None and ops and all(how(op) in ("detach", "no_grad") for op in ops):
            # Another loss before the same step may be meant not to train them: a critic's, on detached images.
            own = run.graph.upstream([o.root for o in run.graph.objectives[number - 1 : number]])
            yield parameter, next((op for op in ops if op.index in own), ops[0])


def _outside(run: Run) -> Iterator[tuple[Value, Op]]:
    """The same for those whose values leave for NumPy, while numbers of as many rows come back from there."""
    live = run.graph.upstream([o.root for o in run.graph.objectives if o.is_loss])
    back = [op for op in run.graph.of("lift_fresh") if op.index in live and op.output.rank]
    left = [
        op.output
        for op in run.graph.ops
        if op.kind == "resolve_neg"  # the last of the operations that .numpy() makes
        and any(b.index > op.index and b.output.shape[:1] == op.output.shape[:1] for b in back)
    ]
    above = run.graph.upstream(left)
    for parameter in run.graph.stepped:
        if not any(user.index in live for user in parameter.users):
            ends = (op for op in run.gradients.losses([parameter], above) if op.kind == "detach")
            yield from ((parameter, op) for op in islice(ends, 1))


def _stepped(run: Run) -> dict[int, int]:
    """For each tensor that an optimiser steps, the number of objectives at its first step."""
    found: dict[int, int] = {}
    for parameter, number in run.graph.stepped.items():
        found.setdefault(id(parameter.tensor()), number)
    return found
