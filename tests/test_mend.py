"""Edits: what a rule offers is what the fixture says, and nothing is written that does not prove right."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nonlin.base.finding import Edit, Finding, Fix, Report, Site
from nonlin.base.language import Text
from nonlin.checker.mend.apply import Stale, edited, rewrites
from nonlin.checker.rule import rules
from nonlin.cli._mend import mend
from test_rules import FIXTURES


def test_a_share_of_the_rules_mends_what_they_find() -> None:
    mending = {path.parent.name for path in FIXTURES.glob("*/fixed*.py")}

    assert len(mending) >= 36
    assert mending <= {rule.id.lower() for rule in rules()}


# Edits on a text.


def test_edits_of_one_line_keep_their_places() -> None:
    text = "a = f(x)\nb = f(x) + g(y)\n"

    assert edited(text, [Edit("", 2, "g(y)", "y"), Edit("", 2, "f(x)", "x")]) == "a = f(x)\nb = x + y\n"


@pytest.mark.parametrize("old", ["f(x)", "g(y)"])
def test_an_edit_whose_text_is_not_on_its_line_is_stale(old: str) -> None:
    with pytest.raises(Stale):
        edited("a = 1\nb = 2\nc = f(x)\n", [Edit("", 2, old, "x")])


def test_edits_that_meet_are_stale() -> None:
    with pytest.raises(Stale):
        edited("a = f(g(x))\n", [Edit("", 1, "f(g(x))", "g(x)"), Edit("", 1, "g(x)", "x")])


def test_an_edit_that_leaves_no_python_is_stale(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("a = f(x)\n")

    with pytest.raises(Stale):
        rewrites([Edit(str(file), 1, "f(x)", "f(x")])


# Edits on disk: the loop of `--fix`, with reports written by hand.

SAFE = Fix(Text("drop it", "去掉它"), safe=True)


def finding(
    file: Path, old: str, new: str, *, line: int = 1, rule: str = "NL401", safe: bool = True
) -> Finding:
    fix = replace(SAFE, safe=safe, edits=(Edit(str(file), line, old, new),))
    return Finding(Site(str(file), line), Text("x", "x"), fix=fix, severity="error", rule=rule, name="x")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "train.py"
    path.write_bytes(b"a = relu(x)\r\nb = relu(y)\r\n")
    return path


def test_what_proves_right_is_kept_with_line_ends_and_mode(file: Path) -> None:
    file.chmod(0o750)
    report = Report("train.py", (finding(file, "relu(x)", "x"),))

    after = mend(report, lambda: Report("train.py"), unsafe=False)

    assert file.read_bytes() == b"a = x\r\nb = relu(y)\r\n"
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o750
    assert (after.findings, len(after.mended)) == ((), 1)
    assert [p.name for p in file.parent.iterdir()] == ["train.py"]


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (lambda f: Report("", (f,)), "still there"),
        (lambda f: Report("", (replace(f, rule="NL101"),)), "new finding: NL101"),
        (lambda _: Report("", losses=(2.0,)), "no longer 1"),
    ],
)
def test_what_proves_wrong_is_taken_back(file: Path, after: object, reason: str) -> None:
    before = file.read_bytes()
    found = finding(file, "relu(x)", "x")

    left = mend(Report("", (found,), losses=(1.0,)), lambda: after(found), unsafe=False)

    assert file.read_bytes() == before
    assert reason in left.notes[0].en
    assert left.notes[0].zh
    assert (left.mended, left.findings[0].fix.edits) == ((), ())


def test_one_wrong_edit_does_not_keep_the_others_from_being_made(file: Path) -> None:
    right, wrong = finding(file, "relu(x)", "x"), finding(file, "relu(y)", "y", line=2, rule="NL201")

    def again() -> Report:
        text = file.read_text()
        return Report("", (right,) * ("relu(x)" in text) + (wrong,))

    left = mend(Report("", (wrong, right)), again, unsafe=False)

    assert file.read_bytes() == b"a = x\r\nb = relu(y)\r\n"
    assert ([f.rule for f in left.mended], [f.rule for f in left]) == (["NL401"], ["NL201"])


def test_what_changes_the_training_waits_for_its_own_option(file: Path) -> None:
    report = Report("", (finding(file, "relu(x)", "x", safe=False),))

    assert mend(report, Report, unsafe=False) == report
    assert mend(report, lambda: Report(""), unsafe=True).ok


def test_a_file_that_changed_while_it_was_checked_again_is_left_alone(file: Path) -> None:
    found = finding(file, "relu(x)", "x")

    def again() -> Report:
        file.write_text("a = relu(x)  # mine\n")
        return Report("", (found,))

    with pytest.raises(Exception, match="changed meanwhile"):
        mend(Report("", (found,)), again, unsafe=False)
    assert file.read_text() == "a = relu(x)  # mine\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without a signal")
def test_a_signal_that_ends_the_check_leaves_the_file_as_it_was(file: Path) -> None:
    before = file.read_bytes()

    def again() -> Report:
        os.kill(os.getpid(), signal.SIGTERM)
        return Report("")

    with pytest.raises(SystemExit):
        mend(Report("", (finding(file, "relu(x)", "x"),)), again, unsafe=False)
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write read-only files")
def test_a_read_only_file_is_left_alone(file: Path) -> None:
    file.chmod(0o440)

    left = mend(Report("", (finding(file, "relu(x)", "x"),)), Report, unsafe=False)

    assert "read-only" in left.notes[0].en


# The command.

SCRIPT = FIXTURES / "nl201" / "bad.py"


def nonlin(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nonlin", "check", *words], cwd=cwd, capture_output=True, encoding="utf-8"
    )


def test_the_command_mends_a_script_and_says_so(tmp_path: Path) -> None:
    shutil.copy(SCRIPT, tmp_path / "train.py")

    ran = nonlin("train.py", "--unsafe-fixes", "--format", "json", cwd=tmp_path)

    said = json.loads(ran.stdout)
    fixed = SCRIPT.with_name("fixed.py").read_text("utf-8")
    assert (ran.returncode, said["ok"], [f["rule"] for f in said["mended"]]) == (0, True, ["NL201"])
    assert (tmp_path / "train.py").read_text("utf-8") == fixed


def test_the_difference_is_a_patch_and_changes_nothing(tmp_path: Path) -> None:
    shutil.copy(SCRIPT, tmp_path / "train.py")

    ran = nonlin("train.py", "--unsafe-fixes", "--diff", cwd=tmp_path)

    assert ran.returncode == 1
    assert (tmp_path / "train.py").read_bytes() == SCRIPT.read_bytes()
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=ran.stdout, encoding="utf-8", check=True)
    assert ast.dump(ast.parse((tmp_path / "train.py").read_text())) == ast.dump(
        ast.parse(SCRIPT.with_name("fixed.py").read_text("utf-8"))
    )
