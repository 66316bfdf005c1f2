"""Which activations stand after each weight of a captured model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nonlin.catalogue import by_kernel
from nonlin.checker.collapse import data_of
from nonlin.checker.flow.axes import LAYOUT, NORMS
from nonlin.checker.flow.kind import LINEAR_MAPS
from nonlin.checker.graph import Graph, Op, Value
from nonlin.recognise import Recognised, settled

_POOLS = frozenset(
    f"{kind}_pool{n}d" for kind in ("max", "avg", "adaptive_max", "adaptive_avg") for n in (1, 2, 3)
)
_PASSED = LAYOUT | NORMS | _POOLS | {"masked_fill"}


@dataclass(slots=True)
class Weight:
    """A parameter that maps linearly: how many inputs each output sums, its biases, and what its outputs meet next."""

    value: Value
    fan_in: float
    biases: list[Value] = field(default_factory=list)
    next: list[Recognised] = field(default_factory=list)
    normalised: bool = False
    """A norm stands right after, so that the scale of the weight does not matter to the signal."""


def weights(graph: Graph, modules: Mapping[str, Recognised]) -> list[Weight]:
    """Every weight of the tape, in order of first use; a weight used several times meets all that follows each use.

    A weight that is computed first, such as one under weight norm, is no parameter and is left out.

    Args:
        graph: the tape.
        modules: the activation modules, by path.
    """
    found: dict[Value, Weight] = {}
    for op in graph.ops:
        held = _weight(op)
        if held is None:
            continue
        weight = found.setdefault(held, Weight(held, _fan_in(op)))
        bias = op.value("bias") or (op.value("self") if op.kind == "addmm" else None)
        if bias is not None and bias.role == "parameter" and bias not in weight.biases:
            weight.biases.append(bias)
        _look_after(op.output, modules, weight)
    return list(found.values())


def _weight(op: Op) -> Value | None:
    """The parameter that a linear map applies, seen through moves and casts."""
    if op.kind in LINEAR_MAPS:
        value = op.value("weight") or op.value("mat2")
    elif op.kind in ("matmul", "mm") and len(op.inputs) == 2:
        value = op.inputs[1]
    else:
        return None
    while value is not None and value.maker is not None and value.maker.kind in LAYOUT and value.maker.inputs:
        value = value.maker.input
    return value if value is not None and value.role == "parameter" and value.rank >= 2 else None


def _fan_in(op: Op) -> float:
    weight = op.value("weight")
    if weight is None:
        return float(data_of(op).shape[-1])
    fan = float(math.prod(weight.shape[1:]))
    if "transpose" not in op.kind:
        return fan
    # The weight is (in, out / groups, kernel), and a stride spreads the kernel over so many more outputs.
    stride = op.get("stride", 1)
    steps = list(stride) if isinstance(stride, (list, tuple)) else [stride]
    spread = float(math.prod(steps * ((weight.rank - 2) // len(steps))))
    return fan * weight.shape[0] / weight.shape[1] / int(op.get("groups", 1)) / spread


def _look_after(start: Value, modules: Mapping[str, Recognised], weight: Weight) -> None:
    """Follow a value to the nearest activations, through norms, moves, pools and one sum."""
    todo = [(start, False, False)]
    seen = set(todo)
    while todo:
        value, summed, normalised = todo.pop()
        for op in value.users:
            found = _activation(op, modules)
            if found is not None:
                weight.normalised |= normalised
                if found not in weight.next:
                    weight.next.append(found)
            elif op.kind in LINEAR_MAPS or op.kind == "matmul":
                weight.normalised |= normalised
            elif op.kind in _PASSED or (op.kind in ("add", "sub") and not summed):
                # After a sum, a norm sets the scale of the sum, not that of this part of it.
                further = (
                    summed or op.kind in ("add", "sub"),
                    normalised or (op.kind in NORMS and not summed),
                )
                fresh = [(out, *further) for out in op.outputs if (out, *further) not in seen]
                seen.update(fresh)
                todo.extend(fresh)


def _activation(op: Op, modules: Mapping[str, Recognised]) -> Recognised | None:
    for owner in reversed(op.owners):
        if owner.path in modules:
            return modules[owner.path]
    record = by_kernel(op.kind)
    if record is None:
        return None
    params: dict[str, Any] = {}
    for name in record.params:
        given = op.get(name)
        held = given.tensor() if isinstance(given, Value) else given
        if held is not None:
            params[name] = held
    return settled(record, params)
