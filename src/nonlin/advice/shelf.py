"""The tasks and the networks by name: the folders are the registry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nonlin.advice.record import Network, Task
from nonlin.base import folder
from nonlin.base.errors import unknown


@lru_cache(maxsize=1)
def tasks() -> dict[str, Task]:
    """Every task by its name, sorted."""
    return {_name(m.__name__): m.TASK for m in folder.load_all("nonlin.advice.tasks")}


@lru_cache(maxsize=1)
def networks() -> dict[str, Network]:
    """Every kind of network by its name, sorted."""
    return {_name(m.__name__): m.NETWORK for m in folder.load_all("nonlin.advice.networks")}


def find_task(given: str) -> tuple[str, Task]:
    """The task of this name or alias, with its name.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    name = _find("task", given, tasks())
    return name, tasks()[name]


def find_network(given: str) -> tuple[str, Network]:
    """The network of this name or alias, with its name.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    name = _find("network", given, networks())
    return name, networks()[name]


def served_by(network_name: str) -> list[str]:
    """The names of the tasks that a kind of network serves."""
    network = networks()[network_name]
    return [
        name
        for name, task in tasks().items()
        if (not network.tasks or name in network.tasks)
        and (not task.networks or network_name in task.networks)
        and (task.layout != "sequence" or "sequence" in network.layouts)
    ]


def _name(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "-")


def _find(what: str, given: str, known: Mapping[str, Task | Network]) -> str:
    """The name of the record that is called so."""
    wanted = given.strip().lower().replace("_", "-").replace(" ", "-")
    called = {alias: name for name, record in known.items() for alias in (name, *record.aliases)}
    if wanted not in called:
        raise unknown(what, given, called)
    return called[wanted]
