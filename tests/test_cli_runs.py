"""`nonlin check` on folders, and on a real script that plays with its streams."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nonlin import cli
from nonlin.base.finding import Finding, Report, Site
from nonlin.base.language import LANGUAGES, Text
from nonlin.checker.settings import TIME_LIMIT
from nonlin.cli import _folder
from nonlin.cli._process import Answer, run_all, sensible_jobs

FINDING = Finding(
    Site("scripts/a.py", 1), Text("Wrong.", "错了。"), severity="error", rule="NL201", name="softmax"
)


class TestFolder:
    @pytest.fixture(autouse=True)
    def _here(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("NONLIN_LANG", "en")

    @pytest.fixture
    def answers(self, tmp_path, monkeypatch):
        """Scripts in a folder, and what the process that checks each of them answers."""
        said = {
            "a.py": Answer(
                0, Report("scripts/a.py", (FINDING,), summary={"operations": 3}).to_json("en"), ""
            ),
            "b.py": Answer(2, "", "nonlin: error: scripts/b.py ended without a training step: nothing seen"),
            "c.py": Answer(0, Report("scripts/c.py", summary={"operations": 4}).to_json("en"), ""),
        }
        (tmp_path / "scripts").mkdir()
        for name in [*said, "test_d.py", "_e.py", "f.txt"]:
            (tmp_path / "scripts" / name).touch()

        def run_all(commands, *, done, **_):
            for index in reversed(range(len(commands))):
                done(index)
            scripts = (next(word for word in command if word.endswith(".py")) for command in commands)
            return [said[Path(script).name] for script in scripts]

        monkeypatch.setattr(_folder, "run_all", run_all)
        return said

    @pytest.mark.usefixtures("answers")
    def test_is_one_report_over_its_scripts(self, capsys):
        assert cli.run(["check", "scripts", "--format", "json"]) == 1

        said = json.loads(capsys.readouterr().out)
        assert [f["rule"] for f in said["findings"]] == ["NL201"]
        assert said["summary"] == {"scripts": 2, "operations": 7}
        assert said["notes"] == ["scripts/b.py: takes no training step"]

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (
                Answer(2, "", "Traceback\nnonlin: error: scripts/c.py raised ValueError: no"),
                "scripts/c.py raised ValueError: no",
            ),
            (Answer(None, "", "Traceback\n"), "scripts/c.py took longer than 600 s"),
            (Answer(-signal.SIGABRT, "", "Traceback\n"), "scripts/c.py was ended by SIGABRT"),
            (Answer(0, "", "Traceback\n"), "scripts/c.py left with status 0 and no report"),
            (Answer(3, "{", "Traceback\n"), "scripts/c.py left with status 3 and no report"),
        ],
    )
    def test_a_script_that_fails_makes_it_status_2_with_the_rest_reported(
        self, answer, reason, answers, capsys
    ):
        answers["c.py"] = answer

        assert cli.run(["check", "scripts"]) == 2
        out, err = capsys.readouterr()
        assert "error NL201" in out
        assert f"not checked: {reason}" in " ".join(out.split())
        assert err == f"Traceback\nnonlin: error: not checked: {reason}\n"

    @pytest.mark.usefixtures("answers")
    def test_the_words_after_scripts_are_all_scripts(self, capsys):
        scripts = ["scripts/c.py", "scripts/b.py", "scripts/a.py"]

        assert cli.run(["check", "--scripts", "--format=json", *scripts]) == 1

        said = json.loads(capsys.readouterr().out)
        assert (said["target"], said["summary"]["scripts"]) == (" ".join(scripts), 2)
        assert (
            cli.run(["check", "--scripts", scripts[0], "--fail-on", "advice"]) == 0
        )  # an option, not a script
        assert cli.run(["check", "--scripts", "--fix", *scripts]) == 2
        assert "one script at a time" in capsys.readouterr().err

    @pytest.mark.usefixtures("answers")
    def test_known_findings_are_taken_out_of_the_one_report(self, capsys):
        assert cli.run(["check", "scripts", "--write-baseline", "old.json"]) == 0
        assert cli.run(["check", "scripts", "--baseline", "old.json"]) == 0
        assert "1 known finding in the baseline old.json" in capsys.readouterr().out

    def test_what_could_not_be_checked_is_not_said_to_have_gone(self, answers, capsys):
        cli.run(["check", "scripts", "--write-baseline", "old.json"])
        answers["a.py"] = Answer(None, "", "")

        assert cli.run(["check", "scripts", "--write-baseline", "old.json"]) == 2
        assert "no longer found" not in capsys.readouterr().out
        assert "NL201" in Path("old.json").read_text(encoding="utf-8")

    def test_a_bar_is_drawn_only_where_a_person_looks_on(self, answers, capsys, monkeypatch):
        cli.run(["check", "scripts"])
        plain = capsys.readouterr()
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)

        cli.run(["check", "scripts"])

        drawn = capsys.readouterr()
        assert plain.err == ""
        assert drawn.out == plain.out
        assert "Checking" in drawn.err
        assert all(name in drawn.err for name in answers)

    @pytest.mark.parametrize(
        ("words", "jobs", "limit"),
        [(["--jobs", "1", "--time-limit", "9"], 1, 9.0), (["--jobs", "64"], 3, 600.0)],
    )
    @pytest.mark.usefixtures("answers")
    def test_no_more_processes_run_than_asked_for_or_needed(self, words, jobs, limit, monkeypatch):
        asked = {}
        answer = _folder.run_all
        monkeypatch.setattr(
            _folder, "run_all", lambda *given, **how: asked.update(how) or answer(*given, **how)
        )
        monkeypatch.setattr(_folder, "cores", lambda: 7)
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)

        cli.run(["check", "scripts", *words])

        assert (asked["jobs"], asked["limit"]) == (jobs, limit)
        assert asked["env"]["OMP_NUM_THREADS"] == str(7 // jobs)

    def test_without_a_script_is_an_error(self, tmp_path, capsys):
        (tmp_path / "empty").mkdir()

        assert cli.run(["check", "empty"]) == 2
        assert "holds no script" in capsys.readouterr().err


class TestProcesses:
    def run(self, *programs, limit=60.0, jobs=2, done=lambda _: None):
        commands = [[sys.executable, "-c", program] for program in programs]
        return run_all(commands, jobs=jobs, limit=limit, env=dict(os.environ), done=done)

    def test_answers_come_in_the_order_of_the_commands(self, tmp_path):
        waiting = f"import pathlib, time\nwhile not pathlib.Path({str(tmp_path / 'x')!r}).exists(): time.sleep(0.01)"
        ended = []

        answers = self.run(
            waiting + "\nprint(1)",
            f"open({str(tmp_path / 'x')!r}, 'w'); print(2)",
            "import sys; sys.exit(print('three', file=sys.stderr) or 3)",
            done=ended.append,
        )

        assert answers == [Answer(0, "1\n", ""), Answer(0, "2\n", ""), Answer(3, "", "three\n")]
        assert sorted(ended) == [0, 1, 2]

    def test_none_can_wait_for_an_answer_from_the_terminal(self):
        assert self.run("input()")[0].status == 1

    @pytest.mark.skipif(os.name == "nt", reason="asks for processes as POSIX does")
    @pytest.mark.parametrize(("own", "status"), [("time.sleep(600)", None), ("pass", 0)])
    def test_nothing_that_a_command_started_goes_on_after_its_time(self, own, status):
        child = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
        program = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); {own}"

        (answer,) = self.run(program, limit=2.0)

        assert answer.status == status
        with pytest.raises(ProcessLookupError):
            self.wait_for_end(int(answer.out))

    @pytest.mark.skipif(os.name == "nt", reason="asks for processes as POSIX does")
    def test_an_interruption_ends_those_that_run_and_starts_no_other(self, tmp_path):
        started = tmp_path / "started"
        program = f"import os, time; print(os.getpid(), file=open({str(started)!r}, 'w')); time.sleep(600)"

        def interrupt(_):
            while not (started.exists() and started.read_text(encoding="utf-8").endswith("\n")):
                time.sleep(0.01)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            self.run("", program, "import time; time.sleep(600)", limit=600.0, done=interrupt)

        with pytest.raises(ProcessLookupError):
            self.wait_for_end(int(started.read_text(encoding="utf-8")))

    @staticmethod
    def wait_for_end(process):
        """Ask for a process until it is no more; a killed one stays until its new parent has collected it."""
        for _ in range(500):
            os.kill(process, 0)
            time.sleep(0.02)


def test_jobs_are_at_least_one_and_no_more_than_memory_holds(monkeypatch):
    monkeypatch.setattr("nonlin.cli._process.cores", lambda: 1 << 20)
    many = sensible_jobs()
    monkeypatch.setattr("nonlin.cli._process._MEMORY_OF_ONE", 1 << 60)

    assert sensible_jobs() == 1 <= many < 1 << 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_the_time_limit_that_counts(language, capsys):
    cli.run(["check", "--help", "--lang", language])

    assert f"{TIME_LIMIT:g}" in capsys.readouterr().out


SCRIPT = """\
import atexit, os, sys, torch
from torch import nn

print("before")
os.write(1, b"past Python\\n")
atexit.register(print, "at exit")
sys.stdout = open(os.devnull, "w")
net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))
os.chdir("/")
for _ in range(2):
    nn.functional.cross_entropy(net(torch.randn(8, 4)), torch.randint(3, (8,))).backward()
raise SystemExit("the second step is never reached")
"""


NOTES = [
    "scripts/tool.py: takes no training step",
    "not checked: scripts/vanish.py left with status 0 and no report",
]


@pytest.mark.parametrize("folder_of_it", [False, True])
def test_a_real_script_that_plays_with_its_streams_cannot_spoil_the_report(folder_of_it, tmp_path):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "train.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "scripts" / "tool.py").write_text("print('no step')\n", encoding="utf-8")
    (tmp_path / "scripts" / "vanish.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")
    target = "scripts" if folder_of_it else "scripts/train.py"

    done = subprocess.run(
        [sys.executable, "-m", "nonlin", "check", target, "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[2])},
        check=False,
    )

    said = json.loads(done.stdout)
    assert done.returncode == (2 if folder_of_it else 1)
    assert [(f["rule"], f["path"], f["line"]) for f in said["findings"]] == [("NL201", "scripts/train.py", 8)]
    assert said["notes"] == (NOTES if folder_of_it else [])
