"""Where a script's source asks for a backward pass, so that a run need not end before each of them was met."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from nonlin.checker.graph import Frame


class Call(NamedTuple):
    """A call of `backward` in a user's file, from its first line to its last."""

    path: str
    first: int
    last: int

    def holds(self, frame: Frame) -> bool:
        """Whether a line on the stack is this call."""
        return frame.path == self.path and self.first <= frame.line <= self.last


def written_calls(script: Path) -> set[Call]:
    """The calls in a script and in the modules beside it that have been imported."""
    home, mine = script.resolve().parent, Path(__file__).resolve().parents[1]
    files = {str(script)}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not file.endswith(".py") or "site-packages" in file:
            continue
        place = Path(file).resolve()
        # nonlin's own calls are none of the script's, even if nonlin lies below its folder as a checkout may.
        if home in place.parents and mine not in place.parents and place != script.resolve():
            files.add(file)
    return {call for file in files for call in _calls_in(file)}


def _calls_in(file: str) -> Iterable[Call]:
    try:
        tree = ast.parse(Path(file).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "backward"
        ):
            yield Call(file, node.lineno, node.end_lineno or node.lineno)
