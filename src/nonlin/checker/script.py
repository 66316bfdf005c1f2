"""Run a training script unmodified, record its first step for each objective, and stop it there."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

from nonlin.base.errors import NoStepError, TargetError
from nonlin.base.language import Text
from nonlin.checker.devices import uncompiled, without_accelerator
from nonlin.checker.graph import Frame, Graph
from nonlin.checker.passes import Call, written_calls
from nonlin.checker.places import user_frames
from nonlin.checker.predispatch import unwatched
from nonlin.checker.recorder import Recorder

# How long a run goes on after an objective has come round, to meet the others that the source names.
PATIENCE = 5.0
MOST_OPERATIONS = 50_000


class Stop(BaseException):
    """Unwinds the user's script once the step is on the tape; no `except Exception` of theirs catches it."""


class ScriptRecorder:
    """Starts recording at the first module call with gradients, ends it when the objectives come round again.

    Each place from which a backward pass starts is one objective. When one comes round while the source names others
    that have not been met (a second phase, a generator after several steps of its critic), the run goes on for a
    while to meet them.
    """

    def __init__(self, script: Path) -> None:
        self.recorder = Recorder()
        self.script = script
        self.sites: set[tuple[Frame, ...]] = set()
        self.unmet: set[Call] | None = None
        """Calls of `backward` that the source holds and the run has not reached; None until a site came round."""
        self._deadline = 0.0
        self._length = 0
        self._active = contextlib.ExitStack()
        self._on = False
        self._late = False
        self._stopped = False

    def begin(self, _: nn.Module | None = None) -> None:
        """Start the tape, unless it runs already or no gradient is wanted."""
        if self._stopped:
            raise Stop  # the script caught the first one and went on
        if not self._on and torch.is_grad_enabled():
            self._on = True
            self._active.enter_context(self.recorder.recording())

    def end(self) -> None:
        """Stop the tape and cut off what came after the last objective."""
        self._active.close()
        graph = self.recorder.graph
        del graph.ops[self._length :]
        kept = {op.index for op in graph.ops}
        for op in graph.ops:
            for value in (*op.inputs, *op.outputs):
                value.users = [user for user in value.users if user.index in kept]
        graph.idle = self.recorder.modules.idle()

    def reached(self, roots: Any) -> None:
        """A backward pass begins here: note an objective, or stop if this place has been here before."""
        place = user_frames(sys._getframe(2))
        if place in self.sites:
            self._stop_or_wait()
            return
        if not self._on:
            # A model without modules: its first step went by unseen, the next one will be recorded.
            self._late = True
            return
        self.sites.add(place)
        self._deadline = time.monotonic() + PATIENCE
        for root in roots if isinstance(roots, (list, tuple)) else (roots,):
            if isinstance(root, torch.Tensor):
                self.recorder.objective(root)
        self._length = len(self.recorder.graph.ops)

    def _stop_or_wait(self) -> None:
        if self.unmet is None:
            self._deadline = time.monotonic() + PATIENCE
        met = [frame for place in self.sites for frame in place]
        self.unmet = {c for c in self.unmet or written_calls(self.script) if not any(map(c.holds, met))}
        too_long = len(self.recorder.graph.ops) - self._length > MOST_OPERATIONS
        if not self.unmet or too_long or time.monotonic() > self._deadline:
            self._stopped = True
            raise Stop

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

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Patch the entry points of modules and of the backward pass."""
        backward, grad = torch.autograd.backward, torch.autograd.grad

        def on_backward(tensors: Any, *args: Any, **kwargs: Any) -> Any:
            self.reached(tensors)
            with unwatched():
                backward(tensors, *args, **kwargs)
            if self._late:
                self.begin()

        def on_grad(outputs: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            if self._trains(inputs):
                self.reached(outputs)
            with unwatched():
                return grad(outputs, inputs, *args, **kwargs)

        recorder, modules = self.recorder, self.recorder.modules

        # An optimiser's arithmetic is no part of the network: do not record it.
        # With a closure the step itself runs the network, so then it is recorded.
        def begins(optimizer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            if self._on:
                weights = [p for group in optimizer.param_groups for p in group["params"]]
                recorder.graph.stepped.update(map(recorder.value, weights))
            recorder.muted = not any(callable(given) for given in (*args, *kwargs.values()))

        mute = register_optimizer_step_pre_hook(begins)
        unmute = register_optimizer_step_post_hook(lambda *_: setattr(recorder, "muted", False))
        with modules.noting_creation(), modules.following(self.begin, self._returned):
            torch.autograd.backward, torch.autograd.grad = on_backward, on_grad
            try:
                yield
            finally:
                torch.autograd.backward, torch.autograd.grad = backward, grad
                mute.remove()
                unmute.remove()
                self.end()

    def _trains(self, inputs: Any) -> bool:
        """Whether gradients are asked for weights: `autograd.grad` in the place of a backward pass."""
        tensors = inputs if isinstance(inputs, (list, tuple)) else (inputs,)
        return bool(tensors) and all(isinstance(t, nn.Parameter) and t.is_leaf for t in tensors)

    def _returned(self, _: nn.Module, result: Any) -> None:
        if self._on and isinstance(result, torch.Tensor):
            with torch.no_grad():
                self.recorder.graph.outputs.append(self.recorder.value(result))


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
    with (
        without_accelerator(wanted=b"cuda" in source) as notes,
        uncompiled(),
        _as_main(path, args) as namespace,
        output_to_stderr(),
    ):
        try:
            with watcher.attached():
                exec(code, namespace)  # noqa: S102 - running the user's script is the point
        except Stop:
            pass
        except SystemExit as leaving:
            if leaving.code not in (None, 0) and not watcher.recorder.graph.objectives:
                raise TargetError(f"{path} exited with status {leaving.code}") from leaving
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            _show_traceback(error)
            line = traceback.format_exception_only(error)[-1].strip()
            raise TargetError(f"{path} raised {line}") from error
    if not watcher.recorder.graph.objectives:
        raise NoStepError(
            f"{path} ended {NoStepError.WORDS}: nonlin saw no backward pass after a module ran with gradients"
        )
    return watcher.recorder.graph, (*notes, *watcher.notes())


@contextmanager
def _as_main(path: Path, args: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Make the process look to the script as `python path args...` would."""
    module = types.ModuleType("__main__")
    module.__dict__.update(__file__=str(path), __builtins__=__builtins__, __spec__=None)
    saved = sys.modules["__main__"], sys.argv, list(sys.path)
    sys.modules["__main__"], sys.argv = module, [str(path), *args]
    sys.path[0:0] = [str(path.resolve().parent)]
    try:
        yield module.__dict__
    finally:
        sys.modules["__main__"], sys.argv = saved[0], saved[1]
        sys.path[:] = saved[2]


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
