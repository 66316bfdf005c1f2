"""A rule's page, written in the little Markdown that our pages use, as HTML."""

from __future__ import annotations

import re

from nonlin.report._html import Html, joined, tag
from nonlin.report._markdown import blocks, items, unbroken

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<to>https?://[^)\s]+)\)|"
    r"<(?P<bracketed>https?://[^>\s]+)>|(?P<bare>https?://[^\s<>，。；）]*[^\s<>，。；）.,;:)])"
)


def as_html(markdown: str, *, heading: str) -> Html:
    """Headings (all as elements of this name), paragraphs, lists, code and tables, which stay as they are written."""
    return joined(*(_block(block, heading) for block in blocks(markdown)))


def _block(block: str, heading: str) -> Html:
    if block.startswith("```"):
        code = block.split("\n")[1:]
        return tag("pre", "\n".join(code[:-1] if code and code[-1].startswith("```") else code))
    if block.startswith("#"):
        return tag(heading, _inline(block.lstrip("#").strip()))
    if block.startswith(("|", "    ")):
        return tag("pre", block)
    found = items(block)
    if not found[0][0]:
        return tag("p", *(_inline(words) for _, words in found))
    kind = "ol" if found[0][0].strip()[0].isdigit() else "ul"
    return tag(kind, *(tag("li", _inline(words)) for _, words in found))


def _inline(words: str) -> Html:
    words, parts, end = unbroken(words), [], 0
    for match in _INLINE.finditer(words):
        parts += [words[end : match.start()], _marked(match)]
        end = match.end()
    return joined(*parts, words[end:])


def _marked(match: re.Match[str]) -> Html:
    if match["code"]:
        return tag("code", match["code"])
    if match["strong"]:
        return tag("strong", _inline(match["strong"]))
    to = match["to"] or match["bracketed"] or match["bare"]
    return tag("a", match["label"] or to, href=to, rel="noreferrer")
