"""What a notebook shows for an activation: its facts, and its value and slope."""

from __future__ import annotations

from html import escape
from typing import Any

from nonlin.base.language import Language, default_language
from nonlin.catalogue import Record
from nonlin.facts.card import Fact, card
from nonlin.plot.build import curves
from nonlin.plot.svg import render


def shown(record: Record[Any], language: Language | None = None) -> str:
    """HTML that needs nothing else, in the reader's language."""
    language = language or default_language()
    rows = "".join(_row(fact) for fact in card(record, language))
    return (
        f'<div style="max-width:820px"><p><b>{escape(record.name)}</b>: {escape(record.summary)}</p>'
        f"{render(curves(record, what=('value', 'slope')), language)}"
        f'<table style="text-align:left">{rows}</table></div>'
    )


def _row(fact: Fact) -> str:
    lines = "<br>".join(map(escape, fact.lines))
    text = f"<code>{lines}</code>" if fact.key in ("formula", "module", "params") else lines
    style = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
    return f'<tr><th style="{style};white-space:nowrap">{escape(fact.label)}</th><td style="{style}">{text}</td></tr>'
