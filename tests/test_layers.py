"""Imports inside nonlin point downward: a module may import from its own layer and from those below it."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
LAYERS = (
    {"base"},
    {"catalogue"},
    {"facts", "advice"},
    {"functional", "nn", "pointwise", "gated", "simplex", "recognise", "leaning"},
    {"checker", "monitor"},
    {"sweep", "plot", "init", "initialise", "leftover", "swapping"},
    {"report", "pages", "web"},
    {"cli", "testing", "integrations", "__main__"},
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}


def imports(path: Path) -> set[str]:
    """The parts of nonlin that a file imports, also inside functions and under TYPE_CHECKING."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: relative import"
            names = (
                [f"nonlin.{a.name}" for a in node.names] if node.module == "nonlin" else [node.module or ""]
            )
        found |= {n.split(".")[1] for n in names if n.startswith("nonlin.")}
    return found - {"__version__"}


def files() -> list[tuple[str, Path]]:
    # nonlin/__init__.py hands out names from everywhere, on first use only. Fixtures are users' scripts.
    paths = [p.relative_to(SOURCE / "nonlin") for p in SOURCE.glob("nonlin/**/*.py")]
    return [
        (p.parts[0].removesuffix(".py"), SOURCE / "nonlin" / p)
        for p in paths
        if "fixtures" not in p.parts and p != Path("__init__.py")
    ]


def test_every_part_has_a_layer() -> None:
    assert {part for part, _ in files()} <= set(LEVEL)


def test_imports_point_downward() -> None:
    breaches = [
        f"{path.relative_to(SOURCE)} ({part}) imports nonlin.{other}"
        for part, path in files()
        for other in sorted(imports(path))
        if LEVEL.get(other, len(LAYERS)) > LEVEL[part]
    ]

    assert breaches == []
