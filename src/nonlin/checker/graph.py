"""The tape of one training step: operations over values, from inputs to loss.

No analysis needs torch to read it. Where real data ran, a value also says what was seen in it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from nonlin.base.finding import Site

if TYPE_CHECKING:
    from nonlin.checker.measure import Idle, Peaks

Role = Literal["made", "parameter", "buffer", "data"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the captured step held in a value: the ends of its finite part, and whether all of it was finite."""

    lo: float
    hi: float
    finite: bool


class Span(NamedTuple):
    """Where an expression stands in a file: lines from 1, columns in bytes of UTF-8 from 0, as `ast` counts them."""

    line: int
    column: int
    end_line: int
    end_column: int


class Frame(NamedTuple):
    """A line of the user's code on the call stack, and the function that it stands in."""

    path: str
    line: int
    function: str
    span: Span | None = None
    """The expression that runs; None before Python 3.11, which does not tell."""


@dataclass(frozen=True, slots=True, eq=False)
class Owner:
    """A module while it runs: its path from the outermost module, its class, and where it was created."""

    path: str
    kind: str
    library: bool
    created: Site | None
    training: bool
    number: int
    """One number per module object, so that a module used twice is recognised."""
    written: Span | None = None
    """The expression that created it, where Python tells."""
    parent: int = -1
    """The number of the module that holds this one; -1 for the outermost."""


@dataclass(slots=True, eq=False)
class Value:
    """One version of one tensor. Identity is the object: an in-place operation makes a new value."""

    index: int
    shape: tuple[int, ...]
    dtype: str
    role: Role = "made"
    name: str = ""
    grad: bool = False
    regained: bool = False
    """It got its gradient after the operation that made it: from a custom function, or by `requires_grad_()`."""
    maker: Op | None = None
    users: list[Op] = field(default_factory=list)
    seen: Seen | None = None
    filled: Site | None = None
    """The user's line that last initialised a parameter."""
    tensor: Callable[[], Any] = lambda: None
    """The tensor itself, while it lives and holds this version; else None."""

    @property
    def floating(self) -> bool:
        """Whether the elements are real numbers (not integers, booleans or complex)."""
        return "float" in self.dtype

    @property
    def rank(self) -> int:
        """The number of axes."""
        return len(self.shape)

    def axis(self, dim: int) -> int:
        """A non-negative axis for a possibly negative one."""
        return dim % self.rank if self.rank else 0

    def __repr__(self) -> str:
        return f"v{self.index}:{self.dtype}{list(self.shape)}"


@dataclass(slots=True, eq=False)
class Op:
    """outputs = kind(**arguments), done at a site, inside a stack of modules.

    `kind` is the operator's name in PyTorch without namespace, overload and in-place mark: "linear", "softmax", "add".
    """

    index: int
    kind: str
    arguments: dict[str, Any]
    outputs: tuple[Value, ...]
    site: Site
    frames: tuple[Frame, ...] = ()
    owners: tuple[Owner, ...] = ()
    inplace: bool = False
    by_user: bool = True
    """The user's own code called the operation, not a library on their behalf."""
    part: bool = False
    """A step of a function of the catalogue that torch composes, not one that somebody chose."""
    tracked: bool = True
    """Gradients were enabled when it ran: it stood in no `no_grad` block."""
    idle: Idle | None = None
    """Of an activation on real data: how often the slope of each element was zero, or nearly."""
    peaks: Peaks | None = None
    """Of a softmax on real data: how many of its rows are one-hot, or uniform, to rounding."""
    gradient: float | None = None
    """Of a linear map on real data: the Euclidean norm of the loss's gradient with respect to its output."""

    @property
    def output(self) -> Value:
        """The first output; most operations have just one."""
        return self.outputs[0]

    @property
    def inputs(self) -> tuple[Value, ...]:
        """Every value among the arguments, in order, those inside lists too."""
        return tuple(_values(self.arguments.values()))

    @property
    def input(self) -> Value:
        """The first value among the arguments."""
        return self.inputs[0]

    def value(self, name: str) -> Value | None:
        """The value passed as this argument, or None."""
        found = self.arguments.get(name)
        return found if isinstance(found, Value) else None

    def get(self, name: str, default: Any = None) -> Any:
        """The argument of this name, or the default where it was not passed."""
        return self.arguments.get(name, default)

    @property
    def module(self) -> str:
        """The path of the innermost module that runs the operation."""
        return self.owners[-1].path if self.owners else ""

    def __repr__(self) -> str:
        return f"{list(self.outputs)} = {self.kind}({list(self.inputs)}) at {self.site.path}:{self.site.line}"


def _values(items: Iterable[Any]) -> Iterator[Value]:
    for item in items:
        if isinstance(item, Value):
            yield item
        elif isinstance(item, (tuple, list)):
            yield from _values(item)


@dataclass(frozen=True, slots=True)
class Objective:
    """One thing that is trained: the value from which a backward pass started, and where."""

    root: Value
    site: Site
    is_loss: bool = True
    leaf: bool = False
    """The value has no history: the backward pass ends where it begins."""


@dataclass(slots=True, eq=False)
class Graph:
    """A captured run: operations in the order in which they ran, and the objectives that end them."""

    ops: list[Op] = field(default_factory=list)
    objectives: list[Objective] = field(default_factory=list)
    outputs: list[Value] = field(default_factory=list)
    """What the outermost modules returned."""
    idle: list[Owner] = field(default_factory=list)
    """Modules without children that the captured run never called."""

    stepped: dict[Value, int] = field(default_factory=dict)
    """The parameters that an optimiser was seen to step, each with the number of objectives at its first step."""
    whole: bool = False
    """Every training step that the source of a script holds was met: what the tape lacks does not happen."""
    kept: tuple[int, int] | None = None
    """Bytes kept for the backward pass of the objective that keeps most, and those kept under `nonlin.lean`.

    None where no numbers ran, or where it could not be told."""

    _live: set[int] = field(default_factory=set)
    _kinds: dict[str, list[Op]] = field(default_factory=dict)
    _places: dict[object, list[Op]] = field(default_factory=dict)

    def of(self, *kinds: str) -> Iterator[Op]:
        """The operations of these kinds that some objective depends on, in order."""
        if not self._kinds:
            live = self.live
            for op in self.ops:
                if op.index in live:
                    self._kinds.setdefault(op.kind, []).append(op)
        found = [self._kinds[kind] for kind in dict.fromkeys(kinds) if kind in self._kinds]
        return heapq.merge(*found, key=lambda op: op.index)

    def called_with(self, op: Op) -> list[Op]:
        """The operations of one kind that the same line calls, of those that some objective depends on."""
        return self._by_place().get((op.kind, op.frames[:1]), [])

    def created_with(self, op: Op) -> list[Op]:
        """The operations of modules that the same expression creates, of those that some objective depends on."""
        return self._by_place().get((op.owners[-1].created, op.owners[-1].written), []) if op.owners else []

    def _by_place(self) -> dict[object, list[Op]]:
        if not self._places:
            live = self.live
            for op in self.ops:
                if op.index in live:
                    self._places.setdefault((op.kind, op.frames[:1]), []).append(op)
                    if op.owners:
                        made = op.owners[-1].created, op.owners[-1].written
                        self._places.setdefault(made, []).append(op)
        return self._places

    @property
    def live(self) -> set[int]:
        """The indices of the operations that some objective depends on."""
        if not self._live:
            self._live = self.upstream(o.root for o in self.objectives)
        return self._live

    @staticmethod
    def upstream(roots: Iterable[Value]) -> set[int]:
        """The indices of every operation that these values depend on."""
        found: set[int] = set()
        todo = [v.maker for v in roots if v.maker]
        while todo:
            op = todo.pop()
            if op.index not in found:
                found.add(op.index)
                todo.extend(v.maker for v in op.inputs if v.maker)
        return found

    def users(self, value: Value) -> list[Op]:
        """The operations that read a value and that some objective depends on."""
        live = self.live
        return [op for op in value.users if op.index in live]
