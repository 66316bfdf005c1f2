"""Turn operator calls into the tape: values with versions, views that share storage, module and line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils.weak import TensorWeakRef

from nonlin.checker.graph import Graph, Objective, Op, Role, Seen, Value
from nonlin.checker.measure import measure
from nonlin.checker.places import ModuleStack, called_by_user, edit_site, part_of_composed, user_frames
from nonlin.checker.predispatch import unwatched, watching
from nonlin.leaning.estimate import kept_with_lean

# Elements looked at in each value; larger ones are sampled evenly, so that a step costs about the same.
_LOOK_AT = 1 << 20
# Small tensors without gradient (targets, masks, constants) are kept, since evidence is computed from them.
_KEEP = 1 << 20


# torch has several names for some operators: one is enough for every analysis.
_SYNONYMS = {
    "special_expit": "sigmoid",
    "special_softmax": "softmax",
    "special_log_softmax": "log_softmax",
    "special_log1p": "log1p",
    "special_expm1": "expm1",
    "special_erf": "erf",
    "absolute": "abs",
    "arctan": "atan",
    "arcsinh": "asinh",
    "clip": "clamp",
    "concat": "cat",
    "concatenate": "cat",
    "negative": "neg",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "subtract": "sub",
}


class Recorder:
    """Records a tape while `recording()` is active."""

    def __init__(self, *, observe: bool = True) -> None:
        self.graph = Graph()
        self.modules = ModuleStack()
        self.observe = observe
        self.muted = False
        self._keeping = True
        self.unrecorded = 0
        self._values: dict[int, tuple[TensorWeakRef, Value]] = {}
        self._storages: dict[int, dict[int, TensorWeakRef]] = {}
        self._last: dict[int, tuple[StorageWeakRef, tuple[Any, ...], Value]] = {}
        """The storage, place in it and value of the last tensor with a history that used a storage."""
        self._count = 0

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record every operator of this thread."""
        with watching(self._record):
            yield

    def value(self, tensor: torch.Tensor) -> Value:
        """The present version of a tensor; a new leaf if the tape has not met it."""
        held = self._values.get(id(tensor))
        if held is not None and held[0]() is tensor:
            if tensor.requires_grad and not held[1].grad:
                held[1].grad = held[1].regained = True
            return held[1]
        named = self.modules.name_of(tensor)
        shared = None if named else self._alias_of(tensor)
        if shared is not None:
            # Made outside the dispatcher (`x.data`): the same numbers under another name.
            return self._emit("alias", {"self": shared}, (tensor,)).output
        role: Role = "data"
        name = ""
        if named:
            name, trains = named
            role = "parameter" if trains else "buffer"
        elif tensor.requires_grad and tensor.is_leaf:
            role = "parameter"
        return self._bind(tensor, role=role, name=name)

    def objective(self, root: torch.Tensor, *, is_loss: bool = True) -> Objective:
        """Note that training starts from this tensor, at the caller's line."""
        frames = user_frames(sys._getframe(1), most=1)
        objective = Objective(self.value(root), edit_site(frames, ()), is_loss, root.is_leaf)
        self.graph.objectives.append(objective)
        if root.grad_fn is not None and not root.is_meta:
            with unwatched():
                kept = kept_with_lean(root)
            self.graph.kept = max(filter(None, (kept, self.graph.kept)), default=None)
        return objective

    def _alias_of(self, tensor: torch.Tensor) -> Value | None:
        for other in self._sharing(tensor):
            if other.shape == tensor.shape and _same_place(other, tensor):
                return self._values[id(other)][1]
        # `f(x).data`: the tensor that had the history is gone, its storage lives on. While a weak reference is held,
        # no other storage gets its address.
        storage, place, value = self._last.get(_storage(tensor), (None, None, None))
        return value if storage is not None and not storage.expired() and place == _place(tensor) else None

    def _sharing(self, tensor: torch.Tensor) -> list[torch.Tensor]:
        """The living tensors of the tape that share a tensor's storage."""
        storage = _storage(tensor)
        peers = self._storages.get(storage, {}) if storage else {}
        found = [(key, other) for key, ref in peers.items() if (other := ref()) is not None]
        if len(found) < len(peers):  # storages are freed and their addresses used again
            self._storages[storage] = {key: peers[key] for key, _ in found}
        return [other for _, other in found]

    def _bind(self, tensor: torch.Tensor, *, role: Role = "made", name: str = "") -> Value:
        """Give a tensor a new value."""
        value = Value(
            index=self._count,
            shape=tuple(int(n) for n in tensor.shape),
            dtype=str(tensor.dtype).removeprefix("torch."),
            role=role,
            name=name,
            grad=tensor.requires_grad,
        )
        self._count += 1
        ref = TensorWeakRef(tensor)
        key = id(tensor)
        value.tensor = self._keeper(ref, key, value, tensor)
        value.filled = self.modules.filled(tensor) if role == "parameter" else None
        if self.observe and role != "parameter":
            value.seen = _look(tensor)
        self._values[key] = (ref, value)
        storage = _storage(tensor)
        if storage:
            if tensor.requires_grad and not tensor.is_leaf:
                self._last[storage] = StorageWeakRef(tensor.untyped_storage()), _place(tensor), value
            peers = self._storages.setdefault(storage, {})
            held = peers.get(key)
            if held is None or held() is not tensor:  # the id may be that of a tensor that died
                peers.pop(key, None)
                peers[key] = ref
        return value

    def _keeper(self, ref: TensorWeakRef, key: int, value: Value, tensor: torch.Tensor) -> Any:
        if value.role == "parameter":
            return lambda: tensor  # evidence is computed from weights after the script's own names are gone
        kept_kind = self._keeping and not tensor.requires_grad and value.role != "buffer"
        if self.observe and kept_kind and tensor.numel() <= _KEEP:
            kept, version = tensor.detach(), _version(tensor)
            return lambda: kept if _version(kept) == version else None

        def current() -> Any:
            held = self._values.get(key)
            return ref() if held is not None and held[1] is value else None

        return current

    def _record(self, operator: Any, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> None:
        results = tuple(_tensors(result))
        if not results or self.muted:
            return
        # Inside no_grad (a validation pass, say) nothing is evidence for training: do not hold its tensors.
        self._keeping = torch.is_grad_enabled()
        with torch.no_grad(), torch._C._DisableTorchDispatch(), torch._C.DisableTorchFunctionSubclass():
            try:
                self._note(operator, args, kwargs, results)
            except Exception:  # noqa: BLE001 - what cannot be recorded must not break the user's run
                # Results without a maker are unknown, and of the unknown no rule says anything.
                self.unrecorded += 1

    def _note(
        self, operator: Any, args: tuple[Any, ...], kwargs: dict[str, Any], results: tuple[torch.Tensor, ...]
    ) -> None:
        schema = operator._schema
        arguments: dict[str, Any] = {}
        written: torch.Tensor | None = None
        for argument, given in zip(schema.arguments, args, strict=False):
            arguments[argument.name] = given
        arguments.update(kwargs)
        for argument in schema.arguments:
            if argument.is_write and isinstance(arguments.get(argument.name), torch.Tensor):
                written = arguments[argument.name]
                break
        kind = schema.name.partition("::")[2]
        if schema.name.partition("::")[0] != "aten":
            kind = schema.name
        inplace = written is not None and results[0] is written
        if inplace and kind.endswith("_"):
            kind = kind.removesuffix("_")
        kind = _SYNONYMS.get(kind, kind)
        if written is not None:
            held = self._values.get(id(written))
            before = self.value(written)
            if before.role in ("parameter", "buffer"):
                # An optimiser's or an initialiser's write: still that parameter, now with other numbers.
                self._bind(written, role=before.role, name=before.name)
                return
            if held is None or held[0]() is not written:
                # First met after the write: what it held before is gone.
                before.seen, before.tensor = None, lambda: None
        bound = {name: self._swap(item) for name, item in arguments.items()}
        if kind == "broadcast_tensors":
            # Each result is one of the inputs, stretched: losses do this to predictions and targets.
            for source, tensor in zip(bound["tensors"], results, strict=True):
                self._emit("expand", {"self": source}, (tensor,))
            return
        op = self._emit(kind, bound, results, inplace=inplace)
        if self.observe and op.tracked:
            measure(op, results[0])
        if written is not None:
            self._spread(written, op)

    def _swap(self, item: Any) -> Any:
        if isinstance(item, torch.Tensor):
            return self.value(item)
        if isinstance(item, (list, tuple)) and any(isinstance(i, torch.Tensor) for i in item):
            return tuple(self._swap(i) for i in item)
        return item

    def _emit(
        self,
        kind: str,
        arguments: dict[str, Any],
        results: tuple[torch.Tensor, ...],
        *,
        inplace: bool = False,
    ) -> Op:
        frames = user_frames(sys._getframe(3))
        caller = called_by_user(sys._getframe(3))
        owners = tuple(self.modules.running)
        op = Op(
            index=len(self.graph.ops),
            kind=kind,
            arguments=arguments,
            outputs=(),
            site=edit_site(frames, owners, kind),
            frames=frames,
            owners=owners,
            inplace=inplace,
            by_user=caller,
            part=part_of_composed(sys._getframe(3)),
            tracked=self._keeping,
        )
        op.outputs = tuple(self._bind(tensor) for tensor in results)
        for value in op.outputs:
            value.maker = op
        for value in dict.fromkeys(op.inputs):
            value.users.append(op)
        self.graph.ops.append(op)
        return op

    def _spread(self, written: torch.Tensor, op: Op) -> None:
        """An in-place write changes every other tensor that shares the storage: give each a new value."""
        fresh = self._values[id(written)][1]
        for other in self._sharing(written):
            if other is written:
                continue
            old = self._values[id(other)][1]
            if old.role in ("parameter", "buffer") or old is fresh:
                continue
            whole = other.numel() == written.numel() and _same_place(other, written)
            kind = "alias" if whole else "partly_written"
            arguments = {"self": fresh} if whole else {"self": old, "src": fresh}
            self._emit(kind, arguments, (other,)).site = op.site


def _tensors(result: Any) -> Iterator[torch.Tensor]:
    if isinstance(result, torch.Tensor):
        yield result
    elif isinstance(result, (list, tuple)):
        for item in result:
            yield from _tensors(item)


def _storage(tensor: torch.Tensor) -> int:
    try:
        return int(tensor.untyped_storage()._cdata)
    except (NotImplementedError, RuntimeError):  # sparse tensors and the like have no storage
        return 0


def _version(tensor: torch.Tensor) -> int:
    try:
        return int(tensor._version)
    except RuntimeError:  # tensors made in inference mode count no versions
        return 0


def _same_place(a: torch.Tensor, b: torch.Tensor) -> bool:
    same = a.storage_offset() == b.storage_offset() and a.dtype == b.dtype
    return same and ((a.is_contiguous() and b.is_contiguous()) or a.stride() == b.stride())


def _place(tensor: torch.Tensor) -> tuple[Any, ...]:
    """Which elements of its storage a tensor holds."""
    return tensor.dtype, tensor.storage_offset(), tensor.shape, tensor.stride()


def _look(tensor: torch.Tensor) -> Seen | None:
    """The ends of a tensor's finite elements; None for what has no order or no numbers."""
    if tensor.is_complex() or tensor.numel() == 0 or tensor.is_meta or tensor.layout != torch.strided:
        return None
    if type(tensor) not in (torch.Tensor, torch.nn.Parameter) or tensor.is_quantized:
        return None
    if torch._C._functorch.is_functorch_wrapped_tensor(
        tensor
    ):  # inside vmap or grad there are no numbers to read
        return None
    flat = tensor.detach()
    if flat.numel() > _LOOK_AT:
        flat = flat.reshape(-1)[:: flat.numel() // _LOOK_AT]
    if flat.dtype == torch.bool:
        flat = flat.to(torch.uint8)
    lo, hi = (float(end) for end in torch.aminmax(flat))
    if lo - lo == 0 == hi - hi:
        return Seen(lo, hi, finite=True)
    flat = flat[torch.isfinite(flat)]
    if flat.numel() == 0:
        return Seen(float("nan"), float("nan"), finite=False)
    lo, hi = (float(end) for end in torch.aminmax(flat))
    return Seen(lo, hi, finite=False)
