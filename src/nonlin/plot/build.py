"""From names to pictures: one figure of a few activations, or a gallery of many."""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nonlin.base.errors import NonlinError, unknown
from nonlin.base.language import Text
from nonlin.catalogue import Record, get, records
from nonlin.plot.data import Figure, Gallery, Line, Panel, Span, Thumbnail
from nonlin.plot.scale import seen
from nonlin.plot.trace import NOTES, Subject, band, lines, subject

WHAT = {
    "value": Text("value  f(x)", "函数值  f(x)"),
    "slope": Text("slope  f′(x)", "导数  f′(x)"),
    "curvature": Text("second derivative  f″(x)", "二阶导数  f″(x)"),
}
_TITLE = Text("Activation functions", "激活函数")
# Slopes beyond this, and beyond what most are, are cut off, so that the others can be seen.
_STEEP = 3.0
# Landmarks further out than this do not widen the picture.
_FAR = 10.0
# Turns of a wave on one side of zero that can still be told apart.
_TURNS = 8


def curves(
    *activations: str | Record[Any],
    params: Mapping[str, Any] | None = None,
    span: Span | None = None,
    what: Sequence[str] = tuple(WHAT),
    fan: bool = True,
) -> Figure:
    """Value, slope and second derivative of activations, one panel for each.

    One activation alone is shown for several values of its first parameter; a gated unit for several values of the
    half that is gated; a map of vectors by all its outputs.

    Args:
        activations: names or records; "leaky_relu:negative_slope=0.2" sets a parameter.
        params: parameters of all of them.
        span: the least and greatest input; by default -4 to 4, or wider where landmarks lie outside.
        what: which panels, of "value", "slope" and "curvature".
        fan: whether one activation alone is shown by several curves.

    Raises:
        NonlinError: nothing to draw, or a name, parameter or span that makes no sense.
    """
    if not activations:
        raise NonlinError("nothing to draw; name an activation, e.g. gelu")
    for word in what:
        if word not in WHAT:
            raise unknown("panel", word, WHAT)
    asked = [parsed(activation) for activation in activations]
    alone = len(asked) == 1 and fan
    subjects = [subject(record, {**given, **(params or {})}, alone=alone) for record, given in asked]
    if not alone:
        subjects = [_told(one, given) for one, (_, given) in zip(subjects, asked, strict=True)]
    low, high = span or _span(subjects)
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise NonlinError(f"the range {low:g} to {high:g} is empty; give the smaller end first, e.g. -4 4")
    title = ", ".join(asked[0][0].name if alone else one.traces[0].label for one in subjects)
    note = subjects[0].note if alone else NOTES["plain"]
    return Figure(title, note, tuple(_panel(subjects, word, low, high) for word in what))


def parsed(activation: str | Record[Any]) -> tuple[Record[Any], dict[str, Any]]:
    """A record with the parameters that stand behind its name: "elu:alpha=0.5,..."."""
    if isinstance(activation, Record):
        return activation, {}
    name, _, rest = activation.partition(":")
    given = {}
    for pair in filter(None, rest.split(",")):
        key, equals, value = pair.partition("=")
        if not equals:
            raise NonlinError(f"{activation!r}: {pair!r} is no parameter; write {name}:NAME=VALUE")
        given[key.strip()] = _read(value.strip())
    return get(name), given


def _read(word: str) -> Any:
    """A parameter's value as it is written on a command line."""
    try:
        value = ast.literal_eval(word.capitalize() if word.lower() in ("true", "false") else word)
    except (ValueError, SyntaxError):
        return word
    return value if isinstance(value, (bool, int, float)) else word


def _told(one: Subject, given: Mapping[str, Any]) -> Subject:
    """The subject with its parameters in its label, where they were given."""
    if not given:
        return one
    words = ", ".join(f"{k}={v:g}" if isinstance(v, (int, float)) else f"{k}={v}" for k, v in given.items())
    traces = tuple(trace.renamed(f"{trace.label} ({words})") for trace in one.traces)
    return Subject(traces, one.note, one.edges)


def _span(subjects: Iterable[Subject]) -> Span:
    """From -4 to 4; wider where landmarks lie outside, narrower where a fast wave would fill the panel."""
    shapes = [trace.shape for one in subjects for trace in one.traces]
    places = [abs(x) for shape in shapes for x in (*shape.kinks, *shape.turns) if abs(x) <= _FAR]
    waves = [shape.turns_in(0.0, _FAR) for shape in shapes if shape.waves]
    end = float(max(4, math.ceil(1.3 * max(places, default=0.0))))
    crowded = [turns[_TURNS] for turns in waves if len(turns) > _TURNS]
    if crowded and max(crowded) < end:
        end = float(f"{max(crowded):.1g}")
    return -end, end


def _panel(subjects: Sequence[Subject], what: str, low: float, high: float) -> Panel:
    order = list(WHAT).index(what)
    drawn: list[Line] = []
    for one in subjects:
        drawn += lines(one.traces, order, low, high, hue=len(drawn))
    bands = tuple(band(one.edges, order, low, high) for one in subjects if one.edges)
    values = itertools.chain(
        (y for line in drawn for piece in line.pieces for _, y in piece),
        (y for one in bands for edge in (one.lower, one.upper) for _, y in edge),
    )
    found = [y for y in values if math.isfinite(y)]
    cap = max(_STEEP, 1.5 * _most(found)) if order else 0.55 * (high - low)
    return Panel(WHAT[what], tuple(drawn), (low, high), seen(found, cap), bands)


def _most(values: Sequence[float]) -> float:
    """The size that 90 % of the values do not exceed."""
    sizes = sorted(map(abs, values))
    return sizes[int(0.9 * len(sizes))] if sizes else 0.0


def gallery(found: Sequence[Record[Any]] | None = None, *, span: Span = (-4.0, 4.0)) -> Gallery:
    """Small pictures of all activations (or of these), by family: the value, and behind it the slope."""
    chosen = sorted(found or records(), key=lambda record: (record.family, record.name))
    families = [
        (family, tuple(_thumbnail(record, span) for record in members))
        for family, members in itertools.groupby(chosen, key=lambda record: record.family)
    ]
    return Gallery(_TITLE, tuple(families))


def _thumbnail(record: Record[Any], span: Span) -> Thumbnail:
    one = subject(record, {}, alone=False)
    value, slope = (lines(one.traces, order, *span)[0] for order in (0, 1))
    return Thumbnail(
        record.name, record.summary, Panel(WHAT["value"], (value, slope), span, (-_SMALL, _SMALL))
    )


# Half the height of a thumbnail: all of them share one scale, so that they can be compared.
_SMALL = 2.6
