"""A gate that mixes two values is the output of a linear layer without a sigmoid.

## What it finds

- A mix `z * a + (1 - z) * b`, as in a GRU, a highway layer or a fusion of two branches, where z comes
  straight from linear layers, perhaps through a normalisation.
- A cell `c = f * c + i * g` that goes through tanh, as in an LSTM, where one of the gates, the output
  gate included, lacks the sigmoid that its siblings have.

A mix by a learned number, by a mixing coefficient of the data (mixup, diffusion), or in the form
`b + z * (a - b)` is not reported, and neither is a product without its complement (FiLM, bilinear
layers), where nothing says that the factor is a share.

## Why it is bad

With z in [0, 1] the result lies between a and b. With any other z it lies outside: z = 3 gives
3a - 2b. The state is multiplied by 1 - z in every step of a recurrent network, so over T steps by the
product of T such numbers: |1 - z| above 1 anywhere in the middle and the state grows
exponentially, 1.5 to the power of 50 being 6 × 10⁸. With a sigmoid the factor never passes 1.

The gate cannot close either: 0 and 1 are single points of the real line, not the limits of a
saturating function, so nothing is kept unchanged over a long time.

## How to fix

Apply the sigmoid: `z = torch.sigmoid(self.gate(x))`. For long memory start with a bias that keeps the
state.

## When to silence

When an extrapolating mix is meant. Put `# nonlin: ignore[NL103]` on the line of the gate.

## Sources

- Hochreiter and Schmidhuber 1997, "Long short-term memory", Neural Computation 9(8)
- Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder", arXiv:1406.1078
- Srivastava, Greff and Schmidhuber 2015, "Highway networks", arXiv:1505.00387
- PyTorch: `torch.nn.GRU`, `torch.nn.LSTM` (the equations)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import UNIT
from nonlin.base.language import Text
from nonlin.checker.collapse import data_of
from nonlin.checker.flow.axes import LAYOUT, NORMS
from nonlin.checker.flow.patterns import complement, source
from nonlin.checker.graph import Op, Value
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """用来混合两个值的门是线性层的输出，没有经过 sigmoid。

## 它发现什么

- 混合 `z * a + (1 - z) * b`（GRU、highway 层、两个分支的融合），其中 z 直接来自线性层，中间最多有归一化。
- 之后经过 tanh 的记忆单元 `c = f * c + i * g`（LSTM），其中某个门（包括输出门）缺少其他门都有的
  sigmoid。

用一个可学习的数来混合、用数据的混合系数来混合（mixup、扩散模型）、写成 `b + z * (a - b)` 的形式都
不报告；只有乘积而没有互补项的（FiLM、双线性层）也不报告，因为没有迹象表明该因子应是一个比例。

## 为什么不好

z 在 [0, 1] 内时，结果介于 a 与 b 之间；否则会落在外面：z = 3 时为 3a - 2b。循环网络每一步都把状态
乘以 1 - z，T 步就是 T 个这样的数相乘；只要 |1 - z| 经常大于 1，状态就按指数增长：1.5 的 50 次方是
6 × 10⁸。有了 sigmoid，这个因子永远不会超过 1。

门也无法关闭：0 和 1 只是实数轴上的两个点，而不是饱和函数的极限，因此没有什么能长时间保持不变。

## 怎样修正

加上 sigmoid：`z = torch.sigmoid(self.gate(x))`。需要长期记忆时，把偏置初始化为倾向于保留状态。

## 何时忽略

有意做外推的混合时。在门所在的行写上 `# nonlin: ignore[NL103]`。

## 来源

- Hochreiter, Schmidhuber 1997, "Long short-term memory", Neural Computation 9(8)
- Cho 等 2014, "Learning phrase representations using RNN encoder-decoder", arXiv:1406.1078
- Srivastava, Greff, Schmidhuber 2015, "Highway networks", arXiv:1505.00387
- PyTorch 文档：`torch.nn.GRU`, `torch.nn.LSTM`（公式）
"""


@rule("NL103", severity="error", zh=ZH, since="0.1")
def missing_gate_activation(run: Run) -> Iterator[Finding]:
    """A share between two values, or a gate of a recurrent cell, is not confined to [0, 1]."""
    done = set()
    for op in run.graph.of("add"):
        for gate in (*_mixing(run, op), *_of_a_cell(run, op)):
            maps = _linear_maps(run, gate)
            place = maps[-1] if len(maps) == 1 or gate.maker is None else gate.maker
            if place.site in done:
                continue
            done.add(place.site)
            outside = run.share_outside(gate, UNIT)
            ends = run.ends(gate)
            yield Finding(
                place.site,
                Text(
                    "this gate mixes two values as a share, but it is a linear layer's output without a sigmoid",
                    "这个门按比例混合两个值，却是线性层未经 sigmoid 的输出",
                ),
                evidence={**ends, **({} if outside is None else {"share_outside": outside})},
                proof=_proof(ends),
                fix=Fix(
                    Text("apply a sigmoid: z = torch.sigmoid(...)", "加上 sigmoid：z = torch.sigmoid(...)"),
                    edits=recipes.wrap(place, "sigmoid") if place.output is gate else (),
                ),
                related=also(op),
            )


def _proof(ends: dict[str, float]) -> Text:
    if not ends:
        return Text(
            "nothing keeps it between 0 and 1, so the mix leaves the range of what it mixes",
            "没有任何约束使它保持在 0 与 1 之间，混合的结果会超出被混合值的范围",
        )
    low, high = ends["seen_low"], ends["seen_high"]
    return Text(
        f"in this step it runs from {low:.3g} to {high:.3g}; a share lies between 0 and 1, and outside the mix leaves "
        "the range of what it mixes",
        f"这一步中它从 {low:.3g} 到 {high:.3g}；比例应在 0 与 1 之间，超出后混合的结果会离开被混合值的范围",
    )


def _mixing(run: Run, op: Op) -> Iterator[Value]:
    """The raw z in z * a + (1 - z) * b, where a network makes a or b."""
    products = _products(op)
    if products is None:
        return
    for first, second in (products, products[::-1]):
        for z, rest in itertools.product(first, second):
            whole = complement(rest)
            if whole is None or source(whole) is not source(z) or not _linear_maps(run, z):
                continue
            if any(run.trained(v) for v in (*first, *second) if v not in (z, rest)):
                yield z
                return


def _of_a_cell(run: Run, op: Op) -> Iterator[Value]:
    """The raw gates of c = f * c + i * g and of o * tanh(c) whose siblings are sigmoids."""
    products = _products(op)
    squashed = [u for u in run.readers(op.output) if u.kind == "tanh"]
    if products is None or not squashed:
        return
    open_pairs = [pair for pair in products if not any(_sigmoid(v) for v in pair)]
    sigmoids = [s for pair in products for v in pair if (s := _sigmoid(v)) is not None]
    read = [{data_of(m) for m in _linear_maps(run, s.input)} for s in sigmoids]
    pairs = open_pairs if len(open_pairs) == 1 else []
    for user in () if open_pairs else run.readers(squashed[0].output):
        factors = (user.value("self"), user.value("other"))
        if user.kind == "mul" and factors[0] is not None and factors[1] is not None:
            pairs.append((factors[0], factors[1]))
    for pair in pairs:
        for factor in pair:
            maps = _linear_maps(run, factor)
            if maps and {data_of(m) for m in maps} in read:
                yield factor


def _products(op: Op) -> tuple[tuple[Value, Value], tuple[Value, Value]] | None:
    """((a, b), (c, d)) in a * b + c * d."""
    sides = [v.maker for v in op.inputs]
    if len(sides) != 2 or op.get("alpha", 1) != 1:
        return None
    one, other = (tuple(s.inputs) if s is not None and s.kind == "mul" else () for s in sides)
    return ((one[0], one[1]), (other[0], other[1])) if len(one) == len(other) == 2 else None


def _sigmoid(value: Value) -> Op | None:
    """The sigmoid that makes a value, perhaps turned round."""
    start = source(complement(value) or value)
    return start.maker if start.maker is not None and start.maker.kind in ("sigmoid", "hardsigmoid") else None


def _linear_maps(run: Run, value: Value) -> tuple[Op, ...]:
    """The linear maps whose outputs, moved, normalised and added, are a value; empty if anything else takes part."""
    maps: dict[Op, None] = {}
    todo, met = [value], {value}
    while todo:
        op = todo.pop().maker
        if op is not None and run.is_linear_map(op):
            maps[op] = None
            continue
        if (
            op is None
            or not op.inputs
            or not (op.kind in LAYOUT | NORMS or (op.kind == "add" and op.get("alpha", 1) == 1))
        ):
            return ()
        parts = [v for v in op.inputs if v.role != "parameter"] if op.kind == "add" else [op.input]
        todo += [v for v in parts if v not in met]
        met.update(parts)
    return tuple(sorted(maps, key=lambda m: m.index))
