"""What must hold of every picture of a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nonlin.base.finding import Finding
from nonlin.base.network import Block


def blocks(network: Block) -> Iterator[Block]:
    """The block and all inside it."""
    yield network
    for one in network.inside:
        yield from blocks(one)


def check_picture(network: Block | None, findings: Iterable[Finding] = ()) -> None:
    """Edges join blocks that are there, downwards; nothing is cut off; each finding stands on one block."""
    assert network is not None
    found = list(blocks(network))
    assert len(found) <= 61
    for block in found:
        count = len(block.inside)
        assert all(-1 <= source < target <= count for source, target in block.edges)
        assert (-1, count) not in block.edges or count == 0
        assert bool(block.name) or len(block.inside) > 1 or block is network
    for model in (one for one in network.inside if one.path):
        assert {n for edge in model.edges for n in edge} >= set(range(len(model.inside)))
    shown = [one for block in found for one in block.findings]
    assert all(shown.count(one) == 1 for one in findings)
