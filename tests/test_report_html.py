"""The page: nothing that a user wrote becomes markup, nothing is loaded, and a notebook's output keeps to itself."""

from __future__ import annotations

import base64
import hashlib
import itertools
import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nonlin.base.finding import Edit, Finding, Fix, Report, Site
from nonlin.base.language import LANGUAGES, Text
from nonlin.base.network import Block
from nonlin.checker.rule import rules
from nonlin.plot.svg import width_of
from nonlin.report._html import tag
from nonlin.report._html_evidence import plots
from nonlin.report._html_graph import graph
from nonlin.report._html_markdown import as_html
from nonlin.report._layout import arranged
from reports import DEAD, REPORT, SOFTMAX, TIDY

_VOID = ("meta",)
LAYER = Block("Linear", "module", "layers.0", shape=(8, 10), times=3)
ACT = Block("GELU", "activation", "act", activation="gelu", shape=(8, 10), findings=(TIDY, DEAD))
NETWORK = Block(
    "",
    "module",
    inside=(
        Block(
            "Net",
            "module",
            "Net",
            shape=(8, 10),
            inside=(LAYER, ACT),
            edges=((-1, 0), (0, 1), (-1, 2), (1, 2)),
        ),
        Block("cross_entropy_loss", "loss", findings=(SOFTMAX,)),
    ),
    edges=((-1, 0), (0, 1)),
)
DRAWN = replace(REPORT, network=NETWORK, mended=(SOFTMAX,))


class Page(HTMLParser):
    """The elements of a page with their attributes, its text, and whether every element is closed in order."""

    def __init__(self, source):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, name, attributes):
        self.elements.append((name, dict(attributes)))
        if name not in _VOID:
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, said):
        self.words.append(said)

    @property
    def text(self):
        return "".join(self.words)

    def values(self, attribute):
        return [a[attribute] for _, a in self.elements if attribute in a]


EVIL = "</style></pre><script>alert(1)</script><img src=x onerror='y'>\" '&amp;{}"
evil = Text(EVIL, EVIL)


def spoiled(report, extra):
    """The report with `extra` behind everything that a user's program has a say in."""

    def text(said):
        return Text(said.en + extra, said.zh + extra)

    def site(place):
        return Site(place.path + extra, place.line, place.module + extra)

    def block(one):
        return replace(
            one,
            name=one.name + extra,
            path=one.path + extra,
            inside=tuple(map(block, one.inside)),
            findings=tuple(map(found, one.findings)),
        )

    def found(one):
        fix = one.fix and replace(
            one.fix,
            title=text(one.fix.title),
            edits=tuple(Edit(e.path + extra, e.line, e.old + extra, e.new + extra) for e in one.fix.edits),
        )
        return replace(
            one,
            site=site(one.site),
            message=text(one.message),
            proof=one.proof and text(one.proof),
            evidence={k + extra: f"{v}{extra}" for k, v in one.evidence.items()},
            related=tuple(map(site, one.related)),
            name=one.name + extra,
            fix=fix,
        )

    return replace(
        report,
        target=report.target + extra,
        findings=tuple(map(found, report.findings)),
        notes=tuple(map(text, report.notes)),
        mended=tuple(map(found, report.mended)),
        network=block(report.network),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_user_wrote_is_text_and_nothing_else(language, tmp_path):
    plain = Page(spoiled(DRAWN, "").render("html", language, base=tmp_path))

    hostile = Page(spoiled(DRAWN, EVIL).render("html", language, base=tmp_path))

    assert [(name, list(a)) for name, a in hostile.elements] == [
        (name, list(a)) for name, a in plain.elements
    ]
    assert hostile.text.count("<script>alert(1)</script>") > 20
    assert EVIL in hostile.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_of_code_is_text_and_nothing_else(language, tmp_path):
    edit = Edit("train.py", 2, EVIL, "x")
    found = replace(SOFTMAX, site=Site("train.py", 2), related=(), fix=Fix(evil, edits=(edit,)))
    pages = []
    for name, line in (("plain", "x"), ("hostile", EVIL)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "train.py").write_text(f"import a\n{line}\n", encoding="utf-8")
        edit = Edit("train.py", 2, line, "y")
        found = replace(found, fix=Fix(evil, edits=(edit,)))
        pages.append(Page(Report("t", (found,)).render("html", language, base=tmp_path / name)))

    plain, hostile = pages

    assert [(name, list(a)) for name, a in hostile.elements] == [
        (name, list(a)) for name, a in plain.elements
    ]
    assert hostile.text.count(EVIL) == plain.text.count(EVIL) + 2  # the excerpt, and the line that goes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_and_forbids_all_but_its_own_style(language, home):
    source = DRAWN.render("html", language, base=home)

    page = Page(source)
    names = {name for name, _ in page.elements}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    assert not [
        a for _, a in page.elements if {"style", "src"} & set(a) or any(k.startswith("on") for k in a)
    ]
    assert [to for to in page.values("href") if not to.startswith(("#", "https://"))] == []
    (sheet,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    assert not re.search(r"url\(|@import", sheet)
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'" in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_inside_the_page_leads_to_one_place(language, home):
    page = Page(DRAWN.render("html", language, base=home))

    ids = page.values("id")
    assert len(ids) == len(set(ids)) == len(REPORT)
    assert {to[1:] for to in page.values("href") if to.startswith("#")} == set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_told_and_used(language, home):
    page = Page(DRAWN.render("html", language, base=home))

    assert page.values("lang") == [{"en": "en", "zh": "zh-CN"}[language]]
    for found in REPORT:
        other = "zh" if language == "en" else "en"
        assert found.message.to(other) not in page.text


def test_an_excerpt_marks_the_line_and_the_words_on_it(home):
    source = DRAWN.render("html", "en", base=home)

    (line,) = re.findall(r'<span class="line here" data-n="5">(.*?)</span>', source)
    assert line == "    return <mark>F.softmax(head(x), dim=1)</mark>  # probabilities"
    assert '<del data-n="−" class="line">return F.softmax(head(x), dim=1)  # probabilities</del>' in source
    assert '<ins data-n="+" class="line">return head(x)  # probabilities</ins>' in source


def test_a_notebook_shows_the_report_in_its_own_scope(monkeypatch, home):
    monkeypatch.setenv("NONLIN_LANG", "en")
    monkeypatch.chdir(home)

    page = Page(DRAWN._repr_html_())
    assert next(a for name, a in page.elements if name == "div") == {"class": "nonlin"}
    assert {"html", "head", "body", "script"}.isdisjoint(name for name, _ in page.elements)
    sheet = page.text[: page.text.index("train.py")]
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+)\{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    parts = [one.strip() for selector in selectors for one in re.split(r",(?![^(]*\))", selector)]
    assert len(parts) > 50
    assert [one for one in parts if not one.startswith((".nonlin", "body.nonlin"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_every_rule_is_there_in_full(language):
    for rule in rules():
        found = Finding(Site(), Text("a", "b"), severity=rule.severity, rule=rule.id, name=rule.name)

        page = Page(Report("t", (found,)).render("html", language))

        told = re.sub(r"\W", "", page.text)
        for word in re.findall(r"\w+", re.sub(r"\]\(|https?://\S+", " ", rule.page(language))):
            assert word in told


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a `b <c>` **d `e`** f", "<p>a <code>b &lt;c&gt;</code> <strong>d <code>e</code></strong> f</p>"),
        ("# t\nx", "<h4>t</h4><p>x</p>"),
        ("- a\n  b\n- c", "<ul><li>a b</li><li>c</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("```python\nx < 1\n```", "<pre>x &lt; 1</pre>"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("<https://a.b/c>.", '<p><a href="https://a.b/c" rel="noreferrer">https://a.b/c</a>.</p>'),
        (
            "https://a.b/c?d=e, f",
            '<p><a href="https://a.b/c?d=e" rel="noreferrer">https://a.b/c?d=e</a>, f</p>',
        ),
        ("[a](https://b.c)", '<p><a href="https://b.c" rel="noreferrer">a</a></p>'),
        ("概率\n之和", "<p>概率之和</p>"),
    ],
)
def test_markdown(markdown, html):
    assert as_html(markdown, heading="h4") == html


def test_the_graph_shows_every_block_once_and_a_badge_for_each_finding():
    page = Page(graph(NETWORK, [(found, found.rule.lower()) for found in REPORT], "en"))

    shown = [a["class"] for _, a in page.elements if a.get("class", "").startswith("block")]
    assert shown == ["block module", "block module", "block activation warning", "block loss error"]
    assert "× 3" in page.words
    assert [word for word in page.words if re.fullmatch(r"NL\d+", word)] == ["NL401", "NL701", "NL201"]
    assert page.values("href") == ["#nl401", "#nl701", "#nl201"]
    assert len([a for _, a in page.elements if a.get("class") == "edge"]) == 6
    assert len([a for _, a in page.elements if a.get("class") == "curve"]) == 1


def test_a_finding_that_is_not_reported_has_no_badge(home):
    kept = replace(DRAWN, findings=(DEAD,))

    page = Page(kept.render("html", "en", base=home))

    assert [word for word in page.words if re.fullmatch(r"NL\d+", word)] == [
        DEAD.rule
    ] * 2  # badge and heading


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("evidence", "titles"),
    [
        ({"activation": "relu", "low": "0.0", "high": "inf"}, [("relu and its inputs", "relu 及其输入")]),
        (
            {"dead": 3, "units": 4, "activation": "elu:alpha=0.5", "seen_low": -9, "seen_high": 1},
            [("elu and its inputs", "elu 及其输入"), ("dead 3 / 4", "死亡单元 3 / 4")],
        ),
        ({"low": "-1.0", "high": "1.0", "target_low": -3, "target_high": 8}, [("Ranges", "取值范围")]),
        ({"classes": 10, "lowest_loss": 1.461, "loss_now": 2.3}, [("The loss", "损失")]),
        ({"share_outside": 0.4}, [("share outside", "范围外的比例")]),
        ({"activation": "no such", "seen_low": 0, "seen_high": 1}, []),
        ({"seen_low": 0, "seen_high": 1}, []),
        ({"low": "nan", "high": "inf", "seen_low": "x", "seen_high": 2, "share": 1.5}, []),
        ({"lowest_loss": 1.461, "loss_now": math.nan}, []),
    ],
)
def test_figures_are_drawn_by_what_they_are_called(evidence, titles, language):
    pages = [Page(figure) for figure in plots(evidence, language)]

    assert [page.values("aria-label") for page in pages] == [[Text(*words).to(language)] for words in titles]


def bars(evidence):
    """(from, to) of each bar in pixels."""
    (figure,) = plots(evidence, "en")
    shapes = [a for name, a in Page(figure).elements if name == "rect" and a["class"].startswith("bar")]
    return [(float(a["x"]), float(a["x"]) + float(a["width"])) for a in shapes]


def test_bars_stand_where_their_numbers_are():
    possible, targets = bars({"low": "-1.0", "high": "1.0", "target_low": -3.0, "target_high": 5.0})
    lowest, now, guessing = bars({"classes": 10, "lowest_loss": 1.0, "loss_now": 2.0})
    (endless, _) = bars({"low": "0.0", "high": "inf", "seen_low": -2.0, "seen_high": 2.0})

    unit = (targets[1] - targets[0]) / 8
    assert possible == pytest.approx((targets[0] + 2 * unit, targets[1] - 4 * unit), abs=0.01)
    assert lowest[0] == now[0] == guessing[0]
    assert (now[1] - now[0]) / (lowest[1] - lowest[0]) == pytest.approx(2.0, abs=1e-3)
    assert (guessing[1] - now[0]) / (now[1] - now[0]) == pytest.approx(math.log(10) / 2, abs=1e-3)
    assert endless[1] == pytest.approx(width_of("in this step") * 1.15 + 12 + 280, abs=0.01)


def test_an_excerpt_leaves_out_empty_lines_at_its_ends_and_tells_of_gaps(tmp_path):
    (tmp_path / "a.py").write_text("a = 1\n\nb = f(a)\n\n\n\n\n\nc = 1\n", encoding="utf-8")
    found = replace(SOFTMAX, site=Site("a.py", 3), related=(Site("a.py", 9),), fix=None)

    source = Report("a.py", (found,)).render("html", "en", base=tmp_path)

    assert re.findall(r'class="(?:line[ \w]*|gap)"(?: data-n="(\d+)")?', source) == ["1", "2", "3", "", "9"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_mended_is_told_with_its_edits(language, home):
    page = Page(replace(REPORT, findings=(), mended=(SOFTMAX,)).render("html", language, base=home))

    assert {"en": "Mended 1", "zh": "已修正 1"}[language] in page.text
    assert SOFTMAX.name in page.text
    assert [a["class"] for name, a in page.elements if name == "ins"] == ["line"]


names = st.text("ab.", max_size=8)
leaves = st.builds(
    Block, name=names, kind=st.sampled_from(["module", "activation", "join", "loss"]), path=names
)


@st.composite
def boxes(draw, inside):
    parts = draw(st.lists(inside, min_size=1, max_size=7))
    ends = st.integers(-1, len(parts))
    edges = draw(st.sets(st.tuples(ends, ends).map(sorted).map(tuple), max_size=14))
    return Block(
        draw(names),
        "module",
        inside=tuple(parts),
        times=draw(st.integers(1, 3)),
        edges=tuple(sorted(e for e in edges if e[0] < e[1])),
    )


@settings(max_examples=40)
@given(boxes(st.recursive(leaves, boxes, max_leaves=12)))
def test_no_block_covers_another_and_edges_lead_from_block_to_block(network):
    assert Page(graph(network, [], "en")).elements

    todo = [arranged(network, lambda _: (90.0, 38.0), 30.0)]
    while todo:
        box = todo.pop()
        todo += box.inside
        for one in box.inside:
            assert -0.01 <= one.x <= one.x + one.width <= box.width + 0.01
            assert -0.01 <= one.y <= one.y + one.height <= box.height + 0.01
        for one, other in itertools.combinations(box.inside, 2):
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
        for route, (source, target) in zip(box.routes, box.block.edges, strict=True):
            (x, y), (end_x, end_y) = route[0], route[-1]
            if source >= 0:
                block = box.inside[source]
                assert (x, y) == pytest.approx((block.x + block.width / 2, block.y + block.height))
            if target < len(box.inside):
                block = box.inside[target]
                assert (end_x, end_y) == pytest.approx((block.x + block.width / 2, block.y))
            assert [y for _, y in route] == sorted(y for _, y in route)


def test_an_element_escapes_what_is_not_markup():
    made = tag("p", "<b>", tag("i", "\x1b[1m\ud800"), title='"<', data_n=1.5, id=None, class_="a")

    assert made == '<p title="&quot;&lt;" data-n="1.5" class="a">&lt;b&gt;<i>?[1m?</i></p>'
