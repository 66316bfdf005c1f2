"""Programs that are right by design and look like a mistake get no error and no warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import checked

CLEAN = sorted((Path(__file__).parent / "clean").glob("*.py"))


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_what_is_meant_is_not_accused(path: Path) -> None:
    report = checked(path)

    assert report.summary["operations"] >= 5
    assert report.at_least("warning") == ()
