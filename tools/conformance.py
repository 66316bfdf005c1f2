"""Run the conformance suite over the whole catalogue and write docs/conformance.md; exit 1 if something fails.

python tools/conformance.py    # takes some minutes; needs nonlin[onnx] and a C++ compiler
"""

from __future__ import annotations

import platform
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "conformance.md"
sys.path.insert(0, str(ROOT / "tests"))

from nonlin.catalogue import Record, records  # noqa: E402 - beside the tests' references
from nonlin.testing import Check, Figure, Subject, checks  # noqa: E402
from references import exact  # noqa: E402 - lies in tests, beside this folder

Cells = dict[tuple[str, str], Figure | Exception]

HEAD = """# Conformance · 一致性

Every activation of the catalogue under every check of `nonlin.testing`. Written by `tools/conformance.py` from a run with {versions}.
`nonlin.testing` 的每项检查逐一用于目录中的每个激活函数。本页由 `tools/conformance.py` 运行后写出，环境：{versions}。

A number is the worst error seen on the grid from -1e4 to 1e4 (with ±2^-100 and ±2^-27), in ulp; \\* marks errors in eps of 1, where
torch's kernel cancels. Exact values come from the formula with at least 50 digits, of which 20 are kept. "ok": the check passed.
"—": nothing is claimed; the footnote says why.

数字为在 -1e4 到 1e4 的网格（含 ±2^-100、±2^-27）上的最大误差，单位 ulp；带 \\* 者以 1 的 eps 为单位（该处 torch 内核存在抵消）。
精确值由公式以至少 50 位有效数字算出，保留 20 位。“ok”表示检查通过；“—”表示不作声明，原因见脚注。
"""


def bound(record: Record) -> str:
    """The accuracy that an entry states, for values and for slopes."""
    a = record.accuracy
    parts = []
    for ulps, slack, floor in zip(a.ulps, a.slack, a.floor, strict=True):
        terms = [f"{ulps:g} ulp", f"{slack:g} eps" if slack else "", f"{floor:g}" if floor else ""]
        parts.append(" + ".join(t for t in terms if t))
    return "; ".join(dict.fromkeys(parts))


def table(subjects: list[Subject], columns: list[Check], cells: Cells, notes: list[str]) -> Iterator[str]:
    """One row for each activation."""
    yield "| | bound | " + " | ".join(c.name.replace("_", " ") for c in columns) + " |"
    yield "|---" * (len(columns) + 2) + "|"
    for subject in subjects:
        row = []
        for column in columns:
            figure = cells[subject.name, column.name]
            if isinstance(figure, Exception):
                row.append("**fails**")
            elif figure.why:
                note = f"{figure.why.en} · {figure.why.zh}"
                if note not in notes:
                    notes.append(note)
                row.append(f"—[^{notes.index(note) + 1}]")
            else:
                row.append(figure.text)
        yield f"| `{subject.name}` | {bound(subject.record)} | {' | '.join(row)} |"


def page(subjects: list[Subject], columns: list[Check], cells: Cells) -> Iterator[str]:
    """The page, line by line."""
    packages = ", ".join(f"{p} {version(p)}" for p in ("torch", "onnx", "onnxscript", "onnxruntime"))
    yield HEAD.format(versions=f"Python {platform.python_version()}, {packages}")
    yield "| check | claims | 声明 | ok | — | fails |\n|---|---|---|---|---|---|"
    for column in columns:
        kinds = Counter(kind(cells[s.name, column.name]) for s in subjects)
        counts = " | ".join(str(kinds[k]) for k in ("ok", "unclaimed", "fails"))
        yield f"| {column.name.replace('_', ' ')} | {column.title.en} | {column.title.zh} | {counts} |"
    notes: list[str] = []
    figures = [c for c in columns if c.name.startswith(("value", "slope"))]
    for title, some in (
        ("Accuracy · 精度", figures),
        ("Behaviour · 行为", [c for c in columns if c not in figures]),
    ):
        yield f"\n## {title}\n"
        yield from table(subjects, some, cells, notes)
    yield ""
    yield from (f"[^{i}]: {note}" for i, note in enumerate(notes, 1))


def kind(figure: Figure | Exception) -> str:
    """How a cell is counted."""
    return "fails" if isinstance(figure, Exception) else "unclaimed" if figure.why else "ok"


def main() -> int:
    """Run, write the page, and name what fails."""
    warnings.simplefilter("ignore")  # torch's exporters warn about each other
    torch.set_num_threads(1)
    subjects = [Subject(record, exact(record)) for record in records()]
    columns, cells = checks(), {}
    for column in columns:
        for subject, figure in column.over(subjects):
            cells[subject.name, column.name] = figure
            if isinstance(figure, Exception):
                print(f"{column.name}: {subject.name}: {str(figure).splitlines()[0]}")
        print(f"{column.name}: done", flush=True)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(page(subjects, columns, cells)) + "\n", encoding="utf-8")
    return int(any(isinstance(figure, Exception) for figure in cells.values()))


if __name__ == "__main__":
    sys.exit(main())
