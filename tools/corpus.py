"""Run the checker over a corpus of scripts with verdicts; print recall, line accuracy and false alarms.

    python tools/corpus.py [FOLDER]    # FOLDER holds manifest.yaml and cases/; tests/corpus by default

Each script runs in a process of its own, as a user would run it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from verdicts import Case, cases  # noqa: E402 - the tests' reader of verdicts lies beside this folder


def check(case: Case) -> list[dict[str, Any]] | None:
    """The findings on one script, or None if nonlin could not run it."""
    command = [
        sys.executable,
        "-m",
        "nonlin",
        "check",
        "--format",
        "json",
        "--fail-on",
        "never",
        str(case.path),
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if ran.returncode:
        print(f"  {case.path.name}: {ran.stderr.strip().splitlines()[-1]}")
        return None
    found: list[dict[str, Any]] = json.loads(ran.stdout)["findings"]
    return found


def main() -> int:
    """Print one line a script that went wrong, then the totals; 1 if anything did."""
    corpus = cases(Path(sys.argv[1])) if len(sys.argv) > 1 else cases()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(check, corpus))
    covered = named = placed = alarms = failed = uncovered = 0
    for case, findings in zip(corpus, results, strict=True):
        if findings is None:
            failed += 1
            continue
        ours = [f for f in findings if f["name"] in case.answers]
        alarming = [f for f in findings if f["severity"] != "advice" and f["name"] not in case.answers]
        alarms += len(alarming)
        for f in alarming:
            print(f"  false alarm  {case.path.name}:{f['line']} {f['rule']} {f['name']}")
        uncovered += case.label == "bug" and not case.covered
        if case.covered:
            covered += 1
            named += bool(ours)
            placed += any(f["line"] in case.lines for f in ours)
            if not ours:
                print(f"  missed       {case.path.name}: {case.category}")
    print(f"scripts       {len(corpus)}")
    print(
        f"recall        {named}/{covered} mistakes that the rules cover ({uncovered} bugs have no rule yet)"
    )
    print(f"line accuracy {placed}/{named}")
    print(f"false alarms  {alarms}")
    print(f"could not run {failed}")
    return int(named < covered or placed < named or alarms > 0 or failed > 0)


if __name__ == "__main__":
    sys.exit(main())
