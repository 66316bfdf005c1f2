"""The errors that nonlin raises at its boundary."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class NonlinError(Exception):
    """A request that nonlin cannot carry out; the message says what was given and what is allowed."""


class TargetError(NonlinError):
    """The target of a check could not be run: it is missing, raised, or took no training step."""


class NoStepError(TargetError):
    """The script ran to its end and never trained: there is nothing to check in it.

    Its message holds `WORDS`, so that it is recognised across processes too.
    """

    WORDS = "without a training step"


def unknown(what: str, given: str, known: Iterable[str]) -> NonlinError:
    """An error for a name that does not exist, with the nearest ones that do."""
    names = sorted(known)
    near = difflib.get_close_matches(given.lower(), names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(names)}"
    return NonlinError(f"unknown {what} {given!r}; {hint}")
