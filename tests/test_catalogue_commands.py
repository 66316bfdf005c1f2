"""`nonlin list` and `nonlin show` tell what the catalogue holds."""

from __future__ import annotations

import json
import math

import pytest

import nonlin
from nonlin import cli
from nonlin.base.language import LANGUAGES, Text
from nonlin.catalogue import records
from nonlin.facts.traits import TRAITS, has
from nonlin.plot.data import Line, Panel
from nonlin.report._curve import drawn
from nonlin.report._wrap import width_of


def answer(capsys, *args):
    assert cli.run(args) == 0
    return capsys.readouterr().out


def test_list_has_every_activation(capsys):
    listed = json.loads(answer(capsys, "list", "--format", "json"))

    assert sorted(line["name"] for line in listed) == nonlin.names()


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_fits_the_terminal(language, capsys):
    lines = answer(capsys, "list", "--lang", language).splitlines()

    assert max(map(width_of, lines)) <= 80
    assert {name for name in nonlin.names() if any(line.startswith(f"  {name} ") for line in lines)} == {
        *nonlin.names()
    }


@pytest.mark.parametrize("family", sorted({record.family for record in records()}))
def test_list_of_a_family_has_its_members_only(family, capsys):
    listed = json.loads(answer(capsys, "list", "--family", family, "--format", "json"))

    assert [line["name"] for line in listed] == [r.name for r in records() if r.family == family]


@pytest.mark.parametrize("name", TRAITS)
def test_list_by_a_trait_and_by_its_absence(name, capsys):
    yes = json.loads(answer(capsys, "list", "--is", name, "--format", "json"))
    no = json.loads(answer(capsys, "list", "--not", name, "--format", "json"))

    assert {line["name"] for line in yes} == {r.name for r in records() if has(r, name) is True}
    assert {line["name"] for line in no} == {r.name for r in records() if has(r, name) is False}


def test_filters_add_up(capsys):
    listed = json.loads(
        answer(
            capsys,
            "list",
            "--is",
            "bounded,continuous,odd",
            "--is",
            "in_torch",
            "--not",
            "smooth",
            "--format",
            "json",
        )
    )

    assert [line["name"] for line in listed] == ["hardtanh", "softsign"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_the_traits_names_them_all(language, capsys):
    lines = answer(capsys, "list", "--traits", "--lang", language).splitlines()

    assert max(map(width_of, lines)) <= 80
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == list(TRAITS)


def test_a_list_of_nothing_says_so(capsys):
    assert answer(capsys, "list", "--is", "odd,even") == "No activation is like that.\n"


def test_an_unknown_trait_names_the_nearest(capsys):
    assert cli.run(["list", "--is", "bounded", "--not", "smoth"]) == 2
    assert "did you mean smooth?" in capsys.readouterr().err


def test_an_unknown_family_names_the_nearest(capsys):
    assert cli.run(["list", "--family", "gats"]) == 2
    assert "did you mean gates?" in capsys.readouterr().err


@pytest.mark.parametrize("name", nonlin.names())
class TestShow:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_fits_the_terminal_and_names_the_source(self, name, language, capsys):
        said = answer(capsys, "show", name, "--lang", language)

        assert max(map(width_of, said.splitlines())) <= 80
        assert nonlin.get(name).source.split()[0] in said

    def test_json_holds_the_facts(self, name, capsys):
        record = nonlin.get(name)

        said = json.loads(answer(capsys, "show", name, "--format", "json"), parse_constant=pytest.fail)

        assert said["name"] == name
        assert said["formula"] == record.formula
        assert [p["name"] for p in said["params"]] == list(record.params)
        if said["range"]:
            low, high = map(float, said["range"])
            assert low <= high


def test_show_takes_aliases(capsys):
    assert json.loads(answer(capsys, "show", "swish", "--format", "json"))["name"] == "silu"


def test_show_knows_the_range_and_gain_of_relu(capsys):
    said = json.loads(answer(capsys, "show", "relu", "--format", "json"))

    assert said["range"] == [0.0, "Infinity"]
    assert said["gain"] == pytest.approx(math.sqrt(2))


def panel(*pieces):
    line = Line("a", tuple(map(tuple, pieces)))
    return Panel(Text("a", "a"), (line,), (-1.0, 1.0), (-1.0, 1.0))


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_curve_rises_from_lower_left_to_upper_right(ascii_only):
    lines = drawn(panel([(-1.0, -1.0), (1.0, 1.0)]), width=20, height=5, ascii_only=ascii_only)

    ink = [[n for n, sign in enumerate(line) if sign == "*" or sign >= "\u2800"] for line in lines[:5]]
    assert all(ink)
    assert [max(row) for row in ink] == sorted((max(row) for row in ink), reverse=True)
    assert "".join(lines).isascii() is ascii_only


def test_a_curve_without_height_is_drawn_too():
    (row,) = [line for line in drawn(panel([(-1.0, 0.0), (1.0, 0.0)]), ascii_only=True) if "*" in line]

    assert row.strip().count("*") == 1 + row.rindex("*") - row.index("*")


def test_a_steep_curve_has_no_gaps_and_a_broken_one_has():
    steep = drawn(panel([(-1.0, -1.0), (-0.1, -1.0), (0.1, 1.0), (1.0, 1.0)]), height=9, ascii_only=True)
    broken = drawn(panel([(-1.0, -1.0), (0.0, -1.0)], [(0.0, 1.0), (1.0, 1.0)]), height=9, ascii_only=True)

    assert sum("*" in line for line in steep) == 9
    assert sum("*" in line for line in broken) == 2


def test_values_outside_the_panel_are_left_out():
    lines = drawn(panel([(-1.0, -9.0), (1.0, 9.0)]), width=41, height=9, ascii_only=True)

    assert sum("*" in line for line in lines) == 9
    assert lines[0].index("*") > 15
