"""Rules meet the tape: the analyses of one captured run, and the judging of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from nonlin.base.finding import SEVERITIES, Finding
from nonlin.base.interval import ANYTHING, Interval
from nonlin.base.language import Text
from nonlin.catalogue import by_kernel, records
from nonlin.checker import evidence
from nonlin.checker.collapse import Pair, data_of, pairs, weight_of
from nonlin.checker.flow.affine import Affine, Provenance, affine
from nonlin.checker.flow.axes import COPIES, LAYOUT, RESHAPES
from nonlin.checker.flow.batch import batch_axes
from nonlin.checker.flow.bernoulli import CrossEntropy, cross_entropies
from nonlin.checker.flow.gradient import Gradients, gradients
from nonlin.checker.flow.interval import Ranges, intervals, through
from nonlin.checker.flow.kind import Kind, Kinds, is_activation, is_linear_map, kinds
from nonlin.checker.flow.observed import as_seen
from nonlin.checker.flow.patterns import source
from nonlin.checker.flow.regression import limiter, regressions
from nonlin.checker.flow.stretch import Stretch, spread, stretches
from nonlin.checker.flow.written import Written, written
from nonlin.checker.graph import Graph, Op, Value
from nonlin.checker.places import is_users
from nonlin.checker.rule import Rule
from nonlin.checker.silence import Mark, marks_in, silenced


@dataclass(eq=False)
class Run:
    """A captured tape with its analyses, each computed when a rule first asks for it."""

    graph: Graph
    require_reason: bool = False
    """The project wants every comment that silences a rule to say why."""
    said: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    """(path, line) of each finding by the id of its rule, for the rules that have run."""
    notes: list[Text] = field(default_factory=list)
    """What a reader should know about the judging."""

    @cached_property
    def user_lines(self) -> frozenset[tuple[str, int]]:
        """(path, line) of each line of the user's that ran an operation or created a module."""
        frames = {(frame.path, frame.line) for op in self.graph.ops for frame in op.frames}
        created = {owner.created for op in self.graph.ops for owner in op.owners if owner.created is not None}
        return frozenset(
            line for line in frames | {(site.path, site.line) for site in created} if is_users(line[0])
        )

    def marks(self) -> list[Mark]:
        """The comments that silence rules, in the files that took part in the step."""
        return [m for path in sorted({path for path, _ in self.user_lines}) for m in marks_in(path)]

    @cached_property
    def _ranges(self) -> Ranges:
        return intervals(self.graph)

    @cached_property
    def _kinds(self) -> Kinds:
        return kinds(self.graph, self._ranges)

    @cached_property
    def provenance(self) -> Provenance:
        """For each value the linear map from which it comes affinely."""
        return affine(self.graph)

    def range(self, value: Value) -> Interval:
        """Every number that the value can ever hold, whatever the weights and the inputs."""
        return self._ranges.get(value, ANYTHING)

    @cached_property
    def _step(self) -> Ranges:
        return intervals(self.graph, as_seen)

    def range_in_step(self, value: Value) -> Interval:
        """Every number that the value can hold on this batch's data, whatever the weights."""
        return self._step.get(value, ANYTHING)

    def kind(self, value: Value | None) -> Kind | None:
        """What the value means, where the tape proves it."""
        return self._kinds.get(value) if value is not None else None

    def affine(self, value: Value) -> Affine | None:
        """The linear map above the value with only affine operations between."""
        return self.provenance.get(value)

    def losses(self, *names: str) -> Iterable[Op]:
        """The loss operations of these kinds that are trained on."""
        return self.graph.of(*names)

    def trained(self, value: Value) -> bool:
        """Whether any parameter stands upstream of the value, by whatever path."""
        return value in self._trained

    @cached_property
    def _trained(self) -> set[Value]:
        found: set[Value] = set()
        for op in self.graph.ops:
            if any(v in found or (v.role == "parameter") for v in op.inputs):
                found.update(op.outputs)
                found.update(v for v in op.inputs if v.role == "parameter")
        return found

    def is_activation(self, op: Op) -> bool:
        """Whether the operation is an elementwise activation function."""
        return is_activation(op)

    def spelled(self, op: Op) -> str:
        """An activation as `nonlin plot` takes it: its name, and the parameters that are not the usual ones."""
        record = by_kernel(op.kind)
        if record is None:
            return op.kind
        given = {
            name: item
            for name, parameter in record.params.items()
            if isinstance(item := op.get(name), (bool, int, float, str)) and item != parameter.default
        }
        said = ",".join(f"{name}={item}" for name, item in given.items() if name != "inplace")
        return f"{record.name}:{said}" if said else record.name

    def is_linear_map(self, op: Op) -> bool:
        """Whether the operation applies trained weights linearly."""
        return is_linear_map(op)

    def is_activation_class(self, name: str) -> bool:
        """Whether a module class of this name is an activation of the catalogue."""
        return name in _activation_classes()

    def alike(self, op: Op) -> list[Op]:
        """Every operation of this kind on the same line: one edit changes them all."""
        return self._lines.get(_line(op), [])

    @cached_property
    def _lines(self) -> dict[tuple[str, str, int], list[Op]]:
        found: dict[tuple[str, str, int], list[Op]] = {}
        for op in self.graph.ops:
            if op.index in self.graph.live:
                found.setdefault(_line(op), []).append(op)
        return found

    def through(self, op: Op, interval: Interval) -> Interval:
        """What an activation makes of an interval, with the arguments of this call."""
        return through(op, interval)

    def is_identity_on(self, op: Op, interval: Interval) -> bool:
        """Whether an activation leaves every number of an interval as it is."""
        if op.kind in ("relu", "leaky_relu", "elu", "celu", "prelu", "rrelu"):
            return interval.lo >= 0
        if op.kind == "hardtanh":
            return interval.within(Interval(op.get("min_val", -1.0), op.get("max_val", 1.0)))
        return op.kind == "relu6" and interval.within(Interval(0.0, 6.0))

    def is_unread_activation(self, op: Op) -> bool:
        """Whether nothing reads an activation's new value, while something trained reads its input afterwards."""
        if not is_activation(op) or op.inplace or op.output.users or not op.output.grad:
            return False
        if op.output in self.graph.outputs or any(o.root is op.output for o in self.graph.objectives):
            return False
        return any(user.index > op.index for user in self.graph.users(op.input))

    def unread_activation(self, value: Value) -> Op | None:
        """The activation whose result of this value is thrown away."""
        return next((op for op in value.users if self.is_unread_activation(op)), None)

    def reaches(self, value: Value, *names: str) -> bool:
        """Whether an operation of one of these kinds reads the value, perhaps moved or picked from before."""
        met, ahead = {value}, [value]
        while ahead:
            for user in self.graph.users(ahead.pop()):
                if user.kind in names:
                    return True
                if user.kind in LAYOUT | {"mul", "neg"} and user.output not in met:
                    met.add(user.output)
                    ahead.append(user.output)
        return False

    def complement(self, value: Value) -> Kind | None:
        """The kind of p where the value is 1 - p (perhaps with a small constant added)."""
        op, guarded = source(value).maker, False
        while op is not None and op.kind in ("add", "clamp") and len(op.inputs) == 1:
            op, guarded = source(op.input).maker, True
        if op is None or op.kind not in ("rsub", "sub") or not op.inputs:
            return None
        one, p = (op.get("other"), op.get("self")) if op.kind == "rsub" else (op.get("self"), op.get("other"))
        if isinstance(one, (int, float)) and abs(one - 1) < 1e-2 and isinstance(p, Value):
            kind = self.kind(p)
            return replace(kind, guarded=guarded or kind.guarded or one > 1) if kind is not None else None
        return None

    def logged_sigmoid(self, op: Op) -> tuple[Kind | None, bool]:
        """(kind of p, whether it is turned round) in log(p), log(1 - p) or log1p(-p)."""
        if op.kind == "log1p":
            inner = op.input.maker
            return (self.kind(inner.input) if inner is not None and inner.kind == "neg" else None), True
        kind = self.kind(op.input)
        return (kind, False) if kind is not None else (self.complement(op.input), True)

    @cached_property
    def gradients(self) -> Gradients:
        """Which values a gradient reaches, and where it is lost."""
        return gradients(self.graph)

    @cached_property
    def cross_entropies(self) -> list[CrossEntropy]:
        """Binary cross entropies that are written out."""
        return list(cross_entropies(self.graph, self.logged_sigmoid))

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Linear maps in a row with one activation between each two."""
        return list(stretches(self.graph, self.provenance))

    def spread(self, weight: Value) -> float | None:
        """By how much weights change the size of a signal; None if they are not at hand."""
        return spread(weight)

    @cached_property
    def bad_gains(self) -> list[tuple[Stretch, list[float]]]:
        """(stretch, factors) where the weights shrink or grow a signal far beyond what the activations need."""
        judged = [(stretch, stretch.factors()) for stretch in self.stretches if len(stretch.activations) >= 3]
        return [(stretch, factors) for stretch, factors in judged if _misses(factors)]

    @cached_property
    def written(self) -> list[Written]:
        """Activations that are written out."""
        return list(written(self.graph))

    def meetings(self) -> Iterator[tuple[Value, Value, Op]]:
        """(made by a network, data, layer) where both enter the same layer in different calls."""
        calls: dict[Value, list[Op]] = {}
        for op in self.graph.ops:
            if op.index in self.graph.live and is_linear_map(op):
                calls.setdefault(weight_of(op), []).append(op)
        for ops in calls.values():
            made = [op for op in ops if self.trained(data_of(op))]
            given = [op for op in ops if not self.trained(data_of(op)) and data_of(op).floating]
            yield from ((data_of(one), data_of(other), one) for one in made for other in given)

    def mean_terms(self, value: Value) -> Iterator[tuple[float, Kind]]:
        """(weight, kind of what is averaged) for each mean in a weighted sum of means."""
        # A sum may be longer than Python's stack, and have more paths than terms.
        met: set[tuple[Value, float]] = set()
        ahead = [(value, 1.0)]
        while ahead:
            term = ahead.pop()
            if term in met:
                continue
            met.add(term)
            value, weight = term
            op = value.maker
            if op is None or not op.inputs:
                continue
            if op.kind == "mean" and (kind := self.kind(op.input)) is not None:
                yield weight, kind
            elif op.kind == "neg":
                ahead.append((op.input, -weight))
            elif op.kind in ("add", "sub", "mul"):
                number = op.get("other") if op.kind == "mul" else 1
                own = weight * number if isinstance(number, (int, float)) else weight
                others = own * op.get("alpha", 1) * (-1 if op.kind == "sub" else 1)
                parts = ((op.value("self"), own), (op.value("other"), others))
                ahead += [(part, held) for part, held in reversed(parts) if part is not None]

    def readers(self, value: Value) -> list[Op]:
        """The operations that read a value, seen through those that only move, copy or drop elements."""
        found: list[Op] = []
        ahead = self.graph.users(value)[::-1]
        while ahead:
            user = ahead.pop()
            if user.kind in COPIES | RESHAPES:
                ahead += self.graph.users(user.output)[::-1]
            else:
                found.append(user)
        return found

    def regressions(self) -> Iterator[tuple[Value, Value, Op]]:
        """(prediction, target, operation) for each comparison with given numbers."""
        return regressions(self.graph, self.trained)

    def limiter(self, value: Value) -> Op | None:
        """The activation that limits the range of a prediction."""
        return limiter(value, self.range_in_step, is_activation)

    @cached_property
    def _batch(self) -> dict[Value, int]:
        return batch_axes(self.graph)

    def batch_axis(self, value: Value) -> int | None:
        """The axis of a value that is the batch, where the tape shows it."""
        return self._batch.get(value)

    @cached_property
    def collapses(self) -> list[Pair]:
        """Pairs of linear maps that are one."""
        return pairs(self)

    def share(self, value: Value | None, holds: Callable[[Any], Any]) -> float | None:
        """The share of a value's elements for which `holds` is true, where data ran."""
        return evidence.share(value, holds)

    def share_outside(self, value: Value | None, interval: Interval) -> float | None:
        """The share of a value's elements outside an interval, where data ran."""
        return self.share(value, lambda x: (x < interval.lo) | (x > interval.hi))

    def mean_of(self, value: Value | None) -> float | None:
        """The mean of a value's elements, where data ran."""
        return evidence.mean(value)

    def ends(self, value: Value) -> dict[str, float]:
        """The least and the greatest element that the step held."""
        return evidence.ends(value)


# PyTorch's own initialisation has the factor 0.41 in a ReLU network, He's has 1.
_FEW, _MANY, _IN_ALL = 0.15, 5.0, 1e3


def _misses(factors: list[float]) -> bool:
    """Whether each layer is off by a large factor, and all of them together by a thousand and more."""
    if not factors or min(factors) <= 0:
        return False
    in_all = math.prod(factors)
    each = in_all ** (1 / len(factors))
    return (each < _FEW and in_all < 0.1 / _IN_ALL) or (each > _MANY and in_all > _IN_ALL)


def _line(op: Op) -> tuple[str, str, int]:
    return op.kind, op.site.path, op.site.line


@lru_cache(maxsize=1)
def _activation_classes() -> frozenset[str]:
    return frozenset(record.class_name for record in records())


def judge(run: Run, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Every rule's findings on one run: once per cause and place, worst first, without the silenced ones."""
    found: dict[tuple[str, str, int], Finding] = {}
    by_id: dict[str, Rule] = {}
    for rule in sorted(rules, key=lambda rule: rule.last):
        by_id[rule.id] = rule
        lines = run.said.setdefault(rule.id, set())
        for finding in _found_by(rule, run):
            # A module that runs many times on one line is reported there once for each rule.
            line = (finding.site.path, finding.site.line)
            lines.add(line)
            found.setdefault((rule.id, *line), finding.under(rule.id, rule.name, rule.severity))
    causes = {(f.rule, *line) for f in found.values() for line in _lines(f)}
    kept = [
        f
        for f in found.values()
        if (by_id[f.rule].last or not silenced(f))
        and not any((other, *line) in causes for other in by_id[f.rule].yields_to for line in _lines(f))
    ]
    return tuple(sorted(kept, key=lambda f: (SEVERITIES.index(f.severity), f.site.path, f.site.line, f.rule)))


def _found_by(rule: Rule, run: Run) -> Iterable[Finding]:
    """A rule's findings; none where one of another distribution fails, which becomes a note."""
    if rule.origin == "nonlin":
        return rule.check(run)
    try:
        return [*rule.check(run)]
    except Exception as error:  # noqa: BLE001 - a stranger's rule may raise anything
        why = f"{type(error).__name__}: {error}"
        run.notes.append(
            Text(
                f"the rule {rule.id} of {rule.origin} failed: {why}; leave it out with --ignore {rule.id}",
                f"{rule.origin} 的规则 {rule.id} 运行出错：{why}；可用 --ignore {rule.id} 停用",
            )
        )
        return ()


def _lines(finding: Finding) -> set[tuple[str, int]]:
    """The lines that take part in a finding."""
    return {(site.path, site.line) for site in (finding.site, *finding.related)}
