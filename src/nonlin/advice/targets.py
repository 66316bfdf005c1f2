"""Which task an array of targets is about, with the evidence as numbers and with the doubts that remain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text

_FEW = 20
_TOO_FEW = Text("so few rows say little about the rest", "样本太少，难以代表整体")


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What was seen in an array of targets."""

    task: str
    values: NDArray[Any]
    """The targets in the coding that the task's loss takes: classes from 0, shares in [0, 1]."""
    evidence: tuple[Text, ...]
    doubts: tuple[Text, ...] = ()

    def facts(self, language: Language) -> dict[str, Any]:
        """What JSON says of it."""
        return {
            "task": self.task,
            "shape": list(self.values.shape),
            "evidence": [said.to(language) for said in self.evidence],
            "doubts": [said.to(language) for said in self.doubts],
        }


def infer(given: Any) -> Targets:
    """The task that an array, a tensor or a list of targets is about; axis 0 counts the samples.

    Raises:
        NonlinError: the targets are empty, constant, ragged, or hold something that is no finite number or label.
    """
    # Each asks for numbers only, and they ask for each other's record.
    from nonlin.advice.one_column import of_labels, of_numbers
    from nonlin.advice.several_columns import of_images, of_table

    values = _array(given)
    if values.ndim > 1 and values.shape[-1] == 1:
        values = values.squeeze(-1)
    size = Text(f"{_shape(values)} targets", f"目标共 {_shape(values)} 个")
    if values.dtype.kind in "US":
        found = of_labels(values)
    elif values.ndim == 1:
        found = of_numbers(values)
    else:
        found = of_table(values) if values.ndim == 2 else of_images(values)
    few = () if len(values) >= _FEW else (_TOO_FEW,)
    return replace(found, evidence=(size, *found.evidence), doubts=(*few, *found.doubts))


def _array(given: Any) -> NDArray[Any]:
    """Numbers without holes, or labels."""
    if isinstance(given, torch.Tensor):
        given = given.detach().cpu()
        given = given.float().numpy() if given.dtype is torch.bfloat16 else given.numpy()
    try:
        values = np.asarray(given)
    except ValueError as error:
        raise NonlinError(f"the targets are not one array: {error}") from error
    if values.dtype.kind == "O":
        values = _labels(values)
    if values.ndim == 0 or values.size == 0:
        raise NonlinError(
            f"the targets are empty (shape {tuple(values.shape)}); give one row for each sample"
        )
    if values.dtype.kind == "b":
        values = values.astype(np.int64)
    if values.dtype.kind not in "iufUS":
        raise NonlinError(f"targets of type {values.dtype} say nothing; give numbers or labels")
    if values.dtype.kind in "US" and values.ndim > 1:
        raise NonlinError(f"labels must be one column; these have the shape {tuple(values.shape)}")
    if values.dtype.kind == "f":
        values = values.astype(np.float64)
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        row = int(np.argwhere(~np.isfinite(values))[0][0])
        bad = int((~np.isfinite(values)).sum())
        raise NonlinError(
            f"{bad} of the targets are NaN or infinite (the first in row {row}, counted from 0); "
            "drop those rows, or mask them in the loss"
        )
    if values.dtype.kind in "iuf" and (values == values.flat[0]).all():
        raise NonlinError(
            f"all {values.size} targets are {values.flat[0]:g}: there is nothing to learn; "
            "give targets that differ, or name the task"
        )
    return values


def _labels(values: NDArray[Any]) -> NDArray[Any]:
    """Objects as labels, if all are text."""
    other = [value for value in values.flat if not isinstance(value, str)]
    if other:
        raise NonlinError(f"the targets hold {other[0]!r}, which is neither a number nor a label")
    return values.astype(np.str_)


def _shape(values: NDArray[Any]) -> str:
    return " x ".join(f"{n}" for n in values.shape)
