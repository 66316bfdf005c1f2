"""How many random programs the tests draw, and a folder with the program that the sample report is about."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from reports import SOURCE

# A run must not fail by chance on a change that is not at fault; the search for new failures is its own command:
# ./dev test tests/test_soundness.py --hypothesis-profile=search
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=5000, print_blob=True)
settings.load_profile("fixed")

# Hypothesis also draws the numbers that stand in the modules imported so far; then what one test draws would depend on
# which tests ran before it. Without them a failure comes again when its test runs alone.
providers._get_local_constants = lambda: providers._local_constants


@pytest.fixture
def home(tmp_path):
    (tmp_path / "train.py").write_text(SOURCE, encoding="utf-8")
    return tmp_path
