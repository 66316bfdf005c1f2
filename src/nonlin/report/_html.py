"""Elements of HTML and SVG, in which nothing that a user wrote can become markup."""

from __future__ import annotations

from html import escape

from nonlin.report._wrap import shown


class Html(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | float | None) -> Html:
    """An element. Whatever is not `Html` is escaped; an attribute of None is left out.

    In the name of an attribute "_" stands for "-"; one at the end is dropped, for Python's own words (`class_`).
    """
    said = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    inside = joined(*children)
    return Html(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{inside}</{name}>")


def _attribute(key: str, value: str | float) -> str:
    said = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {key.rstrip("_").replace("_", "-")}="{text(said)}"'


_VOID = frozenset(("meta", "br"))


def text(said: str) -> Html:
    """The text as HTML shows it: signs that steer a terminal, and halves of surrogate pairs, are question marks."""
    if isinstance(said, Html):
        return said
    lines = "\n".join(map(shown, said.splitlines())) if "\n" in said or "\r" in said else shown(said)
    return Html(escape(lines.encode("utf-8", "replace").decode("utf-8")))


def joined(*parts: str) -> Html:
    """Several elements or texts, one after the other."""
    return Html("".join(map(text, parts)))
