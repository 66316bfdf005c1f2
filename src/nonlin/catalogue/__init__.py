"""Layer 1: what each activation is.

The folder is the registry: its files are families, and a block in one of them is an entry. Other distributions
add theirs by an entry point of the group `nonlin.activations`: a module with such blocks, or a function that makes
them.

Not entries, though torch lists them beside activations: `MultiheadAttention` has weight matrices and mixes
positions, and `AdaptiveLogSoftmaxWithLoss` is an output layer with its loss.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from nonlin.base.errors import NonlinError, unknown
from nonlin.base.folder import load_all, offered
from nonlin.catalogue.enter import ENTRIES
from nonlin.catalogue.record import Activation, Gated, Record, Shape, Simplex, Waves

__all__ = [
    "Activation",
    "Gated",
    "Record",
    "Shape",
    "Simplex",
    "Waves",
    "by_kernel",
    "get",
    "names",
    "records",
]


def _plain(name: str) -> str:
    return re.sub(r"[-_\s]", "", name).lower()


def _index() -> dict[str, Record[Any]]:
    found: dict[str, Record[Any]] = {}
    for record in ENTRIES:
        for name in (record.name, *record.aliases, record.class_name):
            other = found.setdefault(_plain(name), record)
            if other is not record:
                raise NonlinError(f"the name {name!r} of {record.name} is taken by {other.name}")
    return found


def _kernels() -> dict[str, Record[Any]]:
    found: dict[str, Record[Any]] = {}
    for record in ENTRIES:
        served = record.serves if record.serves is not None else (record.kernel,) if record.kernel else ()
        for kernel in served:
            other = found.setdefault(kernel, record)
            if other is not record:
                raise NonlinError(f"the kernel {kernel!r} of {record.name} is taken by {other.name}")
    return found


def names() -> list[str]:
    """The canonical names of all activations, sorted."""
    return sorted(record.name for record in ENTRIES)


def records() -> list[Record[Any]]:
    """All activations, in order of name."""
    return sorted(ENTRIES, key=lambda record: record.name)


def get(name: str | Record[Any]) -> Record[Any]:
    """The activation of this name: canonical, an alias or its class; case, "-" and "_" do not matter.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    if isinstance(name, Record):
        return name
    if not isinstance(name, str):
        raise NonlinError(f"an activation's name is a string, not a {type(name).__name__}")
    found = _BY_NAME.get(_plain(name))
    if found is None:
        raise unknown("activation", name, {n for r in ENTRIES for n in (r.name, *r.aliases)})
    return found


def by_kernel(kernel: str) -> Record[Any] | None:
    """The activation that a call of this aten operator computes, or None.

    Takes "gelu", "aten::gelu", "aten.gelu.default" and the in-place "relu_" alike. Attributes of the operator
    carry the names of the record's parameters.
    """
    base = kernel.removeprefix("aten::").removeprefix("aten.").partition(".")[0]
    return _BY_KERNEL.get(base) or _BY_KERNEL.get(base.removesuffix("_"))


def _load_offered() -> None:
    """Enter what other distributions offer; those that fail are left out, and a warning names them."""
    for offer in offered("nonlin.activations"):
        before = len(ENTRIES)
        try:
            offer.load()
            _index()
            _kernels()
        except Exception as error:  # noqa: BLE001 - a stranger's module may raise anything
            del ENTRIES[before:]
            warnings.warn(
                f"the activations of {offer.distribution} are left out: {type(error).__name__}: {error}; "
                f"mend or uninstall {offer.distribution}",
                stacklevel=2,
            )


load_all(__name__)
_BY_NAME, _BY_KERNEL = _index(), _kernels()
_load_offered()
_BY_NAME, _BY_KERNEL = _index(), _kernels()
