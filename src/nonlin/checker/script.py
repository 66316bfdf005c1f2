"""Run a training script unmodified, record its first step for each objective, and stop it there."""

from __future__ import annotations

import contextlib
import os
import sys
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
from nonlin.checker.places import user_frames
from nonlin.checker.predispatch import unwatched
from nonlin.checker.recorder import Recorder


class Stop(BaseException):
    """Unwinds the user's script once the step is on the tape; no `except Exception` of theirs catches it."""


class ScriptRecorder:
    """Starts recording at the first module call with gradients, ends it when an objective comes round again."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.sites: set[tuple[Frame, ...]] = set()
        self._length = 0
        self._active = contextlib.ExitStack()
        self._on = False
        self._late = False

    def begin(self, _: nn.Module | None = None) -> None:
        """Start the tape, unless it runs already or no gradient is wanted."""
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
            raise Stop
        if not self._on:
            # A model without modules: its first step went by unseen, the next one will be recorded.
            self._late = True
            return
        self.sites.add(place)
        for root in roots if isinstance(roots, (list, tuple)) else (roots,):
            if isinstance(root, torch.Tensor):
                self.recorder.objective(root)
        self._length = len(self.recorder.graph.ops)

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

        def on_grad(outputs: Any, *args: Any, **kwargs: Any) -> Any:
            with unwatched():
                return grad(outputs, *args, **kwargs)

        recorder, modules = self.recorder, self.recorder.modules

        # An optimiser's arithmetic is no part of the network: do not record it.
        # With a closure the step itself runs the network, so then it is recorded.
        def begins(_: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
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
        code = compile(path.read_bytes(), str(path), "exec")
    except (SyntaxError, ValueError) as error:
        raise TargetError(f"{path} is not valid Python: {error}") from error
    watcher = ScriptRecorder()
    with without_accelerator() as notes, uncompiled(), _as_main(path, args) as namespace, output_to_stderr():
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
    return watcher.recorder.graph, tuple(notes)


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
