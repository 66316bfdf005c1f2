"""The report as workflow commands of GitHub Actions, which show each finding on its line of a pull request.

Source: GitHub documentation, "Workflow commands for GitHub Actions", and the escapes of actions/toolkit.
"""

from __future__ import annotations

from pathlib import Path

from nonlin.base.finding import Finding, Report
from nonlin.base.language import Language
from nonlin.report._source import seen_from
from nonlin.report._words import sentences, verdict

_LEVEL = {"error": "error", "warning": "warning", "advice": "notice"}


def render(report: Report, language: Language, *, base: Path | None = None) -> str:
    """One command for each finding, or one plain line where there is none; then one for each note."""
    base = base or Path.cwd()
    found = [_command(one, language, base) for one in report.findings] or [verdict(report, language, base)]
    notes = [f"::notice::{_data(note.to(language))}" for note in report.notes]
    return "".join(f"{line}\n" for line in (*found, *notes))


def _command(found: Finding, language: Language, base: Path) -> str:
    properties = {
        "file": seen_from(found.site.path, base),
        "line": str(found.site.line),
        "title": f"{found.rule} {found.name}",
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVEL[found.severity]} {said}::{_data(sentences(found, language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
