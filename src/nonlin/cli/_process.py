"""Run many commands, a few at once, so that none can hang the others or outlive them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

# What torch and a small model take, with room for data.
_MEMORY_OF_ONE = 2 << 30


class Answer(NamedTuple):
    """How a command ended: its exit status (None when its time was up), and what it wrote."""

    status: int | None
    out: str
    err: str


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def sensible_jobs() -> int:
    """One command a processor, as far as each has 2 GiB of the memory."""
    sizes: list[int] = []
    with contextlib.suppress(AttributeError, OSError, ValueError):  # Windows does not tell
        sizes.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with contextlib.suppress(OSError, ValueError):  # no container, or one without a limit: "max"
        sizes.append(int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return max(min(cores(), *(size // _MEMORY_OF_ONE for size in sizes)), 1)


def run_all(
    commands: Sequence[Sequence[str]],
    *,
    jobs: int,
    limit: float,
    env: Mapping[str, str],
    done: Callable[[int], object],
) -> list[Answer]:
    """What the commands answer, in their order; `done` is called with the index of each when it has ended.

    A command that takes longer than `limit` seconds is killed with all that it started; so are the running ones when
    this one is interrupted. They have no standard input, and speak UTF-8.
    """
    running: set[subprocess.Popen[str]] = set()
    stopping = threading.Event()

    def answer(command: Sequence[str]) -> Answer:
        with subprocess.Popen(  # noqa: S603 (our own command on the user's own scripts)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env=env,
            start_new_session=True,
        ) as process:
            running.add(process)
            if stopping.is_set():  # it was started while the others were killed
                _kill(process)
            in_time = True
            try:
                out, err = process.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                # One that has ended may have left children behind, which keep its streams open.
                in_time = process.poll() is not None
                _kill(process)
                out, err = process.communicate()
            finally:
                running.discard(process)
        return Answer(process.returncode if in_time else None, out, err)

    with ThreadPoolExecutor(jobs) as pool:
        futures = {pool.submit(answer, command): index for index, command in enumerate(commands)}
        try:
            for future in as_completed(futures):
                done(futures[future])
        except BaseException:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            for process in tuple(running):
                _kill(process)
            raise
    return [future.result() for future in futures]


def _kill(process: subprocess.Popen[str]) -> None:
    """End a process and its descendants."""
    if os.name == "nt":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (a part of Windows)
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
