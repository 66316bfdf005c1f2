"""`# nonlin: ignore[NL201] a reason in words` at the end of a line or statement silences these rules there."""

from __future__ import annotations

import linecache
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from nonlin.base.finding import Finding

_MARK = re.compile(r"\s*#\s*nonlin:\s*ignore\b(?:\[(?P<rules>[^\]]*)\])?(?P<reason>[^#]*)")
_NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment that asks for silence on its line."""

    path: str
    lines: range
    """The comment's line; at the end of a statement of several lines, which is where formatters put it, all of them."""
    rules: tuple[str, ...] | None
    """Ids and names as they are written; None in a bare mark, which silences all."""
    reason: str
    text: str
    """As it stands in the file, with the space before it."""

    def covers(self, finding: Finding) -> bool:
        """Whether it silences a finding of its file."""
        return finding.site.line in self.lines and (
            self.rules is None
            or any(name.lower() in (finding.rule.lower(), finding.name) for name in self.rules)
        )


def marks_in(path: str) -> list[Mark]:
    """The marks of a source file; none if it cannot be read."""
    found: list[Mark] = []
    for lines, source in _commented(path):
        if mark := _MARK.search(source):
            listed = mark["rules"]
            names = None if listed is None else tuple(n.strip() for n in listed.split(",") if n.strip())
            reason = mark["reason"].strip(" \t:：,，-–—")
            found.append(Mark(path, lines, names, reason, mark[0].rstrip()))
    return found


def silenced(finding: Finding) -> bool:
    """Whether the user's line asks for silence on this rule."""
    return any(mark.covers(finding) for mark in marks_in(finding.site.path))


def _commented(path: str) -> Iterator[tuple[range, str]]:
    """(lines, the last of them from the space before its comment) for each comment: a mark in a string is none."""
    text = linecache.getlines(path) if path else []
    if not any("nonlin:" in line for line in text):
        return
    first = 0
    last: tuple[int, str] | None = None
    try:
        for token in tokenize.generate_tokens(iter(text).__next__):
            line = token.start[0]
            if last is not None:
                begin = first if token.type == tokenize.NEWLINE and first else last[0]
                yield range(begin, last[0] + 1), last[1]
            last = None
            if token.type == tokenize.COMMENT:
                source = text[line - 1].rstrip("\r\n")
                last = (line, source[len(source[: token.start[1]].rstrip()) :])
            if token.type == tokenize.NEWLINE:
                first = 0
            elif token.type not in _NO_CODE:
                first = first or line
    except (tokenize.TokenError, SyntaxError):  # a notebook's cell may hold what is no Python
        return
