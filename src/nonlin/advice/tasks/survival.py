"""Time to an event."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import COX_1972, GENSHEIMER_2018, KATZMAN_2016
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "time to an event, some not yet seen: churn, failure, death",
        "事件发生的时间，部分尚未发生：流失、故障、死亡",
    ),
    aliases=("time-to-event", "cox", "hazard", "censored"),
    output=Choice(
        None,
        Text("none: the log of the relative risk", "不加激活：相对风险的对数"),
        claim("the loss takes its exponential itself", "损失内部会取指数", COX_1972, KATZMAN_2016),
    ),
    loss=Choice(
        None,
        Text(
            "Cox: mean over events of logsumexp(scores still at risk) - score",
            "Cox 损失：对每个事件取 logsumexp(仍处于风险中的分数) - 分数 的均值",
        ),
        claim(
            "the partial likelihood: who had the event among all still at risk; censored cases count as at risk",
            "偏似然：在仍处于风险中的样本里是谁发生了事件；删失样本计入风险集",
            COX_1972,
            KATZMAN_2016,
        ),
    ),
    scaling=claim(
        "none: only the order of the times is used; two columns, time and event (1 seen, 0 censored)",
        "不缩放：只用时间的次序；两列：时间和事件（1 已发生，0 删失）",
        COX_1972,
    ),
    bias=claim(
        "of no effect: it cancels (the baseline hazard takes its place)",
        "没有作用：会抵消（由基线风险承担）",
        COX_1972,
    ),
    alternatives=(
        option(
            (
                "a logit for each interval of time, BCEWithLogitsLoss on the intervals lived through",
                "每个时间区间一个 logit，对经历过的区间用 BCEWithLogitsLoss",
            ),
            "works with small batches, and gives survival curves; time must be cut into intervals",
            "小批次也适用，并能给出生存曲线；需要把时间分段",
            GENSHEIMER_2018,
        ),
    ),
    avoid=(
        claim(
            "MSELoss on the times, censored ones left out or taken as events: both ways are biased",
            "不要对时间用 MSELoss：无论丢掉删失样本还是把它当作事件，都有偏",
            COX_1972,
        ),
        claim(
            "exp, ReLU or sigmoid on the score: the loss takes exp, and a risk may be below average",
            "分数不要加 exp、ReLU 或 sigmoid：损失会取 exp，而风险也可能低于平均",
            KATZMAN_2016,
        ),
        claim(
            "small batches: the set at risk is then too small",
            "不要用小批次：风险集会太小",
            KATZMAN_2016,
        ),
    ),
    code=TaskCode(
        data="""times = -torch.rand(len(features)).log() * (-features[:, 0]).exp()
y = torch.stack([times.clamp(max=2.0), (times < 2.0).float()], dim=1)""",
        units="1",
        criterion="""def criterion(output, y):
    times, events = y.unbind(dim=1)
    order = times.argsort(descending=True)
    scores, events = output[order, 0], events[order]
    at_risk = scores.logcumsumexp(dim=0)
    return ((at_risk - scores) * events).sum() / events.sum()

""",
        predict="prediction = output.exp()",
    ),
)
