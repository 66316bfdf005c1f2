"""The command line: quick, bilingual, and with the exit status and the streams that scripts rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from pathlib import Path

import click
import pytest

from nonlin import __version__, cli
from nonlin.base import folder
from nonlin.base.errors import TargetError
from nonlin.base.finding import Finding, Report, Site
from nonlin.base.language import LANGUAGES, Text
from nonlin.checker import settings
from nonlin.cli import check as check_command
from nonlin.cli._output import encodable, write_whole
from nonlin.report._wrap import width_of

COMMANDS = folder.names_in("nonlin.cli")
HEAVY = {"torch", "numpy", "rich", "sympy", "importlib.metadata"}


def finding(severity="error"):
    message = Text("Wrong.", "错了。")
    return Finding(
        Site("train.py", 1), message, severity=severity, rule="NL201", name="softmax-before-cross-entropy"
    )


class Target:
    """Stands in for the checker: keeps what it was asked, and answers with a report or an error."""

    def __init__(self):
        self.answer = Report("train.py", (finding(),))
        self.asked = None

    def check_target(self, target, args=(), **options):
        self.asked = {"target": target, "args": tuple(args), **options}
        print("printed by a careless checker", file=sys.stderr)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def target(monkeypatch, tmp_path):
    fake = Target()
    module = types.ModuleType("nonlin.checker.target")
    module.check_target = fake.check_target
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NONLIN_LANG", raising=False)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, "C.UTF-8")
    (tmp_path / "train.py").write_text("softmax(x)\n", encoding="utf-8")
    return fake


def facts_after(*args):
    """(exit status, heavy modules that were imported, milliseconds of CPU) of a fresh process."""
    code = (
        "import sys, time; from nonlin import cli; status = cli.run(sys.argv[1:]);"
        f"print(sorted({HEAVY!r} & {{*sys.modules}}), round(time.process_time() * 1000), file=sys.stderr);"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, encoding="utf-8", check=False
    )
    heavy, _, cpu = done.stderr.strip().splitlines()[-1].rpartition(" ")
    return done.returncode, heavy, int(cpu)


class TestHelp:
    @pytest.mark.parametrize("args", [["--help"], [], ["--version"], ["check", "--help"], ["rule", "--help"]])
    def test_imports_nothing_heavy(self, args):
        status, heavy, _ = facts_after(*args)

        assert (status, heavy) == (0, "[]")

    def test_is_quick(self):
        # The least of a few: other processes can only add. 150 ms on a quiet machine, twice that on a busy one.
        assert min(facts_after("--help")[2] for _ in range(3)) < 300

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("args", [[], *([name] for name in COMMANDS)], ids=str)
    @pytest.mark.parametrize("order", [1, -1])
    def test_speaks_both_languages_within_80_columns(self, args, language, order, capsys):
        options = ["--help", "--lang", language][::1] if order == 1 else ["--lang", language, "--help"]

        assert cli.run([*args, *options]) == 0

        said = capsys.readouterr().out
        assert said.startswith({"en": "Usage: nonlin", "zh": "用法：nonlin"}[language])
        assert max(map(width_of, said.splitlines())) <= 80
        if language == "en":
            assert said.isascii()
        else:
            assert "Show this" not in said

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_every_command_with_a_summary(self, language, capsys):
        cli.run(["--help", "--lang", language])

        said = capsys.readouterr().out
        for name in COMMANDS:
            assert any(
                line.startswith(f"  {name} ") and len(line.split(None, 1)) == 2 for line in said.splitlines()
            )

    def test_version(self, capsys):
        assert cli.run(["--version"]) == 0
        assert capsys.readouterr().out == f"nonlin {__version__}\n"


class TestErrors:
    @pytest.mark.parametrize(
        ("args", "hint"),
        [
            (["chekc", "train.py"], "did you mean check"),
            (["--formt"], "--formt"),
            (["check", "--formt", "json", "train.py"], "--format"),
            (["check", "train.py", "--format", "jsn"], "json"),
            (["check", "train.py", "--lang", "fr"], "zh"),
            (["check", "train.py", "--fail-on", "fatal"], "never"),
            (["check", "train.py", "--select", "ZZ99"], "unknown rule 'ZZ99'"),
            (["check", "train.py", "--ignore=ZZ99"], "unknown rule 'ZZ99'"),
            (["check", "train.py", "--input", "2x3"], "--input"),
            (["check", "train.py", "--output", "no/such/folder.json"], "no folder"),
            (["check"], "TARGET"),
            (["rule", "NL999"], "unknown rule 'NL999'"),
            (["rule", "NL201", "--format", "x"], "text"),
            (["--lang", "zh", "chekc"], "是不是 check？"),
            (["check", "--lang", "zh"], "缺少参数 TARGET"),
            (["check", "--lang", "zh", "--formt", "x"], "是不是 --format？"),
            (["check", "--lang", "zh", "--fail-on", "x", "train.py"], "advice"),
        ],
        ids=str,
    )
    def test_are_one_line_on_stderr_and_status_2(self, args, hint, target, capsys):
        assert cli.run(args) == 2

        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith("nonlin: 错误：" if "zh" in args else "nonlin: error: ")
        assert hint in err
        assert target.asked is None

    def test_a_target_that_cannot_run_is_status_2(self, target, capsys):
        target.answer = TargetError("train.py raised ValueError: no\ndata")

        assert cli.run(["check", "train.py"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines()[-1] == "nonlin: error: train.py raised ValueError: no data"

    def test_a_mistake_in_nonlin_is_status_2_not_1(self, target, capsys):
        target.answer = ZeroDivisionError("oops")

        assert cli.run(["check", "train.py"]) == 2
        err = capsys.readouterr().err
        assert "ZeroDivisionError: oops" in err
        assert "please report" in err.splitlines()[-1]

    @pytest.mark.usefixtures("target")
    def test_interruption_is_status_130(self, monkeypatch, capsys):
        def interrupted(*_, **__):
            raise KeyboardInterrupt

        monkeypatch.setattr(sys.modules["nonlin.checker.target"], "check_target", interrupted)

        assert cli.run(["check", "train.py"]) == 130
        assert capsys.readouterr().err.splitlines()[-1] == "nonlin: error: interrupted"


class TestCheck:
    @pytest.mark.parametrize(
        ("words", "args", "form"),
        [
            (["train.py"], (), "text"),
            (["--format", "json", "train.py", "--epochs", "3"], ("--epochs", "3"), "json"),
            (["train.py", "--format", "json", "--epochs", "3"], ("--epochs", "3"), "json"),
            (["train.py", "--format=json", "data", "--format", "text"], ("data", "--format", "text"), "json"),
            (["train.py", "--", "--format", "json"], ("--format", "json"), "text"),
            (["train.py", "--epochs", "3", "--", "--help"], ("--epochs", "3", "--", "--help"), "text"),
            (["train.py", "-o", "x", "--lang", "zh"], ("-o", "x", "--lang", "zh"), "text"),
            (["--", "train.py", "--lang", "zh"], ("--lang", "zh"), "text"),
            (["train.py", "lr=0.1"], ("lr=0.1",), "text"),
        ],
        ids=str,
    )
    def test_words_are_nonlins_up_to_the_first_that_it_does_not_know(self, words, args, form, target, capsys):
        assert cli.run(["check", *words]) == 1

        assert (target.asked["target"], target.asked["args"]) == ("train.py", args)
        out = capsys.readouterr().out
        assert out.startswith("{" if form == "json" else "error NL201")

    def test_hands_on_selection_and_inputs(self, target, monkeypatch):
        monkeypatch.setattr(check_command, "_chosen", lambda *_: ())

        cli.run(
            ["check", "net:Net", "--select", "NL1,NL2", "--select=x", "--ignore", "NL3", "--input", "2x3"]
        )

        assert target.asked == {
            "target": "net:Net",
            "args": (),
            "select": ("NL1", "NL2", "x"),
            "ignore": ("NL3",),
            "inputs": ("2x3",),
            "require_reason": False,
        }

    @pytest.mark.parametrize("severity", ["error", "warning", "advice", None])
    @pytest.mark.parametrize("limit", ["error", "warning", "advice", "never", None])
    def test_status_tells_whether_something_reaches_the_limit(self, severity, limit, target):
        target.answer = Report("train.py", (finding(severity),) if severity else ())
        order = ["error", "warning", "advice"]
        reached = severity and limit != "never" and order.index(severity) <= order.index(limit or "warning")

        status = cli.run(["check", *(["--fail-on", limit] if limit else []), "train.py"])

        assert status == int(bool(reached))

    def test_limits_are_those_of_the_settings(self):
        option = next(p for p in check_command.command.params if p.name == "fail_on")

        assert isinstance(option.type, click.Choice)
        assert tuple(option.type.choices) == settings.FAIL_ON

    @pytest.mark.usefixtures("target")
    @pytest.mark.parametrize("form", folder.names_in("nonlin.report"))
    def test_every_format_can_be_chosen_and_fills_stdout_alone(self, form, capsys, tmp_path):
        cli.run(["check", "train.py", "--format", form])
        out, err = capsys.readouterr()
        cli.run(["check", "train.py", "--format", form, "--output", "report"])

        assert "NL201" in out
        assert out == (tmp_path / "report").read_text("utf-8")
        assert "NL201" not in err

    @pytest.mark.usefixtures("target")
    @pytest.mark.parametrize("where", ["group", "command"])
    def test_speaks_chinese_when_asked(self, where, capsys):
        cli.run(
            ["--lang", "zh", "check", "train.py"]
            if where == "group"
            else ["check", "train.py", "--lang", "zh"]
        )

        assert "错误 NL201" in capsys.readouterr().out

    def test_wherever_the_script_goes_paths_are_seen_from_here(self, target, tmp_path, monkeypatch):
        site = Site(str(tmp_path / "train.py"), 1)
        target.answer = Report("train.py", (Finding(site, Text("a", "b"), severity="error", rule="NL201"),))
        honest = target.check_target

        def wandering(*args, **options):
            os.chdir("/")
            return honest(*args, **options)

        monkeypatch.setattr(sys.modules["nonlin.checker.target"], "check_target", wandering)

        cli.run(["check", "train.py", "--output", "report.txt"])

        assert "\n  train.py:1\n" in (tmp_path / "report.txt").read_text(encoding="utf-8")
        assert Path.cwd() == tmp_path


class TestOutput:
    @pytest.mark.usefixtures("target")
    def test_goes_to_the_file_alone(self, capsys, tmp_path):
        assert cli.run(["check", "train.py", "--format", "json", "--output", "report.json"]) == 1

        assert capsys.readouterr().out == ""
        assert (
            json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"][0]["rule"]
            == "NL201"
        )
        assert sorted(p.name for p in tmp_path.iterdir()) == ["report.json", "train.py"]

    def test_a_failed_check_leaves_the_old_file(self, target, tmp_path):
        (tmp_path / "report.json").write_text("old", encoding="utf-8")
        target.answer = TargetError("no step")

        assert cli.run(["check", "train.py", "--output", "report.json"]) == 2
        assert (tmp_path / "report.json").read_text(encoding="utf-8") == "old"

    def test_a_failed_write_leaves_the_old_file_and_nothing_else(self, tmp_path):
        (tmp_path / "report.json").write_text("old", encoding="utf-8")

        with pytest.raises(UnicodeEncodeError):
            write_whole(tmp_path / "report.json", "half\ud800")

        assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
            ("report.json", "old")
        ]

    def test_a_terminal_without_unicode_gets_plainer_signs(self):
        assert encodable("1.5 × 2 ≥ π", "ascii") == "1.5 x 2 >= \\u03c0"
        assert encodable("1.5 × 2 ≥ π", "utf-8") == "1.5 × 2 ≥ π"

    def test_nothing_that_comes_after_the_report_reaches_stdout(self):
        code = (
            "import atexit, os, sys; from nonlin import cli;"
            "atexit.register(lambda: (print('late'), os.write(1, b'later')));"
            "sys.argv = ['nonlin', '--version']; cli.main()"
        )

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
        )

        assert done.stdout == f"nonlin {__version__}\n"
        assert "late" in done.stderr


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 has no parser of its own")
class TestProjectSettings:
    @pytest.fixture
    def chinese(self, target, tmp_path):
        text = '[tool.nonlin]\nlang = "zh"\nfail-on = "never"\n'
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        return target

    @pytest.mark.usefixtures("chinese")
    def test_give_way_to_the_command_line(self, capsys):
        assert cli.run(["check", "train.py"]) == 0
        assert "错误" in capsys.readouterr().out
        assert cli.run(["check", "train.py", "--fail-on", "error", "--lang", "en"]) == 1
        assert "错误" not in capsys.readouterr().out

    @pytest.mark.usefixtures("chinese")
    def test_a_persons_own_language_beats_the_projects(self, capsys, monkeypatch):
        monkeypatch.setenv("NONLIN_LANG", "en")

        cli.run(["check", "train.py"])

        assert "错误" not in capsys.readouterr().out
