"""Which task one column of targets is about."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nonlin.advice.targets import Targets
from nonlin.base.errors import NonlinError
from nonlin.base.language import Text

# Thresholds of the guesses; each guess names the figure that it rests on, and what else it could be.
_MOST_CLASSES = 1000
_OVERDISPERSED = 1.5
_LARGE = 1000
_HEAVY = 10
_SKEWED = 1.0
_RARE = 0.05
_THIN_TAIL = 0.05
_EXACT = 2.0**53  # beyond it every float is whole

_PERHAPS_COUNTS = Text(
    "whole numbers do not say whether they are classes or counts: for counts choose counts or negative-binomial",
    "只看整数分不清是类别还是计数；若是计数，请选 counts 或 negative-binomial",
)
_PERHAPS_ORDINAL = Text(
    "nor whether the classes have an order (stars, grades): if so choose ordinal",
    "也看不出类别是否有序（星级、等级）；若有序，请选 ordinal",
)


def of_labels(values: NDArray[Any]) -> Targets:
    """Words: two or more classes.

    Raises:
        NonlinError: there is one label only, or nearly as many as rows.
    """
    labels, codes = np.unique(values, return_inverse=True)
    k, n = len(labels), len(values)
    if k == 1:
        raise NonlinError(f"all {n} targets are {str(labels[0])!r}: there is nothing to learn")
    if k > max(n // 2, 2):
        raise NonlinError(f"{k} different texts in {n} rows are names, not classes; choose another column")
    shown = ", ".join(str(label) for label in labels[:4]) + (", .." if k > 4 else "")
    said = Text(f"{k} different texts: {shown}", f"{k} 种文本：{shown}")
    if k == 2:
        return Targets("binary", codes.astype(np.float64), (said, _shares(codes)))
    return Targets("multi-class", codes, (said, _shares(codes)), (_PERHAPS_ORDINAL,))


def of_numbers(y: NDArray[Any]) -> Targets:
    """Numbers that are not all the same."""
    values = np.unique(y)
    if len(values) == 2:
        return _two(y, values)
    if (y == np.round(y)).all() and np.abs(values[[0, -1]]).max() < _EXACT:
        return _whole(y.astype(np.int64), values)
    return _real(y.astype(np.float64))


def _shares(codes: NDArray[Any]) -> Text:
    counts = np.bincount(codes)
    share = 100 * counts / counts.sum()
    return Text(
        f"the rarest is {share.min():.3g} % of them, the most frequent {share.max():.3g} %",
        f"最少的占 {share.min():.3g} %，最多的占 {share.max():.3g} %",
    )


def _two(y: NDArray[Any], values: NDArray[Any]) -> Targets:
    low, high = (f"{value:g}" for value in values)
    codes = (y == values[1]).astype(np.float64)
    share = codes.mean()
    evidence = [
        Text(
            f"two values: {low} and {high}; {100 * share:.3g} % are {high}",
            f"两个取值：{low} 和 {high}；{high} 占 {100 * share:.3g} %",
        )
    ]
    if values.tolist() != [0, 1]:
        evidence.append(Text(f"code them as 0 ({low}) and 1 ({high})", f"改编码为 0（{low}）和 1（{high}）"))
    doubts = []
    if min(share, 1 - share) < _RARE:
        doubts.append(
            Text(
                "one of the two is rare: accuracy says little; see pos_weight among the alternatives",
                "其中一类很少：准确率说明不了问题；参见替代方案中的 pos_weight",
            )
        )
    return Targets("binary", codes, tuple(evidence), tuple(doubts))


def _whole(y: NDArray[Any], values: NDArray[Any]) -> Targets:
    low, high, k = int(values[0]), int(values[-1]), len(values)
    span = Text(f"{k} different whole numbers from {low} to {high}", f"{k} 个不同的整数，从 {low} 到 {high}")
    if low < 0:
        doubt = Text(
            "they could be classes or levels with negative numbers: then choose multi-class or ordinal",
            "也可能是带负号编号的类别或等级；若是，请选 multi-class 或 ordinal",
        )
        return Targets("regression", y, (span,), (doubt, *_degrees(low, high), *_outliers(y)))
    doubts = [*_degrees(low, high)]
    if k == len(y) > 20:
        once = Text(
            "every number occurs once: are these row numbers or identifiers?",
            "每个数只出现一次：会不会是行号或编号？",
        )
        doubts.append(once)
    gapless = k == high - low + 1
    top = float((y > high - (high - low) / 4).mean())
    ratio = float(y.var() / y.mean())
    thin = low == 0 and top < _THIN_TAIL and ratio > 0.5
    if low <= 1 and gapless and k <= _MOST_CLASSES and len(y) >= 2 * k and not thin:
        evidence = [span, Text("none is missing between them", "中间没有缺号"), _shares(y - low)]
        if low == 1:
            evidence.append(
                Text(
                    "nn.CrossEntropyLoss counts classes from 0: subtract 1",
                    "nn.CrossEntropyLoss 的类别从 0 开始：请减 1",
                )
            )
        return Targets("multi-class", y - low, tuple(evidence), (_PERHAPS_COUNTS, _PERHAPS_ORDINAL))
    spread = Text(
        f"mean {y.mean():.4g}, variance {y.var():.4g}: their ratio is {ratio:.3g} (1 for Poisson)",
        f"均值 {y.mean():.4g}，方差 {y.var():.4g}，二者之比 {ratio:.3g}（泊松分布为 1）",
    )
    if y.mean() > _LARGE:
        large = Text("too large for counts to be told from amounts", "数值很大，计数与一般的量已无差别")
        task = "positive" if low > 0 else "nonnegative"
        return Targets(task, y.astype(np.float64), (span, large), (*doubts, *_doubt_positive(low)))
    task = "negative-binomial" if ratio > _OVERDISPERSED else "counts"
    perhaps = Text(
        "if the numbers are names of classes or levels, choose multi-class or ordinal",
        "若这些数是类别或等级的编号，请选 multi-class 或 ordinal",
    )
    return Targets(task, y.astype(np.float64), (span, spread), (*doubts, perhaps))


def _real(y: NDArray[Any]) -> Targets:
    low, high = float(y.min()), float(y.max())
    span = Text(f"real numbers from {low:.4g} to {high:.4g}", f"实数，从 {low:.4g} 到 {high:.4g}")
    if _is_turn(low, high):
        turn = Text("they span one turn of 2 pi", "正好跨越一圈 2 pi")
        doubt = Text("if they are no angles, choose regression", "若不是角度，请选 regression")
        return Targets("angle", y, (span, turn), (doubt,))
    if low >= 0 and high <= 1:
        doubt = Text(
            "if 0 and 1 are not the limits by nature, choose regression or positive",
            "若 0 和 1 并非天然界限，请选 regression 或 positive",
        )
        return Targets("bounded", y, (span,), (doubt,))
    if -1 <= low < -0.9 and 0.9 < high <= 1:
        doubt = Text(
            "if -1 and 1 are not the limits by nature, choose regression",
            "若 -1 和 1 并非天然界限，请选 regression",
        )
        return Targets("bounded", (y + 1) / 2, (span,), (doubt,))
    if low == 0:
        zeros = 100 * float((y == 0).mean())
        said = Text(f"{zeros:.3g} % are exactly zero, none is below", f"{zeros:.3g} % 恰为零，没有负数")
        return Targets("nonnegative", y, (span, said), _degrees(low, high))
    if low > 0:
        skew, log_skew = _skewness(y), _skewness(np.log(y))
        said = Text(
            f"all above zero; skewness {skew:.3g}, of their logarithms {log_skew:.3g}",
            f"全部大于零；偏度 {skew:.3g}，取对数后 {log_skew:.3g}",
        )
        if high / low >= 100 or (skew > _SKEWED and abs(log_skew) < skew):
            return Targets("positive", y, (span, said), (*_doubt_positive(low), *_degrees(low, high)))
        doubt = Text(
            "if a prediction below zero would make no sense, choose positive",
            "若预测出负数毫无意义，请选 positive",
        )
        return Targets("regression", y, (span, said), (doubt, *_degrees(low, high), *_outliers(y)))
    return Targets("regression", y, (span,), (*_degrees(low, high), *_outliers(y)))


def _is_turn(low: float, high: float) -> bool:
    """Whether the ends are those of a full circle, [-pi, pi] or [0, 2 pi], to one part in a hundred."""
    near = 0.01 * 2 * math.pi
    return any(
        abs(low - start) < near and abs(high - start - 2 * math.pi) < near and low >= start - 1e-6
        for start in (-math.pi, 0.0)
    )


def _doubt_positive(low: float) -> tuple[Text, ...]:
    if low <= 0:
        return ()
    return (
        Text(
            "if errors count in absolute units, choose regression",
            "若误差按绝对单位计，请选 regression",
        ),
    )


def _skewness(y: NDArray[Any]) -> float:
    return float((_standardised(y) ** 3).mean())


def _standardised(y: NDArray[Any]) -> NDArray[Any]:
    """Mean 0 and variance 1; divided first by the largest, whose square might overflow or vanish."""
    y = y / np.abs(y).max()
    return np.asarray((y - y.mean()) / max(float(y.std()), 1e-12))


def _degrees(low: float, high: float) -> tuple[Text, ...]:
    """A doubt where the numbers span one turn in degrees."""
    starts = (start for start in (-180, 0) if start <= low < start + 4 and start + 356 < high <= start + 360)
    if next(starts, None) is None:
        return ()
    return (Text("if they are degrees, choose angle, in radians", "若是角度（度），请选 angle，并换成弧度"),)


def _outliers(y: NDArray[Any]) -> tuple[Text, ...]:
    z = _standardised(y)
    kurtosis = float((z**4).mean()) - 3
    if kurtosis < _HEAVY:
        return ()
    return (
        Text(
            f"excess kurtosis {kurtosis:.3g} (normal: 0), the farthest {abs(z).max():.3g} standard deviations away: "
            "see HuberLoss and symlog among the alternatives",
            f"超额峰度 {kurtosis:.3g}（正态为 0），最远的偏离 {abs(z).max():.3g} 个标准差："
            "参见替代方案中的 HuberLoss 和 symlog",
        ),
    )
