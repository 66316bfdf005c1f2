"""An activation cuts off values that a parameter of a Gaussian must be able to take.

## What it finds

- A log-variance that cannot be negative, because ReLU, softplus or sigmoid stands on it, where
  its exponential scales the noise of a sample or divides a squared error.
- A standard deviation or variance that is the output of a ReLU, perhaps with a small constant.
- A mean of a latent variable that cannot be negative, where the sample is drawn as
  `mean + noise * std` and the mean is squared, as in the divergence from N(0, 1).

Softplus or exp on a variance, tanh on the mean of an action, a log-variance between two bounds of
which the lower is negative, and noise that is scaled by the very activation to which it is added
are by design and not reported.

## Why it is bad

exp(0) is 1: a log-variance of at least 0 is a standard deviation of at least 1. The noise of a
latent variable then is never smaller than that of the prior, and no code can be sharper; in a
Gaussian likelihood an error of 0.1 counts like one of 1.

ReLU makes a deviation exactly 0 for half of all scores at the start. There the density is infinite or
not defined, and the gradient of those units is zero, so that they stay there; a small constant only
hides it.

A mean of at least 0 wastes half of the latent space: the code of every sample lies in one orthant, and
the divergence from N(0, 1) can bring it no closer than to its corner.

## How to fix

Leave means and log-variances linear. Where a positive number is needed, use `torch.exp(log_var)` or
`F.softplus(x) + 1e-6`.

## When to silence

When the bound is meant, as a floor on the noise. Put `# nonlin: ignore[NL213]` on the line of the
activation.

## Sources

- Kingma and Welling 2013, "Auto-encoding variational Bayes", arXiv:1312.6114 (appendix C.2: linear
  outputs for the mean and the log-variance)
- PyTorch: `torch.nn.GaussianNLLLoss` (the variance must be positive), `torch.distributions.Normal`
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.axes import LAYOUT
from nonlin.checker.flow.patterns import source
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """激活函数截掉了高斯分布的参数必须能取的值。

## 它发现什么

- 对数方差上有 ReLU、softplus 或 sigmoid，因而不能为负，而它的指数用来缩放抽样的噪声，或用来除平方误
  差。
- 标准差或方差是 ReLU 的输出，可能再加一个小常数。
- 隐变量的均值不能为负，而样本按 `mean + noise * std` 抽取，且均值被平方（如与 N(0, 1) 的散度）。

对方差使用 softplus 或 exp，对动作的均值使用 tanh，把对数方差限制在两个界之间且下界为负，以及用激活值
本身去缩放加在它上面的噪声，都属于有意设计，不报告。

## 为什么不好

exp(0) 等于 1：对数方差不小于 0，标准差就不小于 1。于是隐变量的噪声永远不小于先验的噪声，编码无法更精
确；在高斯似然中，0.1 的误差与 1 的误差几乎同样对待。

ReLU 在训练开始时使一半得分对应的标准差恰好为 0。那里的密度为无穷大或没有定义，而且这些单元的梯度为
零，只能停在那里；加一个小常数只是掩盖了问题。

均值不小于 0 会浪费隐空间的大部分：所有样本的编码都落在同一个卦限里，与 N(0, 1) 的散度也只能把它拉近
到该卦限的顶点。

## 怎样修正

均值和对数方差保持线性。需要正数时用 `torch.exp(log_var)` 或 `F.softplus(x) + 1e-6`。

## 何时忽略

有意限制，为噪声设置下限时。在激活函数所在的行写上 `# nonlin: ignore[NL213]`。

## 来源

- Kingma, Welling 2013, "Auto-encoding variational Bayes", arXiv:1312.6114（附录 C.2：均值与对数方差为
  线性输出）
- PyTorch 文档：`torch.nn.GaussianNLLLoss`（方差必须为正）, `torch.distributions.Normal`
"""

_NOISE = frozenset(("randn", "randn_like", "normal", "normal_functional"))
_RECTIFIERS = frozenset(("relu", "relu6", "clamp", "clamp_min", "threshold"))
_LINEAR = Text("drop the activation: this parameter stays linear", "去掉这个激活：该参数应保持线性")
_POSITIVE = Text("use exp of a log-variance, or softplus", "改用对数方差的 exp，或用 softplus")


class _Found(NamedTuple):
    """An activation that cuts off too much, what is said about it, and how to mend it."""

    act: Op
    message: Text
    proof: Text
    fix: Text
    facts: dict[str, float | int | str]


@rule("NL213", severity="error", zh=ZH, since="0.1")
def activation_on_distribution_parameters(run: Run) -> Iterator[Finding]:
    """The mean, variance or log-variance of a Gaussian passes an activation that cuts off what it needs."""
    told = set()
    for found in (*_samples(run), *_likelihoods(run)):
        act = found.act
        if act in told:
            continue
        told.add(act)
        cut = run.share(act.input, lambda x: x < 0)
        yield Finding(
            act.site,
            found.message,
            evidence={
                **found.facts,
                **({} if cut is None else {"share_negative": cut}),
                **run.ends(act.output),
            },
            proof=found.proof,
            fix=Fix(found.fix),
            related=also(*run.graph.users(act.output)[:1]),
        )


def _samples(run: Run) -> Iterator[_Found]:
    """Samples drawn as mean + noise * std."""
    for scaled in run.graph.of("mul"):
        sides = scaled.inputs
        noise = next((v for v in sides if _is_noise(v)), None)
        added = [u for u in run.readers(scaled.output) if u.kind == "add" and len(u.inputs) == 2]
        if noise is None or len(sides) != 2 or not added:
            continue
        std = next(v for v in sides if v is not noise)
        mean = next((v for v in added[0].inputs if source(v) is not source(scaled.output)), None)
        if mean is None or not (std.grad and mean.grad):
            continue
        bent = _bent(run, std)
        exp = source(std).maker
        if exp is not None and exp.kind == "exp":
            yield from _floored(run, exp.input, 0.5)
        elif bent is not None and bent.kind in _RECTIFIERS and source(mean) is not bent.output:
            yield _cut_to_zero(bent)
        above = _bent(run, mean)
        if above is not None and run.range(mean).lo >= 0 and above is not bent and _is_squared(run, mean):
            yield _Found(
                above,
                Text(
                    f"{spelled(above)} keeps the mean of a latent variable from being negative",
                    f"{spelled(above)} 使隐变量的均值不能为负",
                ),
                Text(
                    "every code lies in one orthant of the latent space, while the prior N(0, 1) is symmetric about 0",
                    "所有编码都落在隐空间的同一个卦限里，而先验 N(0, 1) 关于 0 对称",
                ),
                _LINEAR,
                {"least_mean": run.range(mean).lo},
            )


def _likelihoods(run: Run) -> Iterator[_Found]:
    """Squared errors divided by a variance."""
    for op in run.graph.of("div", "mul"):
        error, by = op.value("self"), op.value("other")
        if error is None or by is None:
            continue
        if op.kind == "mul" and not _is_squared_error(error):
            error, by = by, error
        if not _is_squared_error(error) or not by.grad:
            continue
        made = source(by).maker
        if made is not None and made.kind == "exp":
            turned = made.input.maker
            if op.kind == "div":
                yield from _floored(run, made.input, 1.0)
            elif turned is not None and turned.kind == "neg":
                yield from _floored(run, turned.input, 1.0)
        elif op.kind == "div":
            bent = _bent(run, by)
            if bent is not None and bent.kind in _RECTIFIERS and _is_logged(run, bent):
                yield _cut_to_zero(bent)


def _floored(run: Run, log: Value, power: float) -> Iterator[_Found]:
    """The activation that keeps a log-variance from being negative; `power` 0.5 where a deviation is made of it."""
    act = _bent(run, log)
    if act is None or run.range(log).lo < 0:
        return
    least = math.exp(min(run.range(log).lo, 700.0))
    yield _Found(
        act,
        Text(
            f"{spelled(act)} keeps a log-variance from being negative",
            f"{spelled(act)} 使对数方差不能为负",
        ),
        Text(
            f"its exponential is never below {least:.3g}, so "
            + ("no sample has less noise than that" if power < 1 else "no prediction counts as more certain"),
            f"它的指数不会小于 {least:.3g}，因此"
            + ("抽样的噪声不会更小" if power < 1 else "任何预测都不会更确定"),
        ),
        _LINEAR,
        {"least_deviation" if power < 1 else "least_variance": least},
    )


def _cut_to_zero(act: Op) -> _Found:
    return _Found(
        act,
        Text(
            f"{spelled(act)} makes a standard deviation or variance exactly zero for every score below zero",
            f"{spelled(act)} 使标准差或方差在得分小于零时恰好为零",
        ),
        Text(
            "a Gaussian of deviation 0 has no density, and there the score gets no gradient to leave it",
            "标准差为 0 的高斯分布没有密度，而且在那里得分没有梯度，无法离开",
        ),
        _POSITIVE,
        {"least_deviation": 0.0},
    )


def _is_noise(value: Value) -> bool:
    made = source(value).maker
    return made is not None and made.kind in _NOISE and not value.grad


def _bent(run: Run, value: Value) -> Op | None:
    """The activation of a linear map's output that makes a value, with shifts, scales and powers by numbers."""
    while (op := value.maker) is not None and op.inputs:
        if run.is_activation(op) or (op.kind in ("clamp", "clamp_min") and op.get("min") == 0):
            before = run.kind(op.input)
            return op if before is not None and before.name == "scores" else None
        by_number = (
            op.kind in ("add", "sub", "mul", "div", "pow", "clamp", "clamp_min") and len(op.inputs) == 1
        )
        if op.kind not in LAYOUT and op.kind not in ("square", "sqrt") and not by_number:
            return None
        value = op.input
    return None


def _is_squared(run: Run, value: Value) -> bool:
    """A value's own square is part of what is trained."""
    return any(
        _is_square(op) and source(op.input) is source(value) for op in run.graph.of("pow", "square", "mul")
    )


def _is_square(op: Op) -> bool:
    """x ** 2, x.square() or x * x."""
    if op.kind == "pow":
        return bool(op.get("exponent") == 2)
    return op.kind == "square" or (op.kind == "mul" and op.get("self") is op.get("other"))


def _is_squared_error(value: Value) -> bool:
    """(a - b) squared, perhaps with its sign turned."""
    op = source(value).maker
    if op is not None and op.kind == "neg":
        op = source(op.input).maker
    inner = op.input.maker if op is not None and op.inputs and _is_square(op) else None
    return inner is not None and inner.kind == "sub"


def _is_logged(run: Run, act: Op) -> bool:
    """The logarithm of what an activation makes is part of what is trained."""
    return any(_bent(run, log.input) is act for log in run.graph.of("log"))
