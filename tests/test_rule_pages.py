"""A rule's file is refused when it is not whole; every rule that nonlin ships is whole, in both languages."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import pytest

from nonlin import cli
from nonlin.base import folder
from nonlin.base.errors import NonlinError
from nonlin.base.language import LANGUAGES
from nonlin.checker import rule as rule_module
from nonlin.checker.rule import PACKAGE, SECTIONS, find, headings, rules, select
from nonlin.report._wrap import width_of
from rule_files import page, write_rule

SHIPPED = folder.names_in(PACKAGE)
_packages = itertools.count()


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder that stands in for nonlin's own rules."""
    name = f"rule_shelf_{next(_packages)}"
    place = tmp_path / "checker" / name
    place.mkdir(parents=True)
    (place / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(place.parent))
    monkeypatch.setattr(rule_module, "PACKAGE", name)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: ())
    return place


@pytest.fixture
def three(shelf):
    write_rule(shelf, "nl101_linear_collapse")
    write_rule(shelf, "nl201_softmax_before_cross_entropy")
    write_rule(shelf, "nl219_redundant_log_softmax", severity="advice")
    return shelf


class TestRegistration:
    @pytest.mark.usefixtures("three")
    def test_a_whole_file_is_a_rule(self):
        found = rules()

        assert [r.id for r in found] == ["NL101", "NL201", "NL219"]
        assert [r.severity for r in found] == ["error", "error", "advice"]
        assert found[1].name == "softmax-before-cross-entropy"
        assert found[1].summary("zh") == "它得到了 softmax。"
        assert list(found[1].check(None)) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.en)
    def test_a_missing_section_is_refused(self, language, section, shelf):
        title = section.to(language)
        write_rule(shelf, "nl900_odd", **{language: page(language, without=title)})

        with pytest.raises(NonlinError, match=f"NL900.*{language}.*{title}"):
            rules()

    @pytest.mark.parametrize(
        ("spoiled", "complaint"),
        [
            ({"code": "NL901"}, "must be called nl901_odd.py"),
            ({"function": "even"}, "must be called nl900_even.py"),
            ({"code": "nl900"}, "capitals"),
            ({"severity": "fatal"}, "fatal"),
            ({"en": page("en", summary="No full stop")}, "one sentence"),
            ({"en": page("en", summary="# Title.")}, "one sentence"),
            ({"en": page("en").replace("Text.", "", 1)}, "is empty"),
            ({"en": page("en") + "\n\n## More\nText."}, "must have the sections"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, spoiled, complaint, shelf):
        write_rule(shelf, "nl900_odd", **spoiled)

        with pytest.raises(NonlinError, match=complaint):
            rules()

    @pytest.mark.parametrize("twin", ["nl101_other", "nl102_linear_collapse"])
    def test_an_id_and_a_name_belong_to_one_rule(self, twin, three):
        write_rule(three, twin)

        with pytest.raises(NonlinError, match="two rules are called"):
            rules()

    def test_a_heading_inside_code_is_none(self):
        assert headings("One.\n\n## A\n```\n## B\n```\n## C\n") == ["A", "C"]


class TestFinding:
    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize("given", ["NL201", "nl201", "softmax-before-cross-entropy"])
    def test_by_id_or_name(self, given):
        assert find(given).id == "NL201"

    def test_imports_no_other_rule(self, three):
        (three / "nl777_broken.py").write_text("raise RuntimeError", encoding="utf-8")

        assert find("NL201").id == "NL201"

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize(
        ("given", "hint"),
        [("NL291", "NL201"), ("softmax-before-crossentropy", "softmax-before-cross-entropy")],
    )
    def test_an_unknown_one_names_the_nearest(self, given, hint):
        with pytest.raises(NonlinError, match=f"did you mean .*{hint}"):
            find(given)


class TestSelection:
    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize(
        ("chosen", "ignored", "left"),
        [
            ([], [], ["NL101", "NL201", "NL219"]),
            (["NL2"], [], ["NL201", "NL219"]),
            (["nl201", "linear-collapse"], [], ["NL101", "NL201"]),
            ([], ["NL2"], ["NL101"]),
            (["NL2"], ["redundant-log-softmax"], ["NL201"]),
            (["NL201"], ["NL2"], []),
        ],
    )
    def test_by_id_name_or_beginning(self, chosen, ignored, left):
        assert [r.id for r in select(rules(), chosen, ignored)] == left

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize("wrong", ["ZZ99", "NL9", "softmax", ""])
    def test_what_matches_nothing_is_refused(self, wrong):
        with pytest.raises(NonlinError, match="unknown rule"):
            select(rules(), [wrong])
        with pytest.raises(NonlinError, match="unknown rule"):
            select(rules(), [], [wrong])


class TestCommand:
    @pytest.fixture
    def with_examples(self, three):
        place = three.parent / "fixtures" / "nl201"
        place.mkdir(parents=True)
        (place / "bad.py").write_text("loss(softmax(x))\n", encoding="utf-8")
        (place / "good.py").write_text("loss(x)\n", encoding="utf-8")
        return three

    @pytest.mark.usefixtures("with_examples")
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shows_the_page_and_both_examples(self, language, capsys):
        assert cli.run(["rule", "NL201", "--lang", language]) == 0

        said = capsys.readouterr().out
        for section in SECTIONS:
            assert section.to(language) in said.splitlines()
        assert "   1 | loss(softmax(x))" in said
        assert "   1 | loss(x)" in said

    @pytest.mark.usefixtures("with_examples")
    def test_json_has_page_and_examples(self, capsys):
        assert cli.run(["rule", "softmax-before-cross-entropy", "--format", "json", "--lang", "zh"]) == 0

        said = json.loads(capsys.readouterr().out)
        assert said == {
            "id": "NL201",
            "name": "softmax-before-cross-entropy",
            "severity": "error",
            "since": "0.1",
            "summary": "它得到了 softmax。",
            "page": page("zh"),
            "bad": "loss(softmax(x))\n",
            "good": "loss(x)\n",
        }

    @pytest.mark.usefixtures("three")
    def test_without_a_rule_lists_all(self, capsys):
        assert cli.run(["rule", "--lang", "en"]) == 0
        text = capsys.readouterr().out
        assert cli.run(["rule", "--format", "json"]) == 0
        listed = json.loads(capsys.readouterr().out)

        assert "NL219  advice   redundant-log-softmax\n" in text
        assert [line["id"] for line in listed] == ["NL101", "NL201", "NL219"]

    @pytest.mark.usefixtures("three")
    def test_a_rule_without_examples_still_has_its_page(self, capsys):
        with pytest.raises(NonlinError, match="NL201 has no example"):
            find("NL201").examples()

        assert cli.run(["rule", "NL201", "--lang", "en"]) == 0
        said = capsys.readouterr().out
        assert "What it finds" in said
        assert "Example" not in said


# A folder without rules would pass what follows by having nothing to test.
@pytest.mark.skipif(not SHIPPED, reason="nonlin ships no rules yet")
class TestShipped:
    @pytest.fixture(params=SHIPPED or ["none"])
    def shipped(self, request):
        return find(request.param.partition("_")[0])

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_page_has_all_sections_and_fits_the_terminal(self, shipped, language, capsys):
        assert headings(shipped.page(language)) == [section.to(language) for section in SECTIONS]

        assert cli.run(["rule", shipped.id, "--lang", language]) == 0
        said = capsys.readouterr().out
        body = said[: said.index("   1 |")]
        assert max(map(width_of, body.splitlines())) <= 80

    def test_chinese_page_is_chinese(self, shipped):
        han = sum("\u4e00" <= sign <= "\u9fff" for sign in shipped.page("zh"))

        assert han > 80
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in shipped.page("en"))

    def test_both_examples_are_programs(self, shipped):
        bad, good = shipped.examples()

        compile(bad, "bad.py", "exec")
        compile(good, "good.py", "exec")
        assert bad != good

    def test_all_are_consistent(self):
        assert len(rules()) >= len(SHIPPED)

    def test_a_page_needs_no_torch(self):
        code = (
            "import sys; from nonlin import cli; status = cli.run(['rule', sys.argv[1]]);"
            "print(sorted({'torch', 'numpy', 'rich', 'sympy', 'importlib.metadata'} & {*sys.modules}), file=sys.stderr);"
            "sys.exit(status)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, SHIPPED[0].partition("_")[0]],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert (done.returncode, done.stderr.strip()) == (0, "[]")
