"""Replacing pieces of a file, and saying so as edits that stand for themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nonlin.base.finding import Edit
from nonlin.checker.mend.source import Source, Unclear


class Change(NamedTuple):
    """Write `new` in the place of the characters from `start` to `end` of a file."""

    source: Source
    start: int
    end: int
    new: str


def replaced(source: Source, node: ast.expr, new: str) -> Change:
    """The change that writes something else in the place of an expression.

    Raises:
        Unclear: Python gives no true place for the node, as inside an f-string before 3.12.
    """
    start, end = source.extent(node)
    if not _is(source.text[start:end], node):
        raise Unclear
    return Change(source, start, end, new)


def _is(text: str, node: ast.expr) -> bool:
    try:
        return ast.dump(ast.parse(f"({text}\n)", mode="eval").body) == ast.dump(node)
    except SyntaxError:
        return False


def whole(text: str) -> str:
    """The text of an expression so that a method can be called on it."""
    node = ast.parse(f"({text}\n)", mode="eval").body
    plain = isinstance(node, (ast.Name, ast.Call, ast.Attribute, ast.Subscript)) and "\n" not in text
    return text if plain else f"({text})"


def without_statement(source: Source, statement: ast.stmt) -> Change:
    """The change that takes a statement out, with its lines.

    Raises:
        Unclear: it shares a line with another one, or it is all that its block holds.
    """
    first, last = statement.lineno, statement.end_lineno or statement.lineno
    start, end = source.starts[first - 1], source.line_end(last)
    before, after = source.extent(statement)
    rest = source.text[after:end].strip()
    if (
        len(source.block(statement)) == 1
        or source.text[start:before].strip()
        or (rest and not rest.startswith("#"))
    ):
        raise Unclear
    return Change(source, start, end, "")


def without_element(source: Source, node: ast.AST, elements: Sequence[ast.AST]) -> Change:
    """The change that takes an expression out of a list of them, with its comma, and its lines if they are its own."""
    start, end = source.extent(node)
    place = elements.index(node)
    end = _past(source, end, ",")
    first, last = source.line_of(start), source.line_of(end)
    around = source.text[source.starts[first - 1] : start], source.text[end : source.line_end(last)].strip()
    if not around[0].strip() and (not around[1] or around[1].startswith("#")):
        return Change(source, source.starts[first - 1], source.line_end(last), "")
    if place > 0:
        _, before = source.extent(elements[place - 1])
        trailing = source.text[end - 1] == ","
        return Change(source, before, end - 1 if trailing else end, "")
    return Change(source, start, end + len(source.text[end:]) - len(source.text[end:].lstrip(" ")), "")


def after_element(source: Source, node: ast.expr, text: str) -> Change:
    """The change that puts a further element behind one of a list, on a line of its own where that one has it."""
    start, end = source.extent(node)
    stop = _past(source, end, ",")
    if source.text[source.starts[source.line_of(start) - 1] : start].strip():
        return Change(source, end, end, f", {text}")
    if stop == end:
        return Change(source, end, end, f",{_new_line(source, node)}{text}")
    place = _end_of_line(source, stop)
    return Change(source, place, place, f"{_new_line(source, node)}{text},")


def after_statement(source: Source, statement: ast.stmt, text: str) -> Change:
    """The change that puts a further statement behind one, with the same indentation."""
    place = _end_of_line(source, source.extent(statement)[1])
    return Change(source, place, place, f"{_new_line(source, statement)}{text}")


def _end_of_line(source: Source, place: int) -> int:
    line = source.line_of(max(place - 1, 0))
    text = source.text[source.starts[line - 1] : source.line_end(line)]
    return source.starts[line - 1] + len(text.rstrip("\r\n"))


def _new_line(source: Source, node: ast.AST) -> str:
    """A line end as the file has them, and what stands before a node on its line."""
    start, _ = source.extent(node)
    first = source.text[: source.line_end(1)]
    return ("\r\n" if first.endswith("\r\n") else "\n") + source.text[
        source.starts[source.line_of(start) - 1] : start
    ]


def peeled(source: Source, outer: ast.expr, inner: ast.expr) -> list[Change]:
    """The changes that leave of an expression only one inside it, which others may change as well."""
    (_, end), (first, last) = source.extent(outer), source.extent(inner)
    return [replaced(source, outer, "")._replace(end=first), Change(source, last, end, "")]


def _past(source: Source, place: int, sign: str) -> int:
    """The place after a sign, if that is what follows."""
    rest = source.text[place:]
    skipped = len(rest) - len(rest.lstrip())
    return place + skipped + 1 if rest[skipped : skipped + 1] == sign else place


def edits(changes: Iterable[Change]) -> tuple[Edit, ...]:
    """The changes as edits, from the top: each says enough to be made by searching its line for `old`.

    Raises:
        Unclear: two of the changes meet.
    """
    groups: list[list[Change]] = []
    for change in sorted(set(changes), key=lambda c: (c.source.path, c.start, c.end)):
        last = groups[-1][-1] if groups else None
        near = last is not None and last.source is change.source and _last_line(last) >= _line(change)
        if last is not None and near and change.start < last.end:
            raise Unclear
        groups[-1:] = [[*groups[-1], change]] if near else [*groups[-1:], [change]]
    return tuple(_edit(group) for group in groups)


def _edit(group: list[Change]) -> Edit:
    """One edit for the changes on the same lines: of the piece where it stands only once, else of the lines."""
    source, start, end, new = group[0]
    if len(group) > 1 or not _unmistakable(group[0]):
        start, end = source.starts[_line(group[0]) - 1], source.line_end(_last_line(group[-1]))
        end -= len(source.text[start:end]) - len(source.text[start:end].rstrip("\r\n"))
        new, place = "", start
        for change in group:
            new += source.text[place : change.start] + change.new
            place = change.end
        new += source.text[place:end]
    return Edit(source.path, source.line_of(start), source.text[start:end], new)


def _unmistakable(change: Change) -> bool:
    source, start, end, _ = change
    old, first = source.text[start:end], source.starts[_line(change) - 1]
    beginnings = source.text[first : source.line_end(_line(change)) + len(old) - 1]
    return bool(old.strip()) and beginnings.count(old) == 1


def _line(change: Change) -> int:
    return change.source.line_of(change.start)


def _last_line(change: Change) -> int:
    return change.source.line_of(max(change.end - 1, change.start))
