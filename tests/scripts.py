"""Check a script inside the test process, and put back what scripts are free to change."""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import torch

from nonlin.base.finding import Report
from nonlin.checker.target import check_target

_MARK = re.compile(r"#\s*(NL\d+)\b")


@contextmanager
def guarded() -> Iterator[None]:
    """Run a user's script here: their warnings are theirs, and global settings come back."""
    dtype, threads, seed = torch.get_default_dtype(), torch.get_num_threads(), random.getstate()
    torch.set_num_threads(1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        random.setstate(seed)
        torch.set_default_dtype(dtype)
        torch.set_num_threads(threads)
        torch.set_grad_enabled(True)
        torch.use_deterministic_algorithms(False)


@lru_cache(maxsize=512)
def checked(path: Path) -> Report:
    """The report on a script."""
    with guarded():
        return check_target(str(path))


def found(report: Report, *, advice: bool = True) -> set[tuple[str, int]]:
    """(rule, line) of each finding."""
    return {(f.rule, f.site.line) for f in report if advice or f.severity != "advice"}


def marks(path: Path) -> set[tuple[str, int]]:
    """(rule, line) of each mark `# NL201` in a script."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {(mark, n) for n, line in enumerate(lines, 1) for mark in _MARK.findall(line)}
