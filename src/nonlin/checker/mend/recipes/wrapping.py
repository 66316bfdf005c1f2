"""Apply a function of torch to a value that lacks it."""

from __future__ import annotations

from collections.abc import Iterator

from nonlin.checker.graph import Op
from nonlin.checker.mend.changes import Change, replaced
from nonlin.checker.mend.names import function
from nonlin.checker.mend.recipe import recipe
from nonlin.checker.mend.written import result, written


@recipe
def wrap(op: Op, name: str, dim: int | None = None) -> Iterator[Change]:
    """Apply a function to what an operation makes, wherever its expression runs."""
    source, node = result(op)
    axis = "" if dim is None else f", dim={dim}"
    yield replaced(source, node, f"{function(source, name)}({source.segment(node)}{axis})")


@recipe
def wrap_input(loss: Op, name: str, dim: int) -> Iterator[Change]:
    """Apply a function to what a loss is given first."""
    found = written(loss)
    text = found.source.segment(found.argument)
    yield replaced(found.source, found.argument, f"{function(found.source, name)}({text}, dim={dim})")
