"""Every format tells the same findings; the text is readable at 80 columns; the JSON keeps its contract."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nonlin.base import folder
from nonlin.base.finding import Edit, Finding, Fix, Report, Site
from nonlin.base.language import LANGUAGES, Text
from nonlin.report import _source
from nonlin.report import json as json_format
from nonlin.report._wrap import clipped, width_of, wrapped
from nonlin.report.text import render
from reports import DEAD, HOSTILE, REPORT, SOFTMAX, SOURCE

GOLDEN = {
    "en": """\
error NL201 softmax-before-cross-entropy [*]
  train.py:5 (module head)

  Cross entropy gets probabilities here.

     5 |     return F.softmax(head(x), dim=1)  # probabilities
       |            ^^^^^^^^^^^^^^^^^^^^^^^^^
   ...
     8 |     return F.cross_entropy(forward(x), y)

  proof    With 10 classes the loss cannot fall below 1.461.
  see      lib/losses.py:3 (module loss)
  fix      Return the logits.
           - return F.softmax(head(x), dim=1)  # probabilities
           + return head(x)  # probabilities
  why      nonlin rule NL201


warning NL701 dead-units
  train.py:4 (module act)

  Half of the units are dead.

   > 4 | def forward(x):

  figures  share 0.5, units 1024
  why      nonlin rule NL701


advice NL401 dead-units
  train.py:4 (module act)

  Half of the units are dead.

   > 4 | def forward(x):

  fix      Remove it. (keeps every number the same)
  why      nonlin rule NL401


note     It ran on the CPU.


Found 1 error, 1 warning and 1 piece of advice. 1 mendable with --unsafe-fixes.
Checked 1,214 operations, 3 modules and 1 objective.
""",
    "zh": """\
错误 NL201 softmax-before-cross-entropy [*]
  train.py:5 (模块 head)

  交叉熵在这里得到的是概率。

     5 |     return F.softmax(head(x), dim=1)  # probabilities
       |            ^^^^^^^^^^^^^^^^^^^^^^^^^
   ...
     8 |     return F.cross_entropy(forward(x), y)

  依据  有 10 个类别时，损失不会低于 1.461。
  相关  lib/losses.py:3 (模块 loss)
  修正  返回 logits。
        - return F.softmax(head(x), dim=1)  # probabilities
        + return head(x)  # probabilities
  详情  nonlin rule NL201


警告 NL701 dead-units
  train.py:4 (模块 act)

  一半的单元已经死亡。

   > 4 | def forward(x):

  数据  share 0.5，单元数 1024
  详情  nonlin rule NL701


建议 NL401 dead-units
  train.py:4 (模块 act)

  一半的单元已经死亡。

   > 4 | def forward(x):

  修正  删掉它。（不改变任何数值）
  详情  nonlin rule NL401


注意  已改在 CPU 上运行。


发现 1 个错误、1 个警告、1 条建议。可用 --unsafe-fixes 自动修正 1 处。检查了
1214 个运算、3 个模块、1 个训练目标。
""",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", folder.names_in("nonlin.report"))
class TestEveryFormat:
    def test_tells_rule_place_and_message_of_every_finding(self, form, language, home):
        said = REPORT.render(form, language, base=home)

        for found in REPORT:
            assert found.rule in said
            assert found.name in said
            assert found.site.path in said
            assert str(found.site.line) in said
            assert found.message.to(language) in said

    def test_gives_every_note_with_findings_or_without(self, form, language, home):
        for report in (REPORT, Report("train.py", notes=REPORT.notes)):
            assert REPORT.notes[0].to(language) in report.render(form, language, base=home)

    def test_a_report_without_findings_is_told_too(self, form, language, home):
        assert Report("train.py").render(form, language, base=home).strip()

    def test_an_unreadable_source_file_is_no_obstacle(self, form, language, tmp_path):
        assert "NL201" in REPORT.render(form, language, base=tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
class TestText:
    def test_golden(self, language, home):
        assert render(REPORT, language, base=home) == GOLDEN[language]

    def test_colour_changes_nothing_but_colour(self, language, home):
        painted = render(REPORT, language, color=True, base=home)

        assert painted != GOLDEN[language]
        assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == GOLDEN[language]

    def test_a_clean_report_is_one_friendly_line(self, language, home):
        said = render(Report("train.py", summary={"operations": 14}), language, base=home)

        assert (
            said
            == {
                "en": "No problem found in train.py. Checked 14 operations.\n",
                "zh": "train.py 没有发现问题。检查了 14 个运算。\n",
            }[language]
        )

    @pytest.mark.parametrize("width", [40, 80, 100])
    def test_long_lines_of_code_are_cut_around_what_matters(self, language, width, home):
        long = "    total = " + " + ".join(f"term_{i}(batch)" for i in range(20)) + " + torch.log(p)"
        (home / "train.py").write_text(long, encoding="utf-8")
        edit = Edit("train.py", 1, "torch.log(p)", "log_p")
        found = replace(
            SOFTMAX, site=Site("train.py", 1), fix=Fix(Text("Use it.", "改用它。"), edits=(edit,))
        )

        lines = render(Report("train.py", (found,)), language, width=width, base=home).splitlines()

        assert max(map(width_of, lines)) <= width
        shown = next(line for line in lines if line.startswith("     1 |"))
        marks = lines[lines.index(shown) + 1]
        assert shown[marks.index("^") : marks.rindex("^") + 1] == "torch.log(p)"
        assert any(line.strip().startswith("+ ") and "log_p" in line for line in lines)

    def test_wide_signs_in_code_move_the_marker(self, language, home):
        (home / "train.py").write_text('x = f("概率", softmax(x))', encoding="utf-8")
        edit = Edit("train.py", 1, "softmax(x)", "x")
        found = replace(SOFTMAX, site=Site("train.py", 1), related=(), fix=Fix(Text("a", "b"), edits=(edit,)))

        lines = render(Report("train.py", (found,)), language, base=home).splitlines()
        shown = next(n for n, line in enumerate(lines) if line.startswith("     1 |"))

        assert lines[shown + 1].index("^") == width_of(lines[shown][: lines[shown].index("softmax")])

    @pytest.mark.parametrize(
        ("line", "under"),
        [
            ("y = F.cross_entropy(F.softmax(x, 1), t)", "F.softmax(x, 1)"),
            ("y = net(nn.Linear(2, 3), nn.Softmax(dim=1),)", "nn.Softmax(dim=1)"),
            ("y = '概率' + x.log_softmax(1)", "x.log_softmax(1)"),
            ("y = f(x)", ">"),
            ("y = softmax(softmax(x))", ">"),
            ("y = f(softmax(", ">"),
            ("if x:\ty = softmax(x)", "softmax(x)"),
        ],
    )
    def test_marks_the_call_that_the_rule_names_or_else_the_line(self, line, under, language, home):
        (home / "train.py").write_text(f"{line}\n", encoding="utf-8")
        found = replace(SOFTMAX, site=Site("train.py", 1), related=(), fix=None)

        lines = render(Report("train.py", (found,)), language, base=home).splitlines()
        at = next(n for n, text in enumerate(lines) if " 1 | " in text)

        assert lines[at].startswith("   > 1 |" if under == ">" else "     1 |")
        assert ("^" in lines[at + 1]) is (under != ">")
        if under != ">":
            before, _, _ = lines[at].partition(under)
            assert lines[at + 1] == "       | ".ljust(width_of(before)) + "^" * len(under)

    def test_signs_that_steer_a_terminal_are_not_passed_on(self, language, home):
        evil = replace(DEAD, message=Text("a\x1b[31mb\x07", "a\x1b[31mb\x07"), site=Site("a\x1b]0;.py", 1))

        assert not re.search(r"[\x00-\x09\x0b-\x1f]", render(Report("x", (evil,)), language, base=home))


words = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from("  概率，。（softmax\n")),
    max_size=200,
)


@given(words, words, words, st.sampled_from(LANGUAGES), st.integers(40, 100))
def test_no_line_of_text_is_wider_than_asked(message, proof, title, language, width):
    found = Finding(
        Site("train.py", 5, "head"),
        Text(message, message),
        proof=Text(proof, proof),
        fix=Fix(Text(title, title), safe=True),
        severity="error",
        rule="NL201",
    )

    said = render(Report("train.py", (found,), notes=(Text(title, title),)), language, width=width)

    assert max(map(width_of, said.split("\n"))) <= width


@given(words, st.integers(8, 60))
def test_wrapping_loses_no_sign(text, width):
    plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)

    lines = wrapped(plain, width)

    assert "".join("".join(lines).split(" ")) == "".join(plain.split(" "))


@given(words, st.integers(12, 60), st.integers(0, 200))
def test_a_cut_line_fits(text, width, start):
    line = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)

    window, _ = clipped(line, width, keep=(min(start, len(line)), len(line)))

    assert width_of(window) <= width


@pytest.mark.parametrize("width", range(12, 61))
def test_no_line_begins_with_a_mark_that_ends_a_clause(width):
    for line in wrapped("概率（softmax 的输出），再取对数。" * 8, width):
        assert not line.startswith(tuple("，。）"))
        assert not line.endswith("（")


@pytest.mark.parametrize(
    ("proof", "shown"),
    [("10 classes, at least 1.461.", False), ("At least 1.461.", True), ("See 1.461, 100.", True)],
)
def test_figures_are_left_out_only_if_the_sentences_say_them_all(proof, shown, tmp_path):
    found = replace(SOFTMAX, proof=Text(proof, proof))

    said = render(Report("train.py", (found,)), "en", base=tmp_path)

    assert ("figures  classes 10, lowest loss 1.461" in said) is shown


class TestJson:
    def test_contract(self, home):
        said = json.loads(REPORT.render("json", "en", base=home))

        assert said["tool"] == "nonlin"
        assert isinstance(said["version"], str)
        assert said["target"] == "train.py"
        assert said["notes"] == ["It ran on the CPU."]
        assert said["summary"] == {"operations": 1214, "modules": 3, "objectives": 1}
        assert said["counts"] == {"error": 1, "warning": 1, "advice": 1}
        found = said["findings"][2]
        assert found == {
            "rule": "NL201",
            "name": "softmax-before-cross-entropy",
            "severity": "error",
            "path": "train.py",
            "line": 5,
            "module": "head",
            "message": "Cross entropy gets probabilities here.",
            "proof": "With 10 classes the loss cannot fall below 1.461.",
            "evidence": {"classes": 10, "lowest_loss": 1.4611501717},
            "fix": {
                "title": "Return the logits.",
                "safe": False,
                "edits": [
                    {"path": "train.py", "line": 5, "old": "F.softmax(head(x), dim=1)", "new": "head(x)"}
                ],
            },
            "related": [
                {"path": "train.py", "line": 8, "module": ""},
                {"path": "lib/losses.py", "line": 3, "module": "loss"},
            ],
        }
        assert said["findings"][1]["fix"] is None
        assert said["findings"][1]["proof"] is None

    def test_numbers_that_json_lacks_are_strings_that_read_back(self):
        evidence = {"a": float("inf"), "b": float("-inf"), "c": float("nan"), "d": 0.5, "e": "relu"}
        said = Report("x", (replace(DEAD, evidence=evidence),)).to_json("en")

        back = json.loads(said, parse_constant=pytest.fail)["findings"][0]["evidence"]

        assert back == {"a": "Infinity", "b": "-Infinity", "c": "NaN", "d": 0.5, "e": "relu"}
        assert float(back["b"]) == evidence["b"]

    def test_paths_inside_the_folder_are_relative_with_forward_slashes(self, tmp_path):
        inside = replace(DEAD, site=Site(str(tmp_path / "src" / "net.py"), 1))
        outside = replace(DEAD, site=Site(str(Path(tmp_path.anchor, "elsewhere", "net.py")), 1))

        said = json.loads(Report("x", (inside, outside)).render("json", "en", base=tmp_path))

        assert said["findings"][0]["path"] == "src/net.py"
        assert said["findings"][1]["path"].endswith("/elsewhere/net.py")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_reading_gives_the_report_that_was_written(self, language, home):
        written = REPORT.render("json", language, base=home)

        assert json_format.read(written).render("json", language, base=home) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_github_reads_back_what_a_command_says(language, home):
    said = Report("train.py", (HOSTILE,)).render("github", language, base=home)

    (line,) = said.splitlines()
    level, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
    read = dict(part.split("=") for part in properties.split(","))
    assert level == HOSTILE.severity
    assert unquote(read["file"]) == HOSTILE.site.path
    assert read["line"] == "2"
    assert unquote(message).startswith(HOSTILE.message.to(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_points_at_rules_and_files(language, home):
    log = json.loads(Report("train.py", (HOSTILE, SOFTMAX)).render("sarif", language, base=home))

    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [HOSTILE.rule, SOFTMAX.rule]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == HOSTILE.site.path
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert place["region"]["startLine"] == 2


SCHEMA = Path(__file__).with_name("data") / "sarif" / "sarif-schema-2.1.0.json"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "report",
    [
        REPORT,
        Report("train.py"),
        Report("train.py", (HOSTILE,), notes=(Text("a", "b"),)),
        Report("train.py", (replace(DEAD, site=Site(), evidence={"a": float("inf"), "b": float("nan")}),)),
        Report("train.py", (replace(DEAD, site=Site(str(Path("elsewhere.py").resolve()), 3)),)),
    ],
)
def test_sarif_is_valid_by_its_schema(report, language, home):
    log = json.loads(report.render("sarif", language, base=home))

    jsonschema.validate(log, json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize(
    ("old", "replaced"),
    [
        ("F.softmax(head(x), dim=1)", True),
        ("return F.softmax(head(x), dim=1)  # probabilities\n\ndef step", True),
        ("gone", False),
        ("a", False),
    ],
)
def test_sarif_replaces_the_words_of_an_edit_and_no_others(old, replaced, home):
    found = replace(SOFTMAX, fix=Fix(Text("a", "b"), edits=(Edit("train.py", 5, old, "new"),)))

    log = json.loads(Report("train.py", (found,)).render("sarif", "en", base=home))

    (result,) = log["runs"][0]["results"]
    assert ("fixes" in result) is replaced
    if replaced:
        ((change,),) = (fix["artifactChanges"] for fix in result["fixes"])
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        ends = [0, *itertools.accumulate(len(line) for line in SOURCE.splitlines(keepends=True))]
        start = ends[region["startLine"] - 1] + region["startColumn"] - 1
        end = ends[region["endLine"] - 1] + region["endColumn"] - 1
        assert SOURCE[start:end] == old
        assert replacement["insertedContent"]["text"] == "new"


def test_a_fingerprint_stays_when_its_line_moves(home):
    def fingerprint(line: int) -> str:
        found = replace(SOFTMAX, site=replace(SOFTMAX.site, line=line))
        log = json.loads(Report("train.py", (found,)).render("sarif", "en", base=home))
        return log["runs"][0]["results"][0]["partialFingerprints"]["nonlin/v1"]

    before = fingerprint(SOFTMAX.site.line)
    source = (home / SOFTMAX.site.path).read_text("utf-8")
    (home / SOFTMAX.site.path).write_text("import math\n" + source, "utf-8")
    _source._read.cache_clear()

    assert fingerprint(SOFTMAX.site.line + 1) == before
    assert fingerprint(SOFTMAX.site.line) != before
