"""`nonlin check` on folders, and on a real script that plays with its streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nonlin import cli
from nonlin.base.finding import Finding, Report, Site
from nonlin.base.language import Text

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
            "a.py": (0, Report("scripts/a.py", (FINDING,), summary={"operations": 3}).to_json("en"), ""),
            "b.py": (2, "", "nonlin: error: scripts/b.py ended without a training step: nothing seen"),
            "c.py": (0, Report("scripts/c.py", summary={"operations": 4}).to_json("en"), ""),
        }
        (tmp_path / "scripts").mkdir()
        for name in [*said, "test_d.py", "_e.py", "f.txt"]:
            (tmp_path / "scripts" / name).touch()

        def process(command, **_):
            script = next(word for word in command if word.endswith(".py"))
            return subprocess.CompletedProcess(command, *said[Path(script).name])

        monkeypatch.setattr(subprocess, "run", process)
        return said

    @pytest.mark.usefixtures("answers")
    def test_is_one_report_over_its_scripts(self, capsys):
        assert cli.run(["check", "scripts", "--format", "json"]) == 1

        said = json.loads(capsys.readouterr().out)
        assert [f["rule"] for f in said["findings"]] == ["NL201"]
        assert said["summary"] == {"operations": 7}
        assert said["notes"] == ["scripts/b.py: takes no training step"]

    def test_a_script_that_fails_makes_it_status_2_with_the_rest_reported(self, answers, capsys):
        answers["c.py"] = (2, "", "Traceback\nnonlin: error: scripts/c.py raised ValueError: no")

        assert cli.run(["check", "scripts"]) == 2
        out, err = capsys.readouterr()
        assert "error NL201" in out
        assert "not checked: scripts/c.py raised ValueError: no" in out
        assert err.splitlines()[-1] == "nonlin: error: not checked: scripts/c.py raised ValueError: no"

    def test_without_a_script_is_an_error(self, tmp_path, capsys):
        (tmp_path / "empty").mkdir()

        assert cli.run(["check", "empty"]) == 2
        assert "holds no script" in capsys.readouterr().err


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


@pytest.mark.parametrize("folder_of_it", [False, True])
def test_a_real_script_that_plays_with_its_streams_cannot_spoil_the_report(folder_of_it, tmp_path):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "train.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "scripts" / "tool.py").write_text("print('no step')\n", encoding="utf-8")
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
    assert done.returncode == 1
    assert [(f["rule"], f["path"], f["line"]) for f in said["findings"]] == [("NL201", "scripts/train.py", 8)]
    assert len(said["notes"]) == int(folder_of_it)
