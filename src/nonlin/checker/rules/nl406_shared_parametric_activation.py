"""One learned activation serves several layers.

## What it finds

A `nn.PReLU`, or another activation with learned parameters, your own classes too, that is called after
different layers of one network, so that all of them share its slopes. A network that is called several times, as in a
Siamese pair or over the steps of a sequence, shares its layers as well and is not reported.

## Why it is bad

Activations without parameters can be shared freely, so one `self.act` for all layers is a habit. With a
learned slope it ties the layers: its gradient is the sum over all of them, and the slope becomes a
compromise where each layer would have learned its own. The paper on PReLU finds quite different slopes
from layer to layer, larger ones near the input and small ones deeper. With one slope per channel the
channels of unrelated layers are tied one by one, in the order in which they happen to be numbered.

The cost of own slopes is a number per layer or channel, which is nothing beside the weights.

## How to fix

Make one for each layer: `self.act1 = nn.PReLU()`, `self.act2 = nn.PReLU()`, or `nn.PReLU()` written out
at each place of a `nn.Sequential`.

## When to silence

When one common slope is meant. Put `# nonlin: ignore[NL406]` on the line where it is created.

## Sources

- He et al. 2015, "Delving deep into rectifiers", arXiv:1502.01852 (table 1: learned slopes of each layer)
- PyTorch: `torch.nn.PReLU` (`num_parameters`)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix, Site
from nonlin.base.language import Text
from nonlin.checker.collapse import data_of, weight_of
from nonlin.checker.graph import Op, Value
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """一个可学习的激活函数被多个层共用。

## 它发现什么

同一个 `nn.PReLU`（或其他带可学习参数的激活函数，包括自己写的类）在一个网络里接在不同的层之后，这些层因此共用它的斜
率。整个网络被调用多次的情形（孪生网络、序列的各个时间步）同时也共用那些层，不报告。

## 为什么不好

没有参数的激活函数可以随意共用，所以人们习惯让所有层用同一个 `self.act`。但斜率可学习时，这会把各层绑
在一起：它的梯度是所有层的总和，斜率成了折中，而每一层本可以学到自己的值。提出 PReLU 的论文发现各层的斜
率差别很大：靠近输入的较大，越深越小。如果每个通道一个斜率，互不相关的层的通道就会按各自碰巧的编号一一
绑定。

让每层有自己的斜率，代价只是每层或每通道一个数，与权重相比微不足道。

## 怎样修正

每层各建一个：`self.act1 = nn.PReLU()`、`self.act2 = nn.PReLU()`，或在 `nn.Sequential` 的每个位置都写
`nn.PReLU()`。

## 何时忽略

确实要共用一个斜率时。在创建它的那一行写上 `# nonlin: ignore[NL406]`。

## 来源

- He 等 2015, "Delving deep into rectifiers", arXiv:1502.01852（表 1：各层学到的斜率）
- PyTorch 文档：`torch.nn.PReLU`（`num_parameters`）
"""


@rule("NL406", severity="advice", zh=ZH, since="0.1")
def shared_parametric_activation(run: Run) -> Iterator[Finding]:
    """The same learned slopes stand after several layers."""
    told = set()
    own = _own_activations(run)
    for parameter, uses in _uses(run, own).items():
        layers = {weight: op for op, weight in uses}
        first = uses[0][0]
        place = _created(first, own)
        name = first.owners[-1].kind if first.owners and first.owners[-1].number in own else spelled(first)
        if len(layers) < 2 or place in told:
            continue
        told.add(place)
        slope = run.mean_of(parameter)
        yield Finding(
            place,
            Text(
                f"one {name} with learned parameters serves {len(layers)} layers",
                f"同一个带可学习参数的 {name} 被 {len(layers)} 个层共用",
            ),
            evidence={
                "layers": len(layers),
                "calls": len(uses),
                **({} if slope is None else {"mean_now": slope}),
            },
            proof=Text(
                f"its gradient is the sum over {len(layers)} layers, so none of them gets a slope of its own",
                f"它的梯度是 {len(layers)} 个层的总和，因此没有一层能得到自己的斜率",
            ),
            fix=Fix(Text("create one for each layer", "为每一层各创建一个")),
            related=also(*layers.values()),
        )


def _uses(run: Run, own: set[int]) -> dict[Value, list[tuple[Op, Value]]]:
    """For each learned parameter of an activation: (operation that reads it, weight of the layer before)."""
    found: dict[Value, list[tuple[Op, Value]]] = {}
    layers = _layers_above(run)
    for op in run.graph.ops:
        if op.index not in run.graph.live or not op.inputs or not _is_parametric(run, op, own):
            continue
        parameters = [v for v in op.inputs if v.role == "parameter" and v.grad]
        data = next((v for v in op.inputs if v.role != "parameter"), None)
        layer = layers.get(data) if data is not None else None
        if layer is not None:
            for parameter in parameters:
                found.setdefault(parameter, []).append((op, weight_of(layer)))
    return found


def _is_parametric(run: Run, op: Op, own: set[int]) -> bool:
    owner = op.owners[-1] if op.owners else None
    inside = owner is not None and (
        run.is_activation_class(owner.kind)
        if owner.library
        else owner.number in own and op.kind in _ELEMENTWISE
    )
    return run.is_activation(op) or inside


_ELEMENTWISE = frozenset(("mul", "div", "add", "sub", "pow", "where", "maximum", "minimum"))


def _own_activations(run: Run) -> set[int]:
    """The user's own modules in which an activation runs and no linear map, by number."""
    bent, linear = set[int](), set[int]()
    for op in run.graph.ops:
        if run.is_activation(op) or run.is_linear_map(op):
            (bent if run.is_activation(op) else linear).update(o.number for o in op.owners if not o.library)
    return bent - linear


def _layers_above(run: Run) -> dict[Value, Op]:
    """The nearest linear map above each value, followed along the first input of each operation."""
    found: dict[Value, Op] = {}
    for op in run.graph.ops:
        layer = op if run.is_linear_map(op) else found.get(data_of(op)) if op.inputs else None
        if layer is not None:
            found.update(dict.fromkeys(op.outputs, layer))
    return found


def _created(op: Op, own: set[int]) -> Site:
    """Where the module was made; the line of the call where there is none."""
    owner = op.owners[-1] if op.owners else None
    made = owner.created if owner is not None and (owner.library or owner.number in own) else None
    return made if made is not None and made.line else op.site
