"""Layer 4: capture one training step, analyse the tape, and judge it by the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn

    from nonlin.base.finding import Report


def check(
    model: nn.Module,
    inputs: Any,
    *,
    loss: Callable[..., Tensor] | None = None,
    targets: Any = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Report:
    """Capture one step of a model, analyse it, and report what is missing, misplaced or unstable.

    The model's weights, buffers, gradients and mode, and torch's random state, are left as they were.

    Args:
        model: any module. It runs once, in its present mode; with data and a loss, forward and backward.
        inputs: a tensor, a sequence of positional arguments, a mapping of keyword arguments; or a shape as text such
            as "8x3x32x32", in which case random numbers stand in and nothing is concluded from them.
        loss: called as `loss(output, targets)`, or as `loss(output)` where `targets` is None. Without it, and
            without an `output.loss`, the rules about losses and gradients have nothing to say.
        targets: the loss's targets, for this batch.
        select: ids, names or prefixes of the rules to run; all of them by default.
        ignore: the same, of rules to leave out.

    Raises:
        NonlinError: a rule or a shape is not known. Errors of the model itself pass through.
    """
    from nonlin.checker.target import check_model

    return check_model(model, inputs, loss=loss, targets=targets, select=select, ignore=ignore)
