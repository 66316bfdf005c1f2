"""A policy over real actions."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import ANDRYCHOWICZ_2020, HAARNOJA_2018, SCHULMAN_2017
from nonlin.base.language import Text

TASK = Task(
    title=Text("a policy over real actions (reinforcement learning)", "连续动作策略（强化学习）"),
    aliases=("continuous-policy", "continuous-control", "actor-continuous"),
    output=Choice(
        None,
        Text("none for the mean; softplus + 1e-3 for the spread", "均值不加激活；标准差用 softplus + 1e-3"),
        claim(
            "a normal policy; actions are clipped by the environment, not by the network",
            "正态策略；动作由环境截断，而不是由网络截断",
            SCHULMAN_2017,
        ),
    ),
    loss=Choice(
        None,
        Text("-(log_prob(action) * advantage).mean()", "-(log_prob(action) * advantage).mean()"),
        claim("the policy gradient", "策略梯度", SCHULMAN_2017),
    ),
    scaling=claim(
        "actions to about [-1, 1], advantages standardised in each batch",
        "动作缩放到约 [-1, 1]，优势在每个批次内标准化",
        ANDRYCHOWICZ_2020,
    ),
    bias=claim(
        "zero, and small weights: the first actions do not depend on the state",
        "零，权重取小：最初的动作不依赖状态",
        ANDRYCHOWICZ_2020,
    ),
    alternatives=(
        option(
            ("tanh of a normal sample, with its correction of the density", "对正态样本取 tanh，并修正密度"),
            "bounded actions; write the correction as 2 * (log 2 - x - softplus(-2 x))",
            "动作有界；修正项写成 2 * (log 2 - x - softplus(-2 x))",
            HAARNOJA_2018,
            ANDRYCHOWICZ_2020,
        ),
        option(
            ("one spread for all states: a parameter", "所有状态共用标准差：一个参数"),
            "steadier; explores alike everywhere",
            "更稳定；各处探索程度相同",
            SCHULMAN_2017,
        ),
    ),
    avoid=(
        claim(
            "log(1 - tanh(x)^2) as it stands: it is log(0) for x beyond 9 in float32",
            "不要直接写 log(1 - tanh(x)^2)：float32 下 x 超过 9 就是 log(0)",
            HAARNOJA_2018,
        ),
        claim(
            "ReLU for the spread: at zero the density is infinite",
            "标准差不要用 ReLU：取零时密度无穷大",
            SCHULMAN_2017,
        ),
    ),
    code=TaskCode(
        data="""actions = torch.randn(len(features))
advantages = (-((actions - features[:, 0]) ** 2)).exp()
y = torch.stack([actions, advantages], dim=1)""",
        units="2",
        criterion="""def policy(output):
    mean, raw = output.unbind(dim=1)
    return torch.distributions.Normal(mean, F.softplus(raw) + 0.001)


def criterion(output, y):
    actions, advantages = y.unbind(dim=1)
    return -(policy(output).log_prob(actions) * advantages).mean()

""",
        predict="prediction = policy(output).sample()",
    ),
)
