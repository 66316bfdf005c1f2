"""Real numbers."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import (
    BISHOP_2006,
    DOCS_HUBER,
    DOCS_MSE,
    HAFNER_2023,
    HUBER_1964,
    LECUN_1998,
    NIX_1994,
)
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "real numbers of either sign: temperatures, errors, coordinates", "可正可负的实数：温度、误差、坐标"
    ),
    aliases=("real", "continuous", "mse", "forecasting"),
    output=Choice(
        None,
        Text("none", "不加激活"),
        claim(
            "a linear output can reach every number; any activation would cut some off",
            "线性输出能取到任何实数；加任何激活都会切掉一部分",
            BISHOP_2006,
        ),
    ),
    loss=Choice(
        "MSELoss",
        Text("nn.MSELoss()", "nn.MSELoss()"),
        claim(
            "the likelihood of normal errors; its optimum is the conditional mean",
            "对应正态误差的似然；最优解是条件均值",
            BISHOP_2006,
            DOCS_MSE,
        ),
    ),
    scaling=claim(
        "standardise: (y - mean) / std of the training targets; undo it for predictions",
        "标准化：用训练集目标的均值和标准差做 (y - mean) / std；预测时再还原",
        LECUN_1998,
    ),
    bias=claim(
        "zero for standardised targets (the mean of the targets otherwise)",
        "目标已标准化则为零（否则为目标的均值）",
        BISHOP_2006,
    ),
    alternatives=(
        option(
            ("nn.HuberLoss", "nn.HuberLoss"),
            "outliers count linearly; one more number, delta, in units of the scaled target",
            "离群值只按线性计；多一个参数 delta，单位与缩放后的目标一致",
            HUBER_1964,
            DOCS_HUBER,
        ),
        option(
            ("symlog of the targets", "目标取 symlog"),
            "for values over many orders of magnitude and of both signs; errors become relative",
            "适合跨多个数量级且可正可负的目标；误差变为相对误差",
            HAFNER_2023,
        ),
        option(
            ("mean and variance (task gaussian)", "均值加方差（任务 gaussian）"),
            "says how sure it is of each prediction; harder to train",
            "给出每个预测的不确定度；训练更难",
            NIX_1994,
        ),
    ),
    avoid=(
        claim(
            "ReLU, sigmoid or tanh on the output: targets outside their range can never be reached",
            "输出层不要加 ReLU、sigmoid 或 tanh：值域之外的目标永远达不到",
            BISHOP_2006,
            rule="NL210",
        ),
        claim(
            "targets in their raw units: a mean of 1000 makes the first steps fight over the bias alone",
            "不要用原始单位的目标：若均值为 1000，最初许多步都只在调偏置",
            LECUN_1998,
        ),
    ),
    code=TaskCode(
        data="""y = 50 + 20 * features + torch.randn_like(features)
mean, std = y.mean(dim=0), y.std(dim=0)
y = (y - mean) / std""",
        units="y.shape[1]",
        criterion="criterion = nn.MSELoss()",
        predict="prediction = output * std + mean",
    ),
)
