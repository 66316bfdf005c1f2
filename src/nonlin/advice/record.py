"""What nonlin knows about tasks and networks, as records: one file a task, one file a kind of network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from numpy.typing import NDArray

from nonlin.base.language import Text

Layout = Literal["rows", "map", "sequence"]
"""How a snippet's numbers lie: (batch, units); (batch, units, height, width); tokens with (batch, time, units)."""
Switch = Literal["batch_norm", "residual"]


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, a book or a page: how it is cited, what it is called, and where it is found."""

    name: str
    title: str
    where: str

    def __str__(self) -> str:
        return f"{self.name}, {self.title}, {self.where}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement and what it rests on; `rule` is the checker's rule that finds what it warns of."""

    text: Text
    sources: tuple[Source, ...]
    rule: str = ""


def claim(en: str, zh: str, *sources: Source, rule: str = "") -> Claim:
    """A statement in both languages with its sources."""
    return Claim(Text(en, zh), sources, rule)


@dataclass(frozen=True, slots=True)
class Choice:
    """What to use, in a few words, and why.

    `name` is an activation of the catalogue or a class of `torch.nn`; None where there is none to name.
    """

    name: str | None
    answer: Text
    why: Claim
    params: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """Something else that is reasonable: what it is, and what speaks for and against it."""

    use: Text
    trade: Claim


def option(use: tuple[str, str], en: str, zh: str, *sources: Source) -> Option:
    """An alternative in both languages: what it is, then its trade-off with sources."""
    return Option(Text(*use), claim(en, zh, *sources))


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskCode:
    """A task's part of the snippet, as Python.

    Args:
        data: makes `y` from `features`, standard normal numbers with three units on axis 1.
        units: how many outputs the head has.
        output: the output activation around `{z}`, the head's result.
        bias: sets `model.head.bias`, under `torch.no_grad`; empty where zero is right.
        criterion: defines `criterion(output, y)`.
        predict: what to do with `model(x)` when training is over; it ends by naming `prediction`.
    """

    data: str
    units: str
    output: str = "{z}"
    bias: str = ""
    criterion: str
    predict: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """What a network is to predict, and what follows for its output, loss, targets and bias."""

    title: Text
    aliases: tuple[str, ...] = ()
    output: Choice
    loss: Choice
    scaling: Claim
    bias: Claim
    alternatives: tuple[Option, ...]
    avoid: tuple[Claim, ...]
    layout: Layout = "rows"
    networks: tuple[str, ...] = ()
    """The kinds of network for which it makes sense; all that its layout allows, if empty."""
    code: TaskCode
    bias_of: Callable[[NDArray[Any]], NDArray[Any]] | None = None
    """The output's bias from an array of targets, where it can be computed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a network's part of the snippet must know of the task and of the settings."""

    units: str
    output: str
    layout: Layout
    hidden: str
    gain: str
    batch_norm: bool
    residual: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkCode:
    """A network's part of the snippet, as Python.

    Args:
        inputs: makes `x`, and `features` from which the example's targets follow.
        model: defines a module with a last linear layer `head`, and makes `model`.
        init: initialises every layer but the head.
        late_inputs: makes `x` from `y` where the input is the target.
        loss: the loss of one step.
        steps: a training loop of its own, in place of the usual one.
    """

    inputs: Callable[[Plan], str]
    model: Callable[[Plan], str]
    init: Callable[[Plan], str]
    late_inputs: str = ""
    loss: str = "criterion(model(x), y)"
    steps: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """A kind of network, and what follows for its hidden activation and its initialisation."""

    title: Text
    aliases: tuple[str, ...] = ()
    hidden: Choice
    init: Claim
    """How to initialise; `{gain}` stands for the gain of the hidden activation."""
    loss: Choice | None = None
    """The loss in place of the task's, where the network brings its own."""
    penalty: Text | None = None
    """What is added to the task's loss."""
    alternatives: tuple[Option, ...]
    avoid: tuple[Claim, ...]
    layouts: tuple[Layout, ...] = ("rows",)
    task: str = "regression"
    """The task that is meant where none is named."""
    tasks: tuple[str, ...] = ()
    """The tasks that it serves; all that its layouts allow, if empty."""
    switches: Mapping[Switch, bool] = field(default_factory=dict)
    """The settings that may be chosen, each with its default."""
    adversarial: bool = False
    """Whether the snippet trains two networks against each other, so that no loss need fall."""
    code: NetworkCode
