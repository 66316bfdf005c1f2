"""Where an operation stands in the user's world: source lines and the stack of modules."""

from __future__ import annotations

import itertools
import re
import sys
import sysconfig
import weakref
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from functools import lru_cache, wraps
from inspect import unwrap
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import torch
from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from nonlin.base.finding import Site
from nonlin.catalogue import Activation, records
from nonlin.checker.graph import Frame, Owner, Span

_MINE = str(Path(__file__).resolve().parents[1])
_TORCH = str(Path(torch.__file__).resolve().parent)
# Between the user's call and the recorder always stand these files of torch; they say nothing about who called.
_DISPATCHER = tuple(str(Path(_TORCH) / name) for name in ("_ops.py", "_library/utils.py", "_tensor.py"))
_PREDICTS = re.compile(r"predict|proba|infer", re.IGNORECASE)
_GIVES = ("softmax", "log_softmax", "sigmoid")
_LIBRARIES = tuple({*sysconfig.get_paths().values(), str(Path(sysconfig.__file__).parent)})


@lru_cache(maxsize=4096)
def _origin(filename: str) -> str:
    """Who wrote a file: "user", "library", "torch", or "" for nonlin, the dispatcher and code without a file."""
    if filename.startswith("<"):
        return "user" if filename.startswith("<ipython") else ""
    path = str(Path(filename).resolve())
    if path.startswith(_MINE):
        return "user" if "/fixtures/" in path else ""
    if path.startswith(_TORCH):
        return "" if path.endswith(_DISPATCHER) else "torch"
    if "site-packages" in path or path.startswith(_LIBRARIES):
        return "library"
    return "user"


def is_users(filename: str) -> bool:
    """Whether a file is the user's own: not nonlin's, torch's or another library's."""
    return _origin(filename) == "user"


def user_frames(frame: FrameType | None, most: int = 6) -> tuple[Frame, ...]:
    """The user's lines on a call stack, innermost first; a library's innermost line where there is none."""
    found: list[Frame] = []
    library: Frame | None = None
    while frame is not None and len(found) < most:
        origin = _origin(frame.f_code.co_filename)
        if origin == "user":
            found.append(_noted(frame))
        elif origin == "library" and library is None:
            library = _noted(frame)
        frame = frame.f_back
    if not found and library is not None:
        return (library,)
    return tuple(found)


# The code object is kept beside its positions, so that its id is not given to another one. A dictionary with code
# objects as keys would hash every instruction of a script for each operation in it.
_POSITIONS: dict[int, tuple[CodeType, list[Span | None]]] = {}


def _noted(frame: FrameType) -> Frame:
    code = frame.f_code
    if sys.version_info < (3, 11):
        return Frame(code.co_filename, frame.f_lineno, code.co_name)
    known = _POSITIONS.get(id(code))
    if known is None:
        spans = [
            Span(line, column, end_line, end_column)
            if line is not None and end_line is not None and column is not None and end_column is not None
            else None
            for line, end_line, column, end_column in code.co_positions()
        ]
        known = _POSITIONS[id(code)] = (code, spans)
    return Frame(code.co_filename, frame.f_lineno, code.co_name, known[1][frame.f_lasti // 2])


def editable(path: str) -> bool:
    """Whether a file is the user's own, and not a library's or made up."""
    return not path.startswith("<") and _origin(path) == "user"


def _caller_of(module: nn.Module, frame: FrameType | None) -> FrameType | None:
    """The frame outside the module's own `__init__` methods."""
    while frame is not None and frame.f_code.co_name == "__init__":
        first = frame.f_code.co_varnames[:1]
        if not first or frame.f_locals.get(first[0]) is not module:
            break
        frame = frame.f_back
    return frame


def called_by_user(frame: FrameType | None) -> bool:
    """Whether the innermost frame outside nonlin is the user's."""
    while frame is not None:
        origin = _origin(frame.f_code.co_filename)
        if origin:
            return origin == "user"
        frame = frame.f_back
    return False


def part_of_composed(frame: FrameType | None) -> bool:
    """Whether a function of the catalogue that is no kernel of torch's is running."""
    while frame is not None and _origin(frame.f_code.co_filename) != "user":
        if frame.f_code in _composed():
            return True
        frame = frame.f_back
    return False


@lru_cache(maxsize=1)
def _composed() -> frozenset[CodeType]:
    return frozenset(
        unwrap(r.fn).__code__ for r in records() if isinstance(r, Activation) and r.kernel is None
    )


class ModuleStack:
    """Follows which modules are running, what they are called and where they were created."""

    def __init__(self) -> None:
        self.running: list[Owner] = []
        self.called: set[int] = set()
        self.roots: list[weakref.ref[nn.Module]] = []
        # By identity: a module may have a hash of its own, which fails until it is initialised (as in torchmetrics).
        self._created: MutableMapping[nn.Module, Frame] = WeakIdKeyDictionary()
        self._paths: MutableMapping[nn.Module, str] = WeakIdKeyDictionary()
        self._numbers: MutableMapping[nn.Module, int] = WeakIdKeyDictionary()
        self._parents: MutableMapping[nn.Module, int] = WeakIdKeyDictionary()
        self._filled: dict[int, tuple[weakref.ref[torch.Tensor], Site]] = {}
        self._count = itertools.count()
        self.tensor_names: dict[int, tuple[weakref.ref[torch.Tensor], str, bool]] = {}

    def fresh(self) -> ModuleStack:
        """A stack that knows where modules were made, as this one does, and has followed none of them."""
        stack = ModuleStack()
        stack._created, stack._filled = self._created, self._filled
        return stack

    def owner(self, module: nn.Module) -> Owner:
        """The record of a module as it is now."""
        if module not in self._paths:
            self._adopt(module)
        kind = type(module)
        made = self._created.get(module)
        return Owner(
            path=self._paths[module],
            kind=kind.__name__,
            library=_is_leaf_of_torch(kind),
            created=Site(made.path, made.line) if made is not None else None,
            training=module.training,
            number=self._numbers[module],
            parent=self._parents.get(module, -1),
            written=made.span if made is not None else None,
        )

    def _adopt(self, root: nn.Module) -> None:
        """Name a module that no named module contains, and everything inside it."""
        self.roots.append(weakref.ref(root))
        for name, module in root.named_modules():
            if module not in self._paths:
                self._paths[module] = name or type(root).__name__
                self._numbers[module] = next(self._count)
            for child in module.children():
                self._parents.setdefault(child, self._numbers[module])
        for trains, named in ((True, root.named_parameters()), (False, root.named_buffers())):
            for name, tensor in named:
                self.tensor_names.setdefault(id(tensor), (weakref.ref(tensor), name, trains))

    def name_of(self, tensor: torch.Tensor) -> tuple[str, bool] | None:
        """(name, is a parameter) of a tensor that some module registered."""
        held = self.tensor_names.get(id(tensor))
        return (held[1], held[2]) if held and held[0]() is tensor else None

    def filled(self, tensor: torch.Tensor) -> Site | None:
        """The user's line on which a function of `torch.nn.init` last wrote a tensor."""
        held = self._filled.get(id(tensor))
        return held[1] if held and held[0]() is tensor else None

    def idle(self) -> list[Owner]:
        """Childless modules of the outermost modules seen so far that were never called."""
        found = []
        for root in (ref() for ref in self.roots):
            for module in root.modules() if root is not None else ():
                # Whether a module is true is its own affair: a compiled one refuses to say.
                if module in self._numbers and next(module.children(), None) is None:
                    owner = self.owner(module)
                    if owner.number not in self.called:
                        found.append(owner)
        return found

    @contextmanager
    def noting_creation(self) -> Iterator[None]:
        """Remember the user's line on which each module is created, and each parameter is initialised."""
        original = nn.Module.__init__
        initialisers = {
            name: made for name, made in vars(nn.init).items() if name[:1] != "_" and name[-1:] == "_"
        }

        def noting(initialiser: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(initialiser)
            def fill(*args: Any, **kwargs: Any) -> Any:
                tensor = args[0] if args else kwargs.get("tensor")
                if isinstance(tensor, torch.Tensor) and called_by_user(sys._getframe(1)):
                    for made in user_frames(sys._getframe(1), most=1):
                        self._filled[id(tensor)] = weakref.ref(tensor), Site(made.path, made.line)
                return initialiser(*args, **kwargs)

            return fill

        def init(module: nn.Module, *args: Any, **kwargs: Any) -> None:
            if module not in self._created:
                for made in user_frames(_caller_of(module, sys._getframe(1)), most=1):
                    self._created[module] = made
            original(module, *args, **kwargs)

        nn.Module.__init__ = init  # type: ignore[method-assign, assignment]
        for name, initialiser in initialisers.items():
            setattr(nn.init, name, noting(initialiser))
        try:
            yield
        finally:
            for name, initialiser in initialisers.items():
                setattr(nn.init, name, initialiser)
            nn.Module.__init__ = original  # type: ignore[method-assign]

    @contextmanager
    def following(
        self, before: Callable[[nn.Module], None], after: Callable[[nn.Module, Any], None]
    ) -> Iterator[None]:
        """Keep `running` up to date; call `before` and `after` around each outermost module call."""
        original = nn.Module.__call__

        def call(module: nn.Module, *args: Any, **kwargs: Any) -> Any:
            outermost = not self.running
            if outermost:
                before(module)
            owner = self.owner(module)
            self.called.add(owner.number)
            self.running.append(owner)
            try:
                result = original(module, *args, **kwargs)
            finally:
                self.running.pop()
            if outermost:
                after(module, result)
            return result

        nn.Module.__call__ = call  # type: ignore[method-assign]
        try:
            yield
        finally:
            nn.Module.__call__ = original  # type: ignore[method-assign]


def are_followed() -> bool:
    """Whether the modules of this process are being followed."""
    return nn.Module.__call__.__module__ == __name__


def _is_leaf_of_torch(kind: type[nn.Module]) -> bool:
    return kind.__module__.startswith(("torch.", "nonlin."))


def edit_site(frames: tuple[Frame, ...], owners: tuple[Owner, ...], kind: str = "") -> Site:
    """The line that a user would edit to change an operation.

    That is the line of the call, with two exceptions. Where a container of torch made the call, it is the line where
    the module that does the work was created. And a helper that is named for giving predictions turns scores into
    probabilities, as its name says: the line to edit is the one that calls it.
    """
    module = owners[-1].path if owners else ""
    if len(owners) >= 2 and owners[-1].library and owners[-2].library:
        # nn.Sequential calls its children: `forward` holds no line for them.
        made = next((o.created for o in reversed(owners) if _made_by_user(o)), None)
        if made is not None:
            return Site(made.path, made.line, module)
    if not frames:
        return Site(module=module)
    helper = kind in _GIVES and len(frames) > 1 and _PREDICTS.search(frames[0].function)
    call = frames[1] if helper else frames[0]
    return Site(call.path, call.line, module)


def _made_by_user(owner: Owner) -> bool:
    return owner.created is not None and _origin(owner.created.path) == "user"
