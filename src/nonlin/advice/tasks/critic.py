"""The score of a Wasserstein critic."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import ARJOVSKY_2017, GULRAJANI_2017, MIYATO_2018, RADFORD_2015
from nonlin.base.language import Text

TASK = Task(
    title=Text("the score of a Wasserstein critic", "Wasserstein 评论家的分数"),
    aliases=("wasserstein",),
    output=Choice(
        None,
        Text("none: one score of any size", "不加激活：一个大小不限的分数"),
        claim(
            "a difference of mean scores estimates a distance, not a probability",
            "平均分数之差估计的是距离，不是概率",
            ARJOVSKY_2017,
        ),
    ),
    loss=Choice(
        None,
        Text(
            "score(fake).mean() - score(real).mean() + 10 * penalty",
            "score(fake).mean() - score(real).mean() + 10 * penalty",
        ),
        claim(
            "the penalty keeps the slope near 1, for which the difference is the Wasserstein distance",
            "惩罚项使斜率保持在 1 附近，此时差值就是 Wasserstein 距离",
            GULRAJANI_2017,
        ),
    ),
    scaling=claim(
        "images in [-1, 1], the generator's range",
        "图像在 [-1, 1] 内，与生成器的值域一致",
        RADFORD_2015,
    ),
    bias=claim("of no effect: it cancels in the difference", "没有作用：在差值中抵消", ARJOVSKY_2017),
    alternatives=(
        option(
            (
                "hinge: relu(1 - real) + relu(1 + fake), with spectral normalisation",
                "hinge：relu(1 - real) + relu(1 + fake)，配谱归一化",
            ),
            "cheaper and steady; no distance to read",
            "更便宜且稳定；读不出距离",
            MIYATO_2018,
        ),
    ),
    avoid=(
        claim(
            "BCEWithLogitsLoss on the score: that is a discriminator (network gan-discriminator)",
            "不要对分数用 BCEWithLogitsLoss：那是判别器（网络类型 gan-discriminator）",
            ARJOVSKY_2017,
        ),
    ),
    networks=("gan-critic",),
    code=TaskCode(
        data="y = features[:, 0] > features[:, 0].median()",
        units="1",
        criterion="""def criterion(output, y):
    return output[~y].mean() - output[y].mean()

""",
        predict="prediction = output",
    ),
)
