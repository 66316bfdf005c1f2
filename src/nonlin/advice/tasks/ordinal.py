"""Ordered levels."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import CAO_2019, DOCS_BCE_LOGITS, DOCS_CROSS_ENTROPY, LIN_2017, NIU_2016
from nonlin.advice.tasks._bias import logit_above
from nonlin.base.language import Text

TASK = Task(
    title=Text("ordered levels: stars, grades, stages", "有序等级：星级、成绩等级、分期"),
    aliases=("ordered", "rating", "grades", "coral"),
    output=Choice(
        None,
        Text("none: one logit for each step between levels", "不加激活：相邻等级之间的每一级一个 logit"),
        claim(
            "logit k says whether the level is above k; k levels need k - 1 of them",
            "第 k 个 logit 表示等级是否高于 k；k 个等级需要 k - 1 个",
            NIU_2016,
            CAO_2019,
        ),
    ),
    loss=Choice(
        "BCEWithLogitsLoss",
        Text(
            "nn.BCEWithLogitsLoss() on the targets y > 0, y > 1, ..",
            "对目标 y > 0、y > 1 …… 用 nn.BCEWithLogitsLoss()",
        ),
        claim(
            "a mistake of three levels costs three steps, where cross entropy would count it as one",
            "错三级就付三份代价，而交叉熵把它算作一次错误",
            NIU_2016,
            DOCS_BCE_LOGITS,
        ),
    ),
    scaling=claim(
        "levels 0 .. k-1; level 2 of 5 becomes the row 1, 1, 0, 0",
        "等级编号 0 .. k-1；5 级中的第 2 级变成一行 1, 1, 0, 0",
        NIU_2016,
    ),
    bias=claim(
        "logit of the share of targets above each level: it falls from step to step",
        "高于每个等级的目标占比的 logit，逐级递减",
        LIN_2017,
    ),
    alternatives=(
        option(
            ("CORAL: one shared weight vector, k - 1 biases", "CORAL：共享一个权重向量，k - 1 个偏置"),
            "the steps can never contradict each other; less freedom",
            "各级判断绝不会互相矛盾；自由度更低",
            CAO_2019,
        ),
        option(
            ("CrossEntropyLoss on the levels", "对等级用 CrossEntropyLoss"),
            "where the order is doubtful; it must be learned from the data",
            "次序存疑时使用；次序只能从数据中学",
            DOCS_CROSS_ENTROPY,
        ),
    ),
    avoid=(
        claim(
            "MSELoss on the level's number: it takes all steps for equally wide",
            "不要对等级编号用 MSELoss：它假定各级间隔相等",
            NIU_2016,
        ),
        claim(
            "softmax over the steps: they are not exclusive",
            "不要对这些 logit 做 softmax：它们并不互斥",
            CAO_2019,
        ),
    ),
    code=TaskCode(
        data="""levels = 5
cuts = torch.tensor([-1.0, -0.3, 0.3, 1.0])
y = torch.bucketize(features[:, 0].contiguous(), cuts)
y = (y[:, None] > torch.arange(levels - 1)).float()""",
        units="levels - 1",
        bias="model.head.bias.copy_(y.mean(dim=0).logit())",
        criterion="criterion = nn.BCEWithLogitsLoss()",
        predict="prediction = (output > 0).sum(dim=1)",
    ),
    bias_of=logit_above,
)
