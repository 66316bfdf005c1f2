"""Advice laid out for a terminal: the answer first, then why, what else, what not, a program, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nonlin.base.language import Language, Text
from nonlin.report._words import figure
from nonlin.report._wrap import width_of, wrapped

if TYPE_CHECKING:
    from nonlin.advice.answer import Advice
    from nonlin.advice.record import Claim

_STRONG, _END = "\x1b[1m", "\x1b[0m"
_HEAD = Text("{task}, with {network}", "{task}；网络：{network}")
_OUTPUT, _LOSS, _HIDDEN = Text("output", "输出"), Text("loss", "损失"), Text("hidden", "隐藏层")
_TARGETS, _BIAS, _INIT = Text("targets", "目标"), Text("bias", "输出偏置"), Text("init", "初始化")
_NOT = Text("avoid", "注意")
_LABELS = (_OUTPUT, _LOSS, _TARGETS, _BIAS, _HIDDEN, _INIT, _NOT)
_SEEN, _UNSURE = (
    Text("Inferred from the targets", "由目标推断"),
    Text("What they cannot say", "仅凭数据无法判断"),
)
_OTHERWISE = Text(
    "the targets look like {seen}: the advice is for {task}, as asked",
    "目标看起来属于 {seen}；以下按要求给出 {task} 的建议",
)
_WHY, _ELSE, _NEITHER = Text("Why", "理由"), Text("Instead", "替代方案"), Text("Avoid as well", "还要注意")
_PROGRAM = Text("A program that runs (--snippet prints it alone)", "可运行的程序（--snippet 只打印程序）")
_SOURCES = Text("Sources", "来源")
_FOR_YOURS = Text("; for these targets {values}", "；对这些目标为 {values}")
_MOST_VALUES = 6


def render(advice: Advice, language: Language, *, color: bool = False, width: int = 80) -> str:
    """The whole page."""
    task, network = advice.task, advice.network
    page = _Page(language, color, max(width, 40))
    head = _HEAD.to(language).format(task=advice.task_name, network=advice.network_name)
    page.title(head)
    page.lines += wrapped(task.title.to(language), page.width)
    page.lines += wrapped(network.title.to(language), page.width)
    page.lines.append("")
    bias = _cited(task.bias, language, more=_values(advice, language))
    page.labelled(
        [
            (_OUTPUT, task.output.answer.to(language)),
            (_LOSS, advice.loss_answer.to(language)),
            (_TARGETS, _cited(task.scaling, language)),
            (_BIAS, bias),
            (_HIDDEN, network.hidden.answer.to(language)),
            (_INIT, _cited(advice.init, language)),
            (_NOT, _cited(advice.avoid[0], language)),
        ]
    )
    if advice.targets is not None:
        seen = [said.to(language) for said in advice.targets.evidence]
        if advice.targets.task != advice.task_name:
            words = _OTHERWISE.to(language)
            seen.append(words.format(seen=advice.targets.task, task=advice.task_name))
        page.listed(_SEEN, seen)
        page.listed(_UNSURE, [said.to(language) for said in advice.targets.doubts])
    page.heading(_WHY)
    page.labelled(
        [
            (_OUTPUT, _cited(task.output.why, language)),
            (_LOSS, _cited(advice.loss.why, language)),
            (_HIDDEN, _cited(network.hidden.why, language)),
        ]
    )
    page.bullets(_cited(note, language) for note in advice.notes)
    page.heading(_ELSE)
    for other in advice.alternatives:
        page.lines += wrapped(other.use.to(language), page.width, first="  ")
        page.lines += wrapped(_cited(other.trade, language), page.width, first="      ")
    page.listed(_NEITHER, [_cited(said, language) for said in advice.avoid[1:]])
    page.heading(_PROGRAM)
    page.lines += [f"  {line}".rstrip() for line in advice.snippet(language).splitlines()]
    page.listed(_SOURCES, [str(source) for source in advice.sources])
    return "\n".join(page.lines) + "\n"


def _cited(claim: Claim, language: Language, *, more: str = "") -> str:
    """The statement with the names of its sources behind it."""
    names = "; ".join(source.name for source in claim.sources)
    if claim.rule:
        names += f"; nonlin rule {claim.rule}"
    return f"{claim.text.to(language)}{more} [{names}]"


def _values(advice: Advice, language: Language) -> str:
    """The bias as numbers, where the targets tell it."""
    values = advice.bias_values
    if not values:
        return ""
    shown = ", ".join(figure(value) for value in values[:_MOST_VALUES])
    more = ", .." if len(values) > _MOST_VALUES else ""
    return _FOR_YOURS.to(language).format(values=shown + more)


class _Page:
    """Lines so far, and what each new one must know."""

    def __init__(self, language: Language, color: bool, width: int) -> None:
        self.language = language
        self.color = color
        self.width = width
        self.lines: list[str] = []
        self._column = max(width_of(label.to(language)) for label in _LABELS) + 4

    def title(self, text: str) -> None:
        self.lines += [f"{_STRONG}{line}{_END}" if self.color else line for line in wrapped(text, self.width)]

    def heading(self, words: Text) -> None:
        self.lines.append("")
        self.title(words.to(self.language))

    def labelled(self, rows: Sequence[tuple[Text, str]]) -> None:
        """Paragraphs with a word in the margin."""
        for label, text in rows:
            word = label.to(self.language)
            first = f"  {word}{' ' * (self._column - 2 - width_of(word))}"
            self.lines += wrapped(text, self.width, first=first, rest=" " * self._column)

    def bullets(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.lines += wrapped(text, self.width, first="  - ")

    def listed(self, words: Text, texts: Sequence[str]) -> None:
        """A heading with its list; nothing where there is nothing to list."""
        if texts:
            self.heading(words)
            self.bullets(texts)
