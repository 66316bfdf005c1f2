"""`nonlin check --fix`: make the edits, check the target again, and keep only what it proves right."""

from __future__ import annotations

import difflib
import math
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nonlin.base.errors import NonlinError
from nonlin.base.finding import Edit, Finding, Report
from nonlin.base.language import Text
from nonlin.checker.mend.apply import Rewrite, Stale, rewrites
from nonlin.checker.mend.source import decoded
from nonlin.report._source import seen_from

_STALE = Text(
    "the file has changed meanwhile, or another mend touches the same place",
    "文件在此期间被改动过，或另一处修正涉及同一位置",
)
_STAYS = Text("checked again, the finding is still there", "重新检查后，该问题仍然存在")
_NEW = Text("checked again, there is a new finding: {}", "重新检查后出现了新的问题：{}")
_OTHER = Text(
    "checked again, the loss of the step is {after:.6g} and no longer {before:.6g}",
    "重新检查后，这一步的损失是 {after:.6g}，不再是 {before:.6g}",
)
_BROKEN = Text("checked again, it does not run: {}", "重新检查时无法运行：{}")
_UNWRITTEN = Text("the file cannot be written: {}", "无法写入文件：{}")


def mend(report: Report, again: Callable[[], Report], *, unsafe: bool) -> Report:
    """Make the edits of a report's safe fixes, or of all; the report on what is left, and on what was mended.

    `again` checks the target anew. All edits are made together; if that proves wrong, they are taken back and each is
    made on its own.
    """
    done: list[Finding] = []
    refused: dict[tuple[str, ...], Text] = {}
    alone = False
    while batch := _batch([f for f in report if _key(f) not in refused], unsafe=unsafe)[
        : 1 if alone else None
    ]:
        after = _tried(report, batch, again)
        if isinstance(after, Report):
            done += batch
            report = after
        elif len(batch) > 1:
            alone = True
        else:
            refused[_key(batch[0])] = after
    left = [_without_edits(f) if _key(f) in refused else f for f in report]
    notes = (*report.notes, *(_note(f, refused[_key(f)]) for f in report if _key(f) in refused))
    return replace(report, findings=tuple(left), notes=notes, mended=tuple(done))


def _batch(findings: Sequence[Finding], *, unsafe: bool) -> list[Finding]:
    """The findings whose edits can be made together: the first of those that meet."""
    chosen: list[Finding] = []
    for finding in findings:
        if finding.fix is not None and finding.fix.edits and (finding.fix.safe or unsafe):
            try:
                rewrites(edit for f in (*chosen, finding) for edit in _edits(f))
            except Stale:
                if chosen:
                    continue
            chosen.append(finding)
    return chosen


def _tried(report: Report, batch: Sequence[Finding], again: Callable[[], Report]) -> Report | Text:
    """The report after the edits; or, with the files as they were, why the edits are not right."""
    written: list[Rewrite] = []
    try:
        for rewrite in rewrites(edit for finding in batch for edit in _edits(finding)):
            rewrite.write()
            written.append(rewrite)
        with _ended_by_exception():
            after = again()
        objection = _objection(report, after, batch)
    except Stale:
        objection = _STALE
    except OSError as error:
        objection = _said(_UNWRITTEN, error.strerror or error)
    except NonlinError as error:
        objection = _said(_BROKEN, error)
    except BaseException:
        _restore(written)
        raise
    if objection is not None:
        _restore(written)
        return objection
    return after


@contextmanager
def _ended_by_exception() -> Iterator[None]:
    """Let a signal that ends this process raise `SystemExit` first, so that edits are taken back."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python takes signals in its main thread only
        return
    names = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    held = {name: signal.signal(name, lambda number, _: sys.exit(128 + number)) for name in names}
    try:
        yield
    finally:
        for name, handler in held.items():
            signal.signal(name, handler)


def _restore(written: Sequence[Rewrite]) -> None:
    for rewrite in reversed(written):
        try:
            rewrite.restore()
        except (Stale, OSError) as error:  # noqa: PERF203 - the file's name belongs into the message
            reason = "it has changed meanwhile" if isinstance(error, Stale) else error.strerror
            raise NonlinError(f"{rewrite.path} was edited and could not be restored: {reason}") from error


def _objection(before: Report, after: Report, batch: Sequence[Finding]) -> Text | None:
    """What is wrong with a mended target; None where every finding of the batch is gone and nothing else came."""
    was, now, mended = (_count(findings) for findings in (before, after, batch))
    for kind, count in mended.items():
        if now[kind] > was[kind] - count:
            return _STAYS
    new = next((f for f in after if now[_kind(f)] > was[_kind(f)]), None)
    if new is not None:
        return _said(_NEW, f"{new.rule} {new.name}")
    if all(f.fix is not None and f.fix.safe for f in batch):
        for one, other in zip(before.losses, after.losses, strict=False):
            # A loss that was not finite is what a stable form mends.
            if math.isfinite(one) and not math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-6):
                return Text(*(words.format(before=one, after=other) for words in _OTHER))
    return None


def _said(text: Text, what: object) -> Text:
    return Text(*(words.format(what) for words in text))


def _count(findings: Report | Sequence[Finding]) -> Counter[tuple[str, str]]:
    return Counter(map(_kind, findings))


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.rule, str(Path(finding.site.path).resolve())


def _key(finding: Finding) -> tuple[str, ...]:
    """What tells a finding from the others while its line moves."""
    return *_kind(finding), finding.site.module, *(edit.old for edit in _edits(finding))


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix is not None else ()


def _without_edits(finding: Finding) -> Finding:
    return replace(finding, fix=replace(finding.fix, edits=())) if finding.fix is not None else finding


def _note(finding: Finding, reason: Text) -> Text:
    where = f"{seen_from(finding.site.path, Path.cwd())}:{finding.site.line}"
    return Text(
        f"{finding.rule} at {where} is not mended: {reason.en}",
        f"{where} 处的 {finding.rule} 未修正：{reason.zh}",
    )


def difference(report: Report, base: Path, *, unsafe: bool) -> str:
    """What the edits would change, in the form that `patch` and `git apply` read."""
    batch = _batch(report.findings, unsafe=unsafe)
    return "".join(
        line for rewrite in rewrites(e for f in batch for e in _edits(f)) for line in _hunks(rewrite, base)
    )


def _hunks(rewrite: Rewrite, base: Path) -> Iterator[str]:
    before, after = (decoded(data)[0].splitlines(keepends=True) for data in (rewrite.before, rewrite.after))
    name = seen_from(str(rewrite.path), base.resolve()).lstrip("/")
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
