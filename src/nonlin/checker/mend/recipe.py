"""What makes a function a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec

from nonlin.base.finding import Edit
from nonlin.checker.mend.changes import Change, edits

P = ParamSpec("P")


def recipe(made: Callable[P, Iterator[Change]]) -> Callable[P, tuple[Edit, ...]]:
    """The function that gives a recipe's changes as edits, and none where it raises `Unclear` or meets the unforeseen."""

    @wraps(made)
    def cooked(*args: P.args, **kwargs: P.kwargs) -> tuple[Edit, ...]:
        try:
            return edits(made(*args, **kwargs))
        except Exception:  # noqa: BLE001 - an edit is an offer: what no recipe thought of must not end the check
            return ()

    return cooked
