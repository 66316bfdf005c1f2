"""A square root is taken of a sum of squares that can be zero, where its slope is infinite.

## What it finds

`torch.sqrt`, `.sqrt()` or `** 0.5` of squares, of a sum or mean of squares, of absolute values or
of a variance, with nothing added. If this batch holds an exact zero, it is an error. Otherwise it is
a warning, and only for distances: squared differences of trained values, which two equal samples
make zero.

Also the root of a trained number, where only a `torch.where` with a test of that number keeps it
from zero and below.

A root with a small constant or a floor inside is sound. So are `torch.linalg.vector_norm`, `cdist`
and `F.pairwise_distance`, which know the case. The root of a single number, as in an RMSE, is
zero only for a perfect fit and reported only if it is.

## Why it is bad

The slope of √s is 1 / (2√s): infinite at s = 0. With s = Σ d², the chain rule multiplies it by
2d = 0, and inf × 0 is NaN. One zero is enough: two equal embeddings, a sample compared with
itself, a silent window of sound. NaN then reaches every weight that the zero depends on, and a
mask that discards the distance afterwards does not help, because 0 × inf is NaN too.

## How to fix

Use `torch.linalg.vector_norm(d, dim=1)` or `torch.cdist(a, b)`: their gradient at zero is 0. Or
put a constant inside the root: `torch.sqrt(s + 1e-12)`. Adding it outside does not help. If only
the order of distances counts, leave the root out.

## When to silence

When the sum cannot be zero by construction. Put `# nonlin: ignore[NL506]` on the line of the root.

## Sources

- PyTorch: `torch.sqrt`, `torch.linalg.vector_norm`, `torch.cdist`
- In the wild: https://github.com/adambielski/siamese-triplet/issues/18
- In the wild: https://github.com/huggingface/sentence-transformers/pull/4033
- In the wild: https://github.com/open-mmlab/mmrotate/issues/205
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.patterns import source, square_of
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """对可能为零的平方和开方，而平方根在零处的斜率为无穷大。

## 它发现什么

对平方、平方的和或均值、绝对值或方差使用 `torch.sqrt`、`.sqrt()` 或 `** 0.5`，而且没有加任何常数。
这一批数据中恰好有零时报错误。否则只对距离报警告：被训练的两个量之差的平方，两个相同的样本就会使它
为零。

还有对被训练的数开方，而只靠 `torch.where` 对该数的判断来避开零和负数的情形。

根号内加了小常数或设了下限时没有问题。`torch.linalg.vector_norm`、`cdist` 和
`F.pairwise_distance` 已处理这种情况，也没有问题。RMSE 那样对单个数开方，只有完全拟合时才为零，只在
真的为零时报告。

## 为什么不好

√s 的斜率为 1 / (2√s)，在 s = 0 处为无穷大。若 s = Σ d²，链式法则再乘以 2d = 0，而 inf × 0 是 NaN。
一个零就够了：两个相同的嵌入、样本与自身比较、一段无声的音频。NaN 随后传到与这个零有关的所有权重。
事后用掩码丢弃这个距离也无济于事，因为 0 × inf 同样是 NaN。

## 怎样修正

使用 `torch.linalg.vector_norm(d, dim=1)` 或 `torch.cdist(a, b)`：它们在零处的梯度为 0。或者在根号
内加常数：`torch.sqrt(s + 1e-12)`；加在根号外没有用。如果只关心距离的大小顺序，就不要开方。

## 何时忽略

构造上保证平方和不会为零时。在开方所在的行写上 `# nonlin: ignore[NL506]`。

## 来源

- PyTorch 文档：`torch.sqrt`, `torch.linalg.vector_norm`, `torch.cdist`
- 实例：https://github.com/adambielski/siamese-triplet/issues/18
- 实例：https://github.com/huggingface/sentence-transformers/pull/4033
- 实例：https://github.com/open-mmlab/mmrotate/issues/205
"""


@rule("NL506", severity="warning", zh=ZH, since="0.1")
def unbounded_gradient_sqrt(run: Run) -> Iterator[Finding]:
    """The square root of something that reaches zero with slope zero, unguarded."""
    for op in run.graph.of("sqrt", "pow"):
        if op.kind == "pow" and (op.get("exponent") != 0.5 or op.value("self") is None):
            continue
        if not (op.by_user and op.output.grad):
            continue
        choice = _choice(run, op)
        if choice is not None:
            yield _behind(run, op, choice)
            continue
        squares = _squares(op.input)
        zero = op.input.seen is not None and op.input.seen.lo == 0
        if squares is None or not (zero or (op.output.rank > 0 and _is_distance(squares))):
            continue
        share = run.share(op.input, lambda x: x == 0) if zero else 0.0
        yield Finding(
            op.site,
            Text(
                "the square root of an exact zero: its slope is infinite, and the gradient becomes NaN"
                if zero
                else "the square root of squares, which may be zero: there the gradient is NaN",
                "对恰好为零的数开方：斜率为无穷大，梯度变成 NaN"
                if zero
                else "对平方（和）开方，它可能为零：此处梯度为 NaN",
            ),
            evidence={**({} if share is None else {"share_zero": share}), **run.ends(op.input)},
            proof=Text(
                "1 / (2 sqrt(s)) is inf at s = 0, and the slope of the squares there is 0: inf * 0 is NaN",
                "s = 0 处 1 / (2 sqrt(s)) 为 inf，而平方在该处的斜率为 0：inf * 0 是 NaN",
            ),
            fix=Fix(
                Text(
                    "use torch.linalg.vector_norm, or add a small constant inside the root: sqrt(s + 1e-12)",
                    "改用 torch.linalg.vector_norm，或在根号内加小常数：sqrt(s + 1e-12)",
                )
            ),
            related=also(squares),
            severity="error" if zero else "warning",
        )


def _choice(run: Run, op: Op) -> Op | None:
    """The `where` that picks a root only where the number under it is large enough, if that is all that keeps it sound."""
    stops = source(op.input).maker
    if run.range(op.input).lo > 0 or (stops is not None and stops.kind in _STOPS):
        return None
    for user in run.graph.of("where"):
        test = user.input.maker
        tested = [source(v) for v in test.inputs] if test is not None and test.kind in _TESTS else []
        if op.output in user.inputs[1:] and source(op.input) in tested:
            return user
    return None


_TESTS = frozenset(("gt", "ge", "lt", "le", "ne", "eq", "logical_not"))


def _behind(run: Run, op: Op, choice: Op) -> Finding:
    now = op.input.seen is not None and op.input.seen.lo <= 0
    return Finding(
        op.site,
        Text(
            "torch.where does not protect this square root: the branch that is not picked passes NaN back",
            "torch.where 保护不了这个平方根：没有被选中的分支仍会传回 NaN",
        ),
        evidence=run.ends(op.input),
        proof=Text(
            "the gradient of the other branch is 0, times a slope that is infinite at zero and NaN below: NaN"
            + ("" if now else "; this batch holds no such number yet"),
            "另一分支的梯度为 0，乘以零处为无穷大、负数处为 NaN 的斜率，结果是 NaN"
            + ("" if now else "；这一批数据中暂时没有这样的数"),
        ),
        fix=Fix(
            Text(
                "keep the number above zero before the root: sqrt(x.clamp(min=1e-12))",
                "在开方之前让数大于零：sqrt(x.clamp(min=1e-12))",
            )
        ),
        related=also(choice),
        severity="error" if now else "warning",
    )


def _squares(value: Value) -> Op | None:
    """The square, absolute value or variance, if only sums, means and moves stand after it."""
    op = source(value).maker
    while op is not None and op.inputs and op.kind in ("sum", "mean"):
        op = source(op.input).maker
    if op is None or not op.inputs or not op.input.grad:
        return None
    inner = source(op.input).maker
    if inner is not None and inner.kind in _STOPS:
        return None
    smooth = square_of(op.output) is not None or op.kind in ("abs", "var", "mse_loss")
    return op if smooth else None


# Their backward puts 0 where their output is 0, whatever arrives there, NaN too.
_STOPS = frozenset(("relu", "relu6", "hardtanh", "threshold", "clamp", "clamp_min"))


def _is_distance(squares: Op) -> bool:
    """Whether what is squared is the difference of two trained values."""
    op = source(squares.input).maker
    return op is not None and op.kind == "sub" and sum(v.grad for v in op.inputs) == 2
