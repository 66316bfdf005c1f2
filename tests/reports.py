"""A report with a finding of each severity, and the program that it is about."""

from __future__ import annotations

from dataclasses import replace

from nonlin.base.finding import Edit, Finding, Fix, Report, Site
from nonlin.base.language import Text

SOURCE = """\
import torch
import torch.nn.functional as F

def forward(x):
    return F.softmax(head(x), dim=1)  # probabilities

def step(x, y):
    return F.cross_entropy(forward(x), y)
"""
SOFTMAX = Finding(
    Site("train.py", 5, "head"),
    Text("Cross entropy gets probabilities here.", "交叉熵在这里得到的是概率。"),
    evidence={"classes": 10, "lowest_loss": 1.4611501717},
    proof=Text("With 10 classes the loss cannot fall below 1.461.", "有 10 个类别时，损失不会低于 1.461。"),
    fix=Fix(
        Text("Return the logits.", "返回 logits。"),
        edits=(Edit("train.py", 5, "F.softmax(head(x), dim=1)", "head(x)"),),
    ),
    related=(Site("train.py", 8), Site("lib/losses.py", 3, "loss")),
    severity="error",
    rule="NL201",
    name="softmax-before-cross-entropy",
)
DEAD = Finding(
    Site("train.py", 4, "act"),
    Text("Half of the units are dead.", "一半的单元已经死亡。"),
    evidence={"share": 0.5, "units": 1024},
    severity="warning",
    rule="NL701",
    name="dead-units",
)
TIDY = replace(
    DEAD, severity="advice", rule="NL401", evidence={}, fix=Fix(Text("Remove it.", "删掉它。"), safe=True)
)
REPORT = Report(
    "train.py",
    (TIDY, DEAD, SOFTMAX),
    notes=(Text("It ran on the CPU.", "已改在 CPU 上运行。"),),
    summary={"operations": 1214, "modules": 3, "objectives": 1},
)
HOSTILE = replace(
    SOFTMAX,
    site=Site("my, models/火:1.py", 2, "head"),
    message=Text("100 % wrong\n::error::no", "完全不对\n::error::no"),
    related=(),
)
