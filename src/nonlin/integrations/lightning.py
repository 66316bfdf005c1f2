"""A callback for Lightning's Trainer, that of `lightning` or of `pytorch_lightning`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any

from nonlin.base.optional import needs
from nonlin.integrations._first_step import FirstStep

_PACKAGES = ("lightning.pytorch", "pytorch_lightning")  # one code under two names, with two classes Callback


def _package() -> Any:
    """The package that the program uses already; else one that is installed."""
    used = [name for name in _PACKAGES if name in sys.modules]
    installed = [name for name in _PACKAGES if find_spec(name.partition(".")[0])]
    return needs((*used, *installed, *_PACKAGES)[0], purpose="nonlin.integrations.lightning")


class NonlinCallback(FirstStep, _package().Callback):  # type: ignore[misc] # Any, lest types depend on what is installed
    """`Trainer(callbacks=[NonlinCallback()])`; arguments and behaviour are those of `FirstStep`."""

    def on_train_batch_start(self, trainer: Any, pl_module: Any, *_: Any) -> None:
        """Begin to record."""
        if not self.done and trainer.is_global_zero:
            self._step.enter_context(self.recording(pl_module))

    def on_train_batch_end(self, trainer: Any, *_: Any) -> None:
        """Judge what was recorded; a batch without a backward pass leaves the check to the next one."""
        self._step.close()
        if self.tell():
            trainer.should_stop = True

    def on_train_epoch_end(self, *_: Any) -> None:
        """End the recording of a batch that the module skipped."""
        self._step.close()

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:  # noqa: ARG002 (Lightning's signature)
        """End the recording of a step that failed."""
        self._step.__exit__(type(exception), exception, exception.__traceback__)
