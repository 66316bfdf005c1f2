"""The advice for one task and one network, and how it is written down."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from nonlin import __version__
from nonlin.advice.record import Choice, Claim, Network, Option, Source, Switch, Task
from nonlin.advice.settings import NOTES
from nonlin.advice.snippet import gain_of, module_of, snippet
from nonlin.advice.sources import LIN_2017
from nonlin.advice.targets import Targets
from nonlin.base.language import Language, Text, default_language


@dataclass(frozen=True, eq=False, kw_only=True)
class Advice:
    """What to use for a task with a kind of network, why, what else, and what not; it prints as the command does."""

    task_name: str
    task: Task
    network_name: str
    network: Network
    switches: Mapping[Switch, bool]
    targets: Targets | None = None
    """What was seen in the targets, where some were given."""

    @property
    def gain(self) -> float | None:
        """The gain of the hidden activation; None where the catalogue does not hold it."""
        return gain_of(self.network.hidden)

    @property
    def init(self) -> Claim:
        """How to initialise, with the gain as a number."""
        text, gain = self.network.init.text, "" if self.gain is None else f"{self.gain:.4g}"
        words = Text(
            f"{text.en.replace('{gain}', gain)}; output weights with std 0.01, so that the bias decides at first",
            f"{text.zh.replace('{gain}', gain)}；输出层权重的标准差取 0.01，一开始由偏置决定",
        )
        return Claim(words, (*self.network.init.sources, LIN_2017))

    @property
    def loss(self) -> Choice:
        """The task's loss, or the one that the network brings."""
        return self.network.loss or self.task.loss

    @property
    def loss_answer(self) -> Text:
        """The loss in a few words, with what the network adds to it."""
        answer, added = self.loss.answer, self.network.penalty
        return answer if added is None else Text(f"{answer.en} + {added.en}", f"{answer.zh} + {added.zh}")

    @property
    def bias_values(self) -> tuple[float, ...]:
        """The output's bias for the targets that were given; empty where they say nothing about it."""
        if self.targets is None or self.task.bias_of is None or self.targets.task != self.task_name:
            return ()
        return tuple(float(value) for value in self.task.bias_of(self.targets.values))

    @property
    def notes(self) -> tuple[Claim, ...]:
        """What the chosen settings change."""
        return tuple(note for switch, on in self.switches.items() if on for note in NOTES[switch])

    @property
    def alternatives(self) -> tuple[Option, ...]:
        """Those of the task, then those of the network; these alone, where it brings its own loss."""
        of_task = () if self.network.loss else self.task.alternatives
        return (*of_task, *self.network.alternatives)

    @property
    def avoid(self) -> tuple[Claim, ...]:
        """What not to do: of the task, then of the network."""
        return (*self.task.avoid, *self.network.avoid)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source that is cited, once, by name."""
        return tuple(sorted({s for said in self._claims() for s in said.sources}, key=lambda s: s.name))

    def _claims(self) -> Iterator[Claim]:
        yield from (self.task.output.why, self.loss.why, self.task.scaling, self.task.bias)
        yield from (self.network.hidden.why, self.init, *self.notes, *self.avoid)
        yield from (other.trade for other in self.alternatives)

    def snippet(self, language: Language | None = None) -> str:
        """The program, with its comments in one language."""
        return snippet(self.task, self.network, self.switches, language or default_language())

    def to_json(self, language: Language | None = None) -> str:
        """The advice as JSON text, in the form that `nonlin advise --format json` prints."""
        language = language or default_language()
        return json.dumps(self._facts(language), indent=2, ensure_ascii=False, allow_nan=False)

    def _facts(self, language: Language) -> dict[str, Any]:
        def said(of: Claim) -> dict[str, Any]:
            return {
                "text": of.text.to(language),
                "sources": [str(s) for s in of.sources],
                "rule": of.rule or None,
            }

        def chosen(what: str, of: Choice) -> dict[str, Any]:
            return {what: of.name, "answer": of.answer.to(language), "why": said(of.why)}

        hidden = self.network.hidden
        return {
            "tool": "nonlin",
            "version": __version__,
            "language": language,
            "task": {"name": self.task_name, "title": self.task.title.to(language)},
            "network": {
                "name": self.network_name,
                "title": self.network.title.to(language),
                **self.switches,
            },
            "output": chosen("activation", self.task.output),
            "loss": {**chosen("class", self.loss), "answer": self.loss_answer.to(language)},
            "targets": said(self.task.scaling),
            "bias": {**said(self.task.bias), "values": [_finite(v) for v in self.bias_values]},
            "hidden": {
                **chosen("activation", hidden),
                "params": dict(hidden.params),
                "module": module_of(hidden) or None,
                "gain": self.gain,
            },
            "init": said(self.init),
            "notes": [said(note) for note in self.notes],
            "alternatives": [
                {"use": other.use.to(language), "trade": said(other.trade)} for other in self.alternatives
            ],
            "avoid": [said(of) for of in self.avoid],
            "inferred": None if self.targets is None else self.targets.facts(language),
            "snippet": self.snippet(language),
            "sources": [{"name": s.name, "title": s.title, "where": s.where} for s in self.sources],
        }

    def render(self, language: Language | None = None, **options: Any) -> str:
        """The advice as text for a terminal; `width` and `color` are taken as by `nonlin.report.text`."""
        # Pages are laid out two layers above: what is looked up when it runs is no import.
        page = importlib.import_module("nonlin.report._advice")
        return str(page.render(self, language or default_language(), **options))

    def __str__(self) -> str:
        return self.render()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.render())}</pre>"


def _finite(value: float) -> float | str:
    """JSON has no words for numbers that are not finite."""
    return value if abs(value) < float("inf") else ("Infinity" if value > 0 else "-Infinity")
