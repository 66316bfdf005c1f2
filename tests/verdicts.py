"""The corpus: training scripts with known verdicts, and which of this release's rules answer for a category."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).parent / "corpus"

# Category of the corpus -> rules that may name it; a category that is missing here has no rule yet.
ANSWERS: dict[str, tuple[str, ...]] = {
    "missing-activation-linear-collapse": ("linear-collapse",),
    "activation-misplaced": ("activation-misplaced",),
    "activation-result-unused": ("activation-result-unused",),
    "softmax-before-cross-entropy": ("softmax-before-cross-entropy",),
    "sigmoid-before-bce-with-logits": ("sigmoid-before-bce-with-logits",),
    "sigmoid-before-cross-entropy": ("sigmoid-before-cross-entropy",),
    "activation-on-logits": ("activation-on-logits",),
    "output-range-excludes-targets": ("output-range-excludes-targets",),
    "softmax-wrong-dim": ("softmax-wrong-dim", "softmax-single-unit"),
    "duplicate-sigmoid": ("duplicate-squashing",),
    "unstable-log-of-softmax": ("unstable-log-softmax",),
    "redundant-activation": ("redundant-activation",),
    "redundant-log-softmax": ("redundant-log-softmax",),
    "softmax-as-hidden-activation": ("softmax-as-hidden-activation",),
    "gan-output-range": ("gan-output-range",),
    "wrong-activation-for-loss": ("wrong-activation-for-loss",),
    "critic-with-sigmoid": ("critic-with-sigmoid",),
    "unstable-naive-softmax": ("unstable-naive-softmax",),
    "non-differentiable-op": ("non-differentiable-op",),
    "saturated-tanh": ("saturated-units",),
    "bad-init-gain": ("bad-init-gain",),
    "missing-softmax-attention": ("missing-attention-softmax",),
    "sigmoid-with-mse-classification": ("sigmoid-with-mse-classification",),
}


@dataclass(frozen=True)
class Case:
    """One script and what is true of it."""

    id: str
    path: Path
    label: str
    category: str
    lines: frozenset[int]

    @property
    def answers(self) -> tuple[str, ...]:
        """The rules that may name this script's mistake."""
        return ANSWERS.get(self.category, ())

    @property
    def covered(self) -> bool:
        """Whether this release promises to find the mistake."""
        return self.label != "clean" and bool(self.answers)


def cases(home: Path = HOME) -> list[Case]:
    """Every script of a corpus."""
    entries: list[dict[str, Any]] = yaml.safe_load((home / "manifest.yaml").read_text(encoding="utf-8"))
    return [
        Case(
            id=entry["id"],
            path=home / "cases" / entry["file"],
            label=entry["label"],
            category=entry["category"],
            lines=frozenset([*entry["lines"], *entry.get("lines_also_ok", ())]),
        )
        for entry in entries
    ]
