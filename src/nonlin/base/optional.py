"""Packages that nonlin can do without: what to say where one is asked for and is missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from nonlin.base.errors import NonlinError


def needs(package: str, extra: str = "", *, purpose: str) -> ModuleType:
    """Import a package, or say how it is installed: by itself, or by an extra of nonlin.

    Raises:
        NonlinError: it is not installed; the message names the package and the command that installs it.
    """
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        root = package.partition(".")[0]
        wanted = f"'nonlin[{extra}]'" if extra else root
        raise NonlinError(f"{purpose} needs {root}; install it with: pip install {wanted}") from error
