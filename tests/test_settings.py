"""`[tool.nonlin]` in pyproject.toml: the nearest one counts, and a mistake in it is named."""

from __future__ import annotations

import pytest

from nonlin import cli
from nonlin.base.errors import NonlinError
from nonlin.base.language import LANGUAGES
from nonlin.checker import settings
from nonlin.checker.settings import KEYS, Settings, read


@pytest.fixture
def write(tmp_path):
    def written(text, place=tmp_path):
        place.mkdir(parents=True, exist_ok=True)
        (place / "pyproject.toml").write_text(text, encoding="utf-8")

    return written


class TestWithParser:
    @pytest.fixture(autouse=True)
    def _parser(self):
        pytest.importorskip("tomllib", reason="Python 3.10 has no parser of its own")

    def test_are_read_from_the_folder_above(self, write, tmp_path):
        lines = [key.example for key in KEYS.values()]
        write("\n".join(["[tool.nonlin]", *lines]))
        write("[tool.other]\n", tmp_path / "src")
        (tmp_path / "src" / "deep").mkdir()

        assert read(tmp_path / "src" / "deep") == Settings(
            ("NL2",), ("NL219",), "zh", "error", tmp_path / "old.json", 600, require_reason=True
        )

    def test_a_file_that_does_not_mention_nonlin_need_not_be_valid(self, write, tmp_path):
        write("[tool.other\n")

        assert read(tmp_path) == Settings()

    def test_without_a_table_nothing_is_set(self, write, tmp_path):
        write("[project]\nname = 'nonlin'\n")

        assert read(tmp_path) == Settings()

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("[tool.nonlin]\nselct = []\n", "did you mean select"),
            ('[tool.nonlin]\nselect = "NL2"\n', "must be a list"),
            ('[tool.nonlin]\nlang = "fr"\n', "one of en, zh"),
            ('[tool.nonlin]\nfail-on = "fatal"\n', "one of error, warning, advice, never"),
            ("[tool.nonlin]\nbaseline = 3\n", "must be a file's name"),
            ("[tool.nonlin]\ntime-limit = true\n", "must be a number of seconds"),
            ("[tool.nonlin]\ntime-limit = 0\n", "must be a number of seconds"),
            ("[tool.nonlin]\nrequire-reason = 1\n", "must be true or false"),
            ("[tool]\nnonlin = 3\n", "must be a table"),
            ("[tool.nonlin\n", "not valid TOML"),
        ],
    )
    def test_mistakes_are_named_with_their_file(self, text, hint, write, tmp_path):
        write(text)

        with pytest.raises(NonlinError, match=f"pyproject.toml.*{hint}"):
            read(tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_parser_a_note_says_that_they_were_not_read(language, write, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "_parser", lambda: None)
    write('[tool.nonlin]\nlang = "zh"\n')

    assert "tomli" in read(tmp_path).notes[0].to(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_shows_a_line_that_sets_each_key(language, capsys):
    cli.run(["check", "--help", "--lang", language])

    said = capsys.readouterr().out
    for name, key in KEYS.items():
        assert key.example.startswith(f"{name} = ")
        assert f"\n  {key.example}" in said
        assert key.meaning.to(language)[:8] in said
