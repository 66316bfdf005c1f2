"""Words in the two languages that nonlin speaks."""

from __future__ import annotations

import os
from typing import Literal, NamedTuple

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Text(NamedTuple):
    """One sentence for people, in English and in Simplified Chinese."""

    en: str
    zh: str

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


def default_language() -> Language:
    """The reader's language: NONLIN_LANG, then the locale (LC_ALL, LC_MESSAGES, LANG), else English."""
    for variable in ("NONLIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
