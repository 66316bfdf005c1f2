"""A policy over a few actions."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import ANDRYCHOWICZ_2020, MNIH_2015, MNIH_2016, SCHULMAN_2017
from nonlin.base.language import Text

TASK = Task(
    title=Text("a policy over a few actions (reinforcement learning)", "离散动作策略（强化学习）"),
    aliases=("policy", "actor", "discrete-policy", "rl", "reinforcement-learning"),
    output=Choice(
        None,
        Text("none: one logit for each action", "不加激活：每个动作一个 logit"),
        claim(
            "torch.distributions.Categorical(logits=..) normalises them",
            "torch.distributions.Categorical(logits=..) 会做归一化",
            MNIH_2016,
        ),
    ),
    loss=Choice(
        None,
        Text(
            "-(log_prob(action) * advantage).mean() - 0.01 * entropy",
            "-(log_prob(action) * advantage).mean() - 0.01 * entropy",
        ),
        claim(
            "the policy gradient, with a little entropy so that all actions go on being tried",
            "策略梯度，加少量熵以保持对各动作的探索",
            MNIH_2016,
            SCHULMAN_2017,
        ),
    ),
    scaling=claim(
        "advantages standardised in each batch",
        "优势在每个批次内标准化",
        SCHULMAN_2017,
        ANDRYCHOWICZ_2020,
    ),
    bias=claim(
        "zero, and small weights: the first policy is nearly uniform",
        "零，权重取小：最初的策略近乎均匀",
        ANDRYCHOWICZ_2020,
    ),
    alternatives=(
        option(
            ("values of actions (task value)", "动作价值（任务 value）"),
            "learn from old data too; no stochastic policy",
            "也能从旧数据学习；没有随机策略",
            MNIH_2015,
        ),
    ),
    avoid=(
        claim(
            "softmax before Categorical(logits=..): it is applied twice, and the policy cannot become sure",
            "Categorical(logits=..) 之前不要做 softmax：它会作用两次，策略永远无法变得确定",
            MNIH_2016,
        ),
        claim(
            "log(softmax(x)) by hand: a rare action gives log(0)",
            "不要手写 log(softmax(x))：罕见动作会得到 log(0)",
            MNIH_2016,
        ),
    ),
    code=TaskCode(
        data="""actions = torch.randint(3, (len(features),))
advantages = (actions == features.argmax(dim=1)).float()
y = torch.stack([actions, advantages], dim=1)""",
        units="3",
        criterion="""def criterion(output, y):
    actions, advantages = y.unbind(dim=1)
    policy = torch.distributions.Categorical(logits=output)
    gained = (policy.log_prob(actions) * advantages).mean()
    return -gained - 0.01 * policy.entropy().mean()

""",
        predict="prediction = torch.distributions.Categorical(logits=output).sample()",
    ),
)
