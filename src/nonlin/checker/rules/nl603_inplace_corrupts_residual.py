"""An in-place activation overwrites a tensor that is read again as if it were unchanged.

## What it finds

`out = self.relu(x)` with `nn.ReLU(inplace=True)`, after which `x` is used again, or
`x + self.block(x)` where the block begins with such an activation; also through another name, as
in `identity = x`. The line must use the old name: code that goes on with the activation's result
(`x = self.relu(x)`), or calls it as a statement for its effect, is by design.

## Why it is bad

In place means that `x` and the result are one tensor. The skip connection, which should carry x,
carries relu(x): its negative half is gone, and with it the identity path that makes deep residual
networks trainable. A stack of such blocks can only add to a stream that is never negative.

Autograd does not object, because the network is a valid one; it is just another one than the code
says. The same weights give other outputs where the activation is not in place.

## How to fix

Write `nn.ReLU()` for the first activation of a residual branch; the others may stay in place. If
the rectified skip is meant, say so: `x = self.relu(x)` before both uses.

## When to silence

When the rectified skip is meant and the weights depend on it. Put `# nonlin: ignore[NL603]` on the
line that reads the tensor again.

## Sources

- PyTorch: `torch.nn.ReLU` (argument `inplace`), "Autograd mechanics" (in-place operations)
- He et al. 2016, "Identity Mappings in Deep Residual Networks", arXiv:1603.05027
- In the wild: https://github.com/rosinality/vq-vae-2-pytorch/issues/60
- In the wild: https://github.com/iduta/iresnet/pull/2
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix, Site
from nonlin.base.language import Text
from nonlin.checker.graph import Frame, Op
from nonlin.checker.mend import recipes
from nonlin.checker.names import overwritten_name
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """原地激活改写了一个张量，而后面的代码还把它当作原值来读。

## 它发现什么

`out = self.relu(x)`，其中是 `nn.ReLU(inplace=True)`，之后又用到 `x`；或者 `x + self.block(x)`，而这
个块以这样的激活开头；也包括换了名字的情形，如 `identity = x`。后面那一行必须使用旧的名字：沿用激活
结果的写法（`x = self.relu(x)`），或者为了原地效果而单独成句的调用，属于有意设计。

## 为什么不好

原地意味着 `x` 与结果是同一个张量。跳跃连接本应传递 x，实际传递的却是 relu(x)：负的一半没有了，使深
层残差网络得以训练的恒等通路也随之消失。一连串这样的块只能在一条永不为负的通路上做加法。

自动求导不会报错，因为这个网络本身是合法的，只是与代码所写的不是同一个网络。换成非原地的激活，同样
的权重会给出不同的输出。

## 怎样修正

残差分支的第一个激活写成 `nn.ReLU()`，其余的可以保持原地。如果确实要让跳跃连接也经过整流，就明确写
出来：在两处使用之前写 `x = self.relu(x)`。

## 何时忽略

本意就是整流后的跳跃连接，而且已有权重依赖于它时。在再次读取该张量的那一行写上
`# nonlin: ignore[NL603]`。

## 来源

- PyTorch 文档：`torch.nn.ReLU`（参数 `inplace`）, Autograd mechanics（原地操作）
- He 等 2016, "Identity Mappings in Deep Residual Networks", arXiv:1603.05027
- 实例：https://github.com/rosinality/vq-vae-2-pytorch/issues/60
- 实例：https://github.com/iduta/iresnet/pull/2
"""


@rule("NL603", severity="error", zh=ZH, since="0.1")
def inplace_corrupts_residual(run: Run) -> Iterator[Finding]:
    """A read, under its old name, of a tensor that an in-place activation has overwritten."""
    for op in run.graph.ops:
        if not op.inplace or op.index not in run.graph.live or not run.is_activation(op):
            continue
        before, after = op.input.seen, op.output.seen
        if before is not None and after is not None and (before.lo, before.hi) == (after.lo, after.hi):
            continue
        for reader in run.graph.users(op.output):
            name = _old_name(op, reader)
            if name is None:
                continue
            yield Finding(
                Site(reader.frames[0].path, reader.frames[0].line, reader.site.module),
                Text(
                    f"{name!r} was overwritten by an in-place {op.kind}: what is read here is {op.kind}({name})",
                    f"{name!r} 已被原地的 {op.kind} 改写：这里读到的是 {op.kind}({name})",
                ),
                evidence={"name": name, "activation": run.spelled(op), **run.ends(op.input)},
                proof=Text(
                    f"{spelled(op)} ran in place on the same tensor before {reader.kind} read it",
                    f"在 {reader.kind} 读取之前，{spelled(op)} 已在同一个张量上原地运行",
                ),
                fix=Fix(
                    Text(
                        f"leave out inplace=True in this {op.kind}, which stands first in its branch",
                        f"去掉这个 {op.kind} 的 inplace=True，它位于分支的开头",
                    ),
                    edits=recipes.out_of_place(op),
                ),
                related=also(op),
            )
            break


def _old_name(op: Op, reader: Op) -> str | None:
    """The name by which `reader` reads the tensor that `op` overwrote, where the source shows that it is an old one."""
    if not reader.frames or reader.index < op.index:
        return None
    read = reader.frames[0]
    call = next((f for f in op.frames if (f.path, f.function) == (read.path, read.function)), None)
    if call is None or _inside_call(op, reader):
        return None
    is_result = not any(_same_line(call, user.frames) for user in op.output.users if user is not reader)
    return overwritten_name(read.path, call.line, read.line, is_result=is_result)


def _same_line(call: Frame, frames: tuple[Frame, ...]) -> bool:
    return any((f.path, f.line) == (call.path, call.line) for f in frames)


def _inside_call(op: Op, reader: Op) -> bool:
    """Whether the call that overwrites the tensor also made or reads it, so that no name outside is concerned."""
    caller = next((o.number for o in reversed(reader.owners) if not o.library), None)
    numbers = [o.number for o in op.owners]
    # A reader outside every module of the user's stands in a script, which calls the outermost module.
    start = 0 if caller is None else numbers.index(caller) + 1 if caller in numbers else len(numbers)
    callee = numbers[start : start + 1]
    inside = [other for other in (op.input.maker, reader) if other is not None]
    return any(number in callee for other in inside for number in (o.number for o in other.owners))
