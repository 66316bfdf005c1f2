"""One of several classes."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import (
    BISHOP_2006,
    DOCS_CROSS_ENTROPY,
    KARPATHY_2019,
    LIN_2017,
    SZEGEDY_2015,
)
from nonlin.advice.tasks._bias import log_frequencies
from nonlin.base.language import Text

TASK = Task(
    title=Text("one of several classes: digits, species, topics", "多个类别选其一：数字、物种、主题"),
    aliases=("classification", "multiclass", "categorical", "single-label"),
    output=Choice(
        None,
        Text("none: one logit for each class", "不加激活：每个类别一个 logit"),
        claim(
            "the loss holds log-softmax; argmax gives the same class with or without it",
            "损失内部含 log-softmax；有没有它，argmax 得到的类别都一样",
            DOCS_CROSS_ENTROPY,
        ),
    ),
    loss=Choice(
        "CrossEntropyLoss",
        Text("nn.CrossEntropyLoss()", "nn.CrossEntropyLoss()"),
        claim(
            "the likelihood of one class among k; gradient = probabilities - one-hot target",
            "k 类选一的似然；梯度 = 概率 - one-hot 目标",
            BISHOP_2006,
            DOCS_CROSS_ENTROPY,
        ),
    ),
    scaling=claim(
        "class numbers 0 .. k-1 as int64, in the shape (batch,)",
        "类别编号 0 .. k-1，int64，形状为 (batch,)",
        DOCS_CROSS_ENTROPY,
    ),
    bias=claim(
        "log of each class's share: the first loss is then the entropy of the classes, log(k) if they are even",
        "各类别占比的对数：这样初始损失就是类别分布的熵，均衡时为 log(k)",
        LIN_2017,
        KARPATHY_2019,
    ),
    alternatives=(
        option(
            ("label_smoothing=0.1", "label_smoothing=0.1"),
            "less overconfident, often more accurate; the least loss is no longer zero",
            "不那么过度自信，精度往往更高；最低损失不再为零",
            SZEGEDY_2015,
        ),
        option(
            ("weight= per class", "按类别设置 weight="),
            "for uneven classes that matter alike; the probabilities are no longer calibrated",
            "类别不均衡但同等重要时使用；概率不再校准",
            DOCS_CROSS_ENTROPY,
        ),
        option(
            ("log_softmax on the output and NLLLoss", "输出 log_softmax，配 NLLLoss"),
            "the same numbers, where the model must give log-probabilities",
            "数值相同，适合模型必须输出对数概率的场合",
            DOCS_CROSS_ENTROPY,
        ),
    ),
    avoid=(
        claim(
            "softmax before CrossEntropyLoss: with 10 classes the loss never falls below 1.46",
            "CrossEntropyLoss 之前不要加 softmax：10 类时损失永远不低于 1.46",
            DOCS_CROSS_ENTROPY,
            rule="NL201",
        ),
        claim(
            "ReLU, sigmoid or tanh on the logits: they cannot tell the classes far enough apart",
            "不要在 logits 上加 ReLU、sigmoid 或 tanh：类别之间拉不开差距",
            DOCS_CROSS_ENTROPY,
            rule="NL204",
        ),
        claim(
            "MSELoss on class numbers: it takes class 9 for three times class 3",
            "不要对类别编号用 MSELoss：它会把第 9 类当成第 3 类的三倍",
            BISHOP_2006,
        ),
    ),
    code=TaskCode(
        data="y = features.argmax(dim=1)",
        units="3",
        bias="model.head.bias.copy_((torch.bincount(y, minlength=3) / len(y)).log())",
        criterion="criterion = nn.CrossEntropyLoss()",
        predict="prediction = output.softmax(dim=1)",
    ),
    bias_of=log_frequencies,
)
