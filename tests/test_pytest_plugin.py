"""The fixture `nonlin_check`, in a pytest of its own that finds the plugin as an installed one is found."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = "pytester"

ROOT = Path(__file__).parents[1]
TESTS = """
import torch
from torch import nn

x, y = torch.randn(16, 4), torch.zeros(16, dtype=torch.int64)
loss = nn.CrossEntropyLoss()
right = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))


def wrong():
    return nn.Sequential(*right, nn.Softmax(1))


def test_right(nonlin_check):
    assert nonlin_check(right, x, loss, y).ok
    assert nonlin_check(nn.Linear(4, 3), x, loss, y).ok


def test_wrong(nonlin_check):
    nonlin_check(wrong(), x, loss, y)


def test_unknown_rule(nonlin_check):
    nonlin_check(right, x, select=["NL999"])


def test_unknown_severity(nonlin_check):
    nonlin_check(right, x, fail_on="mistake")


def test_told_not_to_fail(nonlin_check):
    (finding,) = nonlin_check(wrong(), x, loss=loss, targets=y, fail_on="never")
    assert finding.rule == "NL201"


def test_told_to_ignore(nonlin_check):
    assert len(nonlin_check(wrong(), x, loss, y, ignore=["NL201"])) == 0
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Announce the plugin to pytest by the entry point that pyproject.toml declares."""
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    (entry,) = re.findall(r"^\[project\.entry-points\.pytest11\]\n(.+)", declared, re.MULTILINE)
    info = tmp_path / "site" / "nonlin-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nonlin\nVersion: 0\n")
    (info / "entry_points.txt").write_text("[pytest11]\n" + entry.replace('"', ""))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(info.parent)]))
    monkeypatch.setenv("NONLIN_LANG", "en")


@pytest.mark.usefixtures("installed")
def test_a_finding_fails_a_test_with_the_report_alone(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_models=TESTS)
    lenient = pytester.mkdir("lenient")
    (lenient / "pyproject.toml").write_text('[tool.nonlin]\nfail-on = "never"\nlang = "zh"\n')
    (lenient / "test_lenient.py").write_text(TESTS.partition("def test_unknown_rule")[0])

    result = pytester.runpytest_subprocess("-W", "error", "--import-mode=importlib", "--tb=long")

    result.assert_outcomes(passed=5, failed=3)
    _, _, shown = result.stdout.str().partition("_ test_wrong _")
    report, _, errors = shown.partition("_ test_unknown_rule _")
    assert report.lstrip("_\n").startswith("error NL201 softmax-before-cross-entropy\n")
    line = TESTS.strip().splitlines().index("    return nn.Sequential(*right, nn.Softmax(1))") + 1
    assert f"\n  test_models.py:{line} (module 3)\n" in report
    assert "def test_wrong" not in report
    assert re.search(r"> +nonlin_check\(right, x, select=\[\"NL999\"\]\)\nE +Failed: .*NL999", errors)
    assert re.search(r"fail_on=\"mistake\"\)\nE +Failed: unknown fail_on 'mistake'", errors)


def test_loading_the_plugin_does_not_import_torch() -> None:
    loaded = "import nonlin.integrations.pytest_plugin, sys; sys.exit('torch' in sys.modules)"

    assert (
        subprocess.run(
            [sys.executable, "-c", loaded], env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
        ).returncode
        == 0
    )
