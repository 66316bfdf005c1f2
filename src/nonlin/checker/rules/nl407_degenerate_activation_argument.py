"""An activation's argument makes it the identity, or a constant.

## What it finds

An activation that, with the arguments of this call, gives back every number, or the same number for all:
`nn.LeakyReLU(True)`, `nn.LeakyReLU(1.0)`, `nn.Softshrink(0)`, a `nn.Threshold` below or above
everything. The function is evaluated, so every activation of the catalogue is covered.

Slopes that are learned start where they start and are not reported.

## Why it is bad

The first argument of `nn.LeakyReLU` is `negative_slope`. Who writes `nn.LeakyReLU(True)` has
`nn.ReLU(True)` in mind, where the first argument is `inplace`. True counts as 1, and with slope 1 on
both sides the activation is x for all x: the layers around it are one linear map, and nothing says so.
A network of such layers can only learn linear functions, however deep it is.

A constant activation passes nothing of its input and no gradient.

## How to fix

Name the arguments: `nn.LeakyReLU(0.01, inplace=True)`.

## When to silence

When the identity is meant, as one end of a series of slopes. Put `# nonlin: ignore[NL407]` on the line
of the activation.

## Sources

- PyTorch: `torch.nn.LeakyReLU` (`negative_slope=0.01, inplace=False`), `torch.nn.ReLU`
  (`inplace=False`), `torch.nn.Softshrink`, `torch.nn.Threshold`
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import point
from nonlin.base.language import Text
from nonlin.checker.graph import Op
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """激活函数的参数使它成了恒等函数或常数。

## 它发现什么

以这次调用的参数，激活函数对任何数都原样返回，或对所有数都返回同一个值：`nn.LeakyReLU(True)`、
`nn.LeakyReLU(1.0)`、`nn.Softshrink(0)`、阈值低于或高于一切的 `nn.Threshold`。规则会实际求出函数值，
因此适用于收录的所有激活函数。

可学习的斜率无论从哪个值开始都不报告。

## 为什么不好

`nn.LeakyReLU` 的第一个参数是 `negative_slope`。写 `nn.LeakyReLU(True)` 的人想的是 `nn.ReLU(True)`，
那里的第一个参数是 `inplace`。True 等于 1，两侧斜率都是 1，激活函数对所有 x 都等于 x：前后的层合成一个
线性映射，而没有任何提示。由这样的层组成的网络无论多深，都只能学到线性函数。

恒为常数的激活函数既不传递输入的任何信息，也不传递梯度。

## 怎样修正

写出参数名：`nn.LeakyReLU(0.01, inplace=True)`。

## 何时忽略

确实要用恒等函数时，例如作为一系列斜率的一端。在激活函数所在的行写上 `# nonlin: ignore[NL407]`。

## 来源

- PyTorch 文档：`torch.nn.LeakyReLU`（`negative_slope=0.01, inplace=False`）, `torch.nn.ReLU`
  （`inplace=False`）, `torch.nn.Softshrink`, `torch.nn.Threshold`
"""

# From far below what training meets to far above: a clip at a million is meant, and is no identity here.
_SIZES = (1e-12, 1e-3, 0.1, 1.0, 3.0, 1e2, 1e6, 1e30)
_NOT_ARGUMENTS = ("self", "input", "inplace", "training", "generator")


@rule("NL407", severity="error", zh=ZH, since="0.1")
def degenerate_activation_argument(run: Run) -> Iterator[Finding]:
    """With these arguments an activation does nothing, or says nothing."""
    done = set()
    for op in run.graph.ops:
        if op.index not in run.graph.live or not run.is_activation(op) or op.site in done:
            continue
        arguments = {
            name: item
            for name, item in op.arguments.items()
            if name not in _NOT_ARGUMENTS and isinstance(item, (bool, int, float))
        }
        effect = _effect(run, op) if arguments else None
        if effect is None:
            continue
        done.add(op.site)
        listed = ", ".join(f"{name}={item!r}" for name, item in arguments.items())
        at_minus, at_plus = (run.through(op, point(x)).lo for x in (-1.0, 1.0))
        confused = any(item is True for item in arguments.values())
        yield Finding(
            op.site,
            Text(
                f"{spelled(op)} with {listed} {effect.en}", f"{spelled(op)} 的参数为 {listed} 时{effect.zh}"
            ),
            evidence={
                **{
                    name: float(item) if math.isfinite(item) else str(item)
                    for name, item in arguments.items()
                },
                "at_-1": at_minus,
                "at_1": at_plus,
            },
            proof=Text(
                f"it gives {at_minus:g} at -1 and {at_plus:g} at 1, and so on for every size of number",
                f"它在 -1 处为 {at_minus:g}，在 1 处为 {at_plus:g}，对任何大小的数都如此",
            ),
            fix=Fix(
                Text(
                    "name the argument: True was taken for a number, where inplace=True was meant"
                    if confused
                    else "give the argument a value at which the function bends, or leave it out",
                    "写出参数名：True 被当作数字，而本意是 inplace=True"
                    if confused
                    else "给参数一个能使函数弯曲的值，或省略它",
                ),
                edits=recipes.named_inplace(op) if confused else (),
            ),
        )


def _effect(run: Run, op: Op) -> Text | None:
    """What is wrong with an activation: it is the identity or a constant over all sizes of numbers."""
    places = [sign * size for size in _SIZES for sign in (-1.0, 1.0)]
    images = [run.through(op, point(x)) for x in places]
    if all(max(abs(i.lo - x), abs(i.hi - x)) <= 1e-6 * abs(x) for i, x in zip(images, places, strict=True)):
        return Text("is the identity", "是恒等函数")
    if all(i.lo == i.hi == images[0].lo for i in images):
        return Text("is constant", "恒为常数")
    return None
