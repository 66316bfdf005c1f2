"""The hooks that autograd calls for each tensor that it saves, and when it needs it again."""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, Literal, TypeVar

import torch
from torch import Tensor
from torch.utils.weak import TensorWeakRef

from nonlin.leaning.masks import WHOLE, Bits
from nonlin.leaning.numbers import number_of
from nonlin.leaning.rules import RULES, Edge, Way
from nonlin.leaning.saved import Saved, View, remember, unchanged

Verify = Literal["first", "always"]
Key = tuple[int, int]
"""A node's sequence number, and which of its outputs."""
Small = tuple[Tensor, int]
"""A tensor that is held, and its version."""
Place = tuple[tuple[Any, ...], tuple[CodeType, ...]]
"""A call site, and the code objects whose addresses it holds."""

T = TypeVar("T")

_DEPTH = 12
"""Rules in a row; a long residual stream would otherwise be rebuilt from its beginning."""
_FRAMES = 9
"""Python frames that tell one call site from another."""
_LEAF = "torch::autograd::AccumulateGrad"
_EMPTY = torch.empty(0)

# Recipes at call sites: each gave the very bits when first met, or did not. The value holds the code objects of the key,
# so that their addresses stay theirs.
_JUDGED: dict[tuple[Any, ...], tuple[bool, tuple[CodeType, ...]]] = {}


class Keeper:
    """What one context knows: `pack` and `unpack` are its hooks.

    Attributes:
        least: tensors of fewer bytes are held as they are.
        verify: "always" compares every recipe with the tensor; "first" does so where a call site is first met.
        told: called with each tensor that is saved and what stands for it.
        changed: called with what stands for a tensor when it need no longer be held.
    """

    def __init__(
        self,
        least: int,
        verify: Verify,
        told: Callable[[Tensor, Saved], None],
        changed: Callable[[Saved], None],
    ) -> None:
        self.least, self.verify, self.told, self.changed = least, verify, told, changed
        self._known: dict[Key, weakref.ref[Any]] = {}
        self._waiting: dict[Key, list[tuple[weakref.ref[Saved], Way, Place]]] = {}
        self._peeking: int | None = None
        self._seen: list[Saved | View | Small] = []

    def pack(self, tensor: Tensor) -> Saved | View | Small:
        """What autograd keeps in place of a tensor."""
        base = tensor._base
        if (tensor if base is None else base).nbytes < self.least:
            return self._small(tensor)
        if base is None:
            return self._saved(tensor)
        view = View(self._saved(base), (tensor.size(), tensor.stride(), int(tensor.storage_offset())))
        node = tensor.grad_fn
        if node is not None and tensor.nbytes >= self.least:
            # Who reads the view looks for it under its own node.
            view.alias = view.recipe(tensor._version)
            self._known[node._sequence_nr(), tensor.output_nr] = weakref.ref(view.alias)
        return view

    def unpack(self, saved: Saved | View | Small) -> Tensor:
        """The tensor in whose place `saved` was kept."""
        if self._peeking is not None and self._peeking == threading.get_ident():
            self._seen.append(saved)
            return _EMPTY
        if isinstance(saved, tuple):
            unchanged(*saved)
            return saved[0]
        return _exactly(saved.used) if not isinstance(saved, Saved) or saved.held is None else saved.value()

    def close(self) -> None:
        """Forget what only the forward pass needs."""
        self._known.clear()
        self._waiting.clear()

    def _small(self, tensor: Tensor) -> Small:
        """A tensor that is held as it is, in as little time as can be."""
        node = tensor.grad_fn
        if node is None:
            return tensor, tensor._version
        held = tensor.detach()
        # A large one may be had from it, as a norm's output from its scale.
        self._known[node._sequence_nr(), tensor.output_nr] = weakref.ref(held)
        return held, tensor._version

    def _saved(self, tensor: Tensor) -> Saved:
        node = tensor.grad_fn
        if node is None:
            saved = Saved.itself(tensor)
            if not tensor.requires_grad and (bits := Bits.of(tensor)):
                saved = Saved(tensor._version, bits=bits, original=TensorWeakRef(tensor))
            self.told(tensor, saved)
            saved.uses += 1
            return saved
        key = (node._sequence_nr(), tensor.output_nr)
        found = self._alive(key)
        if found is None or found.version != tensor._version:
            found = self._made(tensor, node)
            found.order = key[0]
            self._known[key] = weakref.ref(found)
            self._convert(key, found)
        found.uses += 1
        self.told(tensor, found)
        return found

    def _alive(self, key: Key) -> Saved | None:
        ref = self._known.get(key)
        found = ref() if ref is not None else None
        return Saved.itself(found) if isinstance(found, Tensor) else found

    def _made(self, tensor: Tensor, node: Any) -> Saved:
        """The recipe for the output of a node, where it is certain; else the tensor itself."""
        if tensor.output_nr or node.name() not in RULES:
            return Saved.itself(tensor)
        place = _place(tensor)
        planned = self._planned(node, _DEPTH, tensor)
        if planned is not None and self._certain(tensor, planned, place):
            planned.version, planned.original = tensor._version, TensorWeakRef(tensor)
            return planned
        saved = Saved.itself(tensor)
        self._wait(node, saved, place)
        return saved

    def _certain(self, tensor: Tensor, planned: Saved, place: Place) -> bool:
        key = (planned.form, *place[0])
        judged = _JUDGED.get(key)
        if judged is not None and (self.verify == "first" or not judged[0]):
            return judged[0]
        try:
            same = _same_bits(tensor, _exactly(planned.value))
        except Exception:  # noqa: BLE001 - a rule that fails must not stop a forward pass that works
            same = False
        return remember(_JUDGED, key, (same, place[1]))[0]

    def _planned(self, node: Any, depth: int, tensor: Tensor | None = None) -> Saved | None:
        """The first output of a node, which is this tensor, from what is kept already."""
        rule = RULES.get(node.name())
        if rule is None or not depth:
            return None
        way = rule(node)
        inputs = []
        for edge in way.edges:
            found, operand = self._operand(node, edge, depth - 1)
            if not found:
                return None
            inputs.append(operand)
        return _joined(way, tuple(inputs), tensor)

    def _operand(self, node: Any, edge: Edge, depth: int) -> tuple[bool, Saved | None]:
        """(whether it can be had, what a node read through an edge); the latter is None where that was nothing."""
        source, output = node.next_functions[edge.index] if edge.index >= 0 else (None, 0)
        if source is None:
            return (True, self._peek(node, edge.saved)) if edge.saved else (False, None)
        if source.name() == _LEAF:
            leaf = source.variable.detach()
            # FSDP frees a parameter's memory when its module has run: the small ones of norms are copied in time.
            if leaf.dim() > 1 or leaf.untyped_storage().nbytes() < leaf.nbytes:
                return False, None
            return True, Saved.itself(leaf.clone())
        found = self._alive((source._sequence_nr(), output))
        if found is None and not output:
            found = self._planned(source, depth)
        return found is not None, found

    def _peek(self, node: Any, name: str) -> Saved | None:
        """What stands for a tensor that a node saved."""
        seen: list[Saved | View | Small] = []
        self._peeking, self._seen = threading.get_ident(), seen
        try:
            tensor = getattr(node, name)
        finally:
            self._peeking = None
        found = seen[0] if seen else None
        if found is None:  # saved before this context began
            return None if tensor is None else Saved.itself(tensor)
        if isinstance(found, View):
            return found.alias or found.recipe()
        return Saved.itself(found[0]) if isinstance(found, tuple) else found

    def _wait(self, node: Any, saved: Saved, place: Place) -> None:
        """An output that is held, as a sigmoid's, need not be once its input is held for somebody else."""
        way = RULES[node.name()](node)
        source, output = node.next_functions[0]
        if len(way.edges) == 1 and source is not None and source.name() != _LEAF:
            waiting = self._waiting.setdefault((source._sequence_nr(), output), [])
            waiting.append((weakref.ref(saved), way, place))

    def _convert(self, key: Key, source: Saved) -> None:
        for ref, way, place in self._waiting.pop(key, ()):
            saved = ref()
            if saved is None or saved.held is None or source.rests_on(saved):
                continue
            planned = _joined(way, (source,), saved.held)
            if planned is not None and self._certain(saved.held, planned, place):
                saved.become(planned)
                self.changed(saved)


def _joined(way: Way, inputs: tuple[Saved | None, ...], tensor: Tensor | None) -> Saved | None:
    """A recipe from its inputs; where a number is to be found, the tensor itself must be known."""
    fixed = way.fixed
    if way.number:
        number = None
        if tensor is not None and (x := inputs[0]) is not None:
            number = _exactly(lambda: number_of(way.function, x, tensor))
        if number is None:
            return None
        fixed = (number,)
    strides = tensor.stride() if tensor is not None else ()
    return Saved(0, function=way.function, inputs=inputs, fixed=fixed, strides=strides)


def _place(tensor: Tensor) -> Place:
    """The call site, with what else decides about bits."""
    numbers: list[int] = []
    codes: list[CodeType] = []
    frame: FrameType | None = sys._getframe(4)  # who called the operator that saves the tensor
    while frame is not None and len(codes) < _FRAMES:
        numbers += (id(frame.f_code), frame.f_lasti)
        codes.append(frame.f_code)
        frame = frame.f_back
    made = (tensor.shape, tensor.stride(), tensor.dtype, tensor.device, torch.get_num_threads())
    return (*made, *numbers), tuple(codes)


def _same_bits(a: Tensor, b: Tensor) -> bool:
    if a.shape != b.shape or a.dtype != b.dtype or a.stride() != b.stride() or a.element_size() not in WHOLE:
        return False
    whole = WHOLE[a.element_size()]
    return torch.equal(a.detach().view(whole), b.view(whole))


def _exactly(make: Callable[[], T]) -> T:
    """Run without autograd and without autocast, as the operators below both did."""
    device = "cuda" if torch.is_autocast_enabled("cuda") else "cpu"
    with torch.no_grad():
        if torch.is_autocast_enabled(device):
            with torch.autocast(device, enabled=False):
                return make()
        return make()
