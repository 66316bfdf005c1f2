"""The weights of several layers in a row are far too small or too large for their activation.

## What it finds

At least three linear layers in a row with nothing but an unbounded activation between them (ReLU,
GELU, SiLU, ELU, ...), whose weights change the size of a signal by less than 0.15 or more than 5
each, and by less than 1/10000 or more than 1000 in all. The factor is read off the weights: their
root mean square, times √(fan-in), divided by the gain of the activation.

Also a single last layer before a cross entropy, drawn by an initialiser with a factor above 5, from
which the loss starts at more than twice log k, the loss of a guess among k classes.

Silent: one or two other such layers, a last layer that starts small, layers with a normalisation or a
skip connection around them, where the scale of the weights matters little. PyTorch's own
initialisation has a factor of 0.41 with ReLU, He's has 1.

## Why it is bad

A sum of n products has the size of one product times √n; ReLU halves the mean square. So a layer
multiplies the size of its signal by std(w) · √n / √2. With a standard deviation of 0.01 and 48
inputs that is 0.049: after 12 layers the factor is 2e-16, less than float32 can add to the biases.
The output is constant, whatever the input, and the gradient shrinks by the same factor on its way
back. With a standard deviation of 1 the factor is 4.9 and the output 2e8.

## How to fix

Draw the weights with `nn.init.kaiming_normal_(w, nonlinearity="relu")`: its standard deviation is
gain / √(fan-in). `nonlin.gain("gelu")` gives the gain of any activation. A normalisation after
each layer, or skip connections, make the network insensitive to it.

## When to silence

When the weights are loaded afterwards. Put `# nonlin: ignore[NL705]` on the line that initialises
them.

## Sources

- He, Zhang, Ren and Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852, section 2.2
- PyTorch: `torch.nn.init.kaiming_normal_`, `torch.nn.init.calculate_gain`
- In the wild: https://github.com/SilasMarvin/dnns-from-scratch-in-zig/pull/7
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.collapse import weight_of
from nonlin.checker.flow.patterns import source
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import CROSS_ENTROPY, also, classes, inputs_of_kind

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """连续若干层的权重，相对其激活函数而言过小或过大。

## 它发现什么

至少三个连续的线性层，之间只有无界的激活函数（ReLU、GELU、SiLU、ELU 等），每层的权重使信号大小变为
不到 0.15 倍或超过 5 倍，总共变为不到万分之一或超过一千倍。这个倍数由权重得出：均方根乘以
√(扇入)，再除以激活函数的增益。

交叉熵之前的最后一层，只要由初始化函数赋值、倍数超过 5，而且损失的起点超过 log k（在 k 类中瞎猜的损失）
的两倍，单独一层也报告。

不报告的有：其他只有一两个这样的层；从小值开始的最后一层；带归一化或跳跃连接的层，那里权重的尺度影响不
大。PyTorch 自带的初始化配 ReLU 时倍数为 0.41，He 初始化为 1。

## 为什么不好

n 个乘积之和的大小是单个乘积的 √n 倍；ReLU 使均方减半。因此一层使信号的大小变为
std(w) · √n / √2 倍。标准差为 0.01、有 48 个输入时是 0.049：12 层之后为 2e-16，小到 float32 加到偏置
上都看不出来。无论输入是什么，输出都是常数，梯度在返回途中也按同样的倍数缩小。标准差为 1 时倍数为
4.9，输出达到 2e8。

## 怎样修正

用 `nn.init.kaiming_normal_(w, nonlinearity="relu")` 初始化权重：其标准差为增益除以 √(扇入)。
`nonlin.gain("gelu")` 给出任一激活函数的增益。每层之后加归一化，或加跳跃连接，网络就对此不敏感。

## 何时忽略

随后会载入权重时。在初始化权重的那一行写上 `# nonlin: ignore[NL705]`。

## 来源

- He, Zhang, Ren, Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852，2.2 节
- PyTorch 文档：`torch.nn.init.kaiming_normal_`, `torch.nn.init.calculate_gain`
- 实例：https://github.com/SilasMarvin/dnns-from-scratch-in-zig/pull/7
"""


@rule("NL705", severity="warning", zh=ZH, since="0.1")
def bad_init_gain(run: Run) -> Iterator[Finding]:
    """A stretch of layers whose weights miss the activations' gain by far."""
    yield from _too_sure(run)
    for stretch, factors in run.bad_gains:
        first, count, in_all = stretch.maps[0], len(factors), math.prod(factors)
        each = in_all ** (1 / count)
        small = each < 1
        kind = stretch.activations[0].kind
        yield Finding(
            weight_of(first).filled or first.site,
            Text(
                f"the weights are too {'small' if small else 'large'} for {kind}: each of {count} layers multiplies "
                f"the signal by about {each:.2g}",
                f"权重对 {kind} 来说过{'小' if small else '大'}：{count} 层中每层使信号变为约 {each:.2g} 倍",
            ),
            evidence={"layers": count, "factor_of_each": each, "factor_in_all": in_all},
            proof=Text(
                f"in all the signal {'shrinks' if small else 'grows'} to {in_all:.1e} of its size; a factor of 1 is right",
                f"总共{'缩小' if small else '放大'}为原来的 {in_all:.1e} 倍；合适的倍数是 1",
            ),
            fix=Fix(
                Text(
                    'initialise with nn.init.kaiming_normal_(weight, nonlinearity="relu"), or add normalisation',
                    '改用 nn.init.kaiming_normal_(weight, nonlinearity="relu") 初始化，或加归一化',
                ),
                edits=recipes.reinitialise(weight_of(first).filled, kind),
            ),
            related=also(*stretch.activations[:1]),
        )


# PyTorch's own initialisation has 0.58.
_MOST = 5.0


def _too_sure(run: Run) -> Iterator[Finding]:
    """A last layer from which an untrained classifier starts out sure of itself."""
    for loss, kind in inputs_of_kind(run, CROSS_ENTROPY, "scores"):
        last, guess, start = kind.origin, math.log(max(classes(loss), 2)), loss.output.seen
        if (
            source(loss.input) is not last.output
            or start is None
            or loss.output.rank
            or start.lo <= 2 * guess
        ):
            continue
        weight = weight_of(last)
        factor = run.spread(weight)
        # Where one line fills many layers, it is not the last one that is wrong.
        others = {weight_of(op) for op in run.graph.ops if run.is_linear_map(op)} - {weight}
        if weight.filled is None or any(other.filled == weight.filled for other in others):
            continue
        if factor is None or not factor > _MOST:
            continue
        yield Finding(
            weight.filled,
            Text(
                f"the weights of the last layer are too large: untrained, the loss starts at {start.lo:.3g}",
                f"最后一层的权重过大：还未训练，损失的起点就是 {start.lo:.3g}",
            ),
            evidence={"loss_now": start.lo, "loss_of_a_guess": guess, "factor": factor},
            proof=Text(
                f"a guess costs log(k) = {guess:.3g}; this layer makes scores {factor:.2g} times as large as its input",
                f"瞎猜的损失是 log(k) = {guess:.3g}；这一层使得分变为输入的 {factor:.2g} 倍",
            ),
            fix=Fix(
                Text(
                    "leave this layer as torch initialises it, or draw its weights with a std of at most 1 / sqrt(fan_in)",
                    "保留 torch 的默认初始化，或让权重的标准差不超过 1 / sqrt(fan_in)",
                )
            ),
            related=also(last, loss),
        )
