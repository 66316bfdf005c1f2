"""`# nonlin: ignore[NL201] a reason in words` at the end of a line silences the findings of these rules there."""

from __future__ import annotations

import linecache
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from nonlin.base.finding import Finding

_MARK = re.compile(r"#\s*nonlin:\s*ignore\b(?:\[(?P<rules>[^\]]*)\])?(?P<reason>[^#]*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment that asks for silence on its line."""

    path: str
    line: int
    rules: tuple[str, ...] | None
    """Ids and names as they are written; None in a bare mark, which silences all."""
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether it silences a finding on its line."""
        return self.rules is None or any(
            name.lower() in (finding.rule.lower(), finding.name) for name in self.rules
        )


def marks_in(path: str) -> dict[int, Mark]:
    """The marks of a source file by their lines; none if it cannot be read."""
    found: dict[int, Mark] = {}
    for line, comment in _comments(path):
        if mark := _MARK.search(comment):
            listed = mark["rules"]
            names = None if listed is None else tuple(n.strip() for n in listed.split(",") if n.strip())
            found[line] = Mark(path, line, names, mark["reason"].strip(" \t:：,，-–—"))
    return found


def silenced(finding: Finding) -> bool:
    """Whether the user's line asks for silence on this rule."""
    mark = marks_in(finding.site.path).get(finding.site.line)
    return mark is not None and mark.covers(finding)


def _comments(path: str) -> Iterator[tuple[int, str]]:
    """(line, text) of the comments that may hold a mark: one in a string is none."""
    lines = linecache.getlines(path) if path else []
    if not any("nonlin:" in line for line in lines):
        return
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
    except (tokenize.TokenError, SyntaxError):  # a notebook's cell may hold what is no Python
        return
