"""What lean would have saved in a forward pass that ran without it, read off the graph that the pass left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from torch import Tensor

from nonlin.leaning.keeper import Keeper
from nonlin.leaning.ledger import Ledger

# torch frees a chain of many more nodes that Python has seen by a recursion as deep, and crashes.
_MOST_NODES = 10_000


def kept_with_lean(root: Tensor, *, min_bytes: int = 1 << 20) -> tuple[int, int] | None:
    """The bytes that a graph keeps for its backward pass, and those that it would keep under `nonlin.lean`.

    Tensors of fewer bytes than `min_bytes` are left out. None where that cannot be told without side effects: others
    pack what is saved (checkpointing, offloading), the graph was freed, or it is very large.
    """
    nodes = list(islice(nodes_of(root), _MOST_NODES + 1))
    if len(nodes) > _MOST_NODES or any(map(_is_packed, nodes)):
        return None
    nodes.sort(key=lambda node: int(node._sequence_nr()))
    ledger = Ledger()
    keeper = Keeper(min_bytes, "first", ledger.note, ledger.released)
    try:
        packed = [keeper.pack(tensor) for node in nodes for tensor in saved_by(node)]
    except RuntimeError:  # torch's word for a graph that was freed, or a tensor changed in place
        return None
    found = ledger.eager, ledger.kept
    del packed  # what the ledger counts lives until here
    return found


def nodes_of(root: Tensor) -> Iterator[Any]:
    """The nodes of a tensor's graph, each once, without those that stand for leaves."""
    found, left = set(), [root.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in found and not hasattr(node, "variable"):
            found.add(node)
            left += [source for source, _ in node.next_functions]
            yield node


def saved_by(node: Any) -> Iterator[Tensor]:
    """The tensors that a node saved."""
    for name in _names(node, "_saved_"):
        yield from _tensors(getattr(node, name))
    yield from _tensors(getattr(node, "saved_tensors", ()))


def _is_packed(node: Any) -> bool:
    """Whether hooks of somebody hold what a node saved; to read it would run them."""
    raw = [one for name in _names(node, "_raw_saved_") for one in _listed(getattr(node, name))]
    return any(getattr(one, "unpack_hook", one) is not None for one in raw)  # an older torch does not tell


def _names(node: Any, prefix: str) -> Sequence[str]:
    key = type(node), prefix
    if key not in _NAMES:
        _NAMES[key] = [name for name in dir(type(node)) if name.startswith(prefix)]
    return _NAMES[key]


_NAMES: dict[tuple[type, str], list[str]] = {}
"""What `dir` said of each kind of node; to ask it for each node would take most of the time."""


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _tensors(value: Any) -> Iterator[Tensor]:
    return (one for one in _listed(value) if isinstance(one, Tensor))
