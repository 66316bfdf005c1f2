"""Two linear maps follow each other with nothing nonlinear between them, so they are one map.

## What it finds

Two linear or convolution layers with only affine operations between them (bias, dropout,
BatchNorm, average pooling, reshape, scaling), where the split buys nothing: the width in between
is at least the smaller of the two ends, and nothing else reads the value in between.

It is an error where the network itself is evidence of a mistake: the same place in a twin block
or a neighbouring pair has an activation, or the network is built deep and has no nonlinearity at
all. Without such evidence it is advice.

## Why it is bad

W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂): two layers compute exactly what one layer can. With a
width in between of at least min(in, out), the product W₂W₁ can be any matrix, so the pair is no
constraint either; it only adds parameters and time.

Such a network draws straight boundaries however deep it is: XOR and interleaved moons stay out of
reach. Dropout changes this only by noise, and BatchNorm is affine once its statistics are fixed.

## How to fix

Put the activation that the neighbouring layers use between the two maps, for example `nn.ReLU()`
after the first. If one linear map is what you want, replace the pair by a single layer of the
outer sizes. An activation also changes the right scale of the weights before it: see
`nn.init.kaiming_normal_`.

## When to silence

When the pair is meant: a low-rank factorisation (the rule is silent where the width in between is
below both ends), a study of deep linear networks, a projection that is loaded or frozen later.
Put `# nonlin: ignore[NL101]` on the line of the first of the two maps.

## Sources

- Saxe, McClelland and Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in
  deep linear neural networks", arXiv:1312.6120
- Baldi and Hornik 1989, "Neural networks and principal component analysis", Neural Networks 2(1)
- PyTorch: `torch.nn.Linear`, `torch.nn.Conv2d`
- In the wild: https://github.com/DengPingFan/PraNet/issues/16
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker import evidence
from nonlin.checker.collapse import Pair
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """两个线性层相连，中间没有任何非线性运算，因此它们只等于一个线性层。

## 它发现什么

两个线性层或卷积层之间只有仿射运算（偏置、dropout、批归一化、平均池化、reshape、缩放），而且这样
拆分没有任何好处：中间宽度不小于两端中较小的一端，中间结果也没有被别处使用。

只有当网络自身给出证据时才报告为错误：孪生模块或相邻层的同一位置有激活函数，或者网络有多层却完全
没有非线性。没有这类证据时只作为建议。

## 为什么不好

W₂(W₁x + b₁) + b₂ = (W₂W₁)x + (W₂b₁ + b₂)：两层能计算的，一层同样能计算。当中间宽度不小于
min(in, out) 时，乘积 W₂W₁ 可以是任意矩阵，所以拆分连约束也算不上，只是多花参数和时间。

这样的网络无论多深都只能画出平直的决策边界，学不会异或，也分不开交错的月牙形数据。dropout 只是加
入噪声；批归一化在统计量固定后就是仿射变换。

## 怎样修正

在两层之间加上相邻层所用的激活函数，例如在第一层之后加 `nn.ReLU()`。如果本来就只要一个线性映射，
就把两层合并为一层。加上激活函数后，前一层权重的合适尺度也会改变，参见
`nn.init.kaiming_normal_`。

## 何时忽略

有意为之时：低秩分解（中间宽度小于两端时本规则不报告）、深度线性网络的理论研究、之后会加载或冻结
的投影层。在第一个线性层所在的行写上 `# nonlin: ignore[NL101]`。

## 来源

- Saxe, McClelland, Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in deep
  linear neural networks", arXiv:1312.6120
- Baldi, Hornik 1989, "Neural networks and principal component analysis", Neural Networks 2(1)
- PyTorch 文档：`torch.nn.Linear`, `torch.nn.Conv2d`
- 实例：https://github.com/DengPingFan/PraNet/issues/16
"""


@rule("NL101", severity="error", zh=ZH, since="0.1")
def linear_collapse(run: Run) -> Iterator[Finding]:
    """Two linear maps with nothing but affine operations between them, where the factorisation buys nothing."""
    for pair in run.collapses:
        if pair.evidence in ("idle", "misplaced") or _reported_as_unused(run, pair):
            continue  # said by NL102 and NL405: the activation is there, but not used, or elsewhere
        figures = evidence.collapse(pair)
        inside, inner, out = pair.widths
        name = pair.second.module
        after = Text(f" (module {name})", f"（模块 {name}）") if name else Text("", "")
        between = ", ".join(dict.fromkeys(op.kind for op in pair.path if op.kind in NAMED))
        yield Finding(
            pair.place,
            Text(
                f"this {pair.first.kind} and the next{after.en} are one linear map: "
                f"no activation stands between" + (f", only {between}" if between else ""),
                f"这个 {pair.first.kind} 与下一个{after.zh}其实是同一个线性映射："
                "两者之间没有激活函数" + (f"，只有 {between}" if between else ""),
            ),
            evidence={
                "in": inside,
                "inner": inner,
                "out": out,
                "because": pair.evidence or "candidate",
                **figures,
            },
            proof=_proof(pair, figures),
            fix=Fix(
                Text(
                    f"put an activation between the two, e.g. ReLU after line {pair.place.line}; "
                    "or keep one layer, if linear is meant",
                    f"在两层之间加一个激活函数，例如在第 {pair.place.line} 行之后加 ReLU；若本意就是线性，则只留一层",
                ),
                edits=recipes.insert(
                    run.graph, pair.first, pair.path, pair.second, among=[p.first for p in run.collapses]
                )
                if pair.evidence
                else (),
            ),
            related=also(pair.second),
            severity="error" if pair.evidence else "advice",
        )


NAMED = ("dropout", "batch_norm", "avg_pool1d", "avg_pool2d", "adaptive_avg_pool2d", "mean", "mul", "div")


def _reported_as_unused(run: Run, pair: Pair) -> bool:
    values = {pair.first.output, *(op.output for op in pair.path)}
    return any(run.unread_activation(value) for value in values)


def _proof(pair: Pair, figures: dict[str, float | int | str]) -> Text:
    inside, _, out = pair.widths
    why = REASONS[pair.evidence]
    if "difference" not in figures:
        return why
    return Text(
        f"one layer {inside} -> {out} built from both ({figures['parameters_of_one']} numbers instead of "
        f"{figures['parameters']}) gives the same outputs: largest difference {figures['difference']:.1e} "
        f"at outputs up to {figures['output']:.3g}; {why.en}",
        f"由两层合成的单层 {inside} -> {out}（{figures['parameters_of_one']} 个参数，而不是 {figures['parameters']} 个）"
        f"给出相同的输出：最大差 {figures['difference']:.1e}，而输出可达 {figures['output']:.3g}；{why.zh}",
    )


REASONS = {
    "": Text(
        "if that is meant (a low-rank or two-step projection), nothing is wrong",
        "若这是有意的（低秩或两步投影），则没有问题",
    ),
    "whole": Text(
        "no activation stands anywhere in this network: all of it is one linear map",
        "整个网络没有任何激活函数：它整体就是一个线性映射",
    ),
    "twin": Text("the same place in another block has an activation", "另一个模块的相同位置有激活函数"),
    "sibling": Text(
        "the neighbouring layers of the same module have activations between them",
        "同一模块里的相邻层之间都有激活函数",
    ),
    "expansion": Text(
        "the inner width exceeds both ends, so nothing is compressed: the wide layer is paid for and not used",
        "中间宽度大于两端，没有任何压缩：为宽层付出了代价，却毫无用处",
    ),
    "idle": Text("", ""),
    "misplaced": Text("", ""),
}
