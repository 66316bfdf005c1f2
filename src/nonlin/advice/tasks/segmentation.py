"""A class for each pixel."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_CROSS_ENTROPY, LIN_2017, LONG_2014, MILLETARI_2016
from nonlin.advice.tasks._bias import log_frequencies
from nonlin.base.language import Text

TASK = Task(
    title=Text("a class for each pixel", "每个像素一个类别"),
    aliases=("semantic-segmentation", "masks", "dense-classification"),
    output=Choice(
        None,
        Text("none: one logit for each class and pixel", "不加激活：每个像素每个类别一个 logit"),
        claim(
            "the loss holds log-softmax over axis 1", "损失内部在第 1 维上做 log-softmax", DOCS_CROSS_ENTROPY
        ),
    ),
    loss=Choice(
        "CrossEntropyLoss",
        Text(
            "nn.CrossEntropyLoss(), logits (batch, classes, height, width)",
            "nn.CrossEntropyLoss()，logits 形状 (batch, classes, height, width)",
        ),
        claim(
            "every pixel is one classification; targets are class numbers (batch, height, width)",
            "每个像素是一次分类；目标为类别编号 (batch, height, width)",
            LONG_2014,
            DOCS_CROSS_ENTROPY,
        ),
    ),
    scaling=claim(
        "class numbers as int64; unknown pixels as ignore_index",
        "类别编号为 int64；未知像素用 ignore_index",
        DOCS_CROSS_ENTROPY,
    ),
    bias=claim(
        "log of each class's share of pixels: background is often 95 % of them",
        "各类别像素占比的对数：背景常占 95 %",
        LIN_2017,
    ),
    alternatives=(
        option(
            ("cross entropy plus soft Dice on softmax", "交叉熵加 soft Dice（输入为 softmax）"),
            "small objects count as much as large ones; one more weight to choose",
            "小目标与大目标同样重要；多一个权重要选",
            MILLETARI_2016,
        ),
        option(
            ("focal loss", "focal loss"),
            "for very many easy background pixels",
            "适合简单背景像素极多的情形",
            LIN_2017,
        ),
        option(
            ("one logit a class with BCEWithLogitsLoss", "每类一个 logit，用 BCEWithLogitsLoss"),
            "where classes overlap",
            "类别可以重叠时使用",
            LONG_2014,
        ),
    ),
    avoid=(
        claim(
            "softmax over any axis but the classes' (dim=1)",
            "softmax 不要用错维度：只能沿类别维（dim=1）",
            DOCS_CROSS_ENTROPY,
            rule="NL301",
        ),
        claim(
            "Dice on bare logits: it is made for probabilities",
            "不要对原始 logits 计算 Dice：它要的是概率",
            MILLETARI_2016,
        ),
    ),
    layout="map",
    code=TaskCode(
        data="y = features.argmax(dim=1)",
        units="3",
        bias="""counts = torch.bincount(y.flatten(), minlength=3)
model.head.bias.copy_((counts / counts.sum()).log())""",
        criterion="criterion = nn.CrossEntropyLoss()",
        predict="prediction = output.argmax(dim=1)",
    ),
    bias_of=log_frequencies,
)
