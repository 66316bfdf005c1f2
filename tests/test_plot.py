"""Pictures show what the activations are, in every format, for every entry, and need nothing from elsewhere."""

from __future__ import annotations

import itertools
import json
import math
import random
import re
import sys
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import nonlin
from nonlin import cli
from nonlin.base.errors import NonlinError
from nonlin.base.language import LANGUAGES, Text
from nonlin.catalogue import Activation, records
from nonlin.facts.probe import example
from nonlin.plot import curves, gallery, png, render
from nonlin.plot.build import WHAT, parsed
from nonlin.plot.data import Figure, Line, Panel
from nonlin.plot.scale import simplified, spread, ticks

SVG = "{http://www.w3.org/2000/svg}"
every = pytest.mark.parametrize("name", nonlin.names())
finite = st.floats(-1e3, 1e3)


def words_in(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


@every
def test_every_entry_has_a_picture(name):
    figure = curves(name)

    svg = render(figure, "a.svg", "zh").decode()

    assert len(svg) < 40_000
    assert words_in(svg)[0] == name
    assert {panel.title.zh for panel in figure.panels} <= {
        " ".join((w or "").split(" ")) for w in words_in(svg)
    }
    for panel in figure.panels:
        assert panel.lines
        assert all(len(piece) > 1 for line in panel.lines for piece in line.pieces)
        assert math.isfinite(panel.y[0])
        assert panel.y[0] < panel.y[1]
    # Nothing is fetched: the one address is the name of the language.
    assert set(re.findall(r"\w+://[^\"'\s)]+", svg)) == {"http://www.w3.org/2000/svg"}


@every
def test_a_notebook_shows_every_entry(name):
    html = nonlin.get(name)._repr_html_()

    root = ET.fromstring(html.replace("<br>", "<br/>"))
    assert len(html) < 40_000
    assert nonlin.get(name).source in [cell.text for cell in root.iter("td")]
    assert root.find(f".//{SVG}svg") is not None
    assert "<script" not in html


@pytest.mark.parametrize("record", [r for r in records() if isinstance(r, Activation)], ids=lambda r: r.name)
def test_a_line_goes_through_the_values_of_its_function(record):
    (line,) = curves(record, what=["value"], fan=False).panels[0].lines
    xs, ys = zip(*(point for piece in line.pieces for point in piece), strict=True)

    values = record(torch.tensor(xs, dtype=torch.float64), **example(record))

    assert list(ys) == values.tolist()
    assert list(xs) == sorted(xs)


@pytest.mark.parametrize("name", ["relu", "gelu", "hardswish", "hardsigmoid", "elu", "swiglu", "softmax"])
def test_slope_and_curvature_are_those_of_the_value(name):
    value, slope, curvature = (panel.lines[0] for panel in curves(name, fan=False).panels)

    for lower, upper in ((value, slope), (slope, curvature)):
        heights = dict(point for piece in upper.pieces for point in piece)
        for piece in lower.pieces:
            for (x0, y0), (x, _), (x1, y1) in zip(piece, piece[1:], piece[2:], strict=False):
                # All kinks of these, and the steps of their second derivatives, lie at whole numbers.
                if x1 - x0 > 0.03 and abs(x - round(x)) > 0.04:
                    assert (y1 - y0) / (x1 - x0) == pytest.approx(heights[x], abs=2e-3)


def test_a_line_is_broken_where_its_function_jumps():
    value, slope = curves("hardshrink", what=["value", "slope"], fan=False).panels

    assert [len(line.pieces) for line in (*value.lines, *slope.lines)] == [3, 3]
    assert [(mark.x, mark.kind) for mark in value.lines[0].marks] == [(-0.5, "kink"), (0.5, "kink")]


def test_landmarks_stand_on_the_curve():
    (line,) = curves("gelu", what=["value"]).panels[0].lines

    (mark,) = line.marks

    assert mark.kind == "turn"
    assert mark.y == pytest.approx(-0.16997, abs=1e-5)


def test_alone_an_entry_is_shown_by_several_curves():
    def labels(name):
        return [line.label for line in curves(name).panels[0].lines]

    assert labels("elu") == ["0.5", "1", "2"]
    assert labels("glu") == ["a = −1", "a = 0.5", "a = 1", "a = 2"]
    assert labels("softmax") == ["y₁", "y₂", "y₃", "y₄"]
    assert labels("relu") == ["relu"]


def test_a_random_entry_is_a_band():
    value, *_ = curves("rrelu").panels

    (band,) = value.bands

    assert [edge[0] for edge in (band.lower, band.upper)] == [(-4.0, -4 / 3), (-4.0, -0.5)]


def test_parameters_stand_behind_a_name():
    record, params = parsed("leaky_relu:negative_slope=0.2,inplace=true")

    assert record.name == "leaky_relu"
    assert params == {"negative_slope": 0.2, "inplace": True}
    assert parsed("gelu:approximate=tanh")[1] == {"approximate": "tanh"}


@pytest.mark.parametrize(
    ("asked", "settings", "said"),
    [
        ([], {}, "nothing to draw"),
        (["gelo"], {}, "did you mean gelu"),
        (["elu:alpha=-1"], {}, "alpha=-1 lies outside"),
        (["elu:beta=1"], {}, "beta"),
        (["elu:alpha"], {}, "write elu:NAME=VALUE"),
        (["elu"], {"what": ["slopes"]}, "did you mean slope"),
        (["elu"], {"span": (1.0, -1.0)}, "is empty"),
        (["elu"], {"span": (-math.inf, 1.0)}, "is empty"),
    ],
)
def test_a_request_without_sense_is_refused(asked, settings, said):
    with pytest.raises(NonlinError, match=said):
        curves(*asked, **settings)


def odd_figure():
    line = Line("<b>&\"'", (((-1.0, -1.0), (1.0, 1.0)),))
    return Figure(
        "</script><i>", Text("a < b & c", "甲 < 乙"), (Panel(WHAT["value"], (line,), (-1, 1), (-1, 1)),)
    )


@pytest.mark.parametrize("form", ["svg", "html"])
def test_words_are_escaped(form):
    page = render(odd_figure(), f"a.{form}").decode()

    assert "<b>" not in page
    assert "<i>" not in page
    assert page.count("</script>") == (2 if form == "html" else 0)
    assert "a &lt; b &amp; c" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_holds_its_numbers(language):
    page = render(curves("relu", "gelu"), "a.html", language).decode()

    data = json.loads(re.search(r'id="figure">(.*?)</script>', page)[1])

    ((xs, ys),) = data["lines"][0][0]
    assert len(data["lines"]) == 3
    assert xs[0] == -4.0
    assert ys == pytest.approx([max(x, 0.0) for x in xs], abs=1e-4)
    assert f'lang="{"zh-CN" if language == "zh" else "en"}"' in page
    assert set(re.findall(r"\w+://[^\"'\s)]+", page)) == {"http://www.w3.org/2000/svg"}


@pytest.fixture(scope="module")
def whole_gallery():
    return gallery()


@pytest.mark.parametrize("form", ["svg", "html"])
def test_a_gallery_shows_every_entry_once(form, whole_gallery):
    page = render(whole_gallery, f"a.{form}", "zh").decode()

    shown = re.findall(r'<text class="under"[^>]*>([^<]+)</text>', page)

    assert sorted(shown) == nonlin.names()
    assert len(page) < 300_000


class TestPng:
    def test_is_a_picture_and_changes_no_setting_of_the_session(self):
        before = dict(mpl.rcParams)

        content = render(curves("relu", "gelu"), "a.png", "zh")

        assert content.startswith(b"\x89PNG")
        assert dict(mpl.rcParams) == before

    def test_without_matplotlib_names_the_extra(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "matplotlib.figure", None)

        with pytest.raises(
            NonlinError, match=r"needs matplotlib; install it with: pip install 'nonlin\[plot\]'"
        ):
            render(curves("relu"), "a.png")

    def test_without_a_chinese_font_warns(self, monkeypatch):
        monkeypatch.setattr(png, "_CHINESE", ())

        with pytest.warns(UserWarning, match="no font with Chinese signs"):
            png.fonts("zh")
        assert png.fonts("en") == ["DejaVu Sans"]

    def test_of_a_gallery_names_the_other_formats(self):
        with pytest.raises(NonlinError, match=r"\.svg or \.html"):
            render(gallery([nonlin.get("relu")]), "a.png")


@pytest.mark.parametrize("seed", range(20))
def test_fewer_points_stay_near_the_line(seed):
    rng = random.Random(seed)
    points = [(float(k), rng.gauss(0, 1)) for k in range(60)]

    kept = simplified(points, 0.8)

    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert len(kept) < len(points)
    for (x0, y0), (x1, y1) in itertools.pairwise(kept):
        for x, y in points[int(x0) : int(x1) + 1]:
            assert (
                abs((x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)) / math.hypot(x1 - x0, y1 - y0) <= 0.8 + 1e-9
            )


@given(finite, st.floats(1e-6, 1e3))
def test_ticks_are_few_inside_and_evenly_apart(low, size):
    found = ticks(low, low + size)

    assert 2 <= len(found) <= 7
    assert all(low - 1e-6 <= tick <= low + size + 1e-6 for tick in found)


@given(st.lists(st.floats(0, 200), min_size=1, max_size=10))
def test_labels_do_not_overlap_and_keep_their_order(wanted):
    places = spread(wanted, 15, 0, 200)

    ordered = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    gaps = [places[b] - places[a] for a, b in itertools.pairwise(ordered)]
    assert all(gap >= 14.9 for gap in gaps)
    assert all(-1e-9 <= place <= 200 + 1e-9 for place in places)


class TestCommand:
    @pytest.mark.parametrize("form", ["svg", "png", "html"])
    def test_writes_a_file(self, form, tmp_path, capsys):
        file = tmp_path / f"curves.{form}"

        assert cli.run(["plot", "relu", "gelu", "-o", str(file), "--what", "value"]) == 0
        assert file.stat().st_size > 1000
        assert "relu, gelu" in capsys.readouterr().out

    def test_writes_a_gallery(self, tmp_path, capsys, monkeypatch, whole_gallery):
        monkeypatch.setattr("nonlin.plot.build.gallery", lambda **_: whole_gallery)

        assert cli.run(["plot", "--gallery", "-o", str(tmp_path / "all.svg"), "--lang", "zh"]) == 0
        assert "激活函数" in capsys.readouterr().out
        assert "激活函数" in (tmp_path / "all.svg").read_text(encoding="utf-8")

    def test_without_a_file_draws_in_the_terminal(self, capsys):
        assert cli.run(["plot", "relu", "elu:alpha=0.5", "--lang", "en"]) == 0

        said = capsys.readouterr().out
        assert max(map(len, said.splitlines())) <= 80
        assert "elu (alpha=0.5)" in said
        assert said.count("slope f′(x)") == 2

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["relu", "-o", "a.pdf"], "must end in .svg, .png, .html"),
            (["relu", "-o", "nowhere/a.svg"], "there is no folder"),
            (["relu", "--gallery", "-o", "a.svg"], "leave the names out"),
            (["--gallery"], "needs a file"),
            ([], "nothing to draw"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, args, said, capsys, monkeypatch, tmp_path):
        monkeypatch.chdir(tmp_path)

        assert cli.run(["plot", *args]) == 2
        assert said in capsys.readouterr().err
