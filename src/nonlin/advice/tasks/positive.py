"""Positive numbers."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BOX_COX_1964, DUGAS_2000, MCCULLAGH_1989, SANTOS_SILVA_2006
from nonlin.advice.tasks._bias import mean_log
from nonlin.base.language import Text

TASK = Task(
    title=Text("numbers above zero: prices, durations, concentrations", "大于零的数：价格、时长、浓度"),
    aliases=("positive-regression", "log-normal", "price", "duration"),
    output=Choice(
        None,
        Text("none: the network predicts log(y)", "不加激活：网络预测 log(y)"),
        claim(
            "exp of any number is positive, and errors of such quantities are mostly relative",
            "任何数取 exp 都为正，而这类量的误差多半是相对误差",
            BOX_COX_1964,
        ),
    ),
    loss=Choice(
        "MSELoss",
        Text("nn.MSELoss() on log(y)", "对 log(y) 用 nn.MSELoss()"),
        claim(
            "the likelihood of log-normal errors: 10 % too high costs the same at 1 as at 1000",
            "对应对数正态误差的似然：高估 10 %，在 1 处与在 1000 处代价相同",
            BOX_COX_1964,
        ),
    ),
    scaling=claim(
        "take the logarithm; standardise it too if its spread is far from 1",
        "取对数；若其离散程度远离 1，再做标准化",
        BOX_COX_1964,
    ),
    bias=claim("the mean of log(y)", "log(y) 的均值", BOX_COX_1964),
    alternatives=(
        option(
            ("softplus on the output, MSELoss on y", "输出加 softplus，对 y 用 MSELoss"),
            "predicts the mean in natural units, and errors are absolute; large targets rule the loss",
            "直接预测自然单位下的均值，误差是绝对误差；大目标主导损失",
            DUGAS_2000,
        ),
        option(
            (
                "none and PoissonNLLLoss(log_input=True) (task nonnegative)",
                "不加激活，PoissonNLLLoss(log_input=True)（任务 nonnegative）",
            ),
            "estimates the mean of y, not its median, and allows zeros",
            "估计的是 y 的均值而非中位数，并且允许零",
            SANTOS_SILVA_2006,
        ),
        option(
            ("gamma likelihood: exp on the output", "伽马似然：输出加 exp"),
            "relative errors with the mean in natural units: loss = y / mu + log(mu)",
            "相对误差，且均值为自然单位：损失 = y / mu + log(mu)",
            MCCULLAGH_1989,
        ),
    ),
    avoid=(
        claim(
            "ReLU on the output: where it is zero its slope is zero too, and the unit may never come back",
            "输出层不要用 ReLU：输出为零处斜率也为零，单元可能再也恢复不了",
            DUGAS_2000,
        ),
        claim(
            "exp(prediction) as the mean of y: it is the median; the mean is exp(prediction + variance / 2)",
            "不要把 exp(预测) 当作 y 的均值：它是中位数；均值为 exp(预测 + 方差 / 2)",
            SANTOS_SILVA_2006,
        ),
    ),
    code=TaskCode(
        data="y = (3 + features[:, :1] + 0.1 * torch.randn(len(features), 1)).exp()",
        units="1",
        bias="model.head.bias.copy_(y.log().mean(dim=0))",
        criterion="""def criterion(output, y):
    return F.mse_loss(output, y.log())

""",
        predict="prediction = output.exp()",
    ),
    bias_of=mean_log,
)
