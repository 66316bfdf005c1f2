"""The folder is the registry: the modules of a package are its entries."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType

from nonlin.base.errors import unknown


def names_in(package: str) -> list[str]:
    """The public modules of a package, sorted, without importing them."""
    found = importlib.import_module(package)
    return sorted(m.name for m in pkgutil.iter_modules(found.__path__) if not m.name.startswith("_"))


def load_all(package: str) -> list[ModuleType]:
    """Import every public module of a package, in order of name."""
    return [importlib.import_module(f"{package}.{name}") for name in names_in(package)]


def load_one(package: str, name: str, *, what: str) -> ModuleType:
    """Import one module of a package by its name.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    names = names_in(package)
    if name not in names:
        raise unknown(what, name, names)
    return importlib.import_module(f"{package}.{name}")


def offered(group: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """What other distributions offer under a group of entry points: their names, and a function that loads it.

    An entry point names a module, which is imported, or a function without parameters, which is called too.
    """
    from importlib.metadata import (
        EntryPoint,
        entry_points,
    )  # takes longer to import than most commands to run

    def load(point: EntryPoint) -> None:
        found = point.load()
        if callable(found):
            found()

    for point in sorted(entry_points(group=group)):
        yield point.dist.name if point.dist else point.value, functools.partial(load, point)
