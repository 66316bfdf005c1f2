"""The little Markdown that our pages use, laid out for a terminal."""

from __future__ import annotations

import re

from nonlin.report._wrap import shown, wrapped

_STRONG, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_ITEM = re.compile(r"(\s*(?:[-*]|\d+\.) )(.*)")
_CJK_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])\n(?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])"
)


def laid_out(markdown: str, *, width: int = 80, color: bool = False) -> str:
    """Headings, paragraphs and lists wrapped to a width; code and tables as they are, indented by four."""
    lines: list[str] = []
    for block in blocks(markdown):
        if block.startswith("```"):
            code = block.split("\n")[1:]
            code = code[:-1] if code and code[-1].startswith("```") else code
            lines += [f"    {shown(line)}".rstrip() for line in code]
        elif block.startswith("#"):
            title = shown(block.lstrip("#").strip())
            lines.append(f"{_STRONG}{title}{_END}" if color else title)
            if not block.startswith("# "):
                continue  # a section's title stands right above its text
        elif block.startswith(("|", "    ")):
            lines += [
                shown(line) if line.startswith("    ") else f"    {shown(line)}" for line in block.split("\n")
            ]
        else:
            for first, text in items(block):
                lines += wrapped(_inline(text), width, first=first)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def code_block(source: str, *, color: bool = False) -> str:
    """A program with numbered lines."""
    numbered = []
    for number, line in enumerate(source.rstrip("\n").split("\n"), 1):
        margin = f"{number:>4} |"
        numbered.append(
            f"{_DIM}{margin}{_END} {shown(line)}".rstrip() if color else f"{margin} {shown(line)}".rstrip()
        )
    return "\n".join(numbered) + "\n"


def blocks(markdown: str) -> list[str]:
    """The paragraphs, headings, lists and fenced programs of a page, each with its signs."""
    blocks: list[list[str]] = [[]]
    in_code = False
    for line in markdown.strip("\n").split("\n"):
        fence = line.startswith("```")
        if not in_code and (fence or line.startswith("#") or not line.strip()):
            blocks.append([])
        if in_code or line.strip():
            blocks[-1].append(line)
        if line.startswith("#") and not in_code:
            blocks.append([])
        if fence:
            in_code = not in_code
            if not in_code:
                blocks.append([])
    return ["\n".join(block) for block in blocks if block]


def items(block: str) -> list[tuple[str, str]]:
    """(what the first line begins with, the text) of a paragraph, or of each entry of a list."""
    items: list[tuple[str, str]] = []
    for line in block.split("\n"):
        item = _ITEM.fullmatch(line)
        if item:
            items.append((item[1], item[2]))
        elif items:
            items[-1] = (items[-1][0], f"{items[-1][1]}\n{line.strip()}")
        else:
            items.append(("", line.strip()))
    return items


def unbroken(text: str) -> str:
    """The text on one line; Chinese lines join without a space."""
    return _CJK_BREAK.sub("", text).replace("\n", " ")


def _inline(text: str) -> str:
    """A paragraph on one line, without the signs for strong text and links."""
    text = unbroken(text)
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\((https?://[^)]+)\)", r"\1: \2", text)
    return re.sub(r"<(https?://[^>]+)>", r"\1", text)
