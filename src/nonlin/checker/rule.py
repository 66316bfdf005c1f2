"""A rule: one file that holds a function, its page in two languages, and nothing else to register."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, get_args

from nonlin.base import folder
from nonlin.base.errors import NonlinError, unknown
from nonlin.base.finding import Finding, Severity
from nonlin.base.language import Language, Text

if TYPE_CHECKING:
    from nonlin.checker.run import Run

PACKAGE = "nonlin.checker.rules"
ENTRY_POINTS = "nonlin.rules"
SECTIONS: tuple[Text, ...] = (
    Text("What it finds", "它发现什么"),
    Text("Why it is bad", "为什么不好"),
    Text("How to fix", "怎样修正"),
    Text("When to silence", "何时忽略"),
    Text("Sources", "来源"),
)
_ID = re.compile(r"[A-Z]+[0-9]+")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule:
    """One kind of mistake: how it is found, and what is said about it."""

    id: str
    name: str
    severity: Severity
    since: str
    check: Callable[[Run], Iterable[Finding]]
    text: Text
    """The page as Markdown, in both languages."""
    home: Path
    """The file that holds the rule; its fixtures lie beside its folder."""
    yields_to: tuple[str, ...] = ()
    """The ids of rules that say more: where one of them names the same lines, this one is silent."""
    last: bool = False
    """It runs after the others, on what they say; no comment silences it."""
    origin: str = "nonlin"
    """The distribution that brings it."""

    def page(self, language: Language) -> str:
        """The whole page, as Markdown."""
        return self.text.to(language)

    def summary(self, language: Language) -> str:
        """The page's first line: one sentence."""
        return self.page(language).split("\n", 1)[0].strip()

    def examples(self) -> tuple[str, str]:
        """The sources of a program that the rule finds and of its mended twin: the files that the tests run.

        Raises:
            NonlinError: a fixture is missing.
        """
        place = self.home.parent.parent / "fixtures" / self.id.lower()
        try:
            bad, good = ((place / f"{kind}.py").read_text(encoding="utf-8") for kind in ("bad", "good"))
        except OSError as error:
            raise NonlinError(f"rule {self.id} has no example: {error}") from error
        return bad, good


def rule(
    code: str, *, severity: Severity, zh: str, since: str, yields_to: tuple[str, ...] = (), last: bool = False
) -> Callable[[Callable[[Run], Iterator[Finding]]], Rule]:
    """Make a rule of a function; the English page is the docstring of the file that holds it.

    `yields_to` are the ids of rules that say more about the same cause; a rule that is `last` judges what the others
    say.

    Raises:
        NonlinError: the page lacks a section, or the id and the file's name do not say the same.
    """

    def made(function: Callable[[Run], Iterator[Finding]]) -> Rule:
        module = sys.modules[function.__module__]
        file = module.__name__.rpartition(".")[2]
        expected = f"{code.lower()}_{function.__name__}"
        if not _ID.fullmatch(code):
            raise NonlinError(f"rule {code!r} in {file}.py: an id is capitals and a number, such as NL201")
        if file != expected:
            raise NonlinError(f"rule {code} in {file}.py: the file must be called {expected}.py")
        if severity not in get_args(Severity):
            raise NonlinError(
                f"rule {code}: severity {severity!r} is none of {', '.join(get_args(Severity))}"
            )
        text = Text((module.__doc__ or "").strip(), zh.strip())
        for language in ("en", "zh"):
            _complain_about_page(code, language, text.to(language))
        return Rule(
            id=code,
            name=function.__name__.replace("_", "-"),
            severity=severity,
            since=since,
            check=function,
            text=text,
            home=Path(module.__file__ or file),
            yields_to=yields_to,
            last=last,
        )

    return made


def headings(page: str) -> list[str]:
    """The titles of a page's sections, in order; what looks like one inside a code block does not count."""
    return re.findall(r"^## (.+?)\s*$", _FENCE.sub("(code)", page), re.MULTILINE)


def _complain_about_page(code: str, language: Language, page: str) -> None:
    wanted = [section.to(language) for section in SECTIONS]
    found = headings(page)
    missing = [title for title in wanted if title not in found]
    if missing:
        raise NonlinError(f"rule {code}: its page ({language}) lacks the section '## {missing[0]}'")
    if found != wanted:
        raise NonlinError(
            f"rule {code}: its page ({language}) must have the sections {wanted}, it has {found}"
        )
    first, _, rest = page.partition("\n")
    if first.startswith("#") or not first.endswith((".", "。")) or not rest.startswith("\n"):
        raise NonlinError(f"rule {code}: its page ({language}) must open with one sentence and an empty line")
    bodies = re.split(r"^## .+$", _FENCE.sub("(code)", page), flags=re.MULTILINE)[1:]
    for title, body in zip(found, bodies, strict=True):
        if not body.strip():
            raise NonlinError(f"rule {code}: the section '## {title}' of its page ({language}) is empty")


def rules() -> tuple[Rule, ...]:
    """Every rule: those of nonlin and those that other distributions offer, sorted by id.

    Raises:
        NonlinError: two rules of nonlin share an id or a name.
    """
    return _loaded()[0]


def left_out() -> tuple[Text, ...]:
    """What is wrong with each distribution whose rules cannot be used."""
    return _loaded()[1]


def find(given: str) -> Rule:
    """The rule with this id or name, importing only the file that holds it.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    files = folder.names_in(PACKAGE)
    wanted = given.lower().replace("-", "_")
    modules = [file for file in files if wanted in (file, *file.split("_", 1))]
    found = [r for file in modules for r in _in(folder.load_one(PACKAGE, file, what="rule"))]
    # Other packages are asked only when our own folder has no answer: reading their entry points is slow.
    for candidate in _checked(found) or rules():
        if wanted in (candidate.id.lower(), candidate.name.replace("-", "_")):
            return candidate
    raise _no_such(given, (name for file in files for name in file.replace("_", "-").split("-", 1)))


def select(known: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Those of the rules that are selected (all, if nothing is) and not ignored.

    Each entry is an id, a name, or the beginning of ids (`NL2`). Where both lists match, the rule is ignored.

    Raises:
        NonlinError: an entry matches no rule.
    """
    known = tuple(known)
    chosen = _matching(known, select) if select else set(known)
    dropped = _matching(known, ignore)
    return tuple(r for r in known if r in chosen and r not in dropped)


def _matching(known: tuple[Rule, ...], patterns: Sequence[str]) -> set[Rule]:
    matched: set[Rule] = set()
    for pattern in patterns:
        wanted = pattern.strip().lower()
        hits = {r for r in known if wanted and (r.name == wanted or r.id.lower().startswith(wanted))}
        if not hits:
            raise _no_such(pattern, (name for r in known for name in (r.id.lower(), r.name)))
        matched |= hits
    return matched


def _no_such(given: str, names: Iterable[str]) -> NonlinError:
    # The nearest are sought in lower case; an id is shown as it is written.
    error = unknown("rule", given, names)
    # Of something as short as NL9 half the rules are near.
    if len(given) < 5 or "did you mean" not in str(error):
        return NonlinError(f"unknown rule {given!r}; `nonlin rule` lists all")
    return NonlinError(re.sub(r"(?<![\w-])nl\d+\b", lambda m: m.group().upper(), str(error)))


def _in(module: ModuleType) -> list[Rule]:
    return [value for value in vars(module).values() if isinstance(value, Rule)]


def _loaded() -> tuple[tuple[Rule, ...], tuple[Text, ...]]:
    """(every rule, sorted by id; what is wrong with those that are left out)."""
    found = _checked([r for module in folder.load_all(PACKAGE) for r in _in(module)])
    wrong: list[Text] = []
    for offer in folder.offered(ENTRY_POINTS):
        try:
            found = _checked([*found, *_of_another(offer)])
        except Exception as error:  # noqa: BLE001, PERF203 - a stranger's module may raise anything
            whose = offer.distribution
            why = error if isinstance(error, NonlinError) else f"{type(error).__name__}: {error}"
            wrong.append(
                Text(
                    f"the rules of {whose} are left out: {why}; mend or uninstall {whose}",
                    f"没有使用 {whose} 提供的规则：{why}；请修复或卸载 {whose}",
                )
            )
    return found, tuple(wrong)


def _of_another(offer: folder.Offer) -> list[Rule]:
    """What an entry point names: a rule, or a module that holds some."""
    value = offer.load()
    found = [value] if isinstance(value, Rule) else _in(value)
    if not found:
        raise NonlinError(f"{offer.name} holds no rule")
    for candidate in found:
        if candidate.id.startswith("NL"):
            raise NonlinError(f"{candidate.id}: ids that begin with NL are nonlin's own")
    return [replace(candidate, origin=offer.distribution) for candidate in found]


def _checked(found: Sequence[Rule]) -> tuple[Rule, ...]:
    taken: dict[str, Rule] = {}
    for candidate in found:
        for key in (candidate.id, candidate.name):
            other = taken.setdefault(key, candidate)
            if other is not candidate:
                raise NonlinError(f"two rules are called {key}: {other.home.name} and {candidate.home.name}")
    return tuple(sorted(found, key=lambda r: r.id))
