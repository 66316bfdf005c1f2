"""The network of a run as boxes inside boxes, small enough for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nonlin.base.finding import Finding

BlockKind = Literal["module", "activation", "operation", "join", "loss"]


@dataclass(frozen=True, slots=True)
class Block:
    """A call of a module, or an operation, with those that ran inside it where there is room to show them.

    Attributes:
        name: the module's class, or what the operation is called.
        kind: a "join" brings several values together, as a sum does.
        path: the module's path from the outermost module; empty for an operation.
        activation: the name of the catalogue's entry, where it is one.
        shape: that of its output.
        times: how often it ran in a row, one after the other; it is shown once.
        inside: what it is made of, in the order in which it ran.
        edges: which of those inside feeds which, by number; -1 is what enters the block, and the number after the
            last is what leaves it.
        findings: those that are about this block.
    """

    name: str
    kind: BlockKind
    path: str = ""
    activation: str = ""
    shape: tuple[int, ...] = ()
    times: int = 1
    inside: tuple[Block, ...] = ()
    edges: tuple[tuple[int, int], ...] = ()
    findings: tuple[Finding, ...] = ()
