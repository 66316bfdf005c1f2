"""Small pictures of a finding's figures, chosen by what the figures are called.

`low` and `high` bound what can occur, `seen_low` and `seen_high` what this step held, `target_low` and `target_high`
its targets, `result_low` and `result_high` a result. Where `activation` names one, as `nonlin plot` takes it, these are
its inputs. `lowest_loss` is the best that the loss can be and `loss_now` what it is, with so many `classes`. A figure
that begins with `share` is a part of one, and one that stands right before `units` counts some of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text
from nonlin.plot.build import curves
from nonlin.plot.data import Span
from nonlin.plot.scale import number, ticks
from nonlin.plot.svg import Frame, width_of
from nonlin.report._figures import called
from nonlin.report._html import Html, tag

Evidence = Mapping[str, "float | int | str"]

_RANGES = {
    "": Text("possible", "可能的范围"),
    "seen_": Text("in this step", "这一步的值"),
    "target_": Text("targets", "目标"),
    "result_": Text("result", "结果"),
}
_CURVE = Text("{} and its inputs", "{} 及其输入")
_ON_A_LINE = Text("Ranges", "取值范围")
_LOSS = Text("The loss", "损失")
_LOWEST, _NOW = Text("lowest reachable", "可达的最小值"), Text("now", "当前")
_GUESSING = Text("guessing", "随机猜测")
_WIDTH, _HEIGHT, _ROW, _LEFT = 280.0, 130.0, 20.0, 34.0


def plots(evidence: Evidence, language: Language) -> Iterator[Html]:
    """A figure for each kind of evidence that is there."""
    ranges = {prefix: span for prefix in _RANGES if (span := _span(evidence, prefix)) is not None}
    spec = evidence.get("activation")
    drawn = _curve(str(spec), ranges, language) if spec and ranges else None
    if drawn is not None:
        yield drawn
    elif len(ranges) > 1:
        yield _line(ranges, language)
    lowest, now = (_finite(evidence.get(key)) for key in ("lowest_loss", "loss_now"))
    if lowest is not None and now is not None:
        yield _loss(lowest, now, _finite(evidence.get("classes")), language)
    for title, share in _shares(evidence, language):
        yield _share(title, share)


def _span(evidence: Evidence, prefix: str) -> Span | None:
    """Both ends of a range, which may be infinite; None where it is not there."""
    try:
        low, high = (float(evidence[f"{prefix}{end}"]) for end in ("low", "high"))
    except (KeyError, ValueError):
        return None
    return (low, high) if low <= high else None


def _finite(value: float | str | None) -> float | None:
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _shares(evidence: Evidence, language: Language) -> Iterator[tuple[str, float]]:
    """(what is said of it, share) for each part of a whole."""
    for name, value in evidence.items():
        share = _finite(value)
        if name.startswith("share") and share is not None and 0 <= share <= 1:
            yield called(name, language), share
    for (name, value), (after, whole) in itertools.pairwise(evidence.items()):
        some, units = _finite(value), _finite(whole)
        if after == "units" and some is not None and units and 0 <= some <= units:
            yield f"{called(name, language)} {some:g} / {units:g}", some / units


def _figure(title: str, parts: Sequence[str], width: float, height: float) -> Html:
    said = tag("title", title)
    picture = tag(
        "svg",
        said,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_label=title,
    )
    return tag("figure", tag("figcaption", title), picture)


def _text(said: str, x: float, y: float, anchor: str = "middle", kind: str | None = None) -> Html:
    return tag("text", said, x=round(x, 1), y=round(y, 1), text_anchor=anchor, class_=kind)


def _curve(spec: str, ranges: Mapping[str, Span], language: Language) -> Html | None:
    """The activation with the inputs shaded; None for one that cannot be drawn."""
    ends = [end for span in ranges.values() for end in span if math.isfinite(end)]
    low, high = min([-4.0, *ends]), max([4.0, *ends])
    try:
        (panel,) = curves(spec, what=["value"], span=(low, high), fan=False).panels
    except NonlinError:
        return None
    frame = Frame(panel, _WIDTH, _HEIGHT)
    parts: list[Html] = []
    for tick in ticks(*panel.x):
        kind = "grid" if tick else "axis"
        parts.append(tag("path", d=f"M{frame.x(tick):g} 0V{_HEIGHT:g}", class_=kind))
        parts.append(_text(number(tick), frame.x(tick), _HEIGHT + 15))
    for tick in ticks(*panel.y, 3):
        kind = "grid" if tick else "axis"
        parts.append(tag("path", d=f"M0 {frame.y(tick):g}H{_WIDTH:g}", class_=kind))
        parts.append(_text(number(tick), -6, frame.y(tick) + 4, "end"))
    for n, (left, right) in enumerate(ranges.values()):
        x, end = frame.x(max(left, low)), frame.x(min(right, high))
        parts.append(
            tag("rect", x=x, y=0, width=max(end - x, 2.0), height=_HEIGHT, class_=f"inputs h{n + 1}")
        )
    line = tag("path", d="".join(map(frame.path, panel.lines[0].pieces)), class_="line h0")
    parts.append(tag("svg", line, width=_WIDTH, height=_HEIGHT, overflow="hidden"))
    for n, prefix in enumerate(ranges):
        parts.append(_text(_RANGES[prefix].to(language), 110.0 * n, _HEIGHT + 34, "start", f"name h{n + 1}"))
    body = tag("g", *parts, transform=f"translate({_LEFT:g} 8)")
    title = _CURVE.to(language).format(spec.partition(":")[0])
    return _figure(title, [body], _LEFT + _WIDTH + 12, _HEIGHT + 48)


def _line(ranges: Mapping[str, Span], language: Language) -> Html:
    """Ranges above each other on one line of numbers; what has no end goes on to the edge."""
    ends = [end for span in ranges.values() for end in span if math.isfinite(end)]
    low, high = min(ends), max(ends)
    air = 0.12 * (high - low) or 1.0
    low, high = low - air, high + air
    left = _margin([_RANGES[prefix] for prefix in ranges], language)
    parts = _axis(low, high, left, _ROW * len(ranges) + 6)
    for n, (prefix, span) in enumerate(ranges.items()):
        y = _ROW * n + 4
        start, end = (left + _WIDTH * (min(max(x, low), high) - low) / (high - low) for x in span)
        bar = tag("rect", x=start, y=y, width=max(end - start, 3.0), height=12, rx=3, class_=f"bar h{n}")
        parts += [_text(_RANGES[prefix].to(language), left - 10, y + 10, "end", f"name h{n}"), bar]
    return _figure(_ON_A_LINE.to(language), parts, left + _WIDTH + 16, _ROW * len(ranges) + 28)


def _margin(names: Sequence[Text], language: Language) -> float:
    """The room for names before a line of numbers: they are bold, and so a little wider."""
    return 1.15 * max(width_of(name.to(language)) for name in names) + 12


def _axis(low: float, high: float, left: float, y: float) -> list[Html]:
    parts = [tag("path", d=f"M{left:g} {y:g}h{_WIDTH:g}", class_="axis")]
    for tick in ticks(low, high):
        x = left + _WIDTH * (tick - low) / (high - low)
        parts.append(tag("path", d=f"M{x:.1f} 0V{y:g}", class_="grid"))
        parts.append(_text(number(tick), x, y + 15))
    return parts


def _loss(lowest: float, now: float, classes: float | None, language: Language) -> Html:
    """What can be reached, what is, and what guessing gives, on one line of numbers that begins at zero."""
    marks = [(_LOWEST, lowest), (_NOW, now)]
    if classes is not None and classes > 1 and lowest >= 0:
        marks.append((_GUESSING, math.log(classes)))
    low, high = min(0.0, lowest, now), max(value for _, value in marks)
    high += 0.12 * (high - low) or 1.0
    left = _margin([words for words, _ in marks], language)
    parts = _axis(low, high, left, _ROW * len(marks) + 6)
    for n, (words, value) in enumerate(marks):
        start, end = (left + _WIDTH * (x - low) / (high - low) for x in sorted((0.0, value)))
        y = _ROW * n + 4
        parts.append(
            tag("rect", x=start, y=y, width=max(end - start, 2.0), height=12, rx=3, class_=f"bar h{n}")
        )
        parts.append(_text(words.to(language), left - 10, y + 10, "end", f"name h{n}"))
    return _figure(_LOSS.to(language), parts, left + _WIDTH + 16, _ROW * len(marks) + 28)


def _share(title: str, share: float) -> Html:
    parts = [
        tag("rect", x=0, y=4, width=_WIDTH, height=12, rx=3, class_="whole"),
        tag("rect", x=0, y=4, width=round(_WIDTH * share, 1), height=12, rx=3, class_="bar h1"),
        _text(f"{share:.0%}", _WIDTH + 8, 14, "start", "name h1"),
    ]
    return _figure(title, parts, _WIDTH + 56, 20)
