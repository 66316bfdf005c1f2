"""The pytest plugin: a test checks a model by the fixture `nonlin_check`, and fails with the report.

pytest loads this file in every project of an environment, so torch and the checker are imported by the fixture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from torch import Tensor, nn

    from nonlin.base.finding import Report


@pytest.fixture
def nonlin_check(request: pytest.FixtureRequest) -> Iterator[Callable[..., Report]]:
    """Check one training step of a model: `nonlin_check(model, inputs, loss=None, targets=None)`.

    The test fails with the report where a finding is a warning or an error; else the report is returned. The arguments
    are those of `nonlin.check`, and `fail_on`: "error", "warning", "advice" or "never". `[tool.nonlin]` of the
    pyproject.toml above the test sets the defaults.
    """
    from nonlin.base.errors import NonlinError
    from nonlin.checker.places import ModuleStack
    from nonlin.checker.settings import read
    from nonlin.checker.target import check_model

    stack = ModuleStack()

    def checked(
        model: nn.Module,
        inputs: Any,
        loss: Callable[..., Tensor] | None = None,
        targets: Any = None,
        *,
        fail_on: str | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> Report:
        __tracebackhide__ = True
        try:
            settings = read(request.path.parent).over(select=select, ignore=ignore, fail_on=fail_on)
            report = check_model(
                model,
                inputs,
                loss=loss,
                targets=targets,
                select=settings.select,
                ignore=settings.ignore,
                require_reason=settings.require_reason,
                stack=stack.fresh(),
            )
        except NonlinError as error:
            raise pytest.fail.Exception(str(error)) from None  # at the line of the test that asked for it
        if settings.failing(report):
            base = request.config.invocation_params.dir
            pytest.fail(report.render("text", settings.language, base=base), pytrace=False)
        return report

    with stack.noting_creation():  # a finding in a model that the test makes stands where that is written
        yield checked
