"""The picture of a network: what ran, what feeds what, what repeats, and where the findings are."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

import nonlin
from nonlin.base.finding import Finding, Site
from nonlin.base.language import Text
from nonlin.checker.capture import capture_model
from nonlin.checker.outline import outline
from pictures import blocks, check_picture


def network_of(model, x, **options):
    report = nonlin.check(model, x, **options)
    check_picture(report.network, report)
    return report.network


def mlp(depth):
    layers = [part for _ in range(depth) for part in (nn.Linear(4, 4), nn.ReLU())]
    return nn.Sequential(*layers, nn.Linear(4, 3))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.layer, self.act = nn.LayerNorm(4), nn.Linear(4, 4), nn.GELU()

    def forward(self, x):
        return x + self.act(self.layer(self.norm(x)))


def test_modules_stand_in_modules_and_feed_each_other():
    loss, targets = nn.CrossEntropyLoss(), torch.tensor([0, 1])

    whole = network_of(mlp(1), torch.randn(2, 4), loss=loss, targets=targets)

    model, criterion = whole.inside
    assert [(b.name, b.kind, b.path, b.activation, b.shape) for b in model.inside] == [
        ("Linear", "module", "0", "", (2, 4)),
        ("ReLU", "activation", "1", "relu", (2, 4)),
        ("Linear", "module", "2", "", (2, 3)),
    ]
    assert model.edges == ((-1, 0), (0, 1), (1, 2), (2, 3))
    assert (criterion.name, criterion.kind) == ("CrossEntropyLoss", "loss")
    assert whole.edges == ((-1, 0), (0, 1))


def test_a_residual_goes_around_and_joins():
    (model,) = network_of(Residual(), torch.randn(2, 4)).inside

    assert [block.name for block in model.inside] == ["LayerNorm", "Linear", "GELU", "+"]
    assert model.edges == ((-1, 0), (-1, 3), (0, 1), (1, 2), (2, 3), (3, 4))


def test_what_repeats_is_drawn_once():
    (blocks_of_three,) = network_of(nn.Sequential(*(Residual() for _ in range(12))), torch.randn(2, 4)).inside
    (pairs,) = network_of(mlp(8), torch.randn(2, 4)).inside
    (few,) = network_of(mlp(2), torch.randn(2, 4)).inside

    (folded,) = blocks_of_three.inside
    assert (folded.name, folded.path, folded.times) == ("Residual", "0", 12)
    assert folded.edges == ((-1, 0), (-1, 3), (0, 1), (1, 2), (2, 3), (3, 4))
    period, last = pairs.inside
    assert (period.name, period.times, last.path) == ("", 8, "16")
    assert [block.name for block in period.inside] == ["Linear", "ReLU"]
    assert period.edges == ((-1, 0), (0, 1), (1, 2))
    assert [block.times for block in few.inside] == [1] * 5


def test_a_module_called_again_and_again_is_drawn_once_too():
    class Unrolled(nn.Module):
        def __init__(self):
            super().__init__()
            self.cell, self.head = nn.RNNCell(4, 4), nn.Linear(4, 1)

        def forward(self, x):
            state = torch.zeros(2, 4)
            for t in range(40):
                state = self.cell(x[t], state)
            return self.head(state)

    (model,) = network_of(Unrolled(), torch.randn(40, 2, 4)).inside

    assert [(block.name, block.times) for block in model.inside] == [("RNNCell", 40), ("Linear", 1)]


def test_of_blocks_that_are_alike_one_is_opened_and_rather_that_with_a_finding():
    class Wide(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.c = (nn.Sequential(Residual()) for _ in range(3))

        def forward(self, x):
            return F.silu(self.a(x)) + F.gelu(self.b(x)) + torch.tanh(self.c(x))

    graph = capture_model(Wide(), torch.randn(2, 4))
    found = Finding(Site(module="c.0.act"), Text("a", "b"))

    for findings, opened in (([], "a"), ([found], "c")):
        whole = outline(graph, findings)
        check_picture(whole, findings)
        shown = {block.path: block for block in blocks(whole) if block.path}
        assert [path for path in "abc" if shown[path].inside] == [opened]
    assert shown["c.0.act"].findings == (found,)


def test_a_result_that_nothing_reads_has_no_way_out():
    class Forgotten(nn.Module):
        def __init__(self):
            super().__init__()
            self.one, self.two, self.act = nn.Linear(4, 4), nn.Linear(4, 1), nn.ReLU()

        def forward(self, x):
            x = self.one(x)
            self.act(x)
            return self.two(x)

    (model,) = network_of(Forgotten(), torch.randn(2, 4)).inside

    assert [block.name for block in model.inside] == ["Linear", "ReLU", "Linear"]
    assert model.edges == ((-1, 0), (0, 1), (0, 2), (2, 3))
    assert model.inside[1].findings


def test_an_activation_that_is_written_out_is_one_block():
    class Swish(nn.Module):
        def forward(self, x):
            return x * torch.sigmoid(x)

    (model,) = network_of(nn.Sequential(nn.Linear(4, 4), Swish()), torch.randn(2, 4)).inside

    assert [(block.name, block.kind, block.inside) for block in model.inside][1] == (
        "Swish",
        "activation",
        (),
    )


def test_what_is_too_large_to_draw_is_left_out():
    def many(x):
        for n in range(70):
            x = (F.relu, F.silu, F.gelu, torch.tanh, F.elu, F.mish, F.selu)[(n * n + n // 7) % 7](x) @ weight
        return x.sum()

    weight = torch.randn(4, 4, requires_grad=True)

    assert nonlin.check(nn.Linear(4, 4), torch.randn(2, 4), loss=many).network is None
