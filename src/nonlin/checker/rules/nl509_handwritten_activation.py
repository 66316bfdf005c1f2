"""An activation is composed of several operations, where torch has one for it.

## What it finds

Elementwise steps on one value that together are an activation for which torch has a kernel: SiLU as
`x * torch.sigmoid(x)`, both GELUs, Mish, softplus in its stable form, hardswish, sigmoid, ReLU as
`x * (x > 0)` or `torch.where`. The steps are run on a grid of numbers and compared with every
activation of the catalogue, so the spelling does not matter. A `clamp(min=0)` or `torch.maximum`
with 0 counts only between two linear layers, where it can be nothing but a ReLU.

Code of libraries is not reported. Softplus written in the form that overflows is NL503.

## Why it is bad

Each step reads and writes the whole tensor, and keeps its inputs for backward. `x * sigmoid(x)`
runs two kernels and keeps two tensors, x and sigmoid(x), where `F.silu` runs one and keeps x. A
GELU by its tanh formula takes some eight steps and keeps about as many tensors; Mish with softplus
and tanh takes three. Activations are bound by memory traffic, so the cost in time is about the
same ratio.

Fused kernels also round once in place of at each step, which counts in half precision, and they
are safe for large inputs: 1 / (1 + exp(-x)) divides by infinity for x < -88.7 in float32, and the
gradient there is NaN.

## How to fix

Call the function that the message names; its module in `torch.nn` takes the same arguments.

## When to silence

When another tool needs the composed form, for example an exporter without that operator. Put
`# nonlin: ignore[NL509]` on the last line of the computation.

## Sources

- PyTorch: `torch.nn.SiLU`, `torch.nn.GELU` (argument `approximate`), `torch.nn.Mish`, `torch.nn.Hardswish`
- In the wild: https://github.com/wenet-e2e/wenet/pull/626
- In the wild: https://github.com/Project-MONAI/MONAI/issues/2812
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, bytes_between, megabytes

if TYPE_CHECKING:
    from nonlin.checker.flow.written import Written
    from nonlin.checker.graph import Op
    from nonlin.checker.run import Run

ZH = """激活函数由几个运算拼成，而 torch 有现成的一个。

## 它发现什么

对同一个值做的若干逐元素运算，合起来正是 torch 有内核的某个激活函数：写成 `x * torch.sigmoid(x)` 的
SiLU、两种 GELU、Mish、稳定形式的 softplus、hardswish、sigmoid，以及写成 `x * (x > 0)` 或
`torch.where` 的 ReLU。这些运算会在一组数上实际计算，再与目录中的所有激活函数比较，所以写法无关紧
要。`clamp(min=0)` 或与 0 取 `torch.maximum` 只有夹在两个线性层之间时才算，那里它只能是 ReLU。

库中的代码不报告。会溢出的 softplus 写法由 NL503 报告。

## 为什么不好

每个运算都要读写整个张量，并为反向传播保存输入。`x * sigmoid(x)` 要运行两个内核，保存 x 与
sigmoid(x) 两个张量；`F.silu` 只运行一个，只保存 x。按 tanh 公式写的 GELU 约有八步，保存的张量也差
不多这么多；由 softplus 和 tanh 拼成的 Mish 有三步。激活函数的速度受限于内存带宽，因此时间开销大致
也是这个比例。

融合内核只舍入一次，而不是每步一次，这在半精度中很要紧；它们对大的输入也是安全的：在 float32 中，
x < -88.7 时 1 / (1 + exp(-x)) 是除以无穷大，那里的梯度为 NaN。

## 怎样修正

调用信息中给出的函数；`torch.nn` 中对应的模块参数相同。

## 何时忽略

其他工具需要拼写形式时，例如导出器没有相应的算子。在计算的最后一行写上 `# nonlin: ignore[NL509]`。

## 来源

- PyTorch 文档：`torch.nn.SiLU`, `torch.nn.GELU`（参数 `approximate`）, `torch.nn.Mish`, `torch.nn.Hardswish`
- 实例：https://github.com/wenet-e2e/wenet/pull/626
- 实例：https://github.com/Project-MONAI/MONAI/issues/2812
"""


@rule("NL509", severity="advice", zh=ZH, since="0.1")
def handwritten_activation(run: Run) -> Iterator[Finding]:
    """Elementwise steps that equal one activation of torch."""
    for found in run.written:
        # The logarithms of exp(x) and of sigmoid(x) are NL503's and NL502's.
        if found.last.kind in ("log", "log1p") or (
            len(found.steps) == 1 and not _is_hidden_maximum(run, found)
        ):
            continue
        name, options = _call(found)
        call = f"{'torch' if found.record.name in _IN_TORCH else 'F'}.{name}({', '.join(['x', options] if options else ['x'])})"
        size, count = bytes_between(found.source, found.last), len(found.steps)
        yield Finding(
            found.last.site,
            Text(
                f"this is {found.record.name}, written out in {count} step{'s' * (count > 1)}: torch has {call}",
                f"这就是 {found.record.name}，用 {count} 个运算写成：torch 有现成的 {call}",
            ),
            evidence={"activation": found.record.name, "steps": count, "bytes_between": size},
            proof=Text(
                f"the two agree at every point of a grid; {megabytes(size)} of results between are written and kept here",
                f"两者在一组取样点上处处相同；这里要写出并保存 {megabytes(size)} 的中间结果",
            )
            if size
            else None,
            fix=Fix(
                Text(f"use {call}", f"改用 {call}"),
                safe=True,
                edits=recipes.express(found.last, _first(found), name, options),
            ),
            related=also(*found.steps[1:2]),
        )


def _is_hidden_maximum(run: Run, found: Written) -> bool:
    """A maximum with zero between two linear layers."""
    if found.last.kind not in ("clamp", "clamp_min", "maximum", "max"):
        return False
    before = run.kind(found.source)
    readers = run.readers(found.last.output)
    scores = before is not None and before.name == "scores" and run.is_linear_map(before.origin)
    return scores and bool(readers) and all(run.is_linear_map(op) for op in readers)


def _call(found: Written) -> tuple[str, str]:
    """(function of torch, its arguments beside the input)."""
    name = found.record.name
    if name == "gelu_tanh":
        return "gelu", 'approximate="tanh"'
    options = ", ".join(f"{name}={value:g}" for name, value in found.params.items())
    return _RENAMED.get(name, name), options


def _first(found: Written) -> list[Op]:
    """The steps that read nothing but the argument."""
    return [op for op in found.steps if set(op.inputs) == {found.source}]


_IN_TORCH = ("sigmoid", "tanh", "erf", "sin", "cos", "square", "arctan", "arcsinh")
_RENAMED = {"thresholded_relu": "threshold"}
