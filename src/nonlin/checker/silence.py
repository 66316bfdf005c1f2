"""`# nonlin: ignore[NL201]` on a line silences the findings of these rules there."""

from __future__ import annotations

import linecache
import re

from nonlin.base.finding import Finding

_MARK = re.compile(r"#\s*nonlin:\s*ignore(?:\[(?P<rules>[^\]]*)\])?")


def silenced(finding: Finding) -> bool:
    """Whether the user's line asks for silence on this rule, by id or by name; a bare mark silences all."""
    line = linecache.getline(finding.site.path, finding.site.line) if finding.site.path else ""
    mark = _MARK.search(line)
    if mark is None:
        return False
    if mark["rules"] is None:
        return True
    return bool({finding.rule, finding.name} & {name.strip() for name in mark["rules"].split(",")})
