"""The report for a person at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nonlin.base.finding import Edit, Finding, Report, Site
from nonlin.base.language import Language, Text
from nonlin.report._figures import called
from nonlin.report._source import edited, line_of, marked, seen_from
from nonlin.report._words import SEVERITY, checked, figure, how_to_mend, remedy, verdict, worst_first
from nonlin.report._wrap import clipped, shown, width_of, wrapped

_PROOF, _FIGURES, _ALSO = Text("proof", "依据"), Text("figures", "数据"), Text("see", "相关")
_FIX, _WHY, _NOTE = Text("fix", "修正"), Text("why", "详情"), Text("note", "注意")
_MODULE, _MENDED = Text("module", "模块"), Text("mended", "已修正")
_MENDABLE = " [*]"
_COLORS = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "strong": "1",
    "dim": "2",
    "mended": "1;32",
    "old": "31",
    "new": "32",
}


def render(
    report: Report, language: Language, *, color: bool = False, width: int = 80, base: Path | None = None
) -> str:
    """The findings, worst first, each with its source line, its evidence and its fix; then what was checked."""
    page = _Page(language, color, max(width, 40), base or Path.cwd())
    blocks = [page.finding(found) for found in worst_first(report.findings)]
    blocks += [page.mended(f) for f in report.mended]
    if report.notes:
        blocks.append(
            [line for note in report.notes for line in page.labelled(_NOTE, note.to(language), at=0)]
        )
    blocks.append(page.ending(report))
    # A finding has empty lines inside: two of them part it from the next.
    return "\n\n\n".join("\n".join(block) for block in blocks) + "\n"


class _Page:
    """What every line needs to know: the language, the colours, the width and where the reader stands."""

    def __init__(self, language: Language, color: bool, width: int, base: Path) -> None:
        self.language = language
        self.color = color
        self.width = width
        self.base = base
        self._indent = 2
        self._label = max(width_of(label.to(language)) for label in (_PROOF, _FIGURES, _ALSO, _FIX, _WHY)) + 2

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{_COLORS[style]}m{text}\x1b[0m" if self.color and text else text

    def finding(self, found: Finding) -> list[str]:
        head = self.paint(SEVERITY[found.severity].to(self.language), found.severity)
        lines = [f"{head} {self.paint(shown(found.rule), 'strong')} {shown(found.name)}".rstrip()]
        mendable = found.fix is not None and found.fix.edits
        if mendable and width_of(f"{found.severity} {found.rule} {found.name}{_MENDABLE}") <= self.width:
            lines[0] += _MENDABLE
        place = self._place(found.site)
        if place:
            lines.append("  " + place)
        lines += ["", *wrapped(found.message.to(self.language), self.width, first="  ")]
        snippet = list(self._snippet(found))
        if snippet:
            lines += ["", *snippet]
        lines.append("")
        if found.proof:
            lines += self.labelled(_PROOF, found.proof.to(self.language))
        figures = self._figures(found)
        if figures:
            lines += self.labelled(_FIGURES, figures)
        elsewhere = [s for s in found.related if s.path != found.site.path or not self._source(s)]
        for site in elsewhere:
            lines.append(self._tag(_ALSO) + self._place(site))
        if found.fix:
            lines += self.labelled(_FIX, remedy(found, self.language))
            lines += [line for edit in found.fix.edits for line in self._edit(edit, found.site)]
        if found.rule:
            lines += self.labelled(_WHY, f"nonlin rule {found.rule}")
        return lines

    def mended(self, found: Finding) -> list[str]:
        """What was wrong before, in short, and the edits that were made."""
        head = self.paint(_MENDED.to(self.language), "mended")
        lines = [f"{head} {self.paint(shown(found.rule), 'strong')} {shown(found.name)}".rstrip()]
        for edit in found.fix.edits if found.fix else ():
            lines.append("  " + self._place(Site(edit.path, edit.line)))
            lines += self._changed(edit, edit.old, edit.new, "    ")
        return lines

    def labelled(self, label: Text, text: str, at: int | None = None) -> list[str]:
        """A paragraph whose first line begins with a word in the margin."""
        tag = self._tag(label, at)
        plain = self._tag(label, at, paint=False)
        lines = wrapped(text, self.width, first=" " * width_of(plain))
        return [tag + lines[0][len(" " * width_of(plain)) :], *lines[1:]]

    def _tag(self, label: Text, at: int | None = None, *, paint: bool = True) -> str:
        word = label.to(self.language)
        gap = " " * (self._label - width_of(word))
        return (
            " " * (self._indent if at is None else at) + (self.paint(word, "strong") if paint else word) + gap
        )

    def _place(self, site: Site) -> str:
        """`path:line` in one piece, so that editors and terminals make it a link; then the module."""
        path = shown(seen_from(site.path, self.base))
        where = f"{path}:{site.line}" if path and site.line else path
        module = shown(site.module)
        if not where or not module:
            return where or module
        return f"{where} {self.paint(f'({_MODULE.to(self.language)} {module})', 'dim')}"

    def _source(self, site: Site) -> str:
        line = line_of(site.path, site.line, self.base)
        return line if line.strip() else ""

    def _snippet(self, found: Finding) -> Iterator[str]:
        """The lines of the finding and of what it is about in the same file, numbered, the first one marked."""
        here = found.site
        same = {here.line, *(s.line for s in found.related if s.path == here.path and s.line > 0)}
        numbers = [n for n in sorted(same) if self._source(Site(here.path, n))]
        if here.line not in numbers:
            return
        gutter = max(len(str(numbers[-1])) + 4, 6)
        last = numbers[0]
        for number in numbers:
            if number > last + 1:
                yield self.paint("...".rjust(gutter), "dim")
            last = number
            raw = self._source(Site(here.path, number))
            old = self._replaced(found, number)
            name = found.name if number == here.line else ""
            span = marked(here.path, number, self.base, old=old, name=name)
            # The span in signs as they are shown: a tab before it has become spaces.
            start, end = (len(shown(raw[:at])) for at in span or (0, len(raw)))
            source = shown(raw)
            window, cut = clipped(source, self.width - gutter - 3, keep=(start, end))
            here_now = number == here.line
            sign = ">" if here_now and span is None else " "
            margin = f"{sign} {number}".rjust(gutter) if sign == ">" else str(number).rjust(gutter)
            bar = self.paint(f"{margin} |", found.severity if sign == ">" else "dim")
            yield f"{bar} {window}"
            if here_now and span is not None:
                before = window[: start - cut + (3 if cut else 0)]
                carets = "^" * min(width_of(source[start:end]), width_of(window) - width_of(before))
                bar = self.paint(" " * gutter + " |", "dim")
                yield f"{bar} {' ' * width_of(before)}{self.paint(carets, found.severity)}"

    @staticmethod
    def _replaced(found: Finding, number: int) -> str:
        edits = found.fix.edits if found.fix else ()
        return next((e.old for e in edits if e.path == found.site.path and e.line == number), "")

    def _edit(self, edit: Edit, site: Site) -> Iterator[str]:
        """One edit as its line before and after; just the words, where the file cannot be read."""
        indent = " " * (self._indent + self._label)
        if (edit.path, edit.line) != (site.path, site.line):
            yield indent + self.paint(self._place(Site(edit.path, edit.line)), "dim")
        yield from self._changed(edit, *edited(edit, self.base), indent)

    def _changed(self, edit: Edit, before: str, after: str, indent: str) -> Iterator[str]:
        place = max(before.strip().find(edit.old.strip()), 0)
        for sign, text, change, style in (("-", before, edit.old, "old"), ("+", after, edit.new, "new")):
            for line in text.strip().splitlines():
                keep = (place, place + len(change.strip()))
                window, _ = clipped(shown(line), self.width - len(indent) - 2, keep=keep)
                yield indent + self.paint(f"{sign} {window}", style)

    def _figures(self, found: Finding) -> str:
        """The evidence, unless the sentences have said every figure already."""
        said = " ".join(t.to(self.language) for t in (found.message, found.proof) if t)
        words = set(re.findall(r"[\w.+-]*\w", said))
        values = {name: figure(value) for name, value in found.evidence.items()}
        if all(value in words for value in values.values()):
            return ""
        comma = "，" if self.language == "zh" else ", "
        return comma.join(f"{called(name, self.language)} {value}" for name, value in values.items())

    def ending(self, report: Report) -> list[str]:
        space = "" if self.language == "zh" else " "
        parts = (
            verdict(report, self.language, self.base),
            how_to_mend(report, self.language),
            checked(report.summary, self.language),
        )
        said = space.join(part for part in parts if part)
        return [self.paint(line, "strong") for line in wrapped(said, self.width)]
