"""Recipes: each file holds one way to mend, which several rules may use: `Fix(title, edits=recipes.drop(...))`.

A recipe is a generator of changes, made public by `@recipe`. It looks at the operations that it is given and at the
source, and yields the changes of the user's files. Where it meets anything of which it is not certain it raises
`Unclear`, or what it calls does: then there is no edit, and the finding keeps its words.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from nonlin.base.folder import names_in

if TYPE_CHECKING:
    from nonlin.checker.mend.recipes.arguments import after_reshape as after_reshape
    from nonlin.checker.mend.recipes.arguments import named_inplace as named_inplace
    from nonlin.checker.mend.recipes.arguments import out_of_place as out_of_place
    from nonlin.checker.mend.recipes.arguments import rename as rename
    from nonlin.checker.mend.recipes.arguments import with_axis as with_axis
    from nonlin.checker.mend.recipes.assignment import assign as assign
    from nonlin.checker.mend.recipes.assignment import call_idle as call_idle
    from nonlin.checker.mend.recipes.dropping import drop as drop
    from nonlin.checker.mend.recipes.expression import express as express
    from nonlin.checker.mend.recipes.initialisation import reinitialise as reinitialise
    from nonlin.checker.mend.recipes.insertion import insert as insert
    from nonlin.checker.mend.recipes.insertion import move as move
    from nonlin.checker.mend.recipes.swapping import swap as swap
    from nonlin.checker.mend.recipes.wrapping import wrap as wrap
    from nonlin.checker.mend.recipes.wrapping import wrap_input as wrap_input


def __getattr__(name: str) -> Any:
    # The files are read on first use: a rule's page is shown without torch.
    for file in names_in(__name__):
        home = importlib.import_module(f"{__name__}.{file}")
        found = getattr(home, name, None)
        if getattr(found, "__module__", None) == home.__name__:
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
