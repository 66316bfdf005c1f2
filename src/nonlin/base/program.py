"""Record what a tensor function calls, and write it down as a program: a Python function of those calls.

A program runs without autograd, on tensors of any size; a result goes into the memory of one that is done with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

Program = Callable[..., list[Tensor]]
"""Takes the inputs, and for each result of their size a tensor into which it is written; returns all results."""

SIZE = 17
"""Elements of the tensors with which a function is recorded; a call that holds this number depends on the size."""
_SAME = ("aten::detach", "aten::alias", "aten::lift_fresh")


@dataclass(frozen=True)
class _Slot:
    """The place of a tensor in a program: an input, or the result of a call."""

    index: int


@dataclass(frozen=True)
class _Call:
    operator: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    result: int
    whole: torch.dtype | None
    """The dtype of a result of the input's size; None for a single number."""

    def slots(self) -> Iterator[int]:
        for item in tree_leaves((self.args, self.kwargs)):
            if isinstance(item, _Slot):
                yield item.index


class Tape(TorchDispatchMode):
    """Every operator below autograd, in the order they run."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # else the first call imports torch._dynamo, for seconds

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        self.calls.append((func, args, kwargs or {}, result))
        return result


class Refused(Exception):
    """A chain that cannot be repeated on tensors of another size."""


def program_of(tape: Tape, inputs: Sequence[Tensor], wanted: Sequence[Tensor]) -> Program:
    """The calls of a tape that lead from the inputs to what is wanted, as one function.

    Raises:
        Refused: a call draws random numbers, holds the sample's size, or has no tensor as its result.
    """
    place = {id(tensor): index for index, tensor in enumerate(inputs)}

    def slot(item: Any) -> Any:
        if isinstance(item, Tensor) and id(item) in place:
            return _Slot(place[id(item)])
        if isinstance(item, int) and not isinstance(item, bool) and item == SIZE:
            raise Refused
        return item

    calls: list[_Call] = []
    for called, given, named, result in tape.calls:
        if not isinstance(result, Tensor) or torch.Tag.nondeterministic_seeded in called.tags:
            raise Refused
        if called.name() in _SAME:
            if id(given[0]) in place:
                place[id(result)] = place[id(given[0])]
            continue
        operator = called if called._schema.returns[0].alias_info is None else _out_of_place(called)
        args, kwargs = tree_map(slot, (given, named))
        place[id(result)] = index = len(inputs) + len(calls)
        calls.append(_Call(operator, args, kwargs, index, result.dtype if result.dim() else None))
    ends = [place.get(id(tensor), 0) for tensor in wanted]
    if any(end < len(inputs) for end in ends):
        raise Refused  # an output that is an input
    needed, live = set(ends), []
    for call in reversed(calls):
        if call.result in needed:
            live.append(call)
            needed.update(call.slots())
    return _written(live[::-1], len(inputs), ends)


def _out_of_place(operator: Any) -> Any:
    """The form of an in-place operator that leaves its input alone.

    Raises:
        Refused: it is another one that shares memory with its input, such as a view.
    """
    base, overload = operator.name().removeprefix("aten::").partition(".")[::2]
    other = getattr(torch.ops.aten, base.removesuffix("_"), None)
    if not base.endswith("_") or not hasattr(other, overload or "default"):
        raise Refused
    return getattr(other, overload or "default")


def _into(operator: Any) -> tuple[Any, str] | None:
    """The form of an operator that writes into a given tensor, and the name of that argument."""
    plain = [(a.name, str(a.type)) for a in operator._schema.arguments]
    for name in operator.overloadpacket.overloads():
        other = getattr(operator.overloadpacket, name)
        out = [a.name for a in other._schema.arguments if a.is_out]
        if (
            len(out) == 1
            and [(a.name, str(a.type)) for a in other._schema.arguments if not a.is_out] == plain
        ):
            return other, out[0]
    return None


def _written(calls: Sequence[_Call], inputs: int, ends: Sequence[int]) -> Program:
    """A Python function that makes these calls; a result goes into the memory of one that is no longer needed."""
    last = {index: at for at, call in enumerate(calls) for index in call.slots()}
    names = {index: f"v{index}" for index in range(inputs)}
    known: dict[str, Any] = {}
    free: list[tuple[torch.dtype, str]] = []

    def source(item: Any) -> str:
        if isinstance(item, _Slot):
            return names[item.index]
        if isinstance(item, (list, tuple)):
            return f"[{', '.join(map(source, item))}]"
        known[name := f"c{len(known)}"] = item
        return name

    kinds = {call.result: call.whole for call in calls}
    outs = {end: f"out{i}" for i, end in enumerate(ends) if kinds[end] is not None}
    lines = [f"def program({', '.join([*names.values(), *outs.values()])}):"]
    for at, call in enumerate(calls):
        arguments = [*map(source, call.args), *(f"{k}={source(v)}" for k, v in call.kwargs.items())]
        for index in dict.fromkeys(call.slots()):
            kind = kinds.get(index)
            if kind is not None and last[index] == at and index not in outs:
                free.append((kind, names[index]))
        operator, target = call.operator, f"v{call.result}"
        into = _into(operator) if call.whole else None
        spare = next((held for held in free if held[0] == call.whole), None)
        if into and call.result in outs:
            target = outs[call.result]
        elif into and spare:
            free.remove(spare)
            target = spare[1]
        else:
            into = None
        if into:
            operator = into[0]
            arguments.append(f"{into[1]}={target}")
        known[f"f{at}"] = operator
        names[call.result] = target
        lines.append(f"    {target} = f{at}({', '.join(arguments)})")
    lines += [f"    {out}.copy_({names[end]})" for end, out in outs.items() if names[end] != out]
    lines.append(f"    return [{', '.join(outs.get(end, names[end]) for end in ends)}]")
    exec("\n".join(lines), known)  # noqa: S102 - the lines above, which hold no text from elsewhere
    program: Program = known["program"]
    return program
