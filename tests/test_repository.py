"""What the documents say is so: rules, commands, names and versions."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import nonlin
from nonlin.base.folder import names_in

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
RULES = {name.split("_", 1)[0].upper() for name in names_in("nonlin.checker.rules")}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def prose(name: str) -> str:
    """A README without the terminal session, which may show anything."""
    return re.sub(r"<!-- session -->.*<!-- /session -->", "", read(name), flags=re.DOTALL)


def code(name: str) -> list[str]:
    """What stands between backticks or in a block, without comments and reading aids."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", prose(name), re.MULTILINE | re.DOTALL)
    spans = re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", prose(name), flags=re.MULTILINE | re.DOTALL)
    )
    return sorted(
        {re.sub(r"\s+#.*", "", line).strip() for block in blocks for line in block.splitlines()} | set(spans)
    )


@pytest.mark.parametrize("readme", READMES)
def test_readme_lists_exactly_the_rules(readme: str) -> None:
    table = "".join(line for line in prose(readme).splitlines() if line.startswith("| NL"))

    assert sorted(re.findall(r"NL\d{3}", table)) == sorted(RULES)


def test_readmes_show_the_same_code() -> None:
    assert code("README.md") == code("README.zh-CN.md")


@pytest.mark.parametrize("document", [*READMES, "CHANGELOG.md"])
def test_commands_that_are_named_exist(document: str) -> None:
    named = set(re.findall(r"(?:^|`)nonlin ([a-z]+)", prose(document), re.MULTILINE))

    assert named
    assert named <= set(names_in("nonlin.cli"))


@pytest.mark.parametrize("document", [*READMES, "CHANGELOG.md"])
def test_python_names_that_are_named_exist(document: str) -> None:
    for name in set(re.findall(r"\bnonlin\.([a-z]+)(?:\.(\w+))?", prose(document))):
        found = getattr(nonlin, name[0], None) or import_module(f"nonlin.{name[0]}")
        assert not name[1] or hasattr(found, name[1]) or find_spec(f"nonlin.{name[0]}.{name[1]}")


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md"])
def test_links_and_paths_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^):]+)\)", prose(document))
    paths = re.findall(r"`((?:src|tests|examples|tools)/[\w./]+)`", prose(document))

    assert [p for p in links + paths if not (ROOT / p).exists()] == []


def test_readmes_state_the_gain_and_the_versions() -> None:
    torch = re.search(r"^torch==(\S+)$", read("constraints.txt"), re.MULTILINE)

    assert torch is not None
    for readme in READMES:
        assert f"{nonlin.gain('gelu'):.4f}" in prose(readme)
        assert f"torch {torch[1]}" in prose(readme)


def test_the_guide_shows_a_block_of_the_catalogue_as_it_is() -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```", read("CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)

    assert block in read("src/nonlin/catalogue/smooth.py")


def test_the_changelog_knows_the_version() -> None:
    assert f"## {nonlin.__version__}" in read("CHANGELOG.md")


def test_no_document_or_example_names_a_place_on_one_machine() -> None:
    files = [
        *ROOT.glob("*.md"),
        *ROOT.glob("examples/*.py"),
        ROOT / "pyproject.toml",
        ROOT / "constraints.txt",
    ]
    places = re.compile(r"(?<![\w.])/(?:home|root|work|opt|tmp|Users)/|index-url|find-links")

    assert [f.name for f in files if places.search(f.read_text("utf-8"))] == []
