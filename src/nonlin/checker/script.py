"""Run a training script unmodified, record its first step for each objective, and stop it there."""

from __future__ import annotations

import contextlib
import os
import random
import sys
import time
import traceback
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from nonlin.base.errors import NoStepError, TargetError
from nonlin.base.language import Text
from nonlin.checker.devices import uncompiled, without_accelerator
from nonlin.checker.graph import Graph
from nonlin.checker.passes import Call, written_calls
from nonlin.checker.step import StepRecorder

# How long a run goes on after an objective has come round, to meet the others that the source names.
PATIENCE = 5.0
MOST_OPERATIONS = 50_000


class Stop(BaseException):
    """Unwinds the user's script once the step is on the tape; no `except Exception` of theirs catches it."""


class ScriptRecorder:
    """Records a script's training steps, and ends its run when the objectives come round again.

    When one comes round while the source names others that have not been met (a second phase, a generator after
    several steps of its critic), the run goes on for a while to meet them.
    """

    def __init__(self, script: Path) -> None:
        self.step = StepRecorder(before=self._before, again=self._stop_or_wait)
        self.script = script
        self.unmet: set[Call] | None = None
        """What was missed when a site last came round; None until one did."""
        self._met = 0
        self._deadline = 0.0
        self._stopped = False

    def _before(self) -> None:
        if self._stopped:
            raise Stop  # the script caught the first one and went on

    def _stop_or_wait(self) -> None:
        sites = self.step.sites
        if len(sites) > self._met:
            self._met = len(sites)
            self._deadline = time.monotonic() + PATIENCE
        self.unmet = self.missed()
        too_long = len(self.step.graph.ops) - self.step.length > MOST_OPERATIONS
        if not self.unmet or too_long or time.monotonic() > self._deadline:
            self._stopped = True
            raise Stop

    def missed(self) -> set[Call]:
        """Calls of `backward` that the source holds and the run has not reached so far."""
        met = [frame for place in self.step.sites for frame in place]
        return {c for c in self.unmet or written_calls(self.script) if not any(map(c.holds, met))}

    def notes(self) -> list[Text]:
        """What a reader should know about the run."""
        lines = ", ".join(f"{Path(c.path).name}:{c.first}" for c in sorted(self.unmet or ()))
        if not lines:
            return []
        return [
            Text(
                f"not checked: the training step at {lines}, which did not run within {PATIENCE:g} s of the others",
                f"未检查：{lines} 处的训练步，它在其他训练步之后的 {PATIENCE:g} 秒内没有运行",
            )
        ]


def capture_script(path: Path, args: Sequence[str] = ()) -> tuple[Graph, tuple[Text, ...]]:
    """The tape of a script's first training step, and notes on how the run differed from a plain one.

    What the script prints goes to standard error.

    Raises:
        TargetError: the script does not exist or raised an error; NoStepError: it ended without a backward pass.
    """
    if not path.is_file():
        raise TargetError(f"no such file: {path}")
    try:
        source = path.read_bytes()
        code = compile(source, str(path), "exec")
    except (SyntaxError, ValueError) as error:
        raise TargetError(f"{path} is not valid Python: {error}") from error
    watcher = ScriptRecorder(path)
    _seed()
    with (
        without_accelerator(wanted=b"cuda" in source) as notes,
        uncompiled(),
        _as_main(path, args) as namespace,
        output_to_stderr(),
    ):
        try:
            with watcher.step.attached():
                exec(code, namespace)  # noqa: S102 - running the user's script is the point
        except Stop:
            pass
        except SystemExit as leaving:
            if leaving.code not in (None, 0) and not watcher.step.graph.objectives:
                raise TargetError(f"{path} exited with status {leaving.code}") from leaving
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            _show_traceback(error)
            line = traceback.format_exception_only(error)[-1].strip()
            raise TargetError(f"{path} raised {line}") from error
    if not watcher.step.graph.objectives:
        raise NoStepError(
            f"{path} ended {NoStepError.WORDS}: nonlin saw no backward pass after a module ran with gradients"
        )
    watcher.step.graph.whole = not watcher.missed()
    return watcher.step.graph, (*notes, *watcher.notes())


def _seed() -> None:
    """Start random numbers from the same place in each check, so that two checks of one script see the same step."""
    random.seed(0)
    torch.manual_seed(0)
    with contextlib.suppress(ImportError):
        import numpy as np

        np.random.seed(0)


@contextmanager
def _as_main(path: Path, args: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Make the process look to the script as `python path args...` would."""
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=str(path), __builtins__=__builtins__, __spec__=None)
    saved, folder = (sys.modules["__main__"], sys.argv, list(sys.path)), Path.cwd()
    sys.modules["__main__"], sys.argv = module, [str(path), *args]
    sys.path[0:0] = [str(path.resolve().parent)]
    try:
        yield module.__dict__
    finally:
        sys.modules["__main__"], sys.argv = saved[0], saved[1]
        sys.path[:] = saved[2]
        os.chdir(folder)  # the paths on the tape are seen from there


@contextmanager
def output_to_stderr() -> Iterator[None]:
    """Send standard output to standard error, for Python, C and child processes alike."""
    sys.stdout.flush()
    saved = sys.stdout
    try:
        held = os.dup(1)
    except OSError:  # no such descriptor: nothing to protect
        held = -1
    try:
        if held >= 0:
            os.dup2(2, 1)
        sys.stdout = sys.stderr
        yield
    finally:
        sys.stdout.flush()
        sys.stdout = saved
        if held >= 0:
            os.dup2(held, 1)
            os.close(held)


def _show_traceback(error: BaseException) -> None:
    """The script's own traceback, without the frames of nonlin around it."""
    mine = str(Path(__file__).resolve().parents[1])
    tb = error.__traceback__
    while tb is not None and tb.tb_frame.f_code.co_filename.startswith(mine):
        tb = tb.tb_next
    frames = [f for f in traceback.extract_tb(tb) if not f.filename.startswith(mine)]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(frames)]
    sys.stderr.write("".join([*lines, *traceback.format_exception_only(error)]))
