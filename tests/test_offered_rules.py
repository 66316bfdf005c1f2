"""Other distributions add rules and formats by entry points; one that fails is named, and breaks nothing."""

from __future__ import annotations

import json
import sys

import pytest

from nonlin import cli
from nonlin.base.errors import NonlinError
from nonlin.base.finding import Report
from nonlin.base.language import LANGUAGES
from nonlin.checker.rule import find, left_out, rules
from rule_files import write_rule
from scripts import guarded

FINDS = (
    "from nonlin.base.finding import Finding; from nonlin.base.language import Text\n"
    "    for op in run.graph.of('linear'): yield Finding(op.site, Text('Odd.', '奇怪。'))"
)
TRAIN = """\
import torch
net = torch.nn.Linear(3, 1)
loss = net(torch.randn(4, 3)).mean(){}
loss.backward()
"""
FORMAT = "def render(report, language): return f'{language} {report.target}'"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder from which modules are imported, with a training script; what the modules were is forgotten."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("NONLIN_LANG", "en")
    (tmp_path / "train.py").write_text(TRAIN.format(""), encoding="utf-8")
    before = {*sys.modules}
    yield tmp_path
    for name in {*sys.modules} - before:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(sys.modules[name].__file__):
            del sys.modules[name]


def install(home, distribution, group, *targets):
    info = home / f"{distribution}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n", encoding="utf-8"
    )
    lines = (f"{target.partition('_')[0]} = {target}" for target in targets)
    (info / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines, ""]), encoding="utf-8")


@pytest.fixture
def odd_habit(home):
    write_rule(home, "acme1_odd_habit", severity="warning", body=FINDS)
    install(home, "acme-rules", "nonlin.rules", "acme1_odd_habit")


def check(capsys, *words):
    """(exit status, the report as it is in JSON)."""
    with guarded():
        status = cli.run(["check", "train.py", "--format", "json", *words])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("odd_habit")
class TestRule:
    def test_is_run_selected_and_silenced_like_any_other(self, capsys, home):
        status, said = check(capsys, "--select", "ACME")
        (home / "train.py").write_text(TRAIN.format("  # nonlin: ignore[ACME1]"), encoding="utf-8")

        assert status == 1
        assert [(f["rule"], f["name"], f["line"]) for f in said["findings"]] == [("ACME1", "odd-habit", 3)]
        assert check(capsys, "--ignore", "odd-habit")[0] == 0

    @pytest.mark.parametrize("name", ["ACME1", "odd-habit"])
    def test_is_listed_and_explained(self, name, capsys):
        assert cli.run(["rule"]) == 0
        assert "ACME1  warning  odd-habit" in capsys.readouterr().out
        assert cli.run(["rule", name]) == 0
        assert "acme-rules" in find(name).origin
        assert "What it finds" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "words", "complaint"),
    [
        ("acme2_raises", {"en": '"""\nraise ValueError("no luck")\n"""'}, "ValueError: no luck"),
        ("acme3_bad_id", {"code": "Acme3"}, "an id is capitals and a number"),
        ("nl999_ours", {}, "ids that begin with NL are nonlin's own"),
        ("acme4_softmax_before_cross_entropy", {}, "two rules are called softmax-before-cross-entropy"),
        ("acme1_twice", {}, "two rules are called ACME1"),
        ("acme5_nothing", None, "holds no rule"),
        ("acme6_missing", ..., "No module named 'acme6_missing'"),
    ],
)
@pytest.mark.usefixtures("odd_habit")
def test_a_distribution_whose_rules_do_not_fit_is_left_out_and_named(file, words, complaint, home, capsys):
    if words is None:
        (home / f"{file}.py").touch()
    elif words is not ...:
        write_rule(home, file, **words)
    install(home, "odd-rules", "nonlin.rules", file)

    known = [rule.id for rule in rules() if rule.origin != "nonlin"]
    (wrong,) = left_out()
    listed = cli.run(["rule"])
    said = capsys.readouterr()
    _, report = check(capsys, "--select", "ACME1")

    assert known == ["ACME1"]
    for language in LANGUAGES:
        assert complaint in wrong.to(language)
        assert "odd-rules" in wrong.to(language)
    assert listed == 0
    assert said.err == f"nonlin: {wrong.en}\n"
    assert report["notes"] == [wrong.en]


@pytest.mark.usefixtures("odd_habit")
def test_a_rule_that_fails_is_named_and_the_others_run(home, capsys):
    write_rule(home, "acme7_falls", body="yield 1 / 0")
    install(home, "odd-rules", "nonlin.rules", "acme7_falls")

    _, said = check(capsys, "--select", "ACME")

    assert [f["rule"] for f in said["findings"]] == ["ACME1"]
    assert said["notes"] == [
        "the rule ACME7 of odd-rules failed: ZeroDivisionError: division by zero; leave it out with --ignore ACME7"
    ]


class TestFormat:
    def test_can_be_asked_for(self, home, capsys):
        (home / "acme_lines.py").write_text(FORMAT, encoding="utf-8")
        install(home, "acme-formats", "nonlin.formats", "acme_lines")

        with guarded():
            assert cli.run(["check", "train.py", "--format", "acme"]) == 0
        assert capsys.readouterr().out == "en train.py\n"
        assert Report("net").render("acme", "zh") == "zh net"

    def test_one_that_cannot_be_loaded_is_named(self, home):
        install(home, "acme-formats", "nonlin.formats", "acme_lines")

        with pytest.raises(NonlinError, match=r"format 'acme' of acme-formats cannot be loaded.*acme_lines"):
            Report("net").render("acme")

    def test_one_that_nobody_offers_is_refused(self, home, capsys):
        install(home, "acme-formats", "nonlin.formats", "acme_lines")

        assert cli.run(["check", "train.py", "--format", "junit"]) == 2
        assert "junit" in capsys.readouterr().err
        with pytest.raises(NonlinError, match="unknown format 'acm'; did you mean acme"):
            Report("net").render("acm")
