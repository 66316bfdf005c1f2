"""The tree of calls on a tape: which modules ran inside which, and what repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from nonlin.base.network import BlockKind
from nonlin.catalogue import by_kernel
from nonlin.checker.flow.kind import is_linear_map
from nonlin.checker.graph import Op, Owner, Value

# A run of equal parts is folded where that hides so many blocks.
_HIDES = 6
_LONGEST_PERIOD = 8
_ELEMENTWISE = {"add": "+", "sub": "−", "mul": "×", "div": "÷"}
JOINS = {**_ELEMENTWISE, "cat": "cat", "stack": "stack"}
JOINS |= dict.fromkeys(("matmul", "bmm", "baddbmm", "einsum"), "@")


@dataclass(eq=False)
class Call:
    """A call of a module, and what ran in it: further calls, and the operations that are shown."""

    owner: Owner | None
    parts: list[Part] = field(default_factory=list)
    last: Op | None = None
    form: int = -1
    """Calls of one form are drawn alike."""
    places: list[Place] = field(default_factory=list)
    """The parts with repeated ones folded; empty for a layer of torch, and for a module that does one thing."""
    size: int = 1
    """How many blocks it fills when everything inside is shown."""


Part: TypeAlias = "Call | Op"
# The copies of one part, or of a period of several, that ran one after the other.
Place: TypeAlias = "list[list[Part]]"


def tree(ops: Iterable[Op], roots: set[Value]) -> Call:
    """The tree of calls, with forms, folds and sizes."""
    whole = Call(None)
    met: dict[Owner, Call] = {}
    for op in ops:
        call = whole
        # The description of a module is made anew for each call, and so tells one call from the next.
        for owner in op.owners:
            if owner not in met:
                met[owner] = Call(owner)
                call.parts.append(met[owner])
            call = met[owner]
            call.last = op
        if kind_of(op, roots) is not None:
            call.parts.append(op)
    forms: dict[tuple[object, ...], int] = {}
    for call in [*reversed(met.values()), whole]:  # a call is met before those inside it
        kinds = [
            p.form if isinstance(p, Call) else forms.setdefault((p.kind,), len(forms)) for p in call.parts
        ]
        name = call.owner.kind if call.owner is not None else ""
        call.form = forms.setdefault((name, *kinds), len(forms))
        if call.owner is None or not _atomic(call, roots):
            call.places = _folded(call.parts, kinds)
            call.size += sum(map(_size, call.places))
    return whole


def _atomic(call: Call, roots: set[Value]) -> bool:
    """Whether there is nothing to show inside: a layer of torch, or a module that is one activation or operation."""
    library = call.owner is not None and call.owner.library
    return len(operations(call)) == len(call.parts) and (
        library or len(call.parts) <= 1 or nature(call, roots) == "activation"
    )


def operations(call: Call) -> list[Op]:
    """The operations that ran in a call itself, and not in a module inside it."""
    return [part for part in call.parts if isinstance(part, Op)]


def nature(call: Call, roots: set[Value]) -> BlockKind:
    """What a module is that has no other inside: an activation may be written out, as x * sigmoid(x)."""
    kinds = {"join" if op.kind in _ELEMENTWISE else kind_of(op, roots) for op in operations(call)}
    if "loss" in kinds:
        return "loss"
    return "activation" if "activation" in kinds and kinds <= {"activation", "join"} else "module"


def kind_of(op: Op, roots: set[Value]) -> BlockKind | None:
    """What an operation is shown as; None for one that only moves, scales, pools or normalises."""
    if any(value in roots for value in op.outputs) or "_loss" in op.kind or "cross_entropy" in op.kind:
        return "loss"
    if by_kernel(op.kind) is not None:
        return "activation"
    if is_linear_map(op) or op.kind == "scaled_dot_product_attention":
        return "operation"
    if op.kind in JOINS and sum(map(_flows, set(op.inputs))) > 1:
        return "join"
    return None


def _flows(value: Value) -> bool:
    """Whether a value is what the network works on, and not a parameter, a mask or an index."""
    return value.grad if value.role == "made" else value.role == "data" and value.floating


def _folded(parts: list[Part], forms: list[int]) -> list[Place]:
    """The parts in order, where a run that repeats is one place."""
    found: list[Place] = []
    start = 0
    while start < len(parts):
        hides, shorter, times = max(_repeats(parts, forms, start), default=(0, -1, 1))
        length, times = (-shorter, times) if hides >= _HIDES else (1, 1)
        end = start + length * times
        found.append([parts[k : k + length] for k in range(start, end, length)])
        start = end
    return found


def _repeats(parts: list[Part], forms: list[int], start: int) -> Iterator[tuple[int, int, int]]:
    """(blocks that folding hides, minus the length of the period, how often it stands there) for short periods."""
    for length in range(1, min(_LONGEST_PERIOD, (len(parts) - start) // 2) + 1):
        period, times = forms[start : start + length], 1
        while forms[start + times * length : start + (times + 1) * length] == period:
            times += 1
        one = _size([parts[start : start + length]])
        yield times * (one - (length > 1)) - one, -length, times


def _size(place: Place) -> int:
    period = place[0]
    return sum(part.size if isinstance(part, Call) else 1 for part in period) + (len(period) > 1)
