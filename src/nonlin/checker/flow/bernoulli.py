"""Binary cross entropy written by hand: y log p + (1 - y) log(1 - p), with any signs around its terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nonlin.checker.flow.kind import Kind
from nonlin.checker.flow.patterns import complement, uncopied
from nonlin.checker.graph import Graph, Op, Value

Logged = Callable[[Op], tuple[Kind | None, bool]]
"""(kind of p, whether it is turned round) in log(p) or log(1 - p)."""


@dataclass(frozen=True, slots=True, eq=False)
class CrossEntropy:
    """`total` adds the two terms; `logs` are their logarithms; `scores` is what the sigmoid was given."""

    total: Op
    logs: tuple[Op, Op]
    scores: Value
    safe: bool
    """Both logarithms stay finite: logsigmoids, or sigmoids with a small constant."""


def cross_entropies(graph: Graph, logged: Logged) -> Iterator[CrossEntropy]:
    """Every sum of two such terms whose logarithms belong to one sigmoid and whose weights add up to one."""
    for op in graph.of("add", "sub"):
        terms = [_term(op.value(name), logged) for name in ("self", "other")]
        if len(op.inputs) != 2 or None in terms or op.get("alpha", 1) != 1:
            continue
        one, other = (term for term in terms if term is not None)
        weights = _complements(one.weight, other.weight) or _complements(other.weight, one.weight)
        if one.scores is other.scores and one.turned != other.turned and weights:
            yield CrossEntropy(op, (one.log, other.log), one.scores, one.safe and other.safe)


class _Term(NamedTuple):
    """A weight times log p, or log(1 - p) if `turned`."""

    weight: Value
    log: Op
    scores: Value
    turned: bool
    safe: bool


def _term(value: Value | None, logged: Logged) -> _Term | None:
    product = _positive(value).maker if value is not None else None
    if product is None or product.kind != "mul" or len(product.inputs) != 2:
        return None
    for weight, factor in (product.inputs, product.inputs[::-1]):
        log = _positive(factor).maker
        held = _logarithm(log, logged) if log is not None else None
        if log is not None and held is not None and not weight.grad:
            return _Term(_positive(weight), log, *held)
    return None


def _logarithm(op: Op, logged: Logged) -> tuple[Value, bool, bool] | None:
    """(scores, whether of 1 - p, whether safe) of the logarithm of a sigmoid."""
    if op.kind == "log_sigmoid":
        inner = op.input.maker
        turned = inner is not None and inner.kind == "neg"
        return inner.input if inner is not None and turned else op.input, turned, True
    if op.kind not in ("log", "log1p") or not op.inputs:
        return None
    kind, turned = logged(op)
    if kind is None or kind.name != "unit" or kind.origin.kind != "sigmoid":
        return None
    return kind.origin.input, turned, kind.guarded


def _positive(value: Value) -> Value:
    """The value before copies and changes of sign."""
    value = uncopied(value)
    while value.maker is not None and value.maker.kind == "neg":
        value = uncopied(value.maker.input)
    return value


def _complements(one: Value, other: Value) -> bool:
    """Whether `one` is 1 - `other`."""
    held = complement(one)
    return held is not None and uncopied(held) is uncopied(other)
