"""Each example reaches the score that it states, its wrong twin does not, and the checker tells them apart."""

from __future__ import annotations

import ast
import difflib
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
PAIRS = sorted(p.stem.removesuffix("_wrong") for p in EXAMPLES.glob("*_wrong.py"))
# Other processors add in another order: the scores of a few epochs move by this much, those of a mistake by far more.
TOLERANCE = 0.04
SHORTFALL = 0.15


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "OMP_NUM_THREADS": "1", "NONLIN_LANG": "en", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=EXAMPLES, env=variables, capture_output=True, text=True, timeout=300
    )


@cache
def score(script: str) -> float:
    """What one run of a script prints at the end of its one line."""
    done = python("-W", "error", script)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    return float(line.rsplit(" ", 1)[1])


def stated(script: str, field: str) -> str:
    """A field of a script's docstring."""
    docstring = ast.get_docstring(ast.parse((EXAMPLES / script).read_text("utf-8"))) or ""
    (found,) = re.findall(rf"^{field}: (.+)$", docstring, re.MULTILINE)
    return found


@cache
def findings(script: str) -> list[dict[str, Any]]:
    """The errors and warnings of `nonlin check`."""
    done = python("-m", "nonlin", "check", script, "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    return [f for f in json.loads(done.stdout)["findings"] if f["severity"] != "advice"]


def code(script: str) -> list[str]:
    """The lines below the docstring."""
    return (EXAMPLES / script).read_text("utf-8").split('"""', 2)[2].splitlines()


def changes(name: str) -> list[tuple[int, int, int, int]]:
    """Where the twins differ: from line, to line, in the right one and in the wrong one."""
    matcher = difflib.SequenceMatcher(None, code(f"{name}.py"), code(f"{name}_wrong.py"), autojunk=False)
    return [block[1:] for block in matcher.get_opcodes() if block[0] != "equal"]


def test_every_example_has_a_twin() -> None:
    scripts = {p.stem for p in EXAMPLES.glob("*.py")} - {"demo"}

    assert scripts == {name + end for name in PAIRS for end in ("", "_wrong")}


@pytest.mark.parametrize("name", PAIRS)
def test_twins_differ_in_one_line(name: str) -> None:
    ((start, stop, wrong_start, wrong_stop),) = changes(name)

    assert max(stop - start, wrong_stop - wrong_start) == 1


@pytest.mark.parametrize("name", PAIRS)
def test_a_mistake_costs_what_the_docstrings_state(name: str) -> None:
    right, wrong = score(f"{name}.py"), score(f"{name}_wrong.py")

    assert abs(right - float(stated(f"{name}.py", "Reaches").rsplit(" ", 1)[1])) < TOLERANCE
    assert wrong < right - SHORTFALL


@pytest.mark.parametrize("name", PAIRS)
def test_the_right_one_is_clean(name: str) -> None:
    assert findings(f"{name}.py") == []


@pytest.mark.parametrize("name", PAIRS)
def test_the_mistake_is_the_only_finding(name: str) -> None:
    (found,) = findings(f"{name}_wrong.py")

    assert f"{found['rule']} {found['name']}" == stated(f"{name}_wrong.py", "Expect")
    assert Path(found["path"]).name == f"{name}_wrong.py"
    _, _, first, last = changes(name)[0]
    if last > first:  # a line that was left out has no place of its own
        heading = len((EXAMPLES / f"{name}_wrong.py").read_text("utf-8").splitlines()) - len(
            code(f"{name}_wrong.py")
        )
        assert found["line"] == heading + last
