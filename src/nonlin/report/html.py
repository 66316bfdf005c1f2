"""The report as one page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from nonlin import __version__
from nonlin.base.finding import SEVERITIES, Report, Severity
from nonlin.base.language import Language, Text
from nonlin.checker.rule import rules
from nonlin.plot.svg import style
from nonlin.report._html import Html, tag
from nonlin.report._html_finding import Reader, card, mended
from nonlin.report._html_graph import Links, graph
from nonlin.report._source import seen_from
from nonlin.report._words import checked, how_to_mend, verdict

_TITLE = Text("Activation check of {}", "{} 的激活函数检查")
_GROUPS: dict[Severity, Text] = {
    "error": Text("Errors", "错误"),
    "warning": Text("Warnings", "警告"),
    "advice": Text("Advice", "建议"),
}
_MENDED, _NOTES = Text("Mended", "已修正"), Text("Notes", "注意")
_MADE = Text("Made by nonlin {}.", "由 nonlin {} 生成。")


def render(report: Report, language: Language, *, base: Path | None = None) -> str:
    """The whole page. What a user wrote is escaped, and the page's own policy forbids scripts and any loading."""
    reader = Reader(language, base or Path.cwd())
    sheet = _sheet()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    target = seen_from(report.target, reader.base)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", reader.words(_TITLE).format(target)),
        tag("style", sheet),
    )
    body = tag("body", _report(report, reader), class_="nonlin page")
    page = tag("html", head, "\n", body, lang="zh-CN" if language == "zh" else "en")
    return f"<!DOCTYPE html>\n{page}\n"


def fragment(report: Report, language: Language) -> str:
    """The report for a notebook: the same, with a style sheet that touches nothing else on the page."""
    return tag("div", tag("style", _sheet()), _report(report, Reader(language, Path.cwd())), class_="nonlin")


def _sheet() -> Html:
    own = resources.files("nonlin.report").joinpath("_html.css").read_text("utf-8")
    return Html(f"{style()}\n{own}")


def _report(report: Report, reader: Reader) -> Html:
    # Several reports may stand in one notebook, so that an anchor names its report too.
    mine = f"nonlin-{zlib.crc32(repr(report).encode('utf-8', 'replace')):08x}"
    links = [(found, f"{mine}-{number}") for number, found in enumerate(report.findings, 1)]
    return tag(
        "div",
        _header(report, reader),
        tag(
            "div",
            *_findings(links, reader),
            _section(_MENDED, [mended(found, reader) for found in report.mended], reader),
            _notes(report, reader),
            class_="findings",
        ),
        graph(report.network, links, reader.language) if report.network else "",
        tag("footer", reader.words(_MADE).format(__version__)),
        class_="report",
    )


def _header(report: Report, reader: Reader) -> Html:
    mood = next((s for s in SEVERITIES if any(f.severity == s for f in report.findings)), "clean")
    more = (how_to_mend(report, reader.language), checked(report.summary, reader.language))
    return tag(
        "header",
        tag("p", seen_from(report.target, reader.base), class_="target"),
        tag("h1", verdict(report, reader.language, reader.base)),
        *(tag("p", said) for said in more if said),
        class_=f"verdict {mood}",
    )


def _notes(report: Report, reader: Reader) -> Html:
    if not report.notes:
        return Html()
    items = (tag("li", reader.words(note)) for note in report.notes)
    return tag("section", tag("h2", reader.words(_NOTES)), tag("ul", *items), class_="notes")


def _findings(links: Links, reader: Reader) -> list[Html]:
    """A section for each severity that occurs."""
    known = {rule.id: rule for rule in rules()} if links else {}
    sections = []
    for severity, title in _GROUPS.items():
        of_it = [(found, anchor) for found, anchor in links if found.severity == severity]
        cards = [card(found, known.get(found.rule), anchor, reader) for found, anchor in of_it]
        sections.append(_section(title, cards, reader))
    return sections


def _section(title: Text, cards: Sequence[Html], reader: Reader) -> Html:
    """The cards below a heading that counts them; nothing where there are none."""
    if not cards:
        return Html()
    count = tag("span", str(len(cards)), class_="count")
    return tag("section", tag("h2", reader.words(title), " ", count), *cards)
