"""What an activation fits, and what to beware of, in words: each follows from its traits and numbers."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import torch

from nonlin.base.language import Text
from nonlin.catalogue import Activation, Gated, Record
from nonlin.facts.moments import moments
from nonlin.facts.probe import derivatives, example
from nonlin.facts.slope import slopes
from nonlin.facts.traits import has, landmarks, reach

# Where N(0, 1) inputs lie: the middles of a thousand equally likely pieces.
_NORMAL = [statistics.NormalDist().inv_cdf((k + 0.5) / 1000) for k in range(1000)]


def fits(record: Record[Any]) -> list[Text]:
    """What speaks for it."""
    return list(_pointwise_fits(record) if isinstance(record, Activation) else _vector_fits(record))


def beware(record: Record[Any]) -> list[Text]:
    """What speaks against it, or must be watched."""
    return list(_pointwise_risks(record)) if isinstance(record, Activation) else []


def _pointwise_fits(record: Activation[Any]) -> Iterator[Text]:
    found, span = moments(record, **example(record)), reach(record)
    if has(record, "unit-range") and has(record, "monotonic") and has(record, "continuous"):
        yield Text("gates and probabilities: values in [0, 1]", "门控与概率：取值在 [0, 1] 内")
    elif has(record, "bounded") and has(record, "odd") and has(record, "continuous"):
        yield Text(
            f"states and outputs that must stay within ±{span.hi:.4g}",
            f"须限制在 ±{span.hi:.4g} 以内的状态与输出",
        )
    elif has(record, "smooth") and has(record, "monotonic") and span.lo == 0 and span.hi == math.inf:
        yield Text(
            "outputs that must be positive: scales, rates, variances", "须为正数的输出：尺度、速率、方差"
        )
    centred = abs(found.mean) < 1e-3 and abs(found.second - 1) < 1e-3
    if centred and has(record, "continuous") and has(record, "saturates-left"):
        yield Text(
            "deep stacks without normalisation: N(0, 1) inputs keep mean 0 and variance 1",
            "不加归一化的深层网络：N(0, 1) 输入经过它仍是均值 0、方差 1",
        )
    if has(record, "smooth"):
        yield Text(
            "losses with second derivatives, as in physics-informed networks: it has all of them",
            "损失中含二阶导数的网络（如物理信息神经网络）：任意阶可导",
        )
    if not _dies(record) and span.hi == math.inf and has(record, "continuous"):
        yield Text(
            "hidden layers whose units must not die: its slope is zero on no interval",
            "不希望神经元死亡的隐藏层：没有导数恒为零的区间",
        )
    if has(record, "dies-left") and landmarks(record).left == 0 and has(record, "continuous"):
        yield Text("sparse outputs: it returns exact zeros", "稀疏的输出：会给出精确的零")


def _pointwise_risks(record: Activation[Any]) -> Iterator[Text]:
    found, span, flat = moments(record, **example(record)), reach(record), _flat(record)
    steepest = max(abs(slopes(record).lo), abs(slopes(record).hi))
    if flat == 1:
        yield Text(
            "no gradient passes at all: training needs a surrogate gradient",
            "完全没有梯度通过：训练须用替代梯度",
        )
    elif _dies(record):
        share = f"{flat:.0%}" if flat >= 0.01 else "< 1%"
        yield Text(
            f"no gradient passes where it is flat, {share} of N(0, 1) inputs: units can die",
            f"平坦处没有梯度通过（占 N(0, 1) 输入的 {share}）：神经元可能死亡",
        )
    if has(record, "saturates-left") and has(record, "saturates-right") and flat < 1:
        yield Text(
            f"saturates on both sides, with a slope of at most {steepest:.3g}: gradients fade in deep stacks",
            f"两侧饱和，导数绝对值不超过 {steepest:.3g}：在深层网络里梯度会消失",
        )
    if has(record, "even"):
        yield Text("the sign of the input is lost", "输入的正负号会丢失")
    elif has(record, "oscillating"):
        yield Text(
            "turns without end, so that far inputs give the same output: mind the scale of the weights",
            "起伏不止，相距很远的输入可得同一输出：注意权重的初始尺度",
        )
    elif not has(record, "monotonic") and len(landmarks(record).turns) == 1:
        (turn,) = landmarks(record).turns
        (bottom,), *_ = derivatives(partial(record.fn, **example(record)), [turn], 0)
        yield Text(
            f"not monotonic: it turns at x = {turn:.3g}, where it is {bottom:.3g}",
            f"不单调：在 x = {turn:.3g} 处转向，值为 {bottom:.3g}",
        )
    if has(record, "continuous") is False and flat < 1:
        yield Text("it jumps, and gradients do not see the jump", "函数值有跳变，而梯度感知不到")
    if steepest == math.inf:
        yield Text(
            "its slope grows without bound: normalise the inputs, or clip gradients",
            "导数无界：请归一化输入或裁剪梯度",
        )
    if has(record, "zero-centred") is False and span.hi > 0 and abs(found.mean) >= 0.1:
        yield Text(
            f"outputs are not centred: their mean is {found.mean:.2g} for N(0, 1) inputs",
            f"输出不以零为中心：输入为 N(0, 1) 时均值为 {found.mean:.2g}",
        )


def _dies(record: Activation[Any]) -> bool:
    return any(has(record, trait) for trait in ("dies-left", "dies-right", "dead-zone"))


@cache
def _flat(record: Activation[Any]) -> float:
    """The share of N(0, 1) inputs at which the slope is exactly zero, and not just at a point."""
    values = derivatives(partial(record.fn, **example(record)), _NORMAL)[1]
    return round(sum(value == 0 for value in values) / len(values), 2)


def _vector_fits(record: Record[Any]) -> Iterator[Text]:
    if isinstance(record, Gated):
        yield Text(
            "feed-forward blocks; with two thirds of the hidden width it has as many weights as without a gate",
            "前馈模块；隐藏宽度取三分之二时，权重数与不加门控时相同",
        )
        return
    total = _total(record)
    if total is not None and abs(total - 1) < 1e-6:
        yield Text(
            "class probabilities and attention weights: outputs sum to one; cross_entropy wants logits instead",
            "类别概率与注意力权重：输出之和为一；但 cross_entropy 要的是 logits",
        )
    elif (
        total is not None
        and abs(_total(record, exponential=True) or 0.0) - 1 < 1e-6
        and record.name[:3] == "log"
    ):
        yield Text("nll_loss, which wants log-probabilities", "nll_loss：它要的正是对数概率")


def _total(record: Record[Any], *, exponential: bool = False) -> float | None:
    """The sum of the outputs for one vector; None where the map refuses it."""
    params = example(record)
    if "dim" in params:
        params["dim"] = 1
    vector = torch.tensor([0.3, -1.2, 2.0, 0.7], dtype=torch.float64)[None, :, None, None]
    out = record.fn(vector, **params)
    return float((out.exp() if exponential else out).sum())
