"""Which task several columns of targets are about, or images of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nonlin.advice.targets import Targets
from nonlin.base.language import Text

_MOST_PIXEL_CLASSES = 256


def of_table(y: NDArray[Any]) -> Targets:
    """One row of numbers for each sample."""
    if np.isin(y, (0, 1)).all():
        return _zeros_and_ones(y)
    time, event = y[:, 0], y[:, -1]
    if y.shape[1] == 2 and (time > 0).all() and np.isin(event, (0, 1)).all():
        share = 100 * float((event == 1).mean())
        said = Text(
            f"a positive column, and one of 0 and 1 ({share:.3g} % ones)",
            f"一列正数，另一列为 0 和 1（1 占 {share:.3g} %）",
        )
        doubt = Text(
            "if the two are not time and event, give them one by one (--column)",
            "若两列不是时间和事件，请逐列给出（--column）",
        )
        return Targets("survival", y, (said,), (doubt,))
    span = _span(y)
    if (y >= 0).all() and (np.abs(y.sum(axis=1) - 1) < 1e-3).all():
        off = float(np.abs(y.sum(axis=1) - 1).max())
        said = Text(f"every row sums to 1 (within {off:.1g})", f"每行之和为 1（误差不超过 {off:.1g}）")
        return Targets("soft-labels", y, (span, said))
    if y.shape[1] == 2 and (np.abs((y.astype(np.float64) ** 2).sum(axis=1) - 1) < 1e-3).all():
        said = Text("every row has the length 1: cos and sin of an angle", "每行长度为 1：角度的 cos 和 sin")
        return Targets("angle", np.arctan2(y[:, 1], y[:, 0]), (said,))
    apart = Text(
        "every column is taken as a target of one kind; if one of them holds the targets, name it (--column); "
        "if they are of several kinds, give each its own head and loss",
        "所有列都当作同一类目标；若只有其中一列是目标，请指明（--column）；若性质不同，请为每列单设输出头和损失",
    )
    whole = bool((y == np.round(y)).all())
    if whole and (y >= 0).all():
        ratio = float(np.mean(y.var(axis=0) / np.maximum(y.mean(axis=0), 1e-12)))
        said = Text(
            f"whole numbers; variance over mean {ratio:.3g} (1 for Poisson)",
            f"均为整数；方差与均值之比 {ratio:.3g}（泊松分布为 1）",
        )
        tokens = Text(
            "if they are tokens of texts, choose language-modelling; if classes, give one column",
            "若是文本的词元，请选 language-modelling；若是类别，请只给一列",
        )
        return Targets("negative-binomial" if ratio > 1.5 else "counts", y, (span, said), (apart, tokens))
    if (y >= 0).all() and (y <= 1).all():
        return Targets("bounded", y, (span,), (apart,))
    return Targets("regression", y, (span,), (apart,))


def _zeros_and_ones(y: NDArray[Any]) -> Targets:
    ones = y.sum(axis=1)
    each = Text(
        f"only 0 and 1; a row holds {ones.min():g} to {ones.max():g} ones, {ones.mean():.3g} on average",
        f"只有 0 和 1；每行有 {ones.min():g} 到 {ones.max():g} 个 1，平均 {ones.mean():.3g} 个",
    )
    if (ones == 1).all():
        said = Text(
            "one-hot: nn.CrossEntropyLoss takes class numbers too, y.argmax(axis=1)",
            "one-hot 编码：nn.CrossEntropyLoss 也可直接用类别编号 y.argmax(axis=1)",
        )
        return Targets("multi-class", y.argmax(axis=1), (each, said))
    steps = bool((np.diff(y, axis=1) <= 0).all())
    if steps and y.shape[1] > 2:
        said = Text(
            "no 1 after a 0: ordered levels, written as steps", "0 之后不再出现 1：以逐级方式书写的有序等级"
        )
        return Targets("ordinal", ones.astype(np.int64), (each, said))
    return Targets("multi-label", y, (each,))


def of_images(y: NDArray[Any]) -> Targets:
    """Three axes or more."""
    span = _span(y)
    low, high = float(y.min()), float(y.max())
    whole = bool((y == np.round(y)).all())
    if whole and low >= 0:
        k = len(np.unique(y))
        if y.dtype == np.uint8 and high > 100:
            said = Text("8-bit pixels: divide by 255", "8 位像素：除以 255")
            doubt = Text("if they are class numbers, choose segmentation", "若是类别编号，请选 segmentation")
            return Targets("image-unit", y / 255, (span, said), (doubt,))
        if y.ndim == 3 and k <= _MOST_PIXEL_CLASSES and high < _MOST_PIXEL_CLASSES:
            said = Text(f"{k} different whole numbers in each map", f"每幅图中共 {k} 个不同的整数")
            doubt = Text(
                "if they are counts or grey values, choose counts or image-unit",
                "若是计数或灰度值，请选 counts 或 image-unit",
            )
            return Targets("segmentation", y.astype(np.int64), (span, said), (doubt,))
    if low >= 0 and high <= 1:
        return Targets("image-unit", y, (span,))
    if low >= -1 and high <= 1:
        return Targets("image-signed", y, (span,))
    if low >= 0 and high <= 255 and high > 100:
        said = Text("pixels in [0, 255]: divide by 255", "像素在 [0, 255] 内：除以 255")
        return Targets("image-unit", y / 255, (span, said))
    doubt = Text(
        "the network must give the same axes; if the numbers are noise, choose noise",
        "网络的输出须有相同的维度；若是噪声，请选 noise",
    )
    return Targets("regression", y, (span,), (doubt,))


def _span(y: NDArray[Any]) -> Text:
    kind = Text("whole numbers", "整数") if (y == np.round(y)).all() else Text("real numbers", "实数")
    low, high = f"{y.min():.4g}", f"{y.max():.4g}"
    return Text(f"{kind.en} from {low} to {high}", f"{kind.zh}，从 {low} 到 {high}")
