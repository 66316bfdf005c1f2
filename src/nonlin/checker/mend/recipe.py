"""What makes a function a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec

from nonlin.base.finding import Edit
from nonlin.checker.mend.changes import Change, edits
from nonlin.checker.mend.source import Unclear

P = ParamSpec("P")


def recipe(made: Callable[P, Iterator[Change]]) -> Callable[P, tuple[Edit, ...]]:
    """The function that gives a recipe's changes as edits, and none where something is unclear."""

    @wraps(made)
    def cooked(*args: P.args, **kwargs: P.kwargs) -> tuple[Edit, ...]:
        try:
            return edits(made(*args, **kwargs))
        except (Unclear, RecursionError):
            return ()

    return cooked
