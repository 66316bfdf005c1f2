"""What the tape holds: whole operations, versions, modules, lines; and that a run is left as it was."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

import nonlin
import nonlin.testing.suite.arrays
from nonlin.base.errors import TargetError
from nonlin.checker.capture import capture_model
from nonlin.checker.graph import Graph
from nonlin.checker.passes import written_calls
from nonlin.checker.recorder import Recorder
from nonlin.checker.script import capture_script
from scripts import guarded


def kinds(graph: Graph) -> list[str]:
    return [op.kind for op in graph.ops if op.index in graph.live]


def captured(tmp_path: Path, source: str, *args: str) -> Graph:
    path = tmp_path / "train.py"
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    with guarded():
        graph, _ = capture_script(path, args)
    return graph


HEAD = """
import torch, sys
import torch.nn.functional as F
from torch import nn
torch.manual_seed(0)
x, y = torch.randn(8, 4), torch.randint(0, 3, (8,))
"""


def test_spellings_of_one_function_give_one_tape() -> None:
    class Spelled(nn.Module):
        def __init__(self, act) -> None:
            super().__init__()
            self.fc, self.act = nn.Linear(4, 3), act

        def forward(self, x: Tensor) -> Tensor:
            return self.act(self.fc(x))

    spellings = [nn.ReLU(), nn.ReLU(inplace=True), F.relu, torch.relu, Tensor.relu, torch.relu_, Tensor.relu_]

    tapes = [kinds(capture_model(Spelled(act), torch.randn(2, 4))) for act in spellings]

    assert tapes == [["linear", "relu"]] * len(spellings)


@pytest.mark.parametrize(
    ("model", "shape", "whole"),
    [
        (nn.LSTM(4, 5, batch_first=True), (2, 3, 4), "lstm"),
        (nn.GRU(4, 5, batch_first=True), (2, 3, 4), "gru"),
        (nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)), (2, 1, 8, 8), "conv2d"),
        (nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), (2, 3, 8), "softmax"),
    ],
    ids=["lstm", "gru", "conv", "transformer"],
)
def test_operations_stay_whole(model: nn.Module, shape: tuple[int, ...], whole: str) -> None:
    graph = capture_model(model, torch.randn(shape))

    seen = kinds(graph)
    assert whole in seen or (whole == "softmax" and "scaled_dot_product_attention" in seen)
    assert not {"addmm", "convolution", "_softmax", "native_batch_norm"} & set(seen)


def test_an_in_place_operation_makes_a_new_version_also_of_views() -> None:
    class InPlace(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            held = x * 2
            view = held.view(-1)
            held.relu_()
            return view + 1

    graph = capture_model(InPlace(), torch.randn(2, 3))

    final = next(op for op in graph.ops if op.kind == "add")
    made = final.input.maker
    assert made is not None
    assert made.kind == "alias"
    assert made.input.maker is not None
    assert made.input.maker.kind == "relu"
    assert made.input.maker.inplace


def test_modules_and_lines_are_the_users(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(4, 5),
            nn.Tanh(),
        )
        self.head = nn.Linear(5, 3)
    def forward(self, x):
        return self.head(self.body(x))
net = Net()
loss = F.cross_entropy(net(x), y)
loss.backward()
""",
    )

    lines = (tmp_path / "train.py").read_text().splitlines()
    said = [
        (op.kind, op.module, lines[op.site.line - 1].strip()) for op in graph.ops if op.index in graph.live
    ]
    assert said == [
        ("linear", "body.0", "nn.Linear(4, 5),"),
        ("tanh", "body.1", "nn.Tanh(),"),
        ("linear", "head", "return self.head(self.body(x))"),
        ("cross_entropy_loss", "", "loss = F.cross_entropy(net(x), y)"),
    ]


def test_each_backward_call_site_is_an_objective(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
gen, dis = nn.Linear(4, 4), nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
og, od = torch.optim.Adam(gen.parameters()), torch.optim.Adam(dis.parameters())
for step in range(100):
    fake = gen(torch.randn(8, 4))
    d = F.softplus(-dis(x)).mean() + F.softplus(dis(fake.detach())).mean()
    od.zero_grad(); d.backward(); od.step()
    g = F.softplus(-dis(fake)).mean()
    og.zero_grad()
    g.backward()
    og.step()
    assert step == 0
""",
    )

    assert len(graph.objectives) == 2
    assert not [op for op in graph.ops if op.kind in ("addcdiv", "lerp")], (
        "the optimiser's arithmetic was recorded"
    )


PHASES = {
    "second_phase": """
a, b = nn.Linear(4, 3), nn.Linear(4, 3)
for _ in range(20):
    F.cross_entropy(a(x), y).backward()
for _ in range(20):
    F.mse_loss(b(x), a(x).detach()).backward()
""",
    "critic_steps": """
gen, dis = nn.Linear(4, 4), nn.Linear(4, 1)
for _ in range(9):
    for _ in range(5):
        (dis(gen(x).detach()).mean() - dis(x).mean()).backward()
    (-dis(gen(x)).mean()).backward()
""",
}


@pytest.mark.parametrize("name", sorted(PHASES))
def test_objectives_that_the_source_names_are_waited_for(tmp_path: Path, name: str) -> None:
    graph = captured(tmp_path, HEAD + PHASES[name])

    assert len(graph.objectives) == 2


def test_an_objective_that_does_not_come_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nonlin.checker.script.PATIENCE", 0.2)
    path = tmp_path / "train.py"
    path.write_text(
        HEAD
        + """
net = nn.Linear(4, 3)
while True:
    F.cross_entropy(net(x), y).backward()
net(x).sum().backward()
"""
    )

    with guarded():
        graph, notes = capture_script(path)

    assert len(graph.objectives) == 1
    assert [note.en for note in notes if "train.py:11" in note.en]


def test_a_script_that_catches_everything_is_stopped_all_the_same(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
net = nn.Linear(4, 3)
caught = 0
for _ in range(1000):
    try:
        F.cross_entropy(net(x), y).backward()
    except:
        caught += 1
        assert caught < 2000
raise SystemExit(0)
""",
    )

    assert len(graph.objectives) == 1


def test_recurrent_dropout_draws_the_same_numbers_as_without_nonlin() -> None:
    net = nn.GRU(4, 6, num_layers=2, dropout=0.5)
    x = torch.randn(5, 3, 4)
    torch.manual_seed(0)
    plain, _ = net(x)
    torch.manual_seed(0)

    with Recorder().recording():
        watched, _ = net(x)

    assert torch.equal(plain, watched)


def test_a_function_transform_does_not_break_the_run(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
net = nn.Linear(4, 3)
torch.func.vmap(lambda row: F.softmax(net(row), -1))(x)
F.cross_entropy(net(x), y).backward()
""",
    )

    assert "cross_entropy_loss" in kinds(graph)


SCRIPTS = {
    "accumulation": """
net = nn.Linear(4, 3); opt = torch.optim.SGD(net.parameters(), 0.1)
for i in range(50):
    (F.cross_entropy(net(x), y) / 2).backward()
    assert i == 0
    if i % 2: opt.step(); opt.zero_grad()
""",
    "autocast": """
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
with torch.autocast("cpu", dtype=torch.bfloat16):
    loss = F.cross_entropy(net(x), y)
loss.backward()
""",
    "no_modules": """
w = torch.randn(4, 3, requires_grad=True)
for i in range(9):
    loss = F.cross_entropy(x @ w, y); loss.backward()
    with torch.no_grad(): w -= 0.1 * w.grad; w.grad = None
    assert i < 2
""",
    "autograd_grad": """
net = nn.Linear(4, 3)
for i in range(9):
    grads = torch.autograd.grad(F.cross_entropy(net(x), y), list(net.parameters()))
    assert i == 0
""",
    "closure": """
net = nn.Linear(4, 3); opt = torch.optim.LBFGS(net.parameters(), max_iter=4)
def closure():
    opt.zero_grad(); loss = F.cross_entropy(net(x), y); loss.backward(); return loss
opt.step(closure)
""",
    "compiled": """
net = torch.compile(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3)))
F.cross_entropy(net(x), y).backward()
""",
    "checkpointed": """
from torch.utils.checkpoint import checkpoint
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
F.cross_entropy(checkpoint(net, x, use_reentrant=False), y).backward()
""",
    "packed": """
from torch.nn.utils.rnn import pack_padded_sequence
net, head = nn.LSTM(4, 6, batch_first=True), nn.Linear(6, 3)
packed = pack_padded_sequence(torch.randn(8, 5, 4), torch.tensor([5, 5, 4, 4, 3, 3, 2, 1]), batch_first=True)
F.cross_entropy(head(net(packed)[1][0][-1]), y).backward()
""",
    "attention": """
att, head = nn.MultiheadAttention(4, 2, batch_first=True), nn.Linear(4, 3)
h, _ = att(x[None], x[None], x[None]); F.cross_entropy(head(h[0]), y).backward()
""",
    "cuda": """
net = nn.Linear(4, 3).cuda(); x, y = x.to("cuda"), y.cuda()
w = torch.ones(3, device=torch.device("cuda:0"))
F.cross_entropy(net(x), y, weight=w).backward()
""",
    "main_guard": """
import argparse
def main():
    p = argparse.ArgumentParser(); p.add_argument("--width", type=int); a = p.parse_args(["--width", "3"])
    F.cross_entropy(nn.Linear(4, a.width)(x), y).backward()
if __name__ == "__main__":
    main()
""",
    "validation_first": """
net = nn.Linear(4, 3)
with torch.no_grad(): F.cross_entropy(net(x).softmax(1), y)
net(x).sum().item()
F.cross_entropy(net(x), y).backward()
""",
}


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_what_real_scripts_do_is_captured(tmp_path: Path, name: str) -> None:
    graph = captured(tmp_path, HEAD + SCRIPTS[name])

    assert len(graph.objectives) == 1
    assert "cross_entropy_loss" in kinds(graph)
    assert any(op.kind in ("linear", "matmul") for op in graph.ops if op.index in graph.live)


def test_a_reentrant_checkpoint_does_not_end_the_backward_pass(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
from torch.utils.checkpoint import checkpoint
first, middle, head = (nn.Linear(4, 4) for _ in range(3))
F.cross_entropy(head(checkpoint(middle, first(x), use_reentrant=True)), y).backward()
""",
    )

    first = next(op for op in graph.ops if op.kind == "linear")
    assert first.gradient is not None


def test_arguments_siblings_and_relative_paths_work(tmp_path: Path) -> None:
    (tmp_path / "sibling.py").write_text("WIDTH = 3\n")

    graph = captured(
        tmp_path,
        HEAD
        + """
from sibling import WIDTH
assert sys.argv[1:] == ["--epochs", "2"], sys.argv
assert __name__ == "__main__" and __file__.endswith("train.py")
F.cross_entropy(nn.Linear(4, WIDTH)(x), y).backward()
""",
        "--epochs",
        "2",
    )

    assert graph.objectives
    assert "train" not in sys.modules
    assert str(tmp_path) not in sys.path


def test_loss_and_gradients_are_bit_identical_with_and_without_nonlin(tmp_path: Path) -> None:
    source = (
        HEAD
        + """
net = nn.Sequential(nn.Conv1d(1, 4, 3), nn.BatchNorm1d(4), nn.GELU(), nn.Flatten(), nn.Dropout(0.3), nn.Linear(8, 3))
loss = F.cross_entropy(net(x[:, None]), y)
loss.backward()
torch.save([loss.detach(), *[p.grad for p in net.parameters()], *net.buffers(), torch.random.get_rng_state()], sys.argv[1])
"""
    )
    path = tmp_path / "train.py"
    path.write_text(source)
    plain, watched = tmp_path / "plain.pt", tmp_path / "watched.pt"

    environment = {**os.environ, "OMP_NUM_THREADS": "1"}  # as `guarded` runs the other
    subprocess.run([sys.executable, str(path), str(plain)], check=True, env=environment)
    captured(tmp_path, source, str(watched))

    one, other = torch.load(plain), torch.load(watched)
    assert len(one) == len(other) > 10
    assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


class Counts(nn.Module):
    """Puts a new tensor in the place of its buffer, as a running mean that is written out does."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(()))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.mean = 0.9 * self.mean + 0.1 * x.detach().mean()
        return x - self.mean


def tensors_of(model: nn.Module) -> dict[str, torch.Tensor]:
    gradients = {f"{name}.grad": weight.grad for name, weight in model.named_parameters()}
    return {**dict(model.named_parameters()), **dict(model.named_buffers()), **gradients}


@pytest.mark.parametrize("observe", [False, True])
def test_checking_a_model_leaves_it_and_the_random_state_alone(observe: bool) -> None:
    model = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), Counts(), nn.Dropout(0.5), nn.ReLU().eval())
    model(torch.randn(4, 4)).sum().backward()
    held = tensors_of(model)
    copies = {name: tensor.clone() for name, tensor in held.items()}
    modes = [module.training for module in model.modules()]
    torch.manual_seed(3)
    states = torch.random.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()
    x = torch.randn(4, 4, generator=torch.Generator().manual_seed(0))

    capture_model(model, x, loss=torch.std, observe=observe)

    after = tensors_of(model)
    assert all(after[name] is tensor for name, tensor in held.items())
    assert all(torch.equal(after[name], copy) for name, copy in copies.items())
    assert [module.training for module in model.modules()] == modes
    assert torch.equal(states[0], torch.random.get_rng_state())
    assert (states[1], states[2]) == (random.getstate(), np.random.get_state()[1].tolist())
    assert nn.Module.__call__.__module__ == "torch.nn.modules.module"
    assert torch.autograd.backward.__module__ == "torch.autograd"


def test_gpus_that_the_model_is_not_on_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        torch.cuda, "device_count", lambda: 2
    )  # torch would warn, and ask both for their state

    assert kinds(capture_model(nn.Linear(4, 3), torch.randn(2, 4))) == ["linear"]


def test_a_script_may_check_a_model_itself(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
import nonlin
net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))
def check():
    (finding,) = nonlin.check(net, x, loss=nn.CrossEntropyLoss(), targets=y)
    assert finding.rule == "NL201"
check()
p = net(x)
check()
F.nll_loss(p.log(), y).backward()
""",
    )

    assert kinds(graph) == ["linear", "softmax", "log", "nll_loss_nd"]
    assert len(graph.objectives) == 1


def test_a_module_may_have_a_hash_of_its_own(tmp_path: Path) -> None:
    graph = captured(
        tmp_path,
        HEAD
        + """
class Metric(nn.Module):
    def __init__(self):
        super().__init__()
        self.states = [0.0]
    def __hash__(self):
        return hash(tuple(self.states))
    def __eq__(self, other):
        raise TypeError("metrics are not compared")
    def forward(self, loss):
        self.states.append(loss.item())
        return loss
net, metric = nn.Linear(4, 3), Metric()
metric(F.cross_entropy(net(x), y)).backward()
""",
    )

    assert kinds(graph) == ["linear", "cross_entropy_loss"]


def test_what_a_script_prints_goes_to_stderr(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    captured(
        tmp_path,
        HEAD
        + """
import os
print("from python"); os.system("echo from a child")
F.cross_entropy(nn.Linear(4, 3)(x), y).backward()
""",
    )

    out, err = capfd.readouterr()
    assert out == ""
    assert "from python" in err
    assert "from a child" in err


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = (", "not valid Python"),
        ("raise ValueError('my own words')", "raised ValueError: my own words"),
        ("import sys; sys.exit(3)", "exited with status 3"),
        ("print('no training')", "without a training step"),
    ],
    ids=["syntax", "raises", "exits", "no_backward"],
)
def test_a_script_that_cannot_be_checked_is_a_target_error(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(TargetError, match=said):
        captured(tmp_path, source)


def test_the_scripts_own_traceback_is_shown_without_nonlin(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(TargetError):
        captured(tmp_path, "def f():\n    raise KeyError('k')\nf()\n")

    err = capfd.readouterr().err
    assert "train.py" in err
    assert "KeyError" in err
    assert "nonlin" not in err.replace(str(tmp_path), "")


STEPS = 5_000


def long_sum(output: torch.Tensor) -> torch.Tensor:
    """A loss of that many terms."""
    total = output.mean()
    for _ in range(STEPS):
        total = total + output.mean()
    return total


class LongChain(nn.Module):
    """A layer with that many steps after it, of the kinds that analyses see through."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(4, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.layer(x)
        for _ in range(STEPS // 5):
            x = -((x * 0.9999).view(x.shape) + 1e-5).clone()
        return x


def test_a_loss_of_thousands_of_terms_is_judged() -> None:
    model = nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())

    assert nonlin.check(model, torch.rand(2, 4), loss=long_sum).findings == ()


def test_a_chain_of_thousands_of_operations_is_judged() -> None:
    assert nonlin.check(LongChain(), torch.rand(2, 4), loss=torch.mean).findings == ()


MORE_THAN_THE_STACK = 1_100


def negated(output: torch.Tensor) -> torch.Tensor:
    """The softmax's second logarithm, with its sign changed that many times."""
    score = F.log_softmax(output, dim=-1)
    for _ in range(MORE_THAN_THE_STACK):
        score = -score
    return score.mean()


def raised(output: torch.Tensor) -> torch.Tensor:
    """log(1 - p) of a probability, with that many small constants added."""
    rest = 1 - output
    for _ in range(MORE_THAN_THE_STACK):
        rest = rest + 1e-9
    return -torch.log(rest).mean()


@pytest.mark.parametrize(
    ("head", "loss", "rules"),
    [(nn.Softmax(dim=-1), negated, {"NL402"}), (nn.Sigmoid(), raised, {"NL502"})],
    ids=["signs", "constants"],
)
def test_a_pattern_is_sought_across_thousands_of_operations(head, loss, rules) -> None:
    model = nn.Sequential(nn.Linear(4, 3), head)

    assert {f.rule for f in nonlin.check(model, torch.rand(2, 4), loss=loss)} == rules


def test_the_backward_calls_of_nonlin_are_none_of_a_scripts() -> None:
    package = Path(nonlin.__file__).resolve().parent
    script = package.parent / "train.py"

    assert "backward" in Path(nonlin.testing.suite.arrays.__file__).read_text()
    assert [call.path for call in written_calls(script) if package in Path(call.path).parents] == []


def test_a_tensor_that_is_printed_in_between_leaves_the_watch_as_it_is(tmp_path):
    script = tmp_path / "train.py"
    script.write_text(
        "import torch\n"
        "from torch import nn\n"
        "net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))\n"
        "x, y = torch.randn(16, 4), torch.zeros(16, dtype=torch.int64)\n"
        "out = net(x)\n"
        "print(out)\n"
        "loss = nn.functional.cross_entropy(out.softmax(1), y)\n"
        "loss.backward()\n"
        "print(net(torch.randn(2, 4)).argmax(dim=1))\n"
    )

    graph, _ = capture_script(script)

    assert [op.kind for op in graph.ops if op.index in graph.live] == [
        "linear",
        "relu",
        "linear",
        "softmax",
        "cross_entropy_loss",
    ]
    assert torch._C._len_torch_dispatch_stack() == 0
