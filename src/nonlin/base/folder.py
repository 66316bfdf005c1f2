"""The folder is the registry: the modules of a package are its entries."""

from __future__ import annotations

import importlib
import pkgutil
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
