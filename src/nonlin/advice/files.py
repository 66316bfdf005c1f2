"""Targets from a file: CSV, NPY, NPZ, and Parquet where pyarrow is installed."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nonlin.base.errors import NonlinError, unknown

_DELIMITERS = ",;\t|"


def read(path: Path, column: str | None = None) -> NDArray[Any]:
    """The targets of a file, one row for each sample.

    Args:
        path: a file whose name ends in .csv, .tsv, .txt, .npy, .npz or .parquet.
        column: the name of a column (of an array, in an NPZ file), or its number counted from 0; all, if left out.

    Raises:
        NonlinError: there is no such file or column, the file is empty or broken, or it holds no numbers or labels.
    """
    if not path.is_file():
        raise NonlinError(f"there is no file {path}")
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise NonlinError(
            f"{path}: cannot read {suffix or 'a file without ending'}; known: {', '.join(_READERS)}"
        )
    try:
        return _READERS[suffix](path, column)
    except (OSError, ValueError, EOFError, csv.Error, zipfile.BadZipFile) as error:
        reason = " ".join(str(error).split())
        raise NonlinError(f"{path} cannot be read as {suffix.removeprefix('.')}: {reason}") from error


def _csv(path: Path, column: str | None) -> NDArray[Any]:
    text = path.read_text("utf-8-sig")
    if not text.strip():
        raise NonlinError(f"{path} is empty")
    numbered = _rows(text)
    header = None if any(_is_number(cell) for cell in numbered[0][1]) else [c.strip() for c in numbered[0][1]]
    # One column of words may be labels throughout: a heading is then told by occurring only once.
    words = header is not None and not any(_is_number(cell) for _, row in numbered[1:] for cell in row)
    if header is not None and words and len(header) == 1:
        header = None if header in [row for _, row in numbered[1:]] else header
    rows = numbered[1:] if header is not None else numbered
    if not rows:
        raise NonlinError(f"{path} has a heading and no rows")
    wide = len(numbered[0][1])
    for number, row in rows:
        if len(row) != wide:
            raise NonlinError(f"{path}, line {number}: {len(row)} cells, where the first line has {wide}")
    names = header or [str(n) for n in range(wide)]
    # A first column without a name is the row's number, as pandas writes it.
    every = range(1 if wide > 1 and not names[0] else 0, wide)
    chosen = every if column is None else [_index(path, names, column)]
    return _numbers(path, names, rows, chosen)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of every line that is not empty."""
    lines = text.splitlines()
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    spaced = delimiter not in first and all(_is_number(cell) for cell in first.split())
    rows = (line.split() for line in lines) if spaced else csv.reader(lines, delimiter=delimiter)
    return [(number, row) for number, row in enumerate(rows, 1) if row]


def _numbers(
    path: Path, names: Sequence[str], rows: Sequence[tuple[int, list[str]]], chosen: Sequence[int]
) -> NDArray[Any]:
    """The chosen columns as numbers; a single one that holds no number at all, as labels."""
    if len(chosen) == 1:
        cells = [row[chosen[0]].strip() for _, row in rows]
        if all(cells) and not any(_is_number(cell) for cell in cells):
            return np.asarray(cells)
    values = np.empty((len(rows), len(chosen)))
    for i, (number, row) in enumerate(rows):
        for j, at in enumerate(chosen):
            cell = row[at].strip()
            if not _is_number(cell):
                what = f"{cell!r} is no number" if cell else "there is no value"
                hint = f"; choose the targets with --column: {', '.join(names)}" if len(chosen) > 1 else ""
                raise NonlinError(f"{path}, line {number}, column {names[at]}: {what}{hint}")
            values[i, j] = float(cell)
    return values


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _index(path: Path, names: Sequence[str], column: str) -> int:
    if column in names:
        return names.index(column)
    if column.isdigit() and int(column) < len(names):
        return int(column)
    raise NonlinError(f"{path}: {unknown('column', column, names)}")


def _npy(path: Path, column: str | None) -> NDArray[Any]:
    with path.open("rb") as file:
        values: NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    if column is None:
        return values
    if values.ndim < 2:
        raise NonlinError(f"{path} holds one column; leave --column out")
    return values[:, _index(path, [str(n) for n in range(values.shape[1])], column)]


def _npz(path: Path, column: str | None) -> NDArray[Any]:
    if not zipfile.is_zipfile(path):
        raise NonlinError(f"{path} is no NPZ archive; a single array saved by numpy.save is called .npy")
    # numpy leaves a file that it opened itself open where it cannot read it.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names = list(arrays)
        usual = next((name for name in ("y", "targets", "target", "labels", "label") if name in names), None)
        chosen = column or usual or (names[0] if len(names) == 1 else None)
        if chosen is None:
            raise NonlinError(f"{path} holds several arrays; choose one with --column: {', '.join(names)}")
        if chosen not in names:
            raise NonlinError(f"{path}: {unknown('array', chosen, names)}")
        values: NDArray[Any] = arrays[chosen]
        return values


def _parquet(path: Path, column: str | None) -> NDArray[Any]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise NonlinError(
            f"{path}: reading Parquet needs pyarrow; install it with `pip install 'nonlin[parquet]'`"
        ) from error
    table = parquet.read_table(path)
    names = list(table.column_names)
    chosen = names if column is None else [names[_index(path, names, column)]]
    columns = [np.asarray(table[name].to_pylist()) for name in chosen]
    if len(columns) == 1:
        return columns[0]
    words = next((n for n, c in zip(chosen, columns, strict=True) if c.dtype.kind not in "biuf"), None)
    if words is not None:
        raise NonlinError(f"{path}: column {words} holds no numbers; choose the targets with --column")
    return np.stack(columns, axis=1)


_READERS: Mapping[str, Callable[[Path, str | None], NDArray[Any]]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".npy": _npy,
    ".npz": _npz,
    ".parquet": _parquet,
}
