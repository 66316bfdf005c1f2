"""`nonlin rule`: the page of one rule, or the list of all."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text
from nonlin.cli._click import Command, chosen_language, format_option, lang_option

if TYPE_CHECKING:
    from nonlin.checker.rule import Rule
    from nonlin.cli._output import Out

HELP = Text(
    "Explain a rule of `nonlin check`, or list all.\n\n"
    "RULE is an id (NL201) or a name (softmax-before-cross-entropy).",
    "解释 `nonlin check` 的一条规则，或列出全部规则。\n\n"
    "RULE 可以是编号（NL201），也可以是名称（softmax-before-cross-entropy）。",
)
_WRONG, _RIGHT = Text("Example: found", "示例：会被发现"), Text("Example: mended", "示例：修正之后")
_SINCE = Text("{severity}, since {since}", "{severity}，自 {since} 版")


def _rule(rule: str | None, form: str, lang: Language | None) -> None:
    from nonlin.checker.rule import find, left_out, rules
    from nonlin.cli._output import saved_output

    language = chosen_language(lang)
    with saved_output() as out:
        if rule is not None:
            found = find(rule)
            out.write(_as_json(_facts(found, language)) if form == "json" else _page(found, language, out))
            return
        for wrong in left_out():
            print(f"nonlin: {wrong.to(language)}", file=sys.stderr)
        if form == "json":
            out.write(_as_json([_line(r, language) for r in rules()]))
        else:
            out.write(_table(rules(), language, out))


def _line(rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "since": rule.since,
        "summary": rule.summary(language),
    }


def _facts(rule: Rule, language: Language) -> dict[str, Any]:
    bad, good = _examples(rule)
    return {**_line(rule, language), "page": rule.page(language), "bad": bad, "good": good}


def _examples(rule: Rule) -> tuple[str, str] | tuple[None, None]:
    """The example and its mended twin; a rule of another package may come without."""
    try:
        return rule.examples()
    except NonlinError:
        return None, None


def _as_json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _page(rule: Rule, language: Language, out: Out) -> str:
    from nonlin.report._markdown import code_block, laid_out
    from nonlin.report._words import SEVERITY

    severity = SEVERITY[rule.severity].to(language)
    head = f"# {rule.id} {rule.name} ({_SINCE.to(language).format(severity=severity, since=rule.since)})\n\n"
    parts = [laid_out(head + rule.page(language), width=out.width, color=out.color)]
    for title, source in zip((_WRONG, _RIGHT), _examples(rule), strict=True):
        if source is None:
            continue
        parts.append(
            laid_out(f"# {title.to(language)}", color=out.color) + code_block(source, color=out.color)
        )
    return "\n".join(parts)


def _table(rules: tuple[Rule, ...], language: Language, out: Out) -> str:
    from nonlin.report._words import SEVERITY
    from nonlin.report._wrap import width_of, wrapped

    column = max(width_of(words.to(language)) for words in SEVERITY.values()) + 2
    lines: list[str] = []
    for rule in rules:
        severity = SEVERITY[rule.severity].to(language)
        lines.append(f"{rule.id}  {severity}{' ' * (column - width_of(severity))}{rule.name}")
        lines += wrapped(rule.summary(language), out.width, first=" " * (len(rule.id) + 2 + column))
    return "\n".join(lines)


command = Command(
    "rule",
    help=HELP,
    callback=_rule,
    params=[click.Argument(["rule"], required=False), format_option(), lang_option()],
)
