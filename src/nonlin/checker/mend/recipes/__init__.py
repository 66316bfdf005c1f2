"""Recipes: each file holds one way to mend, which several rules may use.

A recipe is a generator of changes, made public by `@recipe`. It looks at the operations that it is given and at the
source, and yields the changes of the user's files. Where it meets anything of which it is not certain it raises
`Unclear`, or what it calls does: then there is no edit, and the finding keeps its words.
"""

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
