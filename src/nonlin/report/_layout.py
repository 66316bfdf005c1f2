"""Where the blocks of a network stand: from top to bottom, boxes inside boxes.

Source: Sugiyama, Tagawa, Toda 1981, Methods for visual understanding of hierarchical system structures; layers by
longest path, order by barycentres.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from nonlin.base.network import Block

Point: TypeAlias = tuple[float, float]
Size: TypeAlias = tuple[float, float]

_GAP, _BETWEEN, _PAD = 22.0, 28.0, 16.0
_SWEEPS = 8
# An edge that passes a layer takes this much room there, and gives way to the blocks.
_LANE, _LIGHT = 12.0, 1e-4


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its upper left corner, seen from the box around it, and its size, in pixels."""

    block: Block
    x: float
    y: float
    width: float
    height: float
    inside: tuple[Placed, ...] = ()
    routes: tuple[tuple[Point, ...], ...] = ()
    """The edges inside it; each goes straight to its second point, bends to the third, and so on in turn."""


@dataclass(eq=False)
class _Node:
    """A block, an end of the box around it, or the passage of an edge through a layer."""

    width: float = 0.0
    height: float = 0.0
    layer: int = 0
    centre: float = 0.0
    top: float = 0.0
    band: Point = (0.0, 0.0)
    """Where its layer begins and ends, from top to bottom."""
    above: list[_Node] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)
    passage: bool = False


def arranged(block: Block, measured: Callable[[Block], Size], header: float) -> Placed:
    """The block and everything inside it.

    Args:
        block: what to arrange.
        measured: the size of a block that shows nothing inside, and the least size of one that does.
        header: the room for the title of a box.
    """
    if not block.inside:
        return Placed(block, 0.0, 0.0, *measured(block))
    inner = [arranged(one, measured, header) for one in block.inside]
    # One node more stands for what leaves the block, and a last one, number -1, for what enters it.
    nodes = [*(_Node(one.width, one.height) for one in inner), _Node(), _Node()]
    _set_layers(nodes, block.edges)
    chains = [_chain(nodes[source], nodes[target]) for source, target in block.edges]
    used = dict.fromkeys([*nodes[:-2], *itertools.chain.from_iterable(chains)])
    layers = _layers(list(used))
    _order(layers)
    _set_centres(layers)
    _straighten(layers, chains)
    left, right = min(n.centre - n.width / 2 for n in used), max(n.centre + n.width / 2 for n in used)
    # Edges enter and leave a box in its middle: best where those are that they lead to.
    ends = [_beside(joined) for joined in (nodes[-1].below, nodes[-2].above) if joined]
    middle = min(ends or [(left + right) / 2], key=lambda end: max(end - left, right - end))
    width = max(2 * max(middle - left, right - middle) + 2 * _PAD, measured(block)[0])
    for node in used:
        node.centre = width / 2 if node in nodes[-2:] else node.centre + width / 2 - middle
    bottom = _set_heights(layers, header if block.name or block.times > 1 else 0.0)
    placed = [
        replace(one, x=node.centre - node.width / 2, y=node.top)
        for one, node in zip(inner, nodes, strict=False)
    ]
    height = bottom + (0.0 if nodes[-2] in used else _PAD)
    return Placed(block, 0.0, 0.0, width, height, tuple(placed), tuple(map(_route, chains)))


def _set_layers(nodes: Sequence[_Node], edges: Sequence[tuple[int, int]]) -> None:
    """Each block one layer below the lowest that feeds it; one that is fed by none right above its first user."""
    *blocks, out, _ = nodes
    fed = {target for _, target in edges}
    for number, node in enumerate(blocks):
        node.layer = 1 + max((nodes[source].layer for source, target in edges if target == number), default=0)
    for number, node in enumerate(blocks):
        below = [
            nodes[target].layer for source, target in edges if source == number and nodes[target] is not out
        ]
        if number not in fed and below:
            node.layer = min(below) - 1
    out.layer = 1 + max(node.layer for node in blocks)


def _chain(source: _Node, target: _Node) -> list[_Node]:
    """The nodes of an edge, with a passage in each layer between its ends."""
    between = [_Node(_LANE, layer=layer, passage=True) for layer in range(source.layer + 1, target.layer)]
    chain = [source, *between, target]
    for one, other in itertools.pairwise(chain):
        one.below.append(other)
        other.above.append(one)
    return chain


def _layers(nodes: Sequence[_Node]) -> list[list[_Node]]:
    found: dict[int, list[_Node]] = {}
    for node in nodes:
        found.setdefault(node.layer, []).append(node)
    return [found[layer] for layer in sorted(found)]


def _order(layers: list[list[_Node]]) -> None:
    """Few crossings: each node near the middle of those it is joined to, downwards and upwards in turn."""
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for layer in layers if down else layers[::-1]:
            place = {node: n for row in layers for n, node in enumerate(row)}
            joined = {node: node.above if down else node.below for node in layer}
            layer.sort(key=lambda node: _mean([place[n] for n in joined[node]] or [place[node]]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _set_centres(layers: list[list[_Node]]) -> None:
    """Set the centres from left to right: each near those that the node is joined to."""
    for layer in layers:
        _spread(layer, [0.0] * len(layer))
    for sweep in range(2 * _SWEEPS + 1):
        down = sweep % 2 == 0
        for layer in layers if down else layers[::-1]:
            _spread(layer, [_beside((node.above if down else node.below) or [node]) for node in layer])


def _beside(joined: Sequence[_Node]) -> float:
    """The middle of some nodes; that of the blocks among them, since an edge that passes by goes around these."""
    return _mean([node.centre for node in joined if not node.passage] or [node.centre for node in joined])


def _straighten(layers: list[list[_Node]], chains: Sequence[Sequence[_Node]]) -> None:
    """Move the passages of an edge to one line, where there is room: the outermost edges first."""
    beside: dict[_Node, tuple[float, float]] = {}
    lanes = [chain[1:-1] for chain in chains if len(chain) > 3]
    for lane in sorted(lanes, key=lambda lane: -max(abs(node.centre) for node in lane)):
        for layer in layers:
            for before, node, after in zip([None, *layer], layer, [*layer[1:], None], strict=False):
                low = before.centre + (before.width + node.width) / 2 + _LANE if before else -math.inf
                high = after.centre - (after.width + node.width) / 2 - _LANE if after else math.inf
                beside[node] = low, high
        for end in (max, min):
            line = end(node.centre for node in lane)
            if all(beside[node][0] <= line <= beside[node][1] for node in lane):
                for node in lane:
                    node.centre = line
                break


def _spread(layer: Sequence[_Node], wanted: Sequence[float]) -> None:
    """Centres as near to the wanted ones as the nodes' widths allow, in least squares.

    Source: Ayer and others 1955, pool adjacent violators.
    """
    offsets = [0.0]
    for one, other in itertools.pairwise(layer):
        offsets.append(offsets[-1] + (one.width + other.width) / 2 + _GAP)
    pools: list[tuple[float, float, int]] = []
    for node, want, offset in zip(layer, wanted, offsets, strict=True):
        weight = _LIGHT if node.passage else 1.0
        value, count = want - offset, 1
        while pools and pools[-1][0] >= value:
            before, heavy, more = pools.pop()
            value = (value * weight + before * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + more
        pools.append((value, weight, count))
    found = [value for value, _, count in pools for _ in range(count)]
    for node, left, offset in zip(layer, found, offsets, strict=True):
        node.centre = left + offset


def _set_heights(layers: list[list[_Node]], top: float) -> float:
    """Set the tops, each layer below the one before; returns where the last one ends."""
    for number, layer in enumerate(layers):
        height = max(node.height for node in layer)
        # The end of the box where edges enter stands right below its title.
        top += _BETWEEN if number else _PAD if height else 0.0
        for node in layer:
            node.top = top + (height - node.height) / 2
            node.band = top, top + height
        top += height
    return top


def _route(chain: Sequence[_Node]) -> tuple[Point, ...]:
    """From the source to the end of its layer, through each layer on the way, and from the next to the target."""
    first, *between, last = chain
    points = [(first.centre, first.top + first.height), (first.centre, first.band[1])]
    for node in between:
        points += [(node.centre, y) for y in node.band]
    return (*points, (last.centre, last.band[0]), (last.centre, last.top))
