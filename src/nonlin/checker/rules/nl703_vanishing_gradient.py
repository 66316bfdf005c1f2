"""The gradient shrinks by orders of magnitude on its way back through a stack of layers.

## What it finds

At least five linear layers in a row with one activation between each two, and neither a
normalisation nor a skip connection, in which the gradient of this step at the first layer is less
than 1/100000 of that at the last. Both are measured during the script's own backward pass, as the
Euclidean norm of the gradient with respect to the layer's output.

Weights that miss the activation's gain by far are NL705, dead layers NL701. A gradient that is
exactly zero is not meant here.

## Why it is bad

Each layer multiplies the gradient by its weights and by the slope of its activation. The slope of
a sigmoid is 1/4 at the most: with PyTorch's initialisation, whose weights contribute 1/√3, one
layer leaves about 0.14, six leave 1e-5, and twenty 2e-17. A factor this small cannot be made up by the
learning rate, which is the same for all layers; Adam rescales it, but then rescales the rounding
errors too.

The last layers then learn on features that never change.

## How to fix

Use ReLU, GELU or SiLU with `nn.init.kaiming_normal_`, whose factor is 1 in place of 0.14. Or put
`nn.BatchNorm1d` or `nn.LayerNorm` before each activation, or add skip connections. For a bounded
activation tanh is better than sigmoid: its slope at 0 is 1.

## When to silence

When the early layers are meant to stay as they are. Put `# nonlin: ignore[NL703]` on the line of
the first activation.

## Sources

- Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
  AISTATS, https://proceedings.mlr.press/v9/glorot10a.html
- He, Zhang, Ren and Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852, section 2.2
- In the wild: https://github.com/aymericdamien/TensorFlow-Examples/pull/146
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """梯度在穿过一叠层返回的途中缩小了好几个数量级。

## 它发现什么

至少五个连续的线性层，每两层之间只有一个激活函数，既没有归一化也没有跳跃连接，而这一步在第一层的梯
度不到最后一层的十万分之一。两者都在脚本自己的反向传播中测得，是梯度相对于该层输出的欧氏范数。

权重与激活函数的增益相差很远的情况由 NL705 报告，死亡的层由 NL701 报告。恰好为零的梯度不在此列。

## 为什么不好

每一层都把梯度乘以权重，再乘以激活函数的斜率。sigmoid 的斜率至多为 1/4：用 PyTorch 的初始化（权重贡
献 1/√3），一层剩下约 0.14，六层剩下 1e-5，二十层剩下 2e-17。学习率对所有层都一样，弥补不了这么小的倍
数；Adam 会重新缩放，但舍入误差也一并被放大。

于是最后几层只能在从不变化的特征上学习。

## 怎样修正

用 ReLU、GELU 或 SiLU，配合 `nn.init.kaiming_normal_`，倍数由 0.14 变为 1。或者在每个激活之前加
`nn.BatchNorm1d` 或 `nn.LayerNorm`，或加跳跃连接。若要有界的激活函数，tanh 好于 sigmoid：它在 0 处
的斜率为 1。

## 何时忽略

前面的层本来就保持不变时。在第一个激活函数所在的行写上 `# nonlin: ignore[NL703]`。

## 来源

- Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
  AISTATS, https://proceedings.mlr.press/v9/glorot10a.html
- He, Zhang, Ren, Sun 2015, "Delving Deep into Rectifiers", arXiv:1502.01852，2.2 节
- 实例：https://github.com/aymericdamien/TensorFlow-Examples/pull/146
"""
_LAYERS, _SHARE = 5, 1e-5


@rule("NL703", severity="warning", zh=ZH, since="0.1")
def vanishing_gradient(run: Run) -> Iterator[Finding]:
    """A plain stack of layers through which the measured gradient shrinks by orders of magnitude."""
    explained = {stretch for stretch, _ in run.bad_gains}
    for stretch in run.stretches:
        first, last = stretch.maps[0].gradient, stretch.maps[-1].gradient
        if (
            stretch in explained
            or len(stretch.maps) < _LAYERS
            or not first
            or not last
            or first >= _SHARE * last
        ):
            continue
        count, activation = len(stretch.maps), stretch.activations[0]
        each = (first / last) ** (1 / (count - 1))
        yield Finding(
            activation.site,
            Text(
                f"the gradient shrinks to {first / last:.0e} of its size through {count} layers with {activation.kind}",
                f"梯度穿过 {count} 个带 {activation.kind} 的层之后，只剩下原来的 {first / last:.0e}",
            ),
            evidence={
                "gradient_at_last": last,
                "gradient_at_first": first,
                "layers": count,
                "factor_of_each": each,
            },
            proof=Text(
                f"measured in this step's backward pass: each layer leaves about {each:.2g} of it",
                f"在这一步的反向传播中测得：每层大约只留下 {each:.2g}",
            ),
            fix=Fix(
                Text(
                    "use ReLU or GELU with kaiming_normal_, a normalisation before each activation, or skip connections",
                    "改用 ReLU 或 GELU 并配合 kaiming_normal_，或在每个激活之前加归一化，或加跳跃连接",
                )
            ),
            related=also(stretch.maps[0]),
        )
