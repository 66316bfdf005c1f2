"""Files of rules, as somebody writes them."""

from __future__ import annotations

from nonlin.checker.rule import SECTIONS


def page(language, *, without="", summary=None):
    first = summary or {"en": "Softmax feeds it.", "zh": "它得到了 softmax。"}[language]
    titles = [section.to(language) for section in SECTIONS]
    return f"{first}\n\n" + "\n\n".join(f"## {title}\nText." for title in titles if title != without)


def write_rule(
    place, file, *, code=None, function=None, severity="error", en=None, zh=None, body="yield from ()"
):
    code = code or file.partition("_")[0].upper()
    function = function or file.partition("_")[2]
    (place / f"{file}.py").write_text(
        f'"""{en or page("en")}"""\n'
        "from nonlin.checker.rule import rule\n"
        f'ZH = """{zh or page("zh")}"""\n'
        f'@rule("{code}", severity="{severity}", zh=ZH, since="0.1")\n'
        f"def {function}(run):\n    {body}\n",
        encoding="utf-8",
    )
