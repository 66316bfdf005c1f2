"""Write src/nonlin/functional.py and src/nonlin/nn.py from the catalogue; with --check, fail if they are stale."""

from __future__ import annotations

import argparse
import inspect
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_type_hints

import torch

from nonlin.base.interval import ANYTHING
from nonlin.catalogue import Activation, Gated, Record, Simplex
from nonlin.catalogue import records as found_records
from nonlin.facts.image import image

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "nonlin"

HEAD = '''"""{title}

Written by tools/sync.py from the catalogue: change the entry there, then run it.
"""

# ruff: noqa: A002 - `input` is torch's name

from __future__ import annotations
'''
FUNCTIONAL = "Every activation as a function; names, signatures and defaults are torch's where torch has it."
NN = "Every activation as a module; names, signatures and defaults are torch's where torch has it."
LEARNS = " With `learnable=True` the parameters are trained, from the values given."
SHAPES = {
    Activation: "any; the output has the same.",
    Gated: "(..., 2n, ...) to (..., n, ...), halved along `dim`. The second half is the gate.",
    Simplex: "any; the output has the same.",
}
RESIZED = {4: "(..., n, ...) to (..., 2n, ...)", 1: "(..., 2n, ...) to (..., n, ...)"}
LEARNABLE = [inspect.Parameter("learnable", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=bool)]
BASES = {Activation: "_Pointwise", Gated: "_GatedUnit", Simplex: "_VectorMap"}


def records() -> list[Record[Any]]:
    """The entries of nonlin's own catalogue: not those of other distributions."""
    return [r for r in found_records() if r.fn.__module__.startswith("nonlin.catalogue.")]


def output_range(record: Record[Any]) -> str:
    """Where the outputs lie, at the default parameters."""
    found = image(record, ANYTHING)
    left = "(" if math.isinf(found.lo) else "["
    right = ")" if math.isinf(found.hi) else "]"
    return f"{left}{found.lo:.6g}, {found.hi:.6g}{right}"


def shape(record: Record[Any]) -> str:
    """The shapes of input and output."""
    if isinstance(record, Simplex) and record.resized:
        return f"{RESIZED[record.resized(2)]} along `dim`."
    return next(text for kind, text in SHAPES.items() if isinstance(record, kind))


def fields(record: Record[Any], *, module: bool) -> Iterator[str]:
    """The parts of a docstring that follow from the record."""
    where = f", where tau makes `{record.where}` zero" if isinstance(record, Simplex) and record.where else ""
    yield f"Formula: `{record.formula}`{where}"
    yield f"Shape: {shape(record)}"
    if not any(p.required for p in record.params.values()):
        tail = (
            ", at the default parameters"
            if any(p.bounds or p.choices for p in record.params.values())
            else ""
        )
        yield f"Range: within {output_range(record)}{tail}."
    rows = []
    for p in record.params.values():
        if p.bounds:
            low, high = p.bounds.typical
            rows.append(f"    {p.name}: in {p.bounds}; typical {low:.4g} to {high:.4g}.")
        if p.choices:
            rows.append(f"    {p.name}: one of {', '.join(map(repr, p.choices))}.")
    if rows:
        yield "Parameters:\n" + "\n".join(rows)
    errors = ["torch has no such function for the input's dtype"]
    if isinstance(record, Gated):
        errors.append("the halved dimension has an odd size")
    if "dim" in record.params and record.params["dim"].default is None:
        errors.append("`dim` is missing")
    if module and rows:
        errors.append("a parameter makes no sense")
    yield f"Raises:\n    NonlinError: {', or '.join(errors)}."
    yield f"Source: {record.source}"


def docstring(record: Record[Any], note: str = "", *, module: bool = False) -> str:
    """The entry's own text, a note, and what follows from the record."""
    parts = [inspect.getdoc(record.fn) or "", note, *fields(record, module=module)]
    lines = "\n\n".join(part for part in parts if part).splitlines()
    text = "\n".join(f"    {line}" if line else "" for line in lines)
    return f'    r"""{text.lstrip()}\n    """'


def arguments(fn: Callable[..., Any]) -> list[inspect.Parameter]:
    """The parameters after the first, their annotations without bounds and choices."""
    hints = get_type_hints(fn)
    found = list(inspect.signature(fn).parameters.values())[1:]
    return [p.replace(annotation=hints.get(p.name, p.empty)) for p in found]


def written(annotation: Any) -> str:
    """An annotation as source."""
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def signature(parameters: list[inspect.Parameter], first: str) -> str:
    """The arguments of a definition."""
    found, starred = [first], False
    for p in parameters:
        if p.kind is p.KEYWORD_ONLY and not starred:
            found.append("*")
            starred = True
        default = "" if p.default is p.empty else f" = {p.default!r}"
        found.append(f"{p.name}: {written(p.annotation)}{default}")
    return ", ".join(found)


def functional() -> Iterator[str]:
    """The source of nonlin.functional."""
    entries = records()
    yield HEAD.format(title=FUNCTIONAL)
    yield "import torch\nfrom torch import Tensor\n"
    for family in sorted({r.family for r in entries}):
        for r in entries:
            if r.family == family:
                yield f"from nonlin.catalogue.{family} import {r.name} as _{r.name}"
    yield f"\n__all__ = {[r.name for r in entries]!r}\n"
    for r in entries:
        parameters = arguments(r.fn)
        passed = ", ".join(f"{p.name}={p.name}" if p.kind is p.KEYWORD_ONLY else p.name for p in parameters)
        yield f"\ndef {r.name}({signature(parameters, 'input: Tensor')}) -> Tensor:"
        yield docstring(r)
        yield f"    return _{r.name}(input{', ' if passed else ''}{passed})\n"


def torchs(record: Record[Any]) -> type[torch.nn.Module] | None:
    """Torch's class of the same name, if it has one."""
    found = getattr(torch.nn, record.class_name, None)
    return found if isinstance(found, type) else None


def constructor(cls: type) -> list[inspect.Parameter]:
    """What torch's class is made from, with the annotations that torch leaves out."""
    found = list(inspect.signature(cls).parameters.values())
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in found):
        return []
    missing = {"device": "torch.device | str | None", "dtype": "torch.dtype | None"}
    return [
        p.replace(annotation=missing[p.name]) if p.annotation is p.empty and p.name in missing else p
        for p in found
    ]


def call(record: Record[Any], attributes: set[str]) -> str:
    """The call of the function, with the module's attributes as its parameters."""
    names = [p.name for p in arguments(record.fn) if p.name in attributes]
    passed = "".join(f", {name}=self.{name}" for name in names)
    return f"_functional.{record.name}(input{passed})"


def from_torch(record: Record[Any], cls: type[torch.nn.Module]) -> Iterator[str]:
    """A subclass of torch's class."""
    yield f"\nclass {record.class_name}(torch.nn.{record.class_name}):"
    note = f"A `torch.nn.{record.class_name}`, and replaces it anywhere"
    parameters = constructor(cls)
    taken = {p.name for p in parameters}
    learned = [
        p.name for p in record.params.values() if p.required and p.name not in taken and "init" in taken
    ]
    checked = {name: name for name in record.params if name in taken} | dict.fromkeys(learned, "init")
    yield docstring(
        record, note + ("; refuses parameters that make no sense." if checked else "."), module=True
    )
    yield f"    spec = _{record.name}\n"
    if parameters:
        yield f"    def __init__({signature(parameters, 'self')}) -> None:"
        if checked:
            yield f"        self.spec.validate({', '.join(f'{n}={given}' for n, given in checked.items())})"
        yield f"        super().__init__({', '.join(f'{p.name}={p.name}' for p in parameters)})\n"
    required = {p.name: 1.0 for p in parameters if p.default is p.empty}
    made = cls(**required)
    yield "    def forward(self, input: Tensor) -> Tensor:"
    yield f'        """Apply `nonlin.functional.{record.name}`."""'
    yield f"        return {call(record, {p.name for p in arguments(record.fn) if hasattr(made, p.name)})}\n"


def of_our_own(record: Record[Any]) -> Iterator[str]:
    """A class that torch does not have."""
    base = next(name for kind, name in BASES.items() if isinstance(record, kind))
    yield f"\nclass {record.class_name}({base}):"
    learnable = any(p.learnable for p in record.params.values())
    yield docstring(record, "Torch has no such class." + LEARNS * learnable, module=True)
    yield f"    spec = _{record.name}\n"
    # A module is told by train() and eval() whether it trains, and draws from torch's own generator.
    parameters = [p for p in arguments(record.fn) if p.name not in ("training", "generator")]
    learned = {p.name for p in record.params.values() if p.learnable}
    if parameters:
        wanted = [p.replace(annotation=float) if p.name in learned else p for p in parameters]
        yield f"    def __init__({signature(wanted + LEARNABLE * bool(learned), 'self')}) -> None:"
        yield "        super().__init__()"
        checked = [p.name for p in parameters if p.name in record.params]
        yield f"        self.spec.validate({', '.join(f'{n}={n}' for n in checked)})"
        for p in parameters:
            value = f"_held({p.name}, learnable=learnable)" if p.name in learned else p.name
            yield f"        self.{p.name} = {value}"
        yield ""
    yield "    def forward(self, input: Tensor) -> Tensor:"
    yield f'        """Apply `nonlin.functional.{record.name}`."""'
    yield f"        return {call(record, {'training', *(p.name for p in parameters)})}\n"


def modules() -> Iterator[str]:
    """The source of nonlin.nn."""
    entries = sorted(records(), key=lambda r: r.class_name)
    yield HEAD.format(title=NN)
    yield "import torch\nfrom torch import Tensor\n"
    yield "import nonlin.functional as _functional"
    yield from (f"from nonlin.catalogue.{r.family} import {r.name} as _{r.name}" for r in entries)
    yield "from nonlin.gated import GatedUnit as _GatedUnit"
    yield "from nonlin.pointwise import Pointwise as _Pointwise"
    yield "from nonlin.pointwise import held as _held"
    yield "from nonlin.simplex import VectorMap as _VectorMap"
    yield f"\n__all__ = {[r.class_name for r in entries]!r}\n"
    for r in entries:
        cls = torchs(r)
        yield from from_torch(r, cls) if cls else of_our_own(r)


def formatted(text: str, path: Path) -> str:
    """The text as ruff would have it in this repository."""
    ruff = [sys.executable, "-m", "ruff"]
    name = ["--stdin-filename", str(ROOT / "src" / "nonlin" / path.name)]  # ruff's settings go by the place
    steps = [
        ["check", "--select", "I,RUF022", "--fix-only", "--quiet", *name, "-"],
        ["format", "--quiet", *name, "-"],
    ]
    for step in steps:
        done = subprocess.run(
            [*ruff, *step], input=text, capture_output=True, text=True, check=True, cwd=ROOT
        )
        text = done.stdout
    return text


def main() -> int:
    """Write the files, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is stale")
    check = parser.parse_args().check
    stale = []
    for path, lines in ((PACKAGE / "functional.py", functional()), (PACKAGE / "nn.py", modules())):
        text = formatted("\n".join(lines), path)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name} {'is stale; run tools/sync.py' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
