"""A callback for the Trainer of `transformers`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nonlin.base.language import Text
from nonlin.base.optional import needs
from nonlin.integrations._first_step import FirstStep

_UNSEEN = Text(
    "nonlin: not checked: this trainer has a training_step of its own that does not call Trainer.training_step",
    "nonlin：没有检查：这个 trainer 改写了 training_step，且没有调用 Trainer.training_step",
)
_transformers: Any = needs("transformers", purpose="nonlin.integrations.transformers")


class NonlinCallback(FirstStep, _transformers.TrainerCallback):  # type: ignore[misc] # Any, as for Lightning
    """`Trainer(..., callbacks=[NonlinCallback()])`; arguments and behaviour are those of `FirstStep`."""

    _plain: Callable[..., Any] | None = None
    """The trainer's own step, while another stands in its place."""

    def on_step_begin(self, args: Any, state: Any, control: Any, **given: Any) -> None:  # noqa: ARG002 (its signature)
        """Put a recording around the trainer's next step: no event tells of a step that fails."""
        if self.done or not state.is_world_process_zero:
            return
        plain = self._plain = _transformers.Trainer.training_step

        def training_step(*arguments: Any, **options: Any) -> Any:
            self._put_back()
            with self.recording(given["model"], given["optimizer"]):
                return plain(*arguments, **options)

        _transformers.Trainer.training_step = training_step

    def on_substep_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002 (its signature)
        """Tell what was found in a batch whose gradients are kept for the next."""
        if self._put_back():
            self.say(_UNSEEN)
        if self.tell():
            control.should_training_stop = True

    on_step_end = on_substep_end

    def _put_back(self) -> bool:
        """Give the trainer its own step again; False where it has it already."""
        if self._plain is None:
            return False
        _transformers.Trainer.training_step, self._plain = self._plain, None
        return True
