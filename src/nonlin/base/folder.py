"""The folder is the registry: the modules of a package are its entries."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from nonlin.base.errors import NonlinError, unknown


def names_in(package: str) -> list[str]:
    """The public modules of a package, sorted, without importing them."""
    found = importlib.import_module(package)
    return sorted(m.name for m in pkgutil.iter_modules(found.__path__) if not m.name.startswith("_"))


def load_all(package: str) -> list[ModuleType]:
    """Import every public module of a package, in order of name."""
    return [importlib.import_module(f"{package}.{name}") for name in names_in(package)]


def load_one(package: str, name: str, *, what: str, group: str = "") -> ModuleType:
    """Import one module of a package by its name, or what another distribution offers under a group by that name.

    Raises:
        NonlinError: there is none; the message names the nearest. Or what is offered cannot be loaded.
    """
    names = names_in(package)
    if name in names:
        return importlib.import_module(f"{package}.{name}")
    offers = {offer.name: offer for offer in offered(group)} if group else {}
    if name not in offers:
        raise unknown(what, name, [*names, *offers])
    offer = offers[name]
    try:
        module: ModuleType = offer.load()
    except Exception as error:  # a stranger's module may raise anything
        raise NonlinError(
            f"the {what} {name!r} of {offer.distribution} cannot be loaded: {type(error).__name__}: {error}"
        ) from error
    return module


class Offer(NamedTuple):
    """What another distribution adds to nonlin by an entry point."""

    name: str
    distribution: str
    load: Callable[[], Any]
    """Imports what the entry point names. A function without parameters is called too, for what it returns."""


def offered(group: str) -> Iterator[Offer]:
    """What other distributions offer under a group of entry points, in order of name."""
    from importlib.metadata import (
        EntryPoint,
        entry_points,
    )  # takes longer to import than most commands to run

    def load(point: EntryPoint) -> Any:
        found = point.load()
        return found() if callable(found) else found

    for point in sorted(entry_points(group=group)):
        distribution = point.dist.name if point.dist else point.value
        yield Offer(point.name, distribution, functools.partial(load, point))
