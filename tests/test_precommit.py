"""The hook of .pre-commit-hooks.yaml, called as pre-commit calls it: the entry, the user's args, the names of files."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from nonlin import cli

ROOT = Path(__file__).parents[1]
TRAINS = "import torch\nfrom torch import nn\n\nnet = nn.Linear(4, 3)\nx, y = torch.randn(8, 4), torch.zeros(8).long()\n"


@pytest.fixture
def hook() -> dict[str, Any]:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return hook


def test_the_hook_runs_in_the_environment_of_the_user(hook: dict[str, Any]) -> None:
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "system"
    assert f'\n{shlex.split(hook["entry"])[0]} = "nonlin.cli:main"\n' in (ROOT / "pyproject.toml").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("train.py", True),
        ("src/train_gan.py", True),
        ("src/trainer.py", False),
        ("tests/test_train.py", False),
    ],
)
def test_the_hook_chooses_what_is_named_a_training_script(
    hook: dict[str, Any], path: str, chosen: bool
) -> None:
    assert bool(re.search(hook["files"], path)) == chosen


def test_each_file_is_checked_as_a_script_of_its_own(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train_a.py").write_text(TRAINS + "nn.functional.cross_entropy(net(x), y).backward()\n")
    (tmp_path / "train_b.py").write_text(
        TRAINS + "nn.functional.cross_entropy(net(x).softmax(1), y).backward()\n"
    )
    _, *words = shlex.split(hook["entry"])

    assert cli.run([*words, "--lang=en", "train_a.py", "train_b.py"]) == 1

    report = capsys.readouterr().out
    assert "train_b.py:6" in report
    assert "Checked 2 scripts," in report
