"""How many forgotten activations are named: those of published models are removed on the tape, in turn.

python benchmarks/mutation.py [--library timm] [--every 20] [--limit 120] [--unnamed]

Counted are the removals that make two linear maps one: both trained and plain, nothing else between them, and the width
between at least that of one end. Others (before a pool or a sum, in a gate) change a network but collapse nothing. A
removal is named if some pair then has evidence. The originals must have none. Wants nonlin[zoo].
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import re
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import published
from nonlin.checker.collapse import Pair, data_of
from nonlin.checker.graph import Graph, Op, Value
from nonlin.checker.run import Run

DEFINITION = """\
An activation of a published model is removed, so that two linear layers follow each other directly and are one.
calls    one call is removed, as where one block differs from its twins
places   all calls at one position in repeated blocks, as where the code of a block forgets it
Named is a removal that NL101, NL102 or NL405 reports as an error or a warning.
"""


def bends(run: Run) -> list[Op]:
    """The activations that alone keep two linear maps apart: no other removal can make an affine pair."""
    found: dict[Op, None] = {}
    for op in run.graph.ops:
        way = run.affine(data_of(op)) if op.index in run.graph.live and run.is_linear_map(op) else None
        if way is not None and way.bent and way.alone:
            between = [one for one in way.path if run.is_activation(one)]
            if len(between) == 1:
                found[between[0]] = None
    return list(found)


@contextmanager
def without(graph: Graph, removed: list[Op]) -> Iterator[Graph]:
    """The tape as if these activations had not been called: what read their output reads their input."""
    users = {op.input: list(op.input.users) for op in removed}
    arguments = {reader: reader.arguments for op in removed for reader in op.output.users}
    instead: dict[Value, Value] = {}
    for op in removed:
        instead[op.output] = op.input
        op.input.users = [user for user in users[op.input] if user not in removed]
        op.input.users += [reader for reader in op.output.users if reader not in op.input.users]
    for reader, given in arguments.items():
        reader.arguments = {name: _swapped(item, instead) for name, item in given.items()}
    try:
        yield Graph(
            ops=[op for op in graph.ops if op not in removed],
            objectives=[replace(o, root=instead.get(o.root, o.root)) for o in graph.objectives],
            outputs=[instead.get(value, value) for value in graph.outputs],
            idle=graph.idle,
        )
    finally:
        for value, readers in users.items():
            value.users = readers
        for reader, given in arguments.items():
            reader.arguments = given


def _swapped(item: Any, instead: dict[Value, Value]) -> Any:
    if isinstance(item, tuple):
        return tuple(_swapped(part, instead) for part in item)
    return instead.get(item, item) if isinstance(item, Value) else item


def study(library: str, name: str) -> dict[str, Any]:
    """Alarms on the original; for both ways to remove: how many removals each evidence names, and what none names."""
    try:
        graph = published.tape(library, name, train=True)
    except published.RefusedError as error:
        return {"refused": str(error)}
    run = Run(graph)
    start = time.process_time()
    ops = bends(run)
    places: dict[tuple[str, str], list[Op]] = defaultdict(list)
    for op in ops:
        # A number at the end is a position in a sequence, one before it is a repeated block.
        places[op.kind, re.sub(r"\b\d+\.", "#.", op.module)].append(op)
    own = {(pair.first, pair.second) for pair in run.collapses}
    held: dict[str, Any] = {
        way: _removed(graph, own, groups)
        for way, groups in (("calls", [[op] for op in ops]), ("places", list(places.values())))
    }
    alarms = [described(pair) for pair in run.collapses if pair.evidence]
    return {**held, "alarms": alarms, "seconds": time.process_time() - start}


def _removed(graph: Graph, own: set[tuple[Op, Op]], groups: list[list[Op]]) -> tuple[Counter[str], list[str]]:
    found: Counter[str] = Counter()
    unnamed = []
    for group in groups:
        with without(graph, group) as mutant:
            pairs = Run(mutant).collapses
        fresh = [pair for pair in pairs if (pair.first, pair.second) not in own]
        if fresh:
            evidence = next((pair.evidence for pair in pairs if pair.evidence), "")
            found[evidence] += 1
            if not evidence:
                unnamed.append(f"{len(group)} of {described(fresh[0], group[0])}")
    return found, unnamed


def described(pair: Pair, removed: Op | None = None) -> str:
    """A pair, and what was removed from it, as a person says it."""
    inside, inner, out = pair.widths
    what = f" without {removed.kind}" if removed is not None else f" ({pair.evidence})"
    return f"{pair.first.module} {pair.first.kind} -> {pair.second.module} {pair.second.kind}, {inside}/{inner}/{out}{what}"


def _work(sender: Connection, library: str, name: str) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    sender.send(study(library, name))


def alone(library: str, name: str, limit: float) -> dict[str, Any]:
    """The study of one model in a process of its own."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sender, library, name))
    process.start()
    sender.close()
    try:
        found: dict[str, Any] = receiver.recv() if receiver.poll(limit) else {"refused": "took too long"}
    finally:
        process.kill()
        process.join()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="How many forgotten activations are named.")
    parser.add_argument("--library", choices=published.LIBRARIES)
    parser.add_argument("--every", type=int, default=20, help="take each n-th model")
    parser.add_argument("--limit", type=float, default=120, help="seconds for one model")
    parser.add_argument("--unnamed", action="store_true", help="print the pairs that no evidence names")
    options = parser.parse_args()
    alarms = 0
    print(DEFINITION)
    published.prepare()
    for library in [options.library] if options.library else published.LIBRARIES:
        total: dict[str, Counter[str]] = {"calls": Counter(), "places": Counter()}
        models = 0
        seconds = 0.0
        for name in published.names(library)[:: options.every]:
            held = alone(library, name, options.limit)
            if "refused" in held:
                continue
            models += 1
            seconds += held["seconds"]
            alarms += len(held["alarms"])
            for alarm in held["alarms"]:
                print(f"ALARM on the original {name}: {alarm}", flush=True)
            for way, counts in total.items():
                found, unnamed = held[way]
                counts.update(found)
                for pair in unnamed if options.unnamed else ():
                    print(f"{name}, {way}: {pair}", flush=True)
        print(f"{library}: {models} models, {seconds:.0f} CPU-seconds")
        for way, counts in total.items():
            removals = counts.total()
            named = removals - counts[""]
            by = ", ".join(f"{evidence} {n}" for evidence, n in counts.most_common() if evidence)
            print(
                f"  {way:8}{named:6,} of {removals:6,} removals named, {named / max(removals, 1):.0%} ({by})"
            )
    print(f"{alarms} alarms on the originals")
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
