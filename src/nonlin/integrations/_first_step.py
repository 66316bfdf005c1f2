"""What the trainers' callbacks share: record the first training step while it runs, judge it, and tell it once."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import torch.distributed as dist
from torch import nn
from torch.optim import Optimizer

from nonlin.base.errors import NonlinError, unknown
from nonlin.base.finding import Report
from nonlin.base.language import Language, Text, default_language
from nonlin.checker.places import are_followed
from nonlin.checker.settings import read
from nonlin.checker.step import StepRecorder
from nonlin.checker.target import chosen_rules, report_on
from nonlin.cli._output import encodable

ON_FINDING = ("print", "stop", "raise")


class FirstStep:
    """Check the first training step: record it while it runs, and print the report on it once.

    The step is the trainer's own, with its loss and its backward pass: no batch is drawn, nothing runs twice, and the
    weights after it are the same to the last bit. With several processes, the first one checks.

    Args:
        on_finding: what follows the report if it holds a finding at or above `fail_on`: nothing ("print"), the end of
            training ("stop") or a NonlinError ("raise").
        fail_on: "error", "warning" (the default), "advice" or "never".
        select: ids, names or prefixes of the rules to run; all of them by default.
        ignore: the same, of rules to leave out.

    `[tool.nonlin]` of the pyproject.toml at or above the current folder sets the defaults.

    Raises:
        NonlinError: an argument or a setting is not known.
    """

    def __init__(
        self,
        *,
        on_finding: str = "print",
        fail_on: str | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> None:
        super().__init__()
        if on_finding not in ON_FINDING:
            raise unknown("on_finding", on_finding, ON_FINDING)
        self.on_finding = on_finding
        self.settings = read(Path.cwd()).over(select=select, ignore=ignore, fail_on=fail_on)
        self.report: Report | None = None
        """What was found; None until the first step has run."""
        self.done = False
        self._agreed = False
        self._step = ExitStack()
        """The recording, where a trainer tells of the beginning and the end of a step by events."""
        # A typing mistake in a rule's name should not wait for the data.
        chosen_rules(self.settings.select, self.settings.ignore)

    @contextmanager
    def recording(self, model: nn.Module, optimizer: Optimizer | None = None) -> Iterator[None]:
        """Record the step that runs inside, and judge it if a backward pass started there.

        An optimiser that steps inside is seen; `optimizer` is one that steps later.
        """
        if are_followed():  # `nonlin check` runs this training, and records the step itself
            self.done = True
            yield
            return
        step = StepRecorder()
        step.recorder.modules.owner(model)  # names its parts, of which a trainer may call some alone
        with step.attached():
            yield
        if optimizer is not None:
            step.trains(optimizer)
        if step.graph.objectives:
            rules = chosen_rules(self.settings.select, self.settings.ignore)
            self.report = report_on(
                step.graph,
                type(model).__name__,
                self.settings.notes,
                rules,
                require_reason=self.settings.require_reason,
            )

    def tell(self) -> bool:
        """Print the report, once there is one, and return whether training must stop.

        Raises:
            NonlinError: training must not go on, and `on_finding` is "raise".
        """
        if self._agreed:
            return False
        stop = not self.done and self.report is not None and self._told(self.report)
        if self.on_finding == "stop" and dist.is_available() and dist.is_initialized():
            # All processes stop at the same step, or they wait for one another.
            of_the_first = [self.done, stop]
            dist.broadcast_object_list(of_the_first)
            self.done, stop = of_the_first
        self._agreed = self.done
        return stop

    def _told(self, report: Report) -> bool:
        self.say(report.render("text", self._language))
        failing = self.settings.failing(report)
        if failing and self.on_finding == "raise":
            rules = ", ".join(dict.fromkeys(finding.rule for finding in failing))
            raise NonlinError(
                Text(
                    f"the first training step has findings: {rules}; the report is printed above",
                    f"第一个训练步有问题：{rules}；报告见上文",
                ).to(self._language)
            )
        return bool(failing) and self.on_finding == "stop"

    def say(self, words: str | Text) -> None:
        """Print the last words of this check."""
        self.done = True
        text = words.to(self._language) if isinstance(words, Text) else words
        print(encodable(text, sys.stdout.encoding or "utf-8"), flush=True)

    @property
    def _language(self) -> Language:
        return self.settings.language or default_language()
