"""`# nonlin: ignore[...]` silences what it names; one that does nothing, or does not say why, is found."""

from __future__ import annotations

import linecache

import pytest

from nonlin.base.language import LANGUAGES
from nonlin.checker.silence import marks_in
from nonlin.checker.target import check_target
from scripts import guarded

SCRIPT = """\
import os
import torch
from torch import nn

net = nn.Linear(4, 3)
unused = nn.ReLU()  {idle}
x, y = torch.randn(8, 4), torch.randint(3, (8,))
p = net(x).softmax(1)  {found}
z = p + 0  {clean}
{before}
nn.functional.cross_entropy(z, y).backward()
"""


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Check a script with comments on its lines; the findings come as (rule, line, severity)."""
    monkeypatch.chdir(tmp_path)

    def check(*, idle="", found="", clean="", before="", **options):
        linecache.clearcache()
        text = SCRIPT.format(idle=idle, found=found, clean=clean, before=before)
        (tmp_path / "train.py").write_text(text, encoding="utf-8")
        with guarded():
            report = check_target("train.py", **options)
        return report, [(f.rule, f.site.line, f.severity) for f in report]

    return check


@pytest.mark.parametrize(
    ("comment", "rules", "reason"),
    [
        ("# nonlin: ignore[NL201]", ("NL201",), ""),
        ("# nonlin: ignore[NL201, odd-name] it is meant", ("NL201", "odd-name"), "it is meant"),
        ("#nonlin:ignore[NL201]: 有意如此。", ("NL201",), "有意如此。"),
        ("# nonlin: ignore", None, ""),
        ("# nonlin: ignore -- the softmax is meant", None, "the softmax is meant"),
        ("# type: ignore # nonlin: ignore[NL201] so # noqa", ("NL201",), "so"),
        ("# nonlin: ignore[]", (), ""),
    ],
)
def test_a_mark_names_rules_and_gives_a_reason(comment, rules, reason, tmp_path):
    file = tmp_path / "a.py"
    file.write_text(f"x = 1\ny = f(x)  {comment}\n", encoding="utf-8")

    (mark,) = marks_in(str(file))

    assert ([*mark.lines], mark.rules, mark.reason) == ([2], rules, reason)


@pytest.mark.parametrize("line", ["'# nonlin: ignore'", "# nonlin: ignored[NL201]", "# nolin: ignore"])
def test_what_is_no_comment_or_no_mark_silences_nothing(line, tmp_path):
    file = tmp_path / "a.py"
    file.write_text(line + "\n", encoding="utf-8")

    assert marks_in(str(file)) == []
    assert marks_in(str(tmp_path / "none.py")) == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("y = f(x)  # nonlin: ignore[a] so  # noqa", "  # nonlin: ignore[a] so"),
        ("y = f(x)\t# 值 # nonlin: ignore ", " # nonlin: ignore"),
        ("    # nonlin: ignore", "    # nonlin: ignore"),
    ],
)
def test_a_mark_can_be_taken_out_with_the_space_before_it(line, text, tmp_path):
    file = tmp_path / "a.py"
    file.write_text(f"{line}\n", encoding="utf-8")

    assert [mark.text for mark in marks_in(str(file))] == [text]


def test_marks_before_a_line_that_is_no_python_count(tmp_path):
    file = tmp_path / "cell.py"
    file.write_text("x = f(y)  # nonlin: ignore\n%timeit ('''\n", encoding="utf-8")

    assert [mark.lines for mark in marks_in(str(file))] == [range(1, 2)]


STATEMENT = """\
x = 1  # nonlin: ignore[a]
if (  # nonlin: ignore[b]
    x
):  # nonlin: ignore[c]
    # nonlin: ignore[d]
    y = f(

        x,  # nonlin: ignore[e]
    )  # nonlin: ignore[f]
"""


def test_a_mark_covers_its_line_and_at_the_end_of_a_statement_all_of_it(tmp_path):
    file = tmp_path / "a.py"
    file.write_text(STATEMENT, encoding="utf-8")

    covered = {mark.rules[0]: [*mark.lines] for mark in marks_in(str(file))}

    assert covered == {"a": [1], "b": [2], "c": [2, 3, 4], "d": [5], "e": [8], "f": [6, 7, 8, 9]}


@pytest.mark.parametrize(
    "names", ["[NL201]", "[nl201]", "[softmax-before-cross-entropy]", "[NL101, NL201]", ""]
)
def test_what_is_named_is_silenced(names, script):
    assert script(found=f"# nonlin: ignore{names}")[1] == []


def test_a_script_that_goes_elsewhere_is_silenced_all_the_same(script):
    assert script(found="# nonlin: ignore[NL201]", before="os.chdir('/')")[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("names", ["[NL202]", "[NL202, sigmoid-before-bce-with-logits]", ""])
def test_a_mark_where_nothing_is_found_is_named(names, language, script):
    report, found = script(found="# nonlin: ignore[NL201]", clean=f"# nonlin: ignore{names} so it is")

    assert found == [("NL801", 9, "advice")]
    assert ("NL202" in report.render("text", language)) is bool(names)


@pytest.mark.parametrize(
    ("name", "near"),
    [("N201", "NL201"), ("softmax-cross-entropy", "softmax-before-cross-entropy"), ("", "rule")],
)
def test_a_mark_that_names_no_rule_says_what_is_near(name, near, script):
    report, found = script(idle=f"# nonlin: ignore[{name}] so it is", select=["NL8"])

    assert found == [("NL801", 6, "advice")]
    assert near in report.findings[0].fix.title.en


@pytest.mark.parametrize(
    "case",
    [
        {"clean": "# nonlin: ignore[NL202]", "ignore": ["NL202", "NL201"]},
        {"clean": "# nonlin: ignore", "select": ["NL1", "NL8"]},
        {"idle": "# nonlin: ignore[NL101]", "ignore": ["NL201"]},
        {
            "clean": "# nonlin: ignore[NL202]",
            "before": "if not net: net(x).sum().backward()",
            "ignore": ["NL201"],
        },
    ],
    ids=[
        "a rule that did not run",
        "not all rules ran",
        "a line that did not run",
        "a step that did not run",
    ],
)
def test_where_nonlin_did_not_look_no_mark_is_called_useless(case, script):
    assert script(**case)[1] == []


def test_a_project_can_ask_for_a_reason(script):
    for reason, found in (("", [("NL801", 8, "warning")]), (" so it is", [])):
        assert script(found=f"# nonlin: ignore[NL201]{reason}", require_reason=True)[1] == found
        assert script(found=f"# nonlin: ignore[NL201]{reason}")[1] == []
