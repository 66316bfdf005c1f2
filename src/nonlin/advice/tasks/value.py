"""Values of states or actions."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import ANDRYCHOWICZ_2020, DOCS_HUBER, HAFNER_2023, MNIH_2015, SCHULMAN_2017
from nonlin.base.language import Text

TASK = Task(
    title=Text("values of states or actions (reinforcement learning)", "状态或动作的价值（强化学习）"),
    aliases=("q-value", "q-values", "dqn", "value-function", "return"),
    output=Choice(
        None,
        Text("none", "不加激活"),
        claim("a return takes any sign and size", "回报可正可负，大小不限", MNIH_2015),
    ),
    loss=Choice(
        "HuberLoss",
        Text("nn.HuberLoss()", "nn.HuberLoss()"),
        claim(
            "targets come from the network itself and are noisy: an error beyond 1 counts linearly",
            "目标由网络自身产生、噪声大：超过 1 的误差只按线性计",
            MNIH_2015,
            DOCS_HUBER,
        ),
    ),
    scaling=claim(
        "standardise the returns with running statistics, or clip rewards to [-1, 1]",
        "用滑动统计量标准化回报，或把奖励截断到 [-1, 1]",
        ANDRYCHOWICZ_2020,
        MNIH_2015,
    ),
    bias=claim("zero for standardised returns", "回报已标准化则为零", ANDRYCHOWICZ_2020),
    alternatives=(
        option(
            ("MSELoss", "MSELoss"),
            "its optimum is the mean return; outliers count squared",
            "最优解是平均回报；离群值按平方计",
            SCHULMAN_2017,
        ),
        option(
            ("symlog of the return", "回报取 symlog"),
            "for rewards whose size is not known beforehand",
            "适合奖励大小事先未知的情形",
            HAFNER_2023,
        ),
    ),
    avoid=(
        claim(
            "ReLU, sigmoid or tanh on the output: returns outside their range can never be learned",
            "输出不要加 ReLU、sigmoid 或 tanh：值域之外的回报永远学不到",
            MNIH_2015,
            rule="NL210",
        ),
    ),
    code=TaskCode(
        data="""y = 30 * features[:, :1] + 10 * torch.randn(len(features), 1)
mean, std = y.mean(), y.std()
y = (y - mean) / std""",
        units="1",
        criterion="criterion = nn.HuberLoss()",
        predict="prediction = output * std + mean",
    ),
)
