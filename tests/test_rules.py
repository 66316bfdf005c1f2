"""Every rule on every fixture: the findings are the marks, no more and no fewer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nonlin.checker
from nonlin.base.finding import Edit
from nonlin.checker.mend.apply import edited
from nonlin.checker.rule import Rule, rules
from nonlin.report._figures import called
from pictures import check_picture
from scripts import checked, found, marks

FIXTURES = Path(nonlin.checker.__file__).parent / "fixtures"
# What an activation is given keeps its name in any language.
ARGUMENTS = {"negative_slope", "alpha", "lambd", "threshold", "value", "min_val", "max_val", "beta"}
SCRIPTS = sorted(FIXTURES.glob("*/*.py"))
RULES = rules()


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", SCRIPTS, ids=label)
def test_findings_are_the_marked_lines(path: Path) -> None:
    report = checked(path)

    wanted = marks(path)
    names = {rule.id for rule in RULES if rule.severity == "advice"} & {rule for rule, _ in wanted}
    assert found(report, advice=bool(names)) == wanted


@pytest.mark.parametrize("path", SCRIPTS, ids=label)
def test_bad_is_marked_with_its_own_rule_and_good_is_not(path: Path) -> None:
    own = {rule for rule, _ in marks(path)}

    assert own == ({path.parent.name.upper()} if path.stem.startswith("bad") else set())


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p.stem.startswith("good")], ids=label)
def test_a_good_twin_gets_no_finding_of_its_rule_not_even_advice(path: Path) -> None:
    own = [f for f in checked(path) if f.rule == path.parent.name.upper()]

    assert own == []


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p.stem == "bad"], ids=label)
def test_a_finding_says_where_why_and_how(path: Path) -> None:
    report = checked(path)
    # What a script says in a comment did not run, and stands on no block.
    check_picture(report.network, [f for f in report if f.site.module or f.related])
    for finding in report:
        if finding.rule.lower() != path.parent.name:
            continue

        assert Path(finding.site.path) == path
        assert finding.evidence
        assert [key for key in finding.evidence if called(key, "zh").isascii() and key not in ARGUMENTS] == []
        assert finding.fix is not None
        assert all(text.en and text.zh for text in (finding.message, finding.fix.title))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_both_fixtures(rule: Rule) -> None:
    folder = FIXTURES / rule.id.lower()

    assert {"bad", "good"} <= {path.stem for path in folder.glob("*.py")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_yields_only_to_rules_that_do_not_yield_to_it(rule: Rule) -> None:
    known = {other.id: other for other in RULES}

    assert all(rule.id not in known[code].yields_to for code in rule.yields_to)


# What a rule offers to mend.

BAD = sorted(FIXTURES.glob("*/bad*.py"))
MARK = re.compile(r"  # NL\d+")


def edits_of(path: Path) -> list[Edit]:
    own = [f for f in checked(path) if f.rule.lower() == path.parent.name]
    return [edit for f in own if f.fix is not None for edit in f.fix.edits]


@pytest.mark.parametrize("path", BAD, ids=label)
def test_the_edits_make_of_bad_what_fixed_is(path: Path) -> None:
    # fixed.py carries no mark: that no rule finds anything in it, the first test holds.
    fixed = path.with_name(path.name.replace("bad", "fixed"))
    wanted = fixed.read_text("utf-8") if fixed.exists() else MARK.sub("", path.read_text("utf-8"))

    made = edited(path.read_text("utf-8"), edits_of(path))

    assert MARK.sub("", made) == wanted


@pytest.mark.parametrize("path", BAD, ids=label)
def test_an_edit_names_text_that_stands_once_on_its_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)

    for edit in edits_of(path):
        rest = "".join(lines[edit.line - 1 :])
        assert rest.find(edit.old) < len(lines[edit.line - 1])
        assert rest[: len(lines[edit.line - 1]) + len(edit.old) - 1].count(edit.old) == 1
