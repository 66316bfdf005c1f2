"""One of two classes."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BISHOP_2006, DOCS_BCE_LOGITS, DOCS_CROSS_ENTROPY, LIN_2017
from nonlin.advice.tasks._bias import logit_mean
from nonlin.base.language import Text

TASK = Task(
    title=Text("yes or no: spam, default, defect", "是或否：垃圾邮件、违约、缺陷"),
    aliases=("binary-classification", "two-class", "logistic"),
    output=Choice(
        None,
        Text("none: the network predicts one logit", "不加激活：网络输出一个 logit"),
        claim(
            "the loss holds the sigmoid in a form that neither overflows nor loses digits",
            "损失内部含 sigmoid，其写法既不溢出也不损失精度",
            DOCS_BCE_LOGITS,
        ),
    ),
    loss=Choice(
        "BCEWithLogitsLoss",
        Text("nn.BCEWithLogitsLoss()", "nn.BCEWithLogitsLoss()"),
        claim(
            "the Bernoulli likelihood; gradient = probability - target",
            "伯努利似然；梯度 = 概率 - 目标",
            BISHOP_2006,
            DOCS_BCE_LOGITS,
        ),
    ),
    scaling=claim(
        "targets 0.0 and 1.0, as floats, in the shape of the output",
        "目标为浮点数 0.0 和 1.0，形状与输出相同",
        DOCS_BCE_LOGITS,
    ),
    bias=claim(
        "log(p / (1 - p)), p = share of ones: else a rare class costs the first epochs",
        "log(p / (1 - p))，p 为正例占比：否则类别稀少时前几轮都浪费在这上面",
        LIN_2017,
    ),
    alternatives=(
        option(
            ("pos_weight = negatives / positives", "pos_weight = 负例数 / 正例数"),
            "for rare positives that matter as much as the rest; the probabilities are no longer calibrated",
            "正例稀少但同样重要时使用；得到的概率不再校准",
            DOCS_BCE_LOGITS,
        ),
        option(
            ("focal loss", "focal loss"),
            "for very many easy negatives; two numbers to tune, probabilities not calibrated",
            "适合简单负例极多的情形；多两个参数要调，概率不校准",
            LIN_2017,
        ),
        option(
            ("two logits and CrossEntropyLoss", "两个 logit 加 CrossEntropyLoss"),
            "the same model with one redundant unit; handy where more classes may follow",
            "同一模型，多一个冗余单元；以后可能增加类别时方便",
            DOCS_CROSS_ENTROPY,
        ),
    ),
    avoid=(
        claim(
            "sigmoid before BCEWithLogitsLoss: it is applied twice, and the loss never falls below 0.31 for ones",
            "BCEWithLogitsLoss 之前不要加 sigmoid：它会作用两次，正例的损失永远不低于 0.31",
            DOCS_BCE_LOGITS,
            rule="NL202",
        ),
        claim(
            "softmax over a single unit: it is always 1",
            "不要对单个输出做 softmax：结果恒为 1",
            BISHOP_2006,
            rule="NL302",
        ),
        claim(
            "MSELoss on a sigmoid: where the network is surely wrong, its gradient vanishes",
            "不要对 sigmoid 用 MSELoss：网络“自信地错了”时梯度消失",
            BISHOP_2006,
        ),
    ),
    code=TaskCode(
        data="y = (features[:, :1] > 0.5).float()",
        units="1",
        bias="model.head.bias.copy_(y.mean(dim=0).logit())",
        criterion="criterion = nn.BCEWithLogitsLoss()",
        predict="prediction = output.sigmoid()",
    ),
    bias_of=logit_mean,
)
