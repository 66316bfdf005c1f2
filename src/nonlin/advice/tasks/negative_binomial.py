"""Overdispersed counts."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_POISSON_NLL, HILBE_2011, MCCULLAGH_1989, SALINAS_2017
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "counts whose variance is well above their mean: sales, reads",
        "方差明显大于均值的计数：销量、测序读数",
    ),
    aliases=("overdispersed-counts", "nb"),
    output=Choice(
        None,
        Text(
            "none for the log of the mean; softplus for the size",
            "均值的对数不加激活；离散参数用 softplus",
        ),
        claim(
            "the mean is positive by exp, the size by softplus, which cannot explode",
            "均值由 exp 保证为正；离散参数由 softplus 保证为正，且不会爆炸",
            SALINAS_2017,
        ),
    ),
    loss=Choice(
        None,
        Text(
            "-torch.distributions.NegativeBinomial(size, logits=log_mean - log(size)).log_prob(y)",
            "-torch.distributions.NegativeBinomial(size, logits=log_mean - log(size)).log_prob(y)",
        ),
        claim(
            "variance = mean + mean^2 / size: a Poisson rate that itself varies from case to case",
            "方差 = 均值 + 均值^2 / size：泊松速率本身也因样本而异",
            HILBE_2011,
            SALINAS_2017,
        ),
    ),
    scaling=claim("none: counts stay counts", "不缩放：计数保持原样", MCCULLAGH_1989),
    bias=claim(
        "log of the mean count for the mean; zero for the size (softplus(0) = 0.69)",
        "均值输出取平均计数的对数；离散参数取零（softplus(0) = 0.69）",
        MCCULLAGH_1989,
    ),
    alternatives=(
        option(
            ("Poisson (task counts)", "泊松（任务 counts）"),
            "the mean is still estimated rightly, but its uncertainty far too low",
            "均值仍能正确估计，但不确定度会严重偏低",
            MCCULLAGH_1989,
            DOCS_POISSON_NLL,
        ),
        option(
            ("one size for all: a single parameter", "所有样本共用一个离散参数"),
            "steadier with few data",
            "数据少时更稳定",
            HILBE_2011,
        ),
    ),
    avoid=(
        claim(
            "ReLU for the size: at zero the likelihood is not defined",
            "离散参数不要用 ReLU：取零时似然没有定义",
            HILBE_2011,
        ),
    ),
    code=TaskCode(
        data="""rates = torch.distributions.Gamma(2.0, 2.0).sample((len(features), 1))
y = torch.poisson(rates * (1 + 0.7 * features[:, :1]).exp())""",
        units="2",
        bias="model.head.bias.zero_()\nmodel.head.bias[0] = y.mean().log()",
        criterion="""def criterion(output, y):
    log_mean, raw = output.chunk(2, dim=1)
    size = F.softplus(raw) + 0.001
    logits = log_mean - size.log()
    counts = torch.distributions.NegativeBinomial(size, logits=logits)
    return -counts.log_prob(y).mean()

""",
        predict="prediction = output[:, :1].exp()",
    ),
)
