"""Which output, loss, hidden activation and initialisation a task asks for, and why: knowledge as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nonlin.base.errors import NonlinError

if TYPE_CHECKING:
    from nonlin.advice.answer import Advice
    from nonlin.advice.record import Network, Switch

_USUAL = {"rows": "mlp", "map": "cnn", "sequence": "transformer"}


def advise(
    task: str | None = None,
    *,
    targets: Any = None,
    network: str | None = None,
    batch_norm: bool | None = None,
    residual: bool | None = None,
) -> Advice:
    """What to use for a task: output, loss, targets, bias, hidden activation, initialisation, and what not.

    Args:
        task: a task's name or alias, such as "multi-class"; inferred from the targets, or the network's usual one,
            if left out.
        targets: an array, a tensor or a list of numbers or labels, one row for each sample.
        network: a kind of network or its alias, such as "transformer"; the task's usual one, if left out.
        batch_norm: whether the network has batch normalisation, where it may be chosen.
        residual: whether it has residual branches, where that may be chosen.

    Raises:
        NonlinError: a name is not known, the network does not serve the task, a setting does not exist for the
            network, or the targets say nothing (empty, constant, not a number).
    """
    from nonlin.advice import shelf
    from nonlin.advice.answer import Advice
    from nonlin.advice.targets import infer

    seen = None if targets is None else infer(targets)
    if task is not None:
        task_name, found = shelf.find_task(task)
    elif seen is not None:
        task_name, found = shelf.find_task(seen.task)
    elif network is not None:
        task_name, found = shelf.find_task(shelf.find_network(network)[1].task)
    else:
        raise NonlinError(
            'give a task (nonlin.advise("multi-class")) or targets; `nonlin advise` lists the tasks'
        )
    if network is None:
        network = found.networks[0] if found.networks else _USUAL[found.layout]
    network_name, kind = shelf.find_network(network)
    served = shelf.served_by(network_name)
    if task_name not in served:
        raise NonlinError(
            f"the network {network_name} does not serve the task {task_name}; it serves {', '.join(served)}"
        )
    return Advice(
        task_name=task_name,
        task=found,
        network_name=network_name,
        network=kind,
        switches=_switches(network_name, kind, {"batch_norm": batch_norm, "residual": residual}),
        targets=seen,
    )


def _switches(name: str, network: Network, given: dict[Switch, bool | None]) -> dict[Switch, bool]:
    """The settings as given, else as is usual for the network."""
    for switch, value in given.items():
        if value is not None and switch not in network.switches:
            has = ", ".join(network.switches) or "none"
            raise NonlinError(
                f"{switch} cannot be chosen for the network {name}; settings that can be: {has}"
            )
    chosen = {switch: given[switch] for switch in network.switches}
    return {s: network.switches[s] if value is None else value for s, value in chosen.items()}
