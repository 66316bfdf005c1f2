"""An activation is computed and thrown away, and its input goes on without it.

## What it finds

A call such as `F.relu(x)` as a statement, `x.tanh()` without the underscore, or a stored result
that nothing reads, while the value before the activation is what the next layer gets.

In-place forms (`F.relu_(x)`, `x.relu_()`, `nn.ReLU(inplace=True)`) change their input and are not
reported; nor are results that are returned, printed, or used for a metric.

## Why it is bad

Functions in `torch.nn.functional` return a new tensor. After `F.relu(x)` the variable `x` still
holds the raw values: the layer trains as if the line were not there. Nothing fails and the loss
still falls, so the missing nonlinearity is noticed late or never.

Between two linear layers the effect is complete: W₂(W₁x + b₁) + b₂ is one affine map, and the
hidden layer adds nothing (see NL101).

## How to fix

Assign the result, `x = F.relu(x)`, or pass it straight on, `self.fc2(F.relu(self.fc1(x)))`. If
the activation is not wanted, delete the line: it costs time and memory.

## When to silence

When the call is there for its side effect, for example a forward hook that reads it. Put
`# nonlin: ignore[NL102]` on the line of the call.

## Sources

- PyTorch: `torch.nn.functional.relu`, `torch.nn.ReLU` (argument `inplace`)
- In the wild: https://github.com/Cadene/pretrained-models.pytorch/issues/79
- In the wild: https://github.com/Cadene/pretrained-models.pytorch/issues/90
- In the wild: https://github.com/DengPingFan/Inf-Net/issues/43
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker import evidence
from nonlin.checker.graph import Owner
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """激活函数算出的结果被丢弃，后面的层用的仍是激活之前的值。

## 它发现什么

把 `F.relu(x)` 写成单独一条语句，`x.tanh()` 少写了下划线，或者结果存进变量后再没有人读，而下一层
拿到的是激活之前的值。

原地形式（`F.relu_(x)`、`x.relu_()`、`nn.ReLU(inplace=True)`）会修改输入，不在此列；结果被返回、
打印或用于计算指标时也不报告。

## 为什么不好

`torch.nn.functional` 中的函数返回新的张量。执行 `F.relu(x)` 之后，变量 `x` 里仍是原来的值，训练
时这一行等于不存在。程序不报错，损失照样下降，所以少了非线性这件事往往很晚才被发现，甚至一直没人
发现。

如果它位于两个线性层之间，后果最彻底：W₂(W₁x + b₁) + b₂ 只是一个仿射变换，隐藏层不起任何作用（见
NL101）。

## 怎样修正

把结果赋回去：`x = F.relu(x)`；或者直接传下去：`self.fc2(F.relu(self.fc1(x)))`。如果并不需要这个
激活函数，就删掉这一行，它白白耗费时间和显存。

## 何时忽略

调用只是为了副作用时，例如有 forward hook 读取它的输出。在该调用所在的行写上
`# nonlin: ignore[NL102]`。

## 来源

- PyTorch 文档：`torch.nn.functional.relu`, `torch.nn.ReLU`（参数 `inplace`）
- 实例：https://github.com/Cadene/pretrained-models.pytorch/issues/79
- 实例：https://github.com/Cadene/pretrained-models.pytorch/issues/90
- 实例：https://github.com/DengPingFan/Inf-Net/issues/43
"""


@rule("NL102", severity="error", zh=ZH, since="0.1")
def activation_result_unused(run: Run) -> Iterator[Finding]:
    """An activation's output that nothing reads, while its input goes on; or a module that never ran."""
    for op in run.graph.ops:
        if not run.is_unread_activation(op):
            continue
        readers = len(run.graph.users(op.input))
        changed = run.share(op.input, lambda x: x < 0)
        facts: dict[str, float | int | str] = {
            "readers_of_result": 0,
            "readers_of_input": readers,
            **run.ends(op.input),
        }
        yield Finding(
            op.site,
            Text(
                f"the result of {spelled(op)} is thrown away: the network goes on with its input",
                f"{spelled(op)} 的结果被丢弃：网络继续使用它的输入",
            ),
            evidence=facts if changed is None else {**facts, "share_negative": changed},
            proof=Text(
                f"nothing reads the result, and {readers} operation{'s' if readers != 1 else ''} read"
                f"{'' if readers != 1 else 's'} the value before it",
                f"没有任何运算读取该结果，而有 {readers} 个运算读取激活之前的值",
            ),
            fix=Fix(
                Text("assign the result: x = F.relu(x)", "接住结果：x = F.relu(x)"), edits=recipes.assign(op)
            ),
            related=also(*run.graph.users(op.input)[:1]),
        )
    told = set()
    for pair in run.collapses:
        if pair.evidence == "idle" and isinstance(pair.witness, Owner) and pair.witness.number not in told:
            told.add(pair.witness.number)
            name = pair.witness.path
            made = (pair.witness.created,) if pair.witness.created else ()
            figures = evidence.collapse(pair)
            yield Finding(
                pair.place,
                Text(
                    f"the activation {name!r} is created but never called, and the two linear maps around its place are one",
                    f"激活 {name!r} 创建了却从未被调用，它两侧的两个线性映射因此等同于一个",
                ),
                evidence={"never_called": name, **figures},
                proof=Text(
                    f"one layer gives the same outputs: largest difference {figures['difference']:.1e}"
                    if "difference" in figures
                    else f"{name} did not run in this step",
                    f"单独一层就给出相同的输出：最大差 {figures['difference']:.1e}"
                    if "difference" in figures
                    else f"{name} 在这一步没有运行",
                ),
                fix=Fix(
                    Text(
                        f"call it in forward, between the two: x = self.{name}(x)",
                        f"在 forward 中于两者之间调用它：x = self.{name}(x)",
                    ),
                    edits=recipes.call_idle(pair.witness, pair.first),
                ),
                related=made,
            )
