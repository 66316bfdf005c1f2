"""The report as SARIF 2.1.0, which code scanning services and editors read.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nonlin import __version__
from nonlin.base.finding import Edit, Finding, Report, Site
from nonlin.base.language import Language
from nonlin.checker.rule import Rule, rules
from nonlin.report._source import fingerprint, line_of, lines_of, seen_from
from nonlin.report._words import sentences
from nonlin.report.json import number

_LEVEL = {"error": "error", "warning": "warning", "advice": "note"}
_ROOT = "PROJECT"


def render(report: Report, language: Language, *, base: Path | None = None) -> str:
    """The report as one indented SARIF log, with its sentences in one language."""
    base = base or Path.cwd()
    named = sorted({found.rule for found in report.findings})
    run = {
        "tool": {
            "driver": {
                "name": "nonlin",
                "semanticVersion": __version__,
                "rules": [_rule(rule, language) for rule in rules() if rule.id in named],
            }
        },
        "language": {"en": "en-US", "zh": "zh-CN"}[language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": base.resolve().as_uri() + "/"}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [{"message": {"text": n.to(language)}} for n in report.notes],
            }
        ],
        "results": [_result(found, named, language, base) for found in report.findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False, allow_nan=False)


def _rule(rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary(language)},
        "help": {"text": rule.page(language), "markdown": rule.page(language)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _result(found: Finding, named: list[str], language: Language, base: Path) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": named.index(found.rule),
        "level": _LEVEL[found.severity],
        "message": {"text": sentences(found, language)},
        "locations": [_location(found.site, base)],
        "partialFingerprints": {"nonlin/v1": fingerprint(found, base).digest},
        "properties": {
            "name": found.name,
            "module": found.site.module,
            "evidence": {name: number(value) for name, value in found.evidence.items()},
        },
    }
    if found.related:
        result["relatedLocations"] = [_location(site, base) for site in found.related]
    changes = [_change(edit, base) for edit in found.fix.edits] if found.fix else []
    if found.fix and changes and all(changes):
        result["fixes"] = [
            {"description": {"text": found.fix.title.to(language)}, "artifactChanges": changes}
        ]
    return result


def _file(path: str, base: Path) -> dict[str, str]:
    seen = seen_from(path, base)
    if Path(seen).is_absolute():
        return {"uri": Path(seen).as_uri()}
    return {"uri": quote(seen), "uriBaseId": _ROOT}


def _change(edit: Edit, base: Path) -> dict[str, Any] | None:
    """The replacement of an edit's words; None where they do not begin on the line, and just once."""
    line, words = line_of(edit.path, edit.line, base), edit.old.split("\n")
    below = lines_of(edit.path, base)[edit.line - 1 : edit.line - 1 + len(words)]
    if not edit.old or line.count(words[0]) != 1 or edit.old not in "\n".join(below):
        return None
    start = line.index(words[0]) + 1
    end = start + len(edit.old) if len(words) == 1 else len(words[-1]) + 1
    region = {
        "startLine": edit.line,
        "startColumn": start,
        "endLine": edit.line + len(words) - 1,
        "endColumn": end,
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.new}}
    return {"artifactLocation": _file(edit.path, base), "replacements": [replacement]}


def _location(site: Site, base: Path) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": max(site.line, 1)}
    lines = lines_of(site.path, base)
    if 0 < site.line <= len(lines):
        region["snippet"] = {"text": lines[site.line - 1]}
    return {"physicalLocation": {"artifactLocation": _file(site.path, base), "region": region}}
