"""Counts."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_POISSON_NLL, HILBE_2011, MCCULLAGH_1989
from nonlin.advice.tasks._bias import log_mean
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "counts whose variance is near their mean: events, visits", "方差接近均值的计数：事件数、访问量"
    ),
    aliases=("count", "poisson"),
    output=Choice(
        None,
        Text("none: the network predicts the log of the rate", "不加激活：网络预测速率的对数"),
        claim(
            "the logarithm is the canonical link of the Poisson distribution; the loss takes exp itself",
            "对数是泊松分布的典则连接函数；损失内部会取 exp",
            MCCULLAGH_1989,
        ),
    ),
    loss=Choice(
        "PoissonNLLLoss",
        Text("nn.PoissonNLLLoss(log_input=True)", "nn.PoissonNLLLoss(log_input=True)"),
        claim("the Poisson likelihood", "泊松似然", MCCULLAGH_1989, DOCS_POISSON_NLL),
    ),
    scaling=claim(
        "none: counts stay counts; different times or areas of observation enter as log(exposure) added to the output",
        "不缩放：计数保持原样；观察时长或面积不同，就把 log(曝光量) 加到输出上",
        MCCULLAGH_1989,
    ),
    bias=claim("log of the mean count", "平均计数的对数", MCCULLAGH_1989),
    alternatives=(
        option(
            ("negative binomial (task negative-binomial)", "负二项（任务 negative-binomial）"),
            "where the variance is well above the mean; a second output",
            "方差明显大于均值时使用；多一个输出",
            HILBE_2011,
        ),
        option(
            (
                "softplus on the output, PoissonNLLLoss(log_input=False)",
                "输出加 softplus，PoissonNLLLoss(log_input=False)",
            ),
            "effects add instead of multiplying, and large inputs cannot explode; needs eps",
            "效应相加而非相乘，大输入也不会爆炸；需要 eps",
            DOCS_POISSON_NLL,
        ),
    ),
    avoid=(
        claim(
            "exp or ReLU on the output with log_input=True: the loss takes exp again",
            "log_input=True 时输出不要加 exp 或 ReLU：损失会再取一次 exp",
            DOCS_POISSON_NLL,
            rule="NL211",
        ),
        claim(
            "MSELoss on raw counts: it gives a count of 1000 the same variance as a count of 1",
            "不要对原始计数用 MSELoss：它把 1000 与 1 当作方差相同",
            MCCULLAGH_1989,
        ),
    ),
    code=TaskCode(
        data="y = torch.poisson((1 + 0.7 * features[:, :1]).exp())",
        units="1",
        bias="model.head.bias.copy_(y.mean(dim=0).log())",
        criterion="criterion = nn.PoissonNLLLoss(log_input=True)",
        predict="prediction = output.exp()",
    ),
    bias_of=log_mean,
)
