"""Quantiles."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import CHERNOZHUKOV_2010, DUGAS_2000, KOENKER_1978, LECUN_1998, NIX_1994
from nonlin.base.language import Text

TASK = Task(
    title=Text("quantiles: an interval that holds 80 % of the targets", "分位数：覆盖 80 % 目标的区间"),
    aliases=("quantile", "pinball", "interval", "quantile-regression"),
    output=Choice(
        None,
        Text("none: one output for each quantile", "不加激活：每个分位数一个输出"),
        claim("a quantile is a real number like the target", "分位数与目标一样是实数", KOENKER_1978),
    ),
    loss=Choice(
        None,
        Text(
            "pinball: mean of max(q * e, (q - 1) * e), e = y - output",
            "pinball 损失：max(q * e, (q - 1) * e) 的均值，e = y - output",
        ),
        claim(
            "its optimum is the conditional quantile, whatever the distribution",
            "无论分布如何，最优解都是条件分位数",
            KOENKER_1978,
        ),
    ),
    scaling=claim("standardise", "标准化", LECUN_1998),
    bias=claim("the quantiles of the targets", "目标的各分位数", KOENKER_1978),
    alternatives=(
        option(
            (
                "the lowest by none, the steps above it by softplus",
                "最低分位数不加激活，往上的增量用 softplus",
            ),
            "the quantiles can never cross; all depend on the lowest",
            "各分位数绝不交叉；但都依赖最低的那个",
            DUGAS_2000,
        ),
        option(
            ("mean and variance (task gaussian)", "均值加方差（任务 gaussian）"),
            "two outputs give every quantile, if the errors are normal",
            "若误差为正态，两个输出即可给出任意分位数",
            NIX_1994,
        ),
    ),
    avoid=(
        claim(
            "predictions as they come: sort them, for quantiles learned apart may cross",
            "不要直接使用预测值：各分位数分别学习，可能交叉，要先排序",
            CHERNOZHUKOV_2010,
        ),
        claim(
            "MSELoss: it gives the mean, which no quantile is",
            "不要用 MSELoss：它得到的是均值，而不是分位数",
            KOENKER_1978,
        ),
    ),
    code=TaskCode(
        data="""levels = torch.tensor([0.1, 0.5, 0.9])
y = features[:, :1] + 0.5 * torch.randn(len(features), 1)
mean, std = y.mean(), y.std()
y = (y - mean) / std""",
        units="len(levels)",
        bias="model.head.bias.copy_(y.flatten().quantile(levels))",
        criterion="""def criterion(output, y):
    error = y - output
    return torch.maximum(levels * error, (levels - 1) * error).mean()

""",
        predict="prediction = output.sort(dim=1).values * std + mean",
    ),
)
