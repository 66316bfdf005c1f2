"""From records to curves: which functions of one number show an activation, whatever its kind."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError
from nonlin.base.language import Text
from nonlin.catalogue import Activation, Gated, Record, Shape
from nonlin.facts.probe import Curve, derivatives, example
from nonlin.plot.data import Band, Line, Mark, Point
from nonlin.plot.scale import number

# A gated unit is seen along its gate, for these values of the half that is gated.
_GATED = (-1.0, 0.5, 1.0, 2.0)
# A map of vectors is seen as its first element moves; these stay. Four, since some maps take pairs or halves.
_OTHERS = (0.5, -0.5, 1.0)
_SAMPLES = 480
# Ends of two pieces that are closer than this meet.
_MEETS = 1e-5

_UNKNOWN = Shape(math.nan, math.nan)
# More dots than this hide the curve.
_MOST = 12

NOTES = {
    "gated": Text(
        "the output against the gating half b, for several a", "横轴为门控的一半 b，各曲线取不同的 a"
    ),
    "vector": Text(
        "the outputs for the vector (x, 0.5, -0.5, 1), as its first element moves",
        "向量 (x, 0.5, -0.5, 1) 的首元素变化时的各个输出",
    ),
    "random": Text("random in training: outputs lie in the band", "训练时带随机性：输出落在色带内"),
    "fan": Text("for several values of {name}", "{name} 取不同值时的曲线"),
    "plain": Text("", ""),
}


@dataclass(frozen=True, slots=True)
class Trace:
    """A function of one number with its landmarks."""

    label: str
    curve: Curve
    shape: Shape = _UNKNOWN

    def renamed(self, label: str) -> Trace:
        """The same under another name."""
        return replace(self, label=label)


@dataclass(frozen=True, slots=True)
class Subject:
    """How one activation is shown: its traces, what a reader must know, and the edges of its band, if it is random."""

    traces: tuple[Trace, ...]
    note: Text = NOTES["plain"]
    edges: tuple[Trace, Trace] | None = None


def subject(record: Record[Any], params: Mapping[str, Any], *, alone: bool) -> Subject:
    """The traces of a record; alone, it is shown for several parameters, slices or outputs; else one stands for it.

    Raises:
        NonlinError: a parameter does not exist or makes no sense.
    """
    bound = {**example(record), **params}
    record.validate(**bound)
    if isinstance(record, Gated):
        found = Subject(tuple(_slice(record, a, bound) for a in _GATED), NOTES["gated"])
        return found if alone else Subject((_slice(record, 1.0, bound).renamed(f"{record.name}, a = 1"),))
    if not isinstance(record, Activation):
        found = Subject(_outputs(record, bound), NOTES["vector"])
        return found if alone else Subject((found.traces[0].renamed(record.name),))
    members = record.between(**{**bound, "training": True}) if "training" in bound and record.between else ()
    if alone and len(members) == 2:
        low, high = (_pointwise(record, {**bound, **member}, "") for member in members)
        return Subject((_pointwise(record, bound, record.name),), NOTES["random"], (low, high))
    return _fan(record, bound, set(params)) if alone else Subject((_pointwise(record, bound, record.name),))


def _fan(record: Activation[Any], bound: Mapping[str, Any], given: set[str]) -> Subject:
    """For the first parameter that is open: its default between both ends of what is typical."""
    # Waves of several frequencies hide each other.
    still = record.shape_of(**bound).waves is None
    free = [p for p in record.params.values() if p.bounds and p.name not in given and still]
    for parameter in sorted(free, key=lambda p: not p.learnable)[:1]:
        name, ends = parameter.name, parameter.bounds.typical if parameter.bounds else ()
        settings = [{**bound, name: value} for value in sorted({*ends, bound[name]})]
        note = Text(*(words.format(name=name) for words in NOTES["fan"]))
        return Subject(
            tuple(
                _pointwise(record, setting, number(float(f"{setting[name]:.4g}")))
                for setting in settings
                if _sound(record, setting)
            ),
            note,
        )
    return Subject((_pointwise(record, bound, record.name),))


def _sound(record: Record[Any], setting: Mapping[str, Any]) -> bool:
    try:
        record.validate(**setting)
    except NonlinError:
        return False
    return True


def _pointwise(record: Activation[Any], params: Mapping[str, Any], label: str) -> Trace:
    return Trace(label, partial(record.fn, **params), record.shape_of(**params))


def _slice(record: Gated[Any], a: float, params: Mapping[str, Any]) -> Trace:
    def curve(b: Tensor) -> Tensor:
        return record.fn(torch.stack([torch.full_like(b, a), b], -1), **{**params, "dim": -1}).squeeze(-1)

    return Trace(f"a = {number(a)}", curve, replace(_UNKNOWN, kinks=record.gate.shape_of().kinks))


def _outputs(record: Record[Any], params: Mapping[str, Any]) -> tuple[Trace, ...]:
    """One trace for each element of the output; the input has the shape of images, which every map takes."""
    named = {**params, "dim": 1} if "dim" in params else params

    def whole(x: Tensor) -> Tensor:
        vector = torch.stack([x, *(torch.full_like(x, other) for other in _OTHERS)], -1)
        return record.fn(vector[..., None, None], **named)[..., 0, 0]

    count = whole(torch.zeros(1, dtype=torch.float64)).shape[-1]
    return tuple(Trace(f"y{_subscript(i + 1)}", partial(_element, whole, i)) for i in range(count))


def _subscript(n: int) -> str:
    return "".join(chr(ord("₀") + int(digit)) for digit in str(n))


def _element(whole: Curve, index: int, x: Tensor) -> Tensor:
    return whole(x)[..., index]


def lines(traces: Sequence[Trace], order: int, low: float, high: float, *, hue: int = 0) -> tuple[Line, ...]:
    """The value (order 0), slope (1) or second derivative (2) of each trace over [low, high]."""
    return tuple(_line(trace, order, low, high, hue + n) for n, trace in enumerate(traces))


def band(edges: tuple[Trace, Trace], order: int, low: float, high: float, *, hue: int = 0) -> Band:
    """What lies between two traces."""
    one, other = (_flat(_line(trace, order, low, high, hue)) for trace in edges)
    pairs = list(zip(one, other, strict=True))
    return Band(
        tuple((a[0], min(a[1], b[1])) for a, b in pairs),
        tuple((a[0], max(a[1], b[1])) for a, b in pairs),
        hue,
    )


def _flat(line: Line) -> tuple[Point, ...]:
    return tuple(itertools.chain.from_iterable(line.pieces))


def _line(trace: Trace, order: int, low: float, high: float, hue: int) -> Line:
    inside = sorted({x for x in trace.shape.kinks if low < x < high})
    edges = [low, *inside, high]
    runs: list[list[float]] = []
    for left, right in itertools.pairwise(edges):
        count = max(2, round(_SAMPLES * (right - left) / (high - low)))
        steps = [left + (right - left) * k / count for k in range(count + 1)]
        # Beside a kink, and not on it: the value there belongs to one of the sides.
        steps[0] = math.nextafter(left, right) if left in inside else left
        steps[-1] = math.nextafter(right, left) if right in inside else right
        runs.append(steps)
    values = derivatives(trace.curve, [x for run in runs for x in run], order)[order]
    pieces = _pieces(runs, values)
    marks = [] if order else _marks(trace, low, high)
    limits = {limit for limit in (trace.shape.left, trace.shape.right) if math.isfinite(limit)}
    return Line(trace.label, pieces, tuple(marks), () if order else tuple(sorted(limits)), hue)


def _pieces(runs: list[list[float]], values: list[float]) -> tuple[tuple[Point, ...], ...]:
    """The points of each run; runs whose ends meet become one."""
    found: list[list[Point]] = []
    start = 0
    for run in runs:
        points = list(zip(run, values[start : start + len(run)], strict=True))
        start += len(run)
        points = [point for point in points if math.isfinite(point[1])]
        if found and points and abs(found[-1][-1][1] - points[0][1]) <= _MEETS:
            found[-1] += points[1:]
        elif points:
            found.append(points)
    return tuple(itertools.chain.from_iterable(map(_broken, found)))


def _broken(piece: list[Point]) -> list[tuple[Point, ...]]:
    """The piece, parted where it jumps: only kinks are landmarks, but second derivatives jump elsewhere too."""
    rises = [abs(b[1] - a[1]) for a, b in itertools.pairwise(piece)]
    size = max((abs(y) for _, y in piece), default=0.0)
    cuts = [
        k + 1
        for k in range(1, len(rises) - 1)
        if rises[k] > max(0.1 * size, 10 * rises[k - 1], 10 * rises[k + 1])
    ]
    return [tuple(piece[a:b]) for a, b in itertools.pairwise([0, *cuts, len(piece)])]


def _marks(trace: Trace, low: float, high: float) -> list[Mark]:
    kinks, turns = trace.shape.kinks, trace.shape.turns_in(low, high)
    places = [x for x in (*kinks, *(turns if len(turns) <= _MOST else ())) if low < x < high]
    if not places:
        return []
    values = derivatives(trace.curve, places, 0)[0]
    kinds = ["kink" if x in kinks else "turn" for x in places]
    return [Mark(x, y, kind) for x, y, kind in zip(places, values, kinds, strict=True)]  # type: ignore[arg-type]
