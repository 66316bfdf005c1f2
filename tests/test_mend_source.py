"""Edits of one script in many spellings: where the value goes, how the file is written, and what is left alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import nonlin.checker.places
from nonlin.base.finding import Edit
from nonlin.checker.graph import Frame
from nonlin.checker.mend.apply import rewrites
from nonlin.checker.target import check_target
from scripts import guarded
from test_rules import FIXTURES, MARK

SCRIPT = """\
import torch
import torch.nn.functional as F
from torch import nn

x, y = torch.randn(8, 4), torch.randint(3, (8,))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        {body}


net = Net()
loss = F.cross_entropy({given}, y)
loss.backward()
{after}
"""
PLAIN = "return F.softmax(self.fc(x), dim=1)"
FREE = "return self.fc(x)"


def script(body: str = PLAIN, given: str = "net(x)", after: str = "") -> str:
    return SCRIPT.format(body=body, given=given, after=after)


def mended(path: Path, rule: str = "NL201") -> bytes:
    """The file after the edits that a rule offers."""
    with guarded():
        report = check_target(str(path))
    found = [f for f in report if f.rule == rule and f.fix is not None]
    edits: list[Edit] = [edit for f in found for edit in f.fix.edits]
    assert found
    return rewrites(edits)[0].after if edits else path.read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "train.py"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (PLAIN, FREE),
        ("return torch.softmax(input=self.fc(x), dim=1)", FREE),
        ("return self.fc(x).softmax(-1)", FREE),
        ("return nn.functional.softmax(\n            self.fc(x),\n            dim=1,\n        )", FREE),
        ("return F.softmax(self.fc(x) / 2, dim=1).float()", "return (self.fc(x) / 2).float()"),
        (
            "x = self.fc(x)\n        x = F.softmax(x, dim=1)\n        return x",
            "x = self.fc(x)\n        return x",
        ),
        (f"名 = '概率'; {PLAIN}  # 概率", f"名 = '概率'; {FREE}  # 概率"),
        (f"p = F.softmax(self.fc(x), dim=1); {PLAIN}", f"p = F.softmax(self.fc(x), dim=1); {FREE}"),
    ],
)
def test_every_spelling_is_taken_out_in_its_place(file: Path, body: str, wanted: str) -> None:
    file.write_text(script(body), encoding="utf-8")

    assert mended(file).decode() == script(wanted)


def test_the_module_goes_with_its_only_call(file: Path) -> None:
    file.write_text(script("return self.softmax(self.fc(x))"))

    wanted = script(FREE).replace("        self.softmax = nn.Softmax(dim=1)\n", "")
    assert mended(file).decode() == wanted


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("print(net(x).argmax(dim=1))", "print(net(x).argmax(dim=1))"),
        ("print(net(x).max(1)[1])", "print(net(x).max(1)[1])"),
        ("print(net(x).shape, F.cross_entropy(net(x), y))", "print(net(x).shape, F.cross_entropy(net(x), y))"),
        ("print(net(x).argmax(dim=0))", "print(F.softmax(net(x), dim=1).argmax(dim=0))"),
        ("print((net(x) > 0.5).sum())", "print((F.softmax(net(x), dim=1) > 0.5).sum())"),
        ("p = [net(part) for part in x.split(4)]", "p = [F.softmax(net(part), dim=1) for part in x.split(4)]"),
        ("net.eval()\np = net.forward(x)\nprint(p.sum())", "net.eval()\np = F.softmax(net.forward(x), dim=1)\nprint(p.sum())"),
        (
            "def show(model):\n    print(model(x).max())\n\n\nshow(net)",
            "def show(model):\n    print(F.softmax(model(x), dim=1).max())\n\n\nshow(net)",
        ),
        (
            "p = net(x)\nloss = F.cross_entropy(p, y)\nprint(p.max())",
            "p = net(x)\nloss = F.cross_entropy(p, y)\nprint(F.softmax(p, dim=1).max())",
        ),
    ],
)  # fmt: skip
def test_who_reads_probabilities_keeps_them(file: Path, read: str, wanted: str) -> None:
    file.write_text(script(after=read))

    assert mended(file).decode() == script(FREE, after=wanted)


@pytest.mark.parametrize(
    "text",
    [
        script("self.p = F.softmax(self.fc(x), dim=1)\n        return self.p"),
        script("return {'p': F.softmax(self.fc(x), dim=1)}", given="net(x)['p']"),
        script(after="nets = [net]\nprint(nets[0](x))"),
        script(after="p = net(x)\nif x.sum() > 0:\n    p = x\nloss = F.cross_entropy(p[:, :3], y)\nprint(p.max())"),
        script("for _ in range(2):\n            x = F.softmax(self.fc(x)[:, :3] @ torch.eye(3, 4), dim=1)\n        return x"),
    ],
    ids=["attribute", "dictionary", "list", "branch", "loop"],
)  # fmt: skip
def test_what_cannot_be_followed_gets_words_only(file: Path, text: str) -> None:
    file.write_text(text)

    assert mended(file).decode() == text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.replace("    ", "\t").encode(),
        lambda text: f"# -*- coding: latin-1 -*-\nname = 'é'\n{text}".encode("latin-1"),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["crlf", "bom", "tabs", "latin-1", "no line end"],
)
def test_a_file_stays_written_as_it_was(file: Path, change: Callable[[str], bytes]) -> None:
    after = "print(net(x).max())"
    file.write_bytes(change(script("return self.softmax(self.fc(x))", after=after)))

    wanted = script(FREE, after="print(net(x).softmax(dim=1).max())")
    assert mended(file) == change(wanted.replace("        self.softmax = nn.Softmax(dim=1)\n", ""))


def test_a_library_is_never_edited(tmp_path: Path) -> None:
    library = tmp_path / "site-packages" / "borrowed_net.py"
    library.parent.mkdir()
    own, class_ = (
        script().split("class Net"),
        "class Net" + script().split("class Net")[1].split("net = Net()")[0],
    )
    library.write_text(own[0].split("x, y")[0] + class_)
    main = tmp_path / "train.py"
    main.write_text(
        f"import sys\n\nsys.path.append({str(library.parent)!r})\nfrom borrowed_net import Net\n"
        + script().split("\n\n\nclass")[0]
        + "\nnet = Net()\n"
        + script().split("net = Net()\n")[1]
    )

    with guarded():
        report = check_target(str(main))

    assert [(f.rule, f.fix.edits) for f in report if f.fix is not None] == [("NL201", ())]


@pytest.mark.parametrize("name", ["nl201/bad", "nl201/bad_functional", "nl205/bad", "nl402/bad", "nl502/bad"])
def test_without_columns_an_edit_is_the_same_or_none(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.10 does not tell which expression of a line runs."""

    def noted(frame: object) -> Frame:
        return Frame(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)

    monkeypatch.setattr(nonlin.checker.places, "_noted", noted)
    path = FIXTURES / f"{name}.py"

    made = MARK.sub("", mended(path, path.parent.name.upper()).decode())

    fixed = path.with_name(re.sub("^bad", "fixed", path.name)).read_text("utf-8")
    assert made in (fixed, MARK.sub("", path.read_text("utf-8")))
