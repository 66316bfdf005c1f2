"""Any number of labels at once."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BISHOP_2006, DOCS_BCE_LOGITS, LIN_2017, MARTINS_2016
from nonlin.advice.tasks._bias import logit_mean
from nonlin.base.language import Text

TASK = Task(
    title=Text("any number of labels at once: tags, symptoms", "同时有任意多个标签：标签、症状"),
    aliases=("multilabel", "tags"),
    output=Choice(
        None,
        Text("none: one logit for each label", "不加激活：每个标签一个 logit"),
        claim(
            "each label is a yes or no of its own; the loss holds the sigmoid",
            "每个标签各自判断是或否；损失内部含 sigmoid",
            DOCS_BCE_LOGITS,
        ),
    ),
    loss=Choice(
        "BCEWithLogitsLoss",
        Text("nn.BCEWithLogitsLoss()", "nn.BCEWithLogitsLoss()"),
        claim(
            "independent Bernoulli likelihoods, given the input",
            "给定输入时相互独立的伯努利似然",
            BISHOP_2006,
            DOCS_BCE_LOGITS,
        ),
    ),
    scaling=claim("a column of 0.0 and 1.0 for each label", "每个标签一列，取 0.0 或 1.0", DOCS_BCE_LOGITS),
    bias=claim(
        "log(p / (1 - p)) for each label, p = its share of ones",
        "每个标签取 log(p / (1 - p))，p 为该标签的正例占比",
        LIN_2017,
    ),
    alternatives=(
        option(
            ("pos_weight for each label", "按标签设置 pos_weight"),
            "for rare labels; the probabilities are no longer calibrated",
            "标签稀少时使用；概率不再校准",
            DOCS_BCE_LOGITS,
        ),
        option(
            ("sparsemax with its own loss", "sparsemax 及其损失"),
            "where the labels share one unit of weight; exact zeros",
            "适合各标签共分一份权重的情形；能得到精确的零",
            MARTINS_2016,
        ),
    ),
    avoid=(
        claim(
            "softmax: it makes the labels compete, and two true ones can never both be sure",
            "不要用 softmax：它让标签互相竞争，两个正确标签不可能同时确信",
            BISHOP_2006,
        ),
        claim(
            "sigmoid before BCEWithLogitsLoss: it is applied twice",
            "BCEWithLogitsLoss 之前不要加 sigmoid：它会作用两次",
            DOCS_BCE_LOGITS,
            rule="NL202",
        ),
    ),
    code=TaskCode(
        data="y = (features > 0.5).float()",
        units="y.shape[1]",
        bias="model.head.bias.copy_(y.mean(dim=0).logit())",
        criterion="criterion = nn.BCEWithLogitsLoss()",
        predict="prediction = output.sigmoid()",
    ),
    bias_of=logit_mean,
)
