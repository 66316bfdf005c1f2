"""Training scripts with known verdicts: every covered bug is named on its line, and nothing clean is accused."""

from __future__ import annotations

import pytest

from scripts import checked
from verdicts import ANSWERS, Case, cases

CASES = cases()
# The inputs are to be scaled; a choice without gradient is to be written as probabilities: only words can say how.
WORDS_ONLY = {"c061", "c081"}


@pytest.mark.parametrize("case", [c for c in CASES if c.covered], ids=lambda c: c.path.stem)
def test_a_covered_mistake_is_named_on_its_line(case: Case) -> None:
    named = [f for f in checked(case.path) if f.name in case.answers]

    assert [f for f in named if f.site.line in case.lines]
    assert case.label == "advice" or any(f.severity != "advice" for f in named)


@pytest.mark.parametrize("case", [c for c in CASES if c.label != "bug"], ids=lambda c: c.path.stem)
def test_what_is_no_bug_gets_no_error_and_no_warning(case: Case) -> None:
    assert checked(case.path).at_least("warning") == ()


@pytest.mark.parametrize("case", [c for c in CASES if c.label == "bug"], ids=lambda c: c.path.stem)
def test_a_bug_gets_no_second_accusation(case: Case) -> None:
    others = [f for f in checked(case.path).at_least("warning") if f.name not in case.answers]

    assert others == []


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.label == "bug" and c.covered], ids=lambda c: c.path.stem
)
def test_a_named_bug_gets_edits(case: Case) -> None:
    edits = [edit for f in checked(case.path) if f.fix is not None for edit in f.fix.edits]

    assert bool(edits) == (case.id not in WORDS_ONLY)


def test_every_answer_is_used() -> None:
    assert set(ANSWERS) <= {case.category for case in CASES}
