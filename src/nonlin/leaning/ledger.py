"""What lean did: for each layer the bytes that eager PyTorch would keep, those kept, and what is recomputed."""

from __future__ import annotations

import re
import sys
import weakref
from dataclasses import dataclass, field
from types import FrameType

from torch import Tensor, nn

from nonlin.base.columns import table
from nonlin.base.language import Language, Text, default_language
from nonlin.leaning.saved import Saved

# The frame that runs a module's forward. A hook on every module would tell too, but torch.compile would trace it.
_FORWARD = nn.Module._call_impl.__code__
_HEAD = (Text("layer", "层"), Text("eager", "原本"), Text("lean", "现在"), Text("recomputed", "重算"))
_TOTAL = Text("all", "合计")
_NOTHING = Text(
    "No large tensor was saved by eager autograd. What torch.compile keeps, it decides itself.",
    "即时模式的自动求导没有保存大张量。torch.compile 保存什么由它自己决定。",
)


@dataclass(slots=True)
class Entry:
    """One tensor that autograd saved."""

    layer: str
    node: str
    eager: int
    """Bytes that it would hold."""
    kept: int
    """Bytes that it holds."""

    @property
    def recomputed(self) -> bool:
        """Whether it is made again in the backward pass."""
        return not self.kept


@dataclass
class Ledger:
    """The tensors saved in one or more forward passes; small ones and parameters are left out."""

    entries: list[Entry] = field(default_factory=list)
    _of: weakref.WeakKeyDictionary[Saved, Entry] = field(default_factory=weakref.WeakKeyDictionary)
    _memory: dict[int, weakref.ref[Saved]] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)

    @property
    def eager(self) -> int:
        """Bytes that eager PyTorch would keep."""
        return sum(entry.eager for entry in self.entries)

    @property
    def kept(self) -> int:
        """Bytes that are kept."""
        return sum(entry.kept for entry in self.entries)

    def note(self, tensor: Tensor, saved: Saved) -> None:
        """A tensor was saved."""
        if isinstance(tensor, nn.Parameter):
            return
        entry = self._of.get(saved)
        if entry is None:
            storage = tensor.untyped_storage()
            other = self._memory.get(storage.data_ptr())
            if other is not None and (alive := other()) is not None and alive.held is not None:
                return  # the memory of one that is held, under another name
            node = tensor.grad_fn
            if node is not None:
                name = node.name().rstrip("0123456789").removesuffix("Backward")
            else:
                name = "input" if saved.bits is None else "mask"
            entry = self._of[saved] = Entry(self._layer(), name, storage.nbytes(), 0)
            self._memory[storage.data_ptr()] = weakref.ref(saved)
            self.entries.append(entry)
        if saved.held is not None:
            entry.kept = entry.eager
        elif saved.bits is not None:
            entry.kept = saved.bits.packed.nbytes

    def released(self, saved: Saved) -> None:
        """What was held need not be."""
        if (entry := self._of.get(saved)) is not None:
            entry.kept = 0

    def finished(self) -> None:
        """A forward pass has ended."""
        self._names.clear()

    def _layer(self) -> str:
        """The module that runs, by its name in the outermost one."""
        running: list[nn.Module] = []
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code is _FORWARD:
                running.append(frame.f_locals["self"])
            frame = frame.f_back
        if not running:
            return ""
        root = running[-1]
        if id(root) not in self._names:
            self._names = {id(module): name for name, module in root.named_modules()}
        return self._names.get(id(running[0]), "")

    def to(self, language: Language) -> str:
        """The table, a row for each layer; layers that differ in their numbers alone share one."""
        if not self.entries:
            return _NOTHING.to(language)
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(re.sub(r"\b\d+\b", "*", entry.layer), []).append(entry)
        rows = [[head.to(language) for head in _HEAD]]
        for name, group in [*groups.items(), (_TOTAL.to(language), self.entries)]:
            again = dict.fromkeys(e.node for e in group if e.recomputed) if group is not self.entries else ()
            eager, kept = sum(e.eager for e in group), sum(e.kept for e in group)
            rows.append([name or "-", _mib(eager), _mib(kept), ", ".join(again)])
        return "\n".join(table(rows, right=(1, 2)))

    def __str__(self) -> str:
        return self.to(default_language())


def _mib(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"
