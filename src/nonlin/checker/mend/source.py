"""The user's file as it is written: its text, its syntax tree, and where each node stands."""

from __future__ import annotations

import ast
import bisect
import io
import re
import tokenize
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from nonlin.checker.graph import Frame, Span
from nonlin.checker.places import editable

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = ast.Module | ast.ClassDef | Function | ast.Lambda
_LINE_END = re.compile(r"\r\n|\r|\n")  # what Python counts as one; str.splitlines knows more


class Unclear(Exception):
    """The source does not show for certain what an edit would have to do."""


@dataclass(frozen=True, eq=False)
class Source:
    """One file, parsed once: every recipe of a run sees the same text and the same nodes."""

    path: str
    text: str
    tree: ast.Module
    starts: tuple[int, ...]
    """Where each line begins, in characters."""
    parents: dict[ast.AST, ast.AST] = field(repr=False)

    def offset(self, line: int, column: int) -> int:
        """A line and a column in bytes, as `ast` counts them, as a place in the text."""
        start = self.starts[line - 1]
        return start + len(self.text[start : self.line_end(line)].encode()[:column].decode())

    def line_end(self, line: int) -> int:
        """The place in the text where a line ends, its line end included."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def line_of(self, place: int) -> int:
        """The line, from 1, that holds a place in the text."""
        return bisect.bisect_right(self.starts, place)

    def extent(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends, as places in the text."""
        span = span_of(node)
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def segment(self, node: ast.AST) -> str:
        """The node as it is written."""
        start, end = self.extent(node)
        return self.text[start:end]

    def up(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, from the inside."""
        while (outer := self.parents.get(node)) is not None:
            yield outer
            node = outer

    def scope(self, node: ast.AST) -> Scope:
        """The function, class or file whose names a node sees first."""
        return next(outer for outer in self.up(node) if isinstance(outer, Scope))

    def home(self, node: ast.AST) -> ast.ClassDef | None:
        """The innermost class around a node."""
        return next((outer for outer in self.up(node) if isinstance(outer, ast.ClassDef)), None)

    def statement(self, node: ast.AST) -> ast.stmt:
        """The innermost statement that holds a node, or is it."""
        return next(n for n in (node, *self.up(node)) if isinstance(n, ast.stmt))

    def block(self, statement: ast.stmt) -> list[ast.stmt]:
        """The statements among which a statement stands."""
        fields = (value for _, value in ast.iter_fields(self.parents[statement]))
        return next(value for value in fields if isinstance(value, list) and statement in value)

    def calls(self) -> Iterator[ast.Call]:
        """Every call in the file."""
        return (node for node in self.parents if isinstance(node, ast.Call))


def span_of(node: ast.AST) -> Span:
    """Where a statement or an expression stands."""
    line, column, end_line, end_column = (
        getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")
    )
    return Span(line, column, end_line, end_column)


def read(path: str) -> Source | None:
    """The file, if it is the user's own and can be read; None for libraries, notebooks and what is gone."""
    if not editable(path):
        return None
    try:
        return _parsed(path, Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


@lru_cache(maxsize=64)
def _parsed(path: str, data: bytes) -> Source:
    text, _ = decoded(data)
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return Source(path, text, tree, line_starts(text), parents)


def line_starts(text: str) -> tuple[int, ...]:
    """Where each line of a text begins, as Python counts lines."""
    return (0, *(found.end() for found in _LINE_END.finditer(text)))


def decoded(data: bytes) -> tuple[str, str]:
    """(text, encoding) of a file of Python, every line end and sign as it is.

    Raises:
        SyntaxError, ValueError: the bytes are not in the encoding that the file names.
    """
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding), encoding


def call_at(frame: Frame, names: Collection[str]) -> tuple[Source, ast.Call] | None:
    """The call that a frame was making; where Python does not tell, the only one on its line with such a (plain) name.

    A call is known by its end: for a chain of methods over several lines Python reports a later beginning.
    """
    source = read(frame.path)
    if source is None:
        return None
    if frame.span is None:
        found = [c for c in source.calls() if plain(called(c)) in names and frame.line in _lines_of_name(c)]
    else:
        found = [c for c in source.calls() if span_of(c)[2:] == frame.span[2:]]
        found = [c for c in found if span_of(c) == frame.span] or found
    return (source, found[0]) if len(found) == 1 else None


def expression_at(frame: Frame) -> tuple[Source, ast.expr] | None:
    """The expression that a frame was running: arithmetic, for which Python must tell the place, or a call."""
    source = read(frame.path)
    if source is None or frame.span is None:
        return None
    exact = [
        n
        for n in source.parents
        if isinstance(n, (ast.BinOp, ast.UnaryOp, ast.Subscript)) and span_of(n) == frame.span
    ]
    return (source, exact[0]) if exact else call_at(frame, ())


def _lines_of_name(call: ast.Call) -> range:
    """The lines on which Python may say that a call stands: its first, to that of the called name."""
    return range(call.lineno, (call.func.end_lineno or call.lineno) + 1)


def called(call: ast.Call) -> str:
    """The last name of what is called: "softmax" in `torch.softmax(x, 1)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def plain(name: str) -> str:
    """A name in small letters without "_": what `log_softmax` and `LogSoftmax` have in common."""
    return name.lower().replace("_", "")
