"""The report as JSON: the contract that other tools read, and the way back.

Keys may be added; none changes its meaning. JSON has no words for numbers that are not finite, so these come as the
strings "Infinity", "-Infinity" and "NaN", which `float` in Python and `Number` in JavaScript read back.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from nonlin import __version__
from nonlin.base.finding import SEVERITIES, Edit, Finding, Fix, Report, Site
from nonlin.base.language import Language, Text
from nonlin.report._source import seen_from


def render(report: Report, language: Language, *, base: Path | None = None) -> str:
    """The report as indented JSON, with its sentences in one language and its paths seen from `base`."""
    base = base or Path.cwd()
    whole = {
        "tool": "nonlin",
        "version": __version__,
        "target": seen_from(report.target, base) if Path(base, report.target).exists() else report.target,
        "language": language,
        "ok": report.ok,
        "findings": [_finding(found, language, base) for found in report.findings],
        "counts": {s: sum(f.severity == s for f in report.findings) for s in SEVERITIES},
        "summary": dict(report.summary),
        "losses": [number(loss) for loss in report.losses],
        "mended": [_finding(found, language, base) for found in report.mended],
        "notes": [note.to(language) for note in report.notes],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)


def _finding(found: Finding, language: Language, base: Path) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "name": found.name,
        "severity": found.severity,
        **_site(found.site, base),
        "message": found.message.to(language),
        "proof": found.proof.to(language) if found.proof else None,
        "evidence": {name: number(value) for name, value in found.evidence.items()},
        "fix": _fix(found.fix, language, base) if found.fix else None,
        "related": [_site(site, base) for site in found.related],
    }


def _site(site: Site, base: Path) -> dict[str, Any]:
    return {"path": seen_from(site.path, base), "line": site.line, "module": site.module}


def _fix(fix: Fix, language: Language, base: Path) -> dict[str, Any]:
    edits = [
        {"path": seen_from(edit.path, base), "line": edit.line, "old": edit.old, "new": edit.new}
        for edit in fix.edits
    ]
    return {"title": fix.title.to(language), "safe": fix.safe, "edits": edits}


def number(value: Any) -> float | str:
    """A number that JSON can hold, or the word for one that it cannot; a text stays as it is."""
    if isinstance(value, str):
        return value
    # A scalar of numpy or torch, from a rule that forgot to convert it, is a number all the same.
    number: float = value if isinstance(value, (int, float)) else float(value)
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")


def read(text: str) -> Report:
    """The report that `render` wrote; both languages of a sentence are the one that was written."""
    whole = json.loads(text)
    return Report(
        target=whole["target"],
        findings=tuple(_read_finding(found) for found in whole["findings"]),
        notes=tuple(_same(note) for note in whole["notes"]),
        summary=whole["summary"],
        losses=tuple(float(loss) for loss in whole["losses"]),
        mended=tuple(_read_finding(found) for found in whole["mended"]),
    )


def _read_finding(found: dict[str, Any]) -> Finding:
    return Finding(
        site=_read_site(found),
        message=_same(found["message"]),
        evidence=found["evidence"],
        proof=_same(found["proof"]) if found["proof"] is not None else None,
        fix=_read_fix(found["fix"]) if found["fix"] else None,
        related=tuple(_read_site(site) for site in found["related"]),
        severity=found["severity"],
        rule=found["rule"],
        name=found["name"],
    )


def _read_fix(fix: dict[str, Any]) -> Fix:
    return Fix(_same(fix["title"]), fix["safe"], tuple(Edit(**edit) for edit in fix["edits"]))


def _read_site(site: dict[str, Any]) -> Site:
    return Site(site["path"], site["line"], site["module"])


def _same(sentence: str) -> Text:
    return Text(sentence, sentence)
