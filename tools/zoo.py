"""Check every architecture of timm and transformers, in both modes; print a table of what each took and gave.

python tools/zoo.py [NAMES...] [--library timm] [--every 20] [--limit 120] [--output zoo.jsonl] [--table]

Each model runs in a process of its own with a time limit; a result is appended to the output file as soon as it is
there, and a run goes on where the last one stopped. The order mixes the families, so that any beginning of it, and
`--every`, is a fair sample. Exit status 1: there was a crash, an error or
a warning that is not proven to be real. Wants nonlin[zoo].
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
import multiprocessing
import statistics
import sys
import time
import traceback
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import published
from nonlin.checker.rule import rules
from nonlin.checker.target import report_on

Row = dict[str, Any]


def check(library: str, name: str, *, train: bool) -> Row:
    """One row of the table: `outcome` is checked, refused (it cannot be built or fed) or crashed (nonlin failed)."""
    row: Row = {"library": library, "model": name, "mode": "train" if train else "eval"}
    start = time.process_time()
    try:
        graph = published.tape(library, name, train=train)
        captured = time.process_time()
        report = report_on(graph, name, (), rules())
        text = str(report)
    except published.RefusedError as error:
        return {**row, "outcome": "refused", "reason": str(error)}
    except Exception:  # noqa: BLE001 - the crash that this looks for
        return {**row, "outcome": "crashed", "reason": traceback.format_exc()}
    return {
        **row,
        "outcome": "checked",
        "operations": len(graph.ops),
        "loss": any(o.is_loss for o in graph.objectives),
        "capture": captured - start,
        "judge": time.process_time() - captured,
        "findings": [
            [f.severity, f.rule, f"{f.site.path.split('site-packages/')[-1]}:{f.site.line}", f.message.en]
            for f in report
        ],
        "lines": len(text.splitlines()),
    }


def alone(library: str, name: str, *, train: bool, limit: float) -> Row:
    """The same, in a process that ends after `limit` seconds."""
    context = multiprocessing.get_context("fork")  # torch and the libraries are imported once
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sender, library, name, train))
    process.start()
    sender.close()
    row: Row = {"library": library, "model": name, "mode": "train" if train else "eval", "outcome": "refused"}
    try:
        return receiver.recv() if receiver.poll(limit) else {**row, "reason": f"took more than {limit:.0f} s"}
    except EOFError:
        process.join()
        return {**row, "outcome": "crashed", "reason": f"the process ended with status {process.exitcode}"}
    finally:
        process.kill()
        process.join()
        receiver.close()


def _work(sender: Connection, library: str, name: str, train: bool) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    with contextlib.redirect_stdout(io.StringIO()):
        sender.send(check(library, name, train=train))


def main() -> int:
    parser = argparse.ArgumentParser(description="Check every architecture of timm and transformers.")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--library", choices=published.LIBRARIES)
    parser.add_argument("--every", type=int, default=1, help="take each n-th model")
    parser.add_argument("--limit", type=float, default=120, help="seconds for one model in one mode")
    parser.add_argument("--output", type=Path, default=Path("zoo.jsonl"))
    parser.add_argument(
        "--table", action="store_true", help="print what the output file holds, and run nothing"
    )
    options = parser.parse_args()
    lines = options.output.read_text("utf-8").splitlines() if options.output.is_file() else []
    rows: list[Row] = [json.loads(line) for line in lines]
    done = {(row["library"], row["model"], row["mode"]) for row in rows}
    libraries = () if options.table else [options.library] if options.library else published.LIBRARIES
    if libraries:
        published.prepare()
        rules()
    for library in libraries:
        for name in [
            n for n in published.names(library)[:: options.every] if not options.names or n in options.names
        ]:
            for train in (True, False):
                if (library, name, "train" if train else "eval") not in done:
                    rows.append(alone(library, name, train=train, limit=options.limit))
                    with options.output.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(rows[-1]) + "\n")
    show(rows)
    bad = [
        row
        for row in rows
        if row["outcome"] == "crashed"
        or any(
            f[0] != "advice" and (row["model"], f[1]) not in published.PROVEN for f in row.get("findings", ())
        )
    ]
    return 1 if bad else 0


def show(rows: list[Row]) -> None:
    """A line for each row, and a summary for each library."""
    print(f"{'model':52}{'mode':7}{'operations':>10}{'capture':>9}{'judge':>8}  findings (CPU-seconds)")
    for row in sorted(rows, key=lambda r: (r["library"], r["model"], r["mode"])):
        if row["outcome"] != "checked":
            print(
                f"{row['model'][:51]:52}{row['mode']:7}{row['outcome']}: {row['reason'].strip().splitlines()[-1][:80]}"
            )
            continue
        counts = {s: sum(f[0] == s for f in row["findings"]) for s in ("error", "warning", "advice")}
        said = ", ".join(f"{n} {severity}" for severity, n in counts.items() if n) or "none"
        print(
            f"{row['model'][:51]:52}{row['mode']:7}{row['operations']:>10,}{row['capture']:9.2f}{row['judge']:8.2f}  {said}"
        )
    for library in published.LIBRARIES:
        own = [r for r in rows if r["library"] == library]
        checked = [r for r in own if r["outcome"] == "checked"]
        if not checked:
            continue
        models, all_models = len({r["model"] for r in checked}), len({r["model"] for r in own})
        judge = [r["judge"] for r in checked]
        print(
            f"\n{library}: {models} of {all_models} models checked, {len(checked)} of {len(own)} with their mode, "
            f"{sum(r['loss'] for r in checked)} with a loss; {sum(r['outcome'] == 'crashed' for r in own)} crashes"
        )
        for severity in ("error", "warning", "advice"):
            found = [(f[1], r["model"]) for r in checked for f in r["findings"] if f[0] == severity]
            rule_counts = {
                rule: len({m for x, m in found if x == rule}) for rule in sorted({x for x, _ in found})
            }
            told = ", ".join(f"{rule} in {n}" for rule, n in rule_counts.items())
            proven = sum((model, rule) in published.PROVEN for rule, model in found)
            real = f", {proven} proven real" if proven else ""
            print(f"  {severity}: {len(found)}{f' ({told} models{real})' if told else ''}")
        print(
            f"  judge: median {statistics.median(judge):.2f} s, largest {max(judge):.2f} s; {sum(r['operations'] for r in checked):,} operations"
        )


if __name__ == "__main__":
    sys.exit(main())
