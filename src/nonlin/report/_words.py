"""What every format says in words: a finding's sentences, the verdict, and what was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from nonlin.base.finding import SEVERITIES, Finding, Report, Severity
from nonlin.base.language import Language, Text
from nonlin.report._source import seen_from

SEVERITY: dict[Severity, Text] = {
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
    "advice": Text("advice", "建议"),
}
_PLURAL: dict[Severity, str] = {"error": "errors", "warning": "warnings", "advice": "pieces of advice"}
_SINGULAR: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "piece of advice"}
_COUNTED = {
    "scripts": Text("script", "个脚本"),
    "operations": Text("operation", "个运算"),
    "modules": Text("module", "个模块"),
    "objectives": Text("objective", "个训练目标"),
    "parameters": Text("parameter", "个参数"),
}
_SAFE = Text(" (keeps every number the same)", "（不改变任何数值）")
_CLEAN = Text("No problem found in {target}.", "{target} 没有发现问题。")
_CHECKED = Text("Checked {things}.", "检查了 {things}。")
_KEPT = Text(
    "The backward pass keeps {bytes_kept:.0f} MiB; with nonlin.lean() it keeps {bytes_kept_with_lean:.0f} MiB, "
    "for the same gradients to the last bit.",
    "反向传播要保存 {bytes_kept:.0f} MiB；用 nonlin.lean() 只需 {bytes_kept_with_lean:.0f} MiB，梯度逐位相同。",
)


def sentences(found: Finding, language: Language) -> str:
    """What a finding says, one sentence a line: the message, its proof and the fix, where it has them."""
    parts = (found.message, found.proof, found.fix.title if found.fix else None)
    return "\n".join(part.to(language) for part in parts if part)


def remedy(found: Finding, language: Language) -> str:
    """The title of the fix, and whether it is safe; empty without a fix."""
    if found.fix is None:
        return ""
    return found.fix.title.to(language) + (_SAFE.to(language) if found.fix.safe else "")


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity; those of one severity stay in their order."""
    return sorted(findings, key=lambda found: SEVERITIES.index(found.severity))


def verdict(report: Report, language: Language, base: Path) -> str:
    """How many findings of each severity there are, or that there are none."""
    counts = {s: sum(f.severity == s for f in report.findings) for s in SEVERITIES}
    if not report.findings:
        return _CLEAN.to(language).format(target=seen_from(report.target, base))
    if language == "zh":
        words = [
            f"{n} 个{SEVERITY[s].zh}" if s != "advice" else f"{n} 条建议" for s, n in counts.items() if n
        ]
        return f"发现 {'、'.join(words)}。"
    words = [f"{n} {(_SINGULAR if n == 1 else _PLURAL)[s]}" for s, n in counts.items() if n]
    return f"Found {_listed(words)}."


def how_to_mend(report: Report, language: Language) -> str:
    """How many findings nonlin can mend itself, and by which option; empty where it is none."""
    fixes = [f.fix for f in report.findings if f.fix is not None and f.fix.edits]
    safe = sum(fix.safe for fix in fixes)
    unsafe = len(fixes) - safe
    if not fixes:
        return ""
    if not unsafe:
        return Text(f"{safe} mendable with --fix.", f"可用 --fix 自动修正 {safe} 处。").to(language)
    if not safe:
        return Text(
            f"{unsafe} mendable with --unsafe-fixes.", f"可用 --unsafe-fixes 自动修正 {unsafe} 处。"
        ).to(language)
    return Text(
        f"{safe} mendable with --fix, {unsafe} more with --unsafe-fixes.",
        f"可用 --fix 自动修正 {safe} 处，用 --unsafe-fixes 还可修正 {unsafe} 处。",
    ).to(language)


def checked(summary: Mapping[str, int], language: Language) -> str:
    """What was looked at, and what lean would save of it; empty where nothing was counted."""
    known = [(summary[key], text) for key, text in _COUNTED.items() if key in summary]
    if not known:
        return ""
    if language == "zh":
        things = "、".join(f"{n} {text.zh}" for n, text in known)
    else:
        things = _listed([f"{n:,} {text.en}{'' if n == 1 else 's'}" for n, text in known])
    said = _CHECKED.to(language).format(things=things)
    if "bytes_kept" not in summary:
        return said
    sizes = {key: n / 2**20 for key, n in summary.items() if key.startswith("bytes_")}
    return f"{said}{'' if language == 'zh' else ' '}{_KEPT.to(language).format(**sizes)}"


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def figure(value: float | str) -> str:
    """A number as a person reads it: whole ones whole, others to four digits."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e6 else f"{value:.4g}"
    return str(value)
