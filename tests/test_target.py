"""Models as targets: from the command line's `pkg.module:Model`, and in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

import nonlin
from nonlin.base.errors import NonlinError, TargetError
from nonlin.checker.target import check_target, parse_shape

MODULE = """
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.fc1 = nn.Linear(8, 32)
        self.act = nn.ReLU()
        self.fc2 = nn.Linear(32, 10)

    def forward(self, x):
        x = self.conv(x).relu().mean((2, 3))
        return self.fc2(self.fc1(x))


class Needs(nn.Module):
    def __init__(self, n):
        super().__init__()


class Odd(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, a, b):
        raise ValueError("two inputs, if you please")


def make():
    return nn.Sequential(nn.Embedding(10, 4), nn.Linear(4, 3))


thing = 3
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    name = f"made_for_{abs(hash(request.node.name))}"
    (tmp_path / f"{name}.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return name


def test_a_class_is_built_and_its_input_guessed(module: str) -> None:
    report = check_target(f"{module}:Net")

    (finding,) = report
    assert finding.rule == "NL102"
    assert finding.evidence["never_called"] == "act"
    assert finding.evidence["difference"] < 1e-12
    assert Path(finding.site.path).name == f"{module}.py"


def test_a_function_that_makes_a_model_is_a_target(module: str) -> None:
    assert check_target(f"{module}:make").ok


def test_given_shapes_are_used(module: str) -> None:
    assert not check_target(f"{module}:Net", inputs=["2x3x9x9"]).ok
    with pytest.raises(TargetError, match="does not accept 4x5"):
        check_target(f"{module}:Net", inputs=["4x5"])


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        ("Needs", "cannot be built without arguments: TypeError"),
        ("nope", "has no attribute 'nope'"),
        ("thing", "cannot be built"),
        ("Odd", "does not accept a guessed input; give one with --input. Tried 4x4"),
    ],
)
def test_what_cannot_be_checked_says_why(module: str, attribute: str, said: str) -> None:
    with pytest.raises(TargetError, match=said):
        check_target(f"{module}:{attribute}")


def test_a_missing_module_says_so() -> None:
    with pytest.raises(TargetError, match="cannot import no_such_module_here"):
        check_target("no_such_module_here:Net")


@pytest.mark.parametrize("text", ["", "x", "4y5", "4x", "4:floaty", "-1x2"])
def test_a_bad_shape_says_what_to_write(text: str) -> None:
    with pytest.raises(NonlinError, match="write sizes joined by x"):
        parse_shape(text)


def test_a_shape_may_name_its_dtype() -> None:
    assert parse_shape("8x16:int64") == ((8, 16), torch.int64)


def test_a_script_takes_no_shapes(tmp_path: Path) -> None:
    with pytest.raises(NonlinError, match="brings its own data"):
        check_target(str(tmp_path / "train.py"), inputs=["4x4"])


def test_check_in_python_names_the_module_and_gives_evidence_from_the_data() -> None:
    model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3), nn.Softmax(1))
    x, y = torch.randn(6, 4), torch.tensor([0, 1, 2, 0, 1, 2])

    report = nonlin.check(model, x, loss=nn.CrossEntropyLoss(), targets=y)

    (finding,) = report
    assert not report.ok
    assert (finding.rule, finding.site.module) == ("NL201", "3")
    assert finding.evidence["lowest_loss"] == pytest.approx(0.5514447139320511)
    assert "softmax-before-cross-entropy" in str(report)
    assert "softmax-before-cross-entropy" in report._repr_html_()


def test_check_in_python_measures_gradients() -> None:
    torch.manual_seed(0)
    layers = [part for _ in range(12) for part in (nn.Linear(64, 64), nn.Sigmoid())]
    model = nn.Sequential(*layers, nn.Linear(64, 1))
    given = {"loss": nn.MSELoss(), "targets": torch.randn(32, 1), "select": ["NL703"]}

    (finding,) = nonlin.check(model, torch.randn(32, 64), **given)

    assert finding.evidence["gradient_at_first"] < 1e-5 * finding.evidence["gradient_at_last"]
    assert nonlin.check(model, "32x64", **given).ok  # these numbers are nobody's data


def test_a_loss_that_cannot_be_sent_back_is_checked_without_its_gradients() -> None:
    def refuse(_: torch.Tensor) -> None:
        raise RuntimeError("backward is for training only")

    def loss(output: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        value = nn.functional.cross_entropy(output, targets)
        value.register_hook(refuse)
        return value

    model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))

    (finding,) = nonlin.check(model, torch.randn(6, 4), loss=loss, targets=torch.zeros(6, dtype=torch.int64))

    assert finding.rule == "NL201"


def test_a_compiled_model_is_checked_as_it_was_written() -> None:
    class Net(nn.Module):  # has no length, and its compiled twin has a __len__ that says so
        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.Linear(4, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.layer(x).softmax(1)

    model = Net()
    x, y = torch.randn(6, 4), torch.zeros(6, dtype=torch.int64)
    compiled = torch.compile(model, backend="eager")
    compiled(x)

    for network in (compiled, torch.compile(model, backend="eager")):
        (finding,) = nonlin.check(network, x, loss=nn.CrossEntropyLoss(), targets=y)

        assert finding.rule == "NL201"


def test_check_in_python_selects_and_ignores() -> None:
    model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))
    arguments = (model, torch.randn(6, 4))
    loss, y = nn.CrossEntropyLoss(), torch.zeros(6, dtype=torch.int64)

    assert nonlin.check(*arguments, loss=loss, targets=y, ignore=["NL2"]).ok
    assert not nonlin.check(*arguments, loss=loss, targets=y, select=["softmax-before-cross-entropy"]).ok
    with pytest.raises(NonlinError, match="NL9"):
        nonlin.check(*arguments, select=["NL9"])


def test_shapes_as_text_conclude_nothing_from_their_random_numbers() -> None:
    report = nonlin.check(
        nn.Sequential(nn.Linear(4, 1), nn.ReLU()),
        "64x4",
        loss=lambda output: nn.functional.mse_loss(output, -torch.ones(64, 1)),
    )

    assert report.ok


def test_a_mark_on_the_line_silences_the_rule(tmp_path: Path) -> None:
    source = (
        "import torch\nfrom torch import nn\nnet = nn.Linear(4, 3)\n"
        "p = net(torch.randn(6, 4)).softmax(1)  # nonlin: ignore[{rule}] on purpose\n"
        "nn.CrossEntropyLoss()(p, torch.zeros(6, dtype=torch.int64)).backward()\n"
    )
    for rule, ok in (("NL201", True), ("softmax-before-cross-entropy", True), ("NL101", False)):
        path = tmp_path / f"{rule}.py"
        path.write_text(source.format(rule=rule))

        assert check_target(str(path)).ok is ok
