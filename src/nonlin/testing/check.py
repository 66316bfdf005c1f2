"""What a check is: a function that looks at one activation, or at several at once, and says what it saw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nonlin.base.errors import unknown
from nonlin.base.folder import load_all
from nonlin.base.language import Text
from nonlin.testing.subject import Subject

CHECKS: list[Check] = []
"""Every check whose file has been imported, in order of import."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a check saw: a number or "ok"; where it claims nothing, a dash and the reason."""

    text: str
    why: Text | None = None

    def __str__(self) -> str:
        return self.text


OK = Figure("ok")


def unclaimed(en: str, zh: str) -> Figure:
    """The figure of a check that claims nothing for an activation, with the reason."""
    return Figure("—", Text(en, zh))


def lacks(subject: Subject, error: RuntimeError) -> Figure:
    """The figure where the kernel that torch has for an activation lacks something, and says so.

    Raises:
        RuntimeError: the activation is no kernel of torch's, or the error is another one.
    """
    if subject.record.kernel and ("not implemented" in str(error) or "do not yet support" in str(error)):
        return unclaimed("torch's kernel has no such thing", "torch 的内核没有此功能")
    raise error


@dataclass(frozen=True, slots=True)
class Check:
    """One column of the conformance grid.

    Attributes:
        name: its name; words joined by "_".
        title: what it claims, for people.
        see: looks at a few activations and returns a figure for each; raises AssertionError for what is wrong.
        together: how many activations it may look at in one call, where that saves time.
    """

    name: str
    title: Text
    see: Callable[[Sequence[Subject]], list[Figure]]
    together: int = 1

    def __call__(self, subject: Subject) -> Figure:
        """Look at one activation.

        Raises:
            AssertionError: it does not conform; the message says where.
        """
        return self.see([subject])[0]

    def over(self, subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Figure | Exception]]:
        """Look at many, `together` at once, and halve a group that fails until those that do are alone."""
        for start in range(0, len(subjects), self.together):
            yield from self._halved(subjects[start : start + self.together])

    def _halved(self, group: Sequence[Subject]) -> Iterator[tuple[Subject, Figure | Exception]]:
        try:
            yield from zip(group, self.see(group), strict=True)
        except Exception as error:  # noqa: BLE001 - whatever a compiler raises is a failure of the activation
            if len(group) == 1:
                yield group[0], error
                return
            middle = len(group) // 2
            yield from self._halved(group[:middle])
            yield from self._halved(group[middle:])


Seer = Callable[[Subject], Figure]
ManySeer = Callable[[Sequence[Subject]], list[Figure]]


def check(en: str, zh: str) -> Callable[[Seer], Seer]:
    """Enter a function that looks at one activation; its name is the check's."""

    def enter(see: Seer) -> Seer:
        CHECKS.append(Check(see.__name__, Text(en, zh), lambda subjects: [see(s) for s in subjects]))
        return see

    return enter


def check_together(count: int, en: str, zh: str) -> Callable[[ManySeer], ManySeer]:
    """Enter a function that looks at up to `count` activations at once; its name is the check's."""

    def enter(see: ManySeer) -> ManySeer:
        CHECKS.append(Check(see.__name__, Text(en, zh), see, count))
        return see

    return enter


def checks() -> list[Check]:
    """All checks, in the order of the grid's columns."""
    load_all("nonlin.testing.suite")
    return list(CHECKS)


def get(name: str) -> Check:
    """The check of this name.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    found = {one.name: one for one in checks()}
    if name not in found:
        raise unknown("check", name, found)
    return found[name]
