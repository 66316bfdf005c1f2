"""What the checker and the monitor say: a finding, where it is, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, cast

from nonlin.base.folder import load_one
from nonlin.base.language import Language, Text, default_language

if TYPE_CHECKING:
    from nonlin.base.network import Block

Severity = Literal["error", "warning", "advice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")
FORMATS = "nonlin.formats"
_BY_RULE = cast("Severity", "")  # falsy, and replaced by the rule's before anybody reads it


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the user's world: a line that they can edit, and the module that ran there."""

    path: str = ""
    line: int = 0
    module: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old`, which begins on this line of a file and stands only once there, by `new`."""

    path: str
    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend a finding; `safe` means that the numbers stay the same for every input."""

    title: Text
    safe: bool = False
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `rule`, `name` and, if the finding leaves it open, `severity` are filled in by the runner."""

    site: Site
    message: Text
    evidence: Mapping[str, float | int | str] = field(default_factory=dict)
    proof: Text | None = None
    fix: Fix | None = None
    related: tuple[Site, ...] = ()
    severity: Severity = _BY_RULE
    rule: str = ""
    name: str = ""

    def under(self, rule: str, name: str, severity: Severity) -> Finding:
        """The same finding, signed by the rule that made it; `severity` counts if the finding has none of its own."""
        return replace(
            self, rule=rule, name=name, severity=severity if self.severity == _BY_RULE else self.severity
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one run, in the order in which a reader should meet them."""

    target: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[Text, ...] = ()
    summary: Mapping[str, int] = field(default_factory=dict)
    """What was looked at: `operations`, `modules`, `objectives`; where known `parameters`; of a folder `scripts`.

    Where lean would save much of one target, `bytes_kept` for its backward pass and `bytes_kept_with_lean`.
    """
    network: Block | None = field(default=None, repr=False, compare=False)
    """What ran, for the formats that draw it."""
    losses: tuple[float, ...] = ()
    """What each objective was in the captured step, where it was seen."""
    mended: tuple[Finding, ...] = ()
    """What was found and put right, as it was before."""

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def ok(self) -> bool:
        """True when no finding is an error or a warning; advice does not count."""
        return not self.at_least("warning")

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of this severity or a worse one."""
        limit = SEVERITIES.index(severity)
        return tuple(f for f in self.findings if SEVERITIES.index(f.severity) <= limit)

    def render(self, form: str = "text", language: Language | None = None, **options: Any) -> str:
        """The report in one of the formats of `nonlin.report`, or of another distribution.

        Raises:
            NonlinError: there is no such format.
        """
        return str(format_named(form).render(self, language or default_language(), **options))

    def to_json(self, language: Language | None = None) -> str:
        """The report as JSON text, in the form that `nonlin check --format json` prints."""
        return self.render("json", language)

    def __str__(self) -> str:
        return self.render("text")

    def _repr_html_(self) -> str:
        return str(format_named("html").fragment(self, default_language()))


def format_named(name: str) -> ModuleType:
    """The module of a report's format: one of `nonlin.report`, or one that an entry point of the group `FORMATS` names.

    Raises:
        NonlinError: there is none, or it cannot be loaded.
    """
    return load_one("nonlin.report", name, what="format", group=FORMATS)
