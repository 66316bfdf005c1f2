"""Probabilities or shares that sum to one."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import (
    DOCS_CROSS_ENTROPY,
    DOCS_KL_DIV,
    GNEITING_2007,
    HINTON_2015,
    LIN_2017,
    MARTINS_2016,
)
from nonlin.advice.tasks._bias import log_mean
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "probabilities or shares that sum to one: teachers, mixtures",
        "和为一的概率或占比：教师模型输出、成分比例",
    ),
    aliases=("probabilities", "distribution", "composition", "compositional", "distillation", "soft-targets"),
    output=Choice(
        None,
        Text("none: one logit for each share", "不加激活：每一份一个 logit"),
        claim(
            "softmax of the logits sums to one; the loss takes its logarithm without losing digits",
            "logits 经 softmax 后和为一；损失直接取其对数，不损失精度",
            DOCS_CROSS_ENTROPY,
        ),
    ),
    loss=Choice(
        "CrossEntropyLoss",
        Text("nn.CrossEntropyLoss() with probabilities as targets", "nn.CrossEntropyLoss()，以概率为目标"),
        claim(
            "a proper score: least where the prediction is the expected distribution",
            "严格适当的评分规则：预测等于期望分布时最小",
            GNEITING_2007,
            DOCS_CROSS_ENTROPY,
        ),
    ),
    scaling=claim(
        "rows of floats that sum to one, in the shape of the output",
        "每行为和为一的浮点数，形状与输出相同",
        DOCS_CROSS_ENTROPY,
    ),
    bias=claim("log of the mean row", "各列均值的对数", LIN_2017),
    alternatives=(
        option(
            (
                "KLDivLoss(reduction='batchmean') on log_softmax",
                "对 log_softmax 用 KLDivLoss(reduction='batchmean')",
            ),
            "the same gradient; its least value is zero, which is easier to read",
            "梯度相同；最小值为零，更容易看懂",
            DOCS_KL_DIV,
        ),
        option(
            ("a temperature on teacher and student", "教师与学生都除以温度"),
            "for distillation: shows how the teacher ranks the wrong classes; scale the loss by its square",
            "用于蒸馏：显示教师对错误类别的排序；损失要乘以温度的平方",
            HINTON_2015,
        ),
        option(
            ("sparsemax with its own loss", "sparsemax 及其损失"),
            "where many shares are exactly zero",
            "适合许多份恰好为零的情形",
            MARTINS_2016,
        ),
    ),
    avoid=(
        claim(
            "softmax before CrossEntropyLoss: it is applied twice (on the targets it is right)",
            "CrossEntropyLoss 之前不要对预测做 softmax：它会作用两次（对目标做则是对的）",
            DOCS_CROSS_ENTROPY,
            rule="NL201",
        ),
        claim(
            "KLDivLoss on probabilities: it expects their logarithm",
            "KLDivLoss 的输入不要用概率：它要的是对数概率",
            DOCS_KL_DIV,
            rule="NL208",
        ),
    ),
    code=TaskCode(
        data="y = (2 * features).softmax(dim=1)",
        units="y.shape[1]",
        bias="model.head.bias.copy_(y.mean(dim=0).log())",
        criterion="criterion = nn.CrossEntropyLoss()",
        predict="prediction = output.softmax(dim=1)",
    ),
    bias_of=log_mean,
)
