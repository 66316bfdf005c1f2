"""The demo: train a script with a mistake and its mended twin, check both, and compare."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PAIR = ("classifier_wrong.py", "classifier.py")


def run(*command: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Run Python with the arguments, shown as a user would type them."""
    print("\n$", " ".join(command), flush=True)
    call = [sys.executable, *(command[1:] if command[0] == "python" else ("-m", *command))]
    variables = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.run(call, cwd=HERE, env=variables, stdout=subprocess.PIPE if quiet else None, text=True)


def main() -> int:
    statuses, scores = [], []
    for script in PAIR:
        trained = run("python", script, quiet=True)
        print(trained.stdout, end="", flush=True)
        statuses.append(run("nonlin", "check", script).returncode)
        scores.append(trained.stdout.strip())
    print()
    width = max(map(len, PAIR))
    for script, status, score in zip(PAIR, statuses, scores, strict=True):
        verdict = {0: "nothing found", 1: "a mistake found"}.get(status, "could not run")
        print(f"{script:{width}}  {score or 'did not train'}  nonlin check: {verdict}")
    return 0 if statuses == [1, 0] and all(scores) else 1


if __name__ == "__main__":
    sys.exit(main())
