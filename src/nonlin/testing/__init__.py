"""Layer 7: the conformance suite, for nonlin's activations and for yours.

    import pytest, nonlin.testing as testing

    @pytest.mark.parametrize("check", testing.checks(), ids=lambda check: check.name)
    def test_my_activation_conforms(check):
        check(testing.Subject(my_record))

A check returns a `Figure`, the number that it saw, or raises AssertionError. Exact values come from the record's
formula by mpmath, unless `Subject` is given some.
"""

from __future__ import annotations

from nonlin.testing.check import Check, Figure, checks, get
from nonlin.testing.subject import Exact, Subject

__all__ = ["Check", "Exact", "Figure", "Subject", "checks", "get"]
