"""The baseline: what a project knows of does not count, what is new does, and what has gone is named."""

from __future__ import annotations

import json
import re

import pytest

from nonlin import cli
from nonlin.base.finding import Finding, Report, Site
from nonlin.base.language import LANGUAGES, Text
from nonlin.checker import target as target_module
from nonlin.report import _source

SOURCE = "a = softmax(x)\nb = softmax(y)\nc = relu(z)\nc = relu(z)\n"


def finding(line, rule="NL201", module="head"):
    return Finding(Site("train.py", line, module), Text("Wrong.", "错了。"), severity="error", rule=rule)


class Project:
    """A folder with a script, the findings that a check of it shall have, and what the check says."""

    def __init__(self, place, capsys):
        self.place, self.capsys = place, capsys
        self.found = [finding(1), finding(3, "NL401")]
        self.source = SOURCE

    @property
    def source(self):
        return self.script.read_text(encoding="utf-8")

    @source.setter
    def source(self, text):
        self.script = self.place / "train.py"
        self.script.write_text(text, encoding="utf-8")
        _source._read.cache_clear()

    def check(self, *words):
        """(exit status, what is said as JSON, what is said on the standard error)."""
        status = cli.run(["check", "--format", "json", *words])
        out, err = self.capsys.readouterr()
        return status, json.loads(out) if out else None, err

    def known(self, file="old.json"):
        return json.loads((self.place / file).read_text(encoding="utf-8"))["known"]


@pytest.fixture
def project(tmp_path, monkeypatch, capsys):
    made = Project(tmp_path, capsys)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NONLIN_LANG", "en")
    answer = lambda target, *_, **__: Report(target, tuple(made.found))  # noqa: E731
    monkeypatch.setattr(target_module, "check_target", answer)
    return made


@pytest.fixture
def written(project):
    project.check("train.py", "--write-baseline", "old.json")
    return project


def test_written_findings_are_known_at_once_and_from_then_on(project):
    assert project.check("train.py")[0] == 1
    for option in ("--write-baseline", "--baseline"):
        status, said, _ = project.check("train.py", option, "old.json")

        assert status == 0
        assert said["ok"]
        assert said["findings"] == []
        assert said["notes"] == ["2 known findings in the baseline old.json"]


def test_the_file_can_be_read_and_compared_by_people(written):
    assert written.known() == {
        "train.py": [
            {"rule": "NL201", "path": "train.py", "module": "head", "code": "a = softmax(x)"},
            {"rule": "NL401", "path": "train.py", "module": "head", "code": "c = relu(z)"},
        ]
    }


def test_a_finding_whose_line_moves_stays_known(written):
    written.source = "import torch\n\n" + SOURCE.replace("a =", "    a =")
    written.found = [finding(3), finding(5, "NL401")]

    assert written.check("train.py", "--baseline", "old.json")[0] == 0


@pytest.mark.parametrize(
    "new", [finding(2), finding(1, "NL202"), finding(1, module="tail"), finding(4, "NL401")], ids=repr
)
def test_another_line_rule_or_module_is_new_and_so_is_one_more_of_the_same(new, written):
    written.found.append(new)

    status, said, _ = written.check("train.py", "--baseline", "old.json")

    assert status == 1
    assert [(f["rule"], f["line"], f["module"]) for f in said["findings"]] == [
        (new.rule, new.site.line, new.site.module)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_does_not_come_again_is_named_and_dropped_on_request(language, written):
    written.found.pop()

    _, said, _ = written.check("train.py", "--baseline", "old.json", "--lang", language)
    written.check("train.py", "--write-baseline", "old.json")

    assert "NL401 train.py `c = relu(z)`" in said["notes"][-1]
    assert [entry["rule"] for entry in written.known()["train.py"]] == ["NL201"]


@pytest.mark.parametrize("words", [["train.py", "--select", "NL2"], ["train.py", "--epochs", "3"]])
def test_a_check_of_other_rules_or_with_other_arguments_makes_nothing_go(words, written):
    written.found.pop()

    _, said, _ = written.check("--baseline", "old.json", *words)
    written.check("--write-baseline", "old.json", *words)

    assert said["notes"] == ["1 known finding in the baseline old.json"]
    assert [entry["rule"] for entry in written.known()["train.py"]] == ["NL201", "NL401"]


def test_means_the_same_from_anywhere(project, monkeypatch):
    (project.place / "deep").mkdir()
    project.check("train.py", "--write-baseline", "deep/old.json")
    monkeypatch.chdir(project.place / "deep")
    project.found = [Finding(Site("../train.py", 1, "head"), Text("", ""), severity="error", rule="NL201")]

    status, said, _ = project.check("../train.py", "--baseline", "old.json")

    assert status == 0
    assert "NL401 ../train.py" in said["notes"][-1]


@pytest.mark.usefixtures("written")
def test_what_is_known_does_not_count_against_a_diff():
    assert cli.run(["check", "train.py", "--diff"]) == 1
    assert cli.run(["check", "train.py", "--diff", "--baseline", "old.json"]) == 0


def test_a_project_sets_it_and_the_command_line_unsets_it(written):
    text = '[tool.nonlin]\nbaseline = "old.json"\n'
    (written.place / "pyproject.toml").write_text(text, encoding="utf-8")

    assert written.check("train.py")[0] == 0
    assert written.check("train.py", "--no-baseline")[0] == 1


@pytest.mark.parametrize(
    ("words", "content", "complaint"),
    [
        (["--baseline", "none.json"], "", "there is no baseline .*none.json; --write-baseline"),
        (["--baseline", "old.json"], "{", "cannot be read"),
        (["--baseline", "old.json"], "[]", "no baseline of version 1"),
        (["--baseline", "old.json"], '{"baseline": 2}', "no baseline of version 1"),
        (["--baseline", "old.json"], '{"baseline": 1, "known": {"a": [{}]}}', "is damaged"),
        (["--write-baseline", "no/such.json"], "", "--write-baseline .*there is no folder"),
        (["--no-baseline", "--baseline", "old.json"], "", "choose one of"),
    ],
)
def test_what_cannot_be_used_is_an_error_before_the_script_runs(
    words, content, complaint, project, monkeypatch
):
    (project.place / "old.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(target_module, "check_target", pytest.fail)

    status, _, said = project.check("train.py", *words)

    assert status == 2
    assert re.search(complaint, said)
