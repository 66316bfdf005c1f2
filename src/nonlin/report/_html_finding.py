"""One finding on a page: what is wrong, where, the evidence, the fix, and the page of its rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nonlin.base.finding import Edit, Finding, Site
from nonlin.base.language import Language, Text
from nonlin.checker.rule import Rule
from nonlin.report._figures import called
from nonlin.report._html import Html, joined, tag
from nonlin.report._html_evidence import plots
from nonlin.report._html_markdown import as_html
from nonlin.report._source import edited, line_of, marked, seen_from
from nonlin.report._words import SEVERITY, figure, remedy

# Lines of the program above and below one that takes part in a finding.
_AROUND = 2
_MODULE = Text("module", "模块")
_SEE, _FIX, _FIGURES = Text("See also", "相关位置"), Text("Fix", "修正"), Text("Evidence", "数据")
_RULE = Text("About rule {}", "关于规则 {}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page: in which language, and from which folder paths are seen."""

    language: Language
    base: Path

    def words(self, text: Text) -> str:
        """A sentence in the reader's language."""
        return text.to(self.language)


def card(found: Finding, rule: Rule | None, anchor: str, reader: Reader) -> Html:
    """The finding as an article that `#anchor` leads to; without the rule's page where there is no such rule."""
    return tag(
        "article",
        tag(
            "header",
            tag("span", reader.words(SEVERITY[found.severity]), class_="severity"),
            tag("h3", tag("a", found.rule, href=f"#{anchor}"), " ", found.name),
            _place(found.site, reader, "p"),
        ),
        tag("p", reader.words(found.message), class_="message"),
        _excerpt(found, reader),
        tag("p", reader.words(found.proof), class_="proof") if found.proof else "",
        _evidence(found, reader),
        _fix(found, reader),
        _elsewhere(found, reader),
        _page(rule, reader) if rule else "",
        id=anchor,
        class_=f"finding {found.severity}",
    )


def mended(found: Finding, reader: Reader) -> Html:
    """A finding that is no more, in short, and the edits that were made."""
    edits = found.fix.edits if found.fix else ()
    return tag(
        "article",
        tag("header", tag("h3", found.rule, " ", found.name), _place(found.site, reader, "p")),
        *(_lines(edit.old, edit.new) for edit in edits),
        class_="finding",
    )


def _place(site: Site, reader: Reader, element: str) -> Html:
    path = seen_from(site.path, reader.base)
    where = f"{path}:{site.line}" if path and site.line else path
    parts = [tag("code", where)] if where else []
    if site.module:
        parts.append(tag("span", reader.words(_MODULE), " ", tag("code", site.module)))
    return tag(element, *parts, class_="place") if parts else Html()


def _excerpt(found: Finding, reader: Reader) -> Html:
    """The lines of the finding and of what it is about in the same file, each with a few around it."""
    here = found.site
    if not line_of(here.path, here.line, reader.base).strip():
        return Html()
    hits = {here.line, *(site.line for site in found.related if site.path == here.path and site.line > 0)}
    near = {n + k for n in hits for k in range(-_AROUND, _AROUND + 1)}
    lines = {n: line for n in sorted(near) if (line := line_of(here.path, n, reader.base)).strip()}
    parts: list[Html] = []
    last = min(lines) - 1
    for number, line in lines.items():
        between = range(last + 1, number)
        if between:
            # Empty lines inside an excerpt stay; those at its ends say nothing.
            blank = all(n in near for n in between)
            parts += (
                [_numbered(n, "", "line") for n in between] if blank else [tag("span", "⋯", class_="gap")]
            )
        last = number
        kind = "line here" if number == here.line else "line hit" if number in hits else "line"
        said = _marked(found, line, reader) if number == here.line else line
        parts.append(_numbered(number, said, kind))
    return tag("pre", *parts, class_="code", tabindex=0)


def _marked(found: Finding, line: str, reader: Reader) -> str:
    """The line of the finding, with the words that it is about marked."""
    here, edits = found.site, found.fix.edits if found.fix else ()
    old = next((e.old for e in edits if (e.path, e.line) == (here.path, here.line)), "")
    span = marked(here.path, here.line, reader.base, old=old, name=found.name)
    if span is None:
        return line
    start, end = span
    return joined(line[:start], tag("mark", line[start:end]), line[end:])


def _numbered(number: int, said: str, kind: str) -> Html:
    return tag("span", said or " ", class_=kind, data_n=number)


def _evidence(found: Finding, reader: Reader) -> Html:
    if not found.evidence:
        return Html()
    rows = [
        tag("tr", tag("th", called(name, reader.language), scope="row"), tag("td", figure(value)))
        for name, value in found.evidence.items()
    ]
    table = tag("table", tag("caption", reader.words(_FIGURES)), tag("tbody", *rows))
    return tag("div", table, *plots(found.evidence, reader.language), class_="evidence")


def _fix(found: Finding, reader: Reader) -> Html:
    if found.fix is None:
        return Html()
    title = tag("p", tag("strong", reader.words(_FIX)), " ", remedy(found, reader.language))
    return tag("div", title, *(_diff(edit, found, reader) for edit in found.fix.edits), class_="fix")


def _diff(edit: Edit, found: Finding, reader: Reader) -> Html:
    """The edited lines before and after, with the place where it is not that of the finding."""
    site = Site(edit.path, edit.line)
    same = (edit.path, edit.line) == (found.site.path, found.site.line)
    place = Html() if same else _place(site, reader, "p")
    return joined(place, _lines(*edited(edit, reader.base)))


def _lines(before: str, after: str) -> Html:
    lines = [
        tag(kind, line.strip(), data_n=sign, class_="line")
        for kind, sign, text in (("del", "−", before), ("ins", "+", after))
        for line in text.strip().splitlines()
    ]
    return tag("pre", *lines, class_="code diff", tabindex=0)


def _elsewhere(found: Finding, reader: Reader) -> Html:
    sites = [site for site in found.related if site.path != found.site.path or not site.line]
    if not sites:
        return Html()
    places = (_place(site, reader, "li") for site in sites)
    return tag("div", tag("p", reader.words(_SEE)), tag("ul", *places), class_="see")


def _page(rule: Rule, reader: Reader) -> Html:
    return tag(
        "details",
        tag("summary", reader.words(_RULE).format(rule.id)),
        as_html(rule.page(reader.language), heading="h4"),
    )
