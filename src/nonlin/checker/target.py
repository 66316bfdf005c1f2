"""What `nonlin check` is pointed at: a script or a module attribute; and the report on it."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from nonlin.base.errors import NonlinError, TargetError
from nonlin.base.finding import Report
from nonlin.base.language import Text
from nonlin.checker.capture import capture_model
from nonlin.checker.graph import Graph
from nonlin.checker.guess import guessed_inputs
from nonlin.checker.outline import outline
from nonlin.checker.places import ModuleStack
from nonlin.checker.rule import left_out, rules, select
from nonlin.checker.run import Run, judge
from nonlin.checker.script import capture_script, output_to_stderr

# Fewer bytes than this are saved by lean without a word, and those between them where they are not a quarter of all.
_LITTLE, _MUCH = 8 << 20, 64 << 20
_SHAPE = re.compile(r"(?P<shape>\d+(?:[x,]\d+)*)(?::(?P<dtype>\w+))?")


def check_target(
    target: str,
    args: Sequence[str] = (),
    *,
    inputs: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    require_reason: bool = False,
) -> Report:
    """Capture one step of a script (`train.py`, run with `args`) or of a model (`pkg.module:Model`), and judge it.

    `inputs` are shapes for a model's arguments, such as "32x3x224x224" or "8x16:int64"; guessed when empty.
    With `require_reason` a comment that silences a rule without saying why is a finding too.

    Raises:
        NonlinError: the target cannot be run, or a rule or a shape is not known.
    """
    chosen = chosen_rules(select, ignore)
    shapes = [parse_shape(text) for text in inputs]
    if _names_attribute(target):
        graph, notes = _capture_attribute(target, shapes)
    else:
        if shapes:
            raise NonlinError(
                f"--input is for models such as pkg.module:Model; the script {target} brings its own data"
            )
        graph, notes = capture_script(Path(target), args)
    return report_on(graph, target, notes, chosen, require_reason=require_reason)


def check_model(
    model: nn.Module,
    inputs: Any,
    *,
    loss: Callable[..., torch.Tensor] | None = None,
    targets: Any = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    require_reason: bool = False,
    stack: ModuleStack | None = None,
) -> Report:
    """`nonlin.check`, with what only its callers here know: a project's `require_reason`, and where modules were made.

    Raises:
        NonlinError: a rule or a shape is not known. Errors of the model itself pass through.
    """
    chosen = chosen_rules(select, ignore)
    given, is_data = examples_of(model, inputs)
    graph = capture_model(model, given, loss=loss, targets=targets, observe=is_data, stack=stack)
    return report_on(graph, type(model).__name__, (), chosen, require_reason=require_reason)


def chosen_rules(select_: Sequence[str], ignore: Sequence[str]) -> Sequence[Any]:
    """The rules to run.

    Raises:
        NonlinError: a selection names no rule.
    """
    return select(rules(), select_, ignore)


def report_on(
    graph: Graph,
    target: str,
    notes: Sequence[Text],
    chosen: Sequence[Any],
    *,
    require_reason: bool = False,
) -> Report:
    """Judge a captured tape."""
    modules = {owner.number for op in graph.ops for owner in op.owners}
    run = Run(graph, require_reason)
    findings = judge(run, chosen)
    return Report(
        target=target,
        findings=findings,
        notes=(*notes, *run.notes, *left_out()),
        summary={
            "operations": len(graph.live),
            "modules": len(modules),
            "objectives": len(graph.objectives),
            **_offer(graph.kept),
        },
        network=outline(graph, findings),
        losses=tuple(
            o.root.seen.lo for o in graph.objectives if o.root.rank == 0 and o.root.seen is not None
        ),
    )


def _offer(kept: tuple[int, int] | None) -> dict[str, int]:
    """The bytes that a step keeps, and keeps under `nonlin.lean`, where the difference is worth a line of code."""
    if kept is None:
        return {}
    eager, lean = kept
    if eager - lean < min(_MUCH, max(_LITTLE, eager // 4)):
        return {}
    return {"bytes_kept": eager, "bytes_kept_with_lean": lean}


def parse_shape(text: str) -> tuple[tuple[int, ...], torch.dtype]:
    """("32x3x224x224" or "8x16:int64") -> (shape, dtype); the dtype is float32 unless given.

    Raises:
        NonlinError: the text is no shape, or torch has no such dtype.
    """
    found = _SHAPE.fullmatch(text.strip())
    dtype = getattr(torch, found["dtype"] or "float32", None) if found else None
    if found is None or not isinstance(dtype, torch.dtype):
        raise NonlinError(
            f"--input {text!r} is not a shape; write sizes joined by x, such as 32x3x224x224 or 8x16:int64"
        )
    return tuple(int(n) for n in re.split("[x,]", found["shape"])), dtype


def _names_attribute(target: str) -> bool:
    return ":" in target and not Path(target).exists() and not target.endswith(".py")


def _capture_attribute(
    target: str, shapes: Sequence[tuple[tuple[int, ...], torch.dtype]]
) -> tuple[Graph, tuple[Text, ...]]:
    with output_to_stderr():
        model, stack = _build(target)
        return capture_guessing(model, target, "--input", shapes, stack), ()


def capture_guessing(
    model: nn.Module,
    name: str,
    option: str,
    shapes: Sequence[tuple[tuple[int, ...], torch.dtype]] = (),
    stack: ModuleStack | None = None,
) -> Graph:
    """The tape of a model on inputs of these shapes, or on the first guess that it accepts.

    Raises:
        TargetError: it accepts none; the message names the option by which an input is given.
    """
    inputs = [list(shapes)] if shapes else list(guessed_inputs(model))
    failure: Exception | None = None
    for guess in inputs:
        try:
            return capture_model(
                model, [_example(shape, dtype, model) for shape, dtype in guess], stack=stack
            )
        except Exception as error:  # noqa: BLE001, PERF203 - whatever the user's forward raises
            failure = failure or error
    tried = "; ".join(", ".join(_spelled(*one) for one in guess) for guess in inputs) or "nothing"
    how = "does not accept" if shapes else f"does not accept a guessed input; give one with {option}. Tried"
    reason = (
        str(failure).strip().splitlines()[-1] if failure and str(failure).strip() else type(failure).__name__
    )
    raise TargetError(f"{name} {how} {tried}: {reason}") from failure


def examples_of(model: nn.Module, inputs: Any) -> tuple[Any, bool]:
    """(arguments for the model, whether they are the user's data): a text is a shape, for which numbers are drawn."""
    if isinstance(inputs, str):
        return [_example(*parse_shape(inputs), model)], False
    if isinstance(inputs, (list, tuple)) and inputs and all(isinstance(i, str) for i in inputs):
        return [_example(*parse_shape(i), model) for i in inputs], False
    return inputs, True


def _spelled(shape: tuple[int, ...], dtype: torch.dtype) -> str:
    text = "x".join(map(str, shape))
    return text if dtype == torch.float32 else f"{text}:{str(dtype).removeprefix('torch.')}"


def _example(shape: tuple[int, ...], dtype: torch.dtype, model: nn.Module) -> torch.Tensor:
    device = next((p.device for p in model.parameters()), torch.device("cpu"))
    if dtype.is_floating_point:
        return torch.randn(shape, dtype=dtype, device=device)
    return torch.zeros(shape, dtype=dtype, device=device)


def _build(target: str) -> tuple[nn.Module, Any]:
    """Import a module and make the model that the target names."""
    module_name, _, attribute = target.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    stack = ModuleStack()
    try:
        with stack.noting_creation():
            found = _attribute(module_name, attribute)
            if not isinstance(found, nn.Module):
                found = found()
    except NonlinError:
        raise
    except Exception as error:
        raise TargetError(
            f"{target} cannot be built without arguments: {type(error).__name__}: {error}"
        ) from error
    finally:
        sys.path.remove(str(Path.cwd()))
    if not isinstance(found, nn.Module):
        raise TargetError(f"{target} gives a {type(found).__name__}, not a torch.nn.Module")
    return found, stack


def _attribute(module_name: str, attribute: str) -> Any:
    try:
        found: Any = importlib.import_module(module_name)
    except ImportError as error:
        raise TargetError(f"cannot import {module_name}: {error}") from error
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise TargetError(f"module {module_name} has no attribute {attribute!r}")
        found = getattr(found, part)
    return found
