"""An operation without a useful derivative stands between the parameters and the loss.

## What it finds

Rounding, a sign, an argmax, a comparison, a sample or a cast to integers through which alone a term
of the loss, or the loss itself, depends on trained values. A term is one of the addends of the
loss. Its number enters the printed loss; its gradient is zero.

By design and silent: the straight-through estimator, `x + (torch.round(x) - x).detach()` or a
`torch.autograd.Function`; choices made inside `no_grad` (pseudo labels, targets); masks and indices
of values that reach the loss by another way too; log-probabilities of samples.

## Why it is bad

These functions are constant between their jumps: the derivative is 0 wherever it exists. An index
or a boolean has none at all. Gradient descent then treats the term as a constant: its weight in
the loss changes the number that is printed, and not one weight of the network. Layers whose only
way to the loss leads through it keep their initial values for ever.

PyTorch raises an error only if the whole loss has no gradient; one other term hides it.

## How to fix

Use what the choice was made from: the probabilities in place of the argmax (an expected count or
cost), a sigmoid in place of a threshold. For a true discrete forward pass take a straight-through
estimator, or `F.gumbel_softmax(x, hard=True)`. If the term is a metric, keep it out of the loss.

## When to silence

When the term is meant to be a constant. Put `# nonlin: ignore[NL601]` on the line of the operation.

## Sources

- PyTorch: "Autograd mechanics" (gradients for non-differentiable functions), `torch.nn.functional.gumbel_softmax`
- Bengio, Léonard, Courville 2013, "Estimating or Propagating Gradients Through Stochastic Neurons for
  Conditional Computation", arXiv:1308.3432
- In the wild: https://github.com/Ugenteraan/Deep_Hierarchical_Classification/issues/6
- In the wild: https://github.com/pytorch/pytorch/issues/1339
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.language import Text
from nonlin.checker.flow.gradient import how
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """参数与损失之间隔着一个没有有用导数的运算。

## 它发现什么

取整、取符号、argmax、比较、采样或转换为整数，而损失的某一项（或整个损失）只通过它依赖于被训练的
量。这里的“项”指损失中相加的每一部分。它的数值计入打印出来的损失，梯度却为零。

有意的设计不报告：直通估计，即 `x + (torch.round(x) - x).detach()` 或 `torch.autograd.Function`；
在 `no_grad` 中做的选择（伪标签、目标）；所涉及的量还有其他途径到达损失的掩码和下标；样本的对数概
率。

## 为什么不好

这些函数在跳变点之间是常数，导数凡存在处皆为 0；下标和布尔值根本没有导数。于是梯度下降把这一项当成
常数：它的系数只会改变打印出来的数，网络中没有一个权重受它影响。如果某些层只能经由它到达损失，这些
层就永远停在初始值上。

只有整个损失都没有梯度时 PyTorch 才会报错；只要还有另外一项，问题就被掩盖。

## 怎样修正

直接使用做选择所依据的量：用概率代替 argmax（期望次数或期望代价），用 sigmoid 代替阈值。如果前向确
实要取离散值，就用直通估计或 `F.gumbel_softmax(x, hard=True)`。如果这一项只是指标，就不要放进损失。

## 何时忽略

这一项本来就应当是常数时。在该运算所在的行写上 `# nonlin: ignore[NL601]`。

## 来源

- PyTorch 文档：Autograd mechanics（不可微函数的梯度）, `torch.nn.functional.gumbel_softmax`
- Bengio, Léonard, Courville 2013, "Estimating or Propagating Gradients Through Stochastic Neurons for
  Conditional Computation", arXiv:1308.3432
- 实例：https://github.com/Ugenteraan/Deep_Hierarchical_Classification/issues/6
- 实例：https://github.com/pytorch/pytorch/issues/1339
"""
_LOST = ("flat", "index")


@rule("NL601", severity="error", zh=ZH, since="0.1")
def non_differentiable_op(run: Run) -> Iterator[Finding]:
    """A term of the loss, or some parameters, that no gradient reaches because of a choice or a flat function."""
    told: set[Op] = set()
    for objective in run.graph.objectives:
        terms = list(_terms(objective.root, run)) if objective.is_loss else []
        ends = {term: run.gradients.losses_above(term) for term in terms if _without_gradient(run, term)}
        if any(how(op) not in _LOST for ops in ends.values() for op in ops):
            continue  # a detached addend belongs to a straight-through estimator, or is meant to be constant
        for term, ops in ends.items():
            if ops and not told & {*ops}:
                told.update(ops)
                yield _finding(ops, {"terms_of_loss": len(terms), **_size(term)}, None)
    lost: dict[Op, list[Value]] = {}
    for parameter, ops in run.gradients.lost_parameters():
        if ops and all(how(op) in _LOST for op in ops) and not told & {*ops}:
            lost.setdefault(ops[0], []).append(parameter)
    for op, parameters in lost.items():
        yield _finding([op], {"parameters_without_gradient": len(parameters)}, parameters[0].name)


def _finding(ops: list[Op], figures: dict[str, float | int | str], parameter: str | None) -> Finding:
    what = spelled(ops[0])
    return Finding(
        ops[0].site,
        Text(
            f"{what} has no gradient, and this term of the loss depends on the network through it alone"
            if parameter is None
            else f"{what} has no gradient: the layers before it, such as {parameter!r}, are never trained",
            f"{what} 没有梯度，而损失的这一项只通过它依赖于网络"
            if parameter is None
            else f"{what} 没有梯度：它之前的层（如 {parameter!r}）永远得不到训练",
        ),
        evidence={"operation": ops[0].kind, **figures},
        proof=Text(
            "the term is a constant to autograd: no weight changes because of it"
            if parameter is None
            else "no loss of this step sends these parameters a gradient other than zero",
            "对自动求导来说这一项是常数：没有任何权重因它而改变"
            if parameter is None
            else "这一步的任何损失都没有给这些参数传回非零的梯度",
        ),
        fix=Fix(
            Text(
                f"pass the gradient straight through: x + ({ops[0].kind}(x) - x).detach()",
                f"让梯度直通：x + ({ops[0].kind}(x) - x).detach()",
            )
            if how(ops[0]) == "flat"
            else Text(
                "use the probabilities or scores from which the choice was made, as softmax(scores, dim=-1)",
                "改用做出选择所依据的概率或得分，例如 softmax(scores, dim=-1)",
            )
        ),
        related=also(*ops[1:3]),
    )


def _without_gradient(run: Run, term: Value) -> bool:
    return run.trained(term) and term not in run.gradients.flowing


_LINEAR = ("mean", "sum", "neg", "mul", "div", "add", "sub", "to", "reshape")


def _terms(value: Value, run: Run) -> Iterator[Value]:
    """The addends of a loss, seen through means, sums and fixed factors."""
    # Each value once and without recursion: a sum may have thousands of terms, and more paths than terms.
    met: set[Value] = set()
    ahead = [value]
    while ahead:
        value = ahead.pop()
        if value in met:
            continue
        met.add(value)
        op = value.maker
        moving = [v for v in op.inputs if run.trained(v)] if op is not None else []
        linear = op is not None and op.kind in _LINEAR
        if not linear or not moving or (len(moving) > 1 and op is not None and op.kind in ("mul", "div")):
            yield value
        else:
            ahead += reversed(moving)


def _size(term: Value) -> dict[str, float]:
    return {"term_now": term.seen.hi} if term.seen is not None and term.rank == 0 else {}
