"""Numbers that are zero or more."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_POISSON_NLL, DUGAS_2000, MCCULLAGH_1989, SANTOS_SILVA_2006
from nonlin.advice.tasks._bias import log_mean
from nonlin.base.language import Text

TASK = Task(
    title=Text("amounts with exact zeros: rain, sales, spending", "含有零的非负量：降雨量、销售额、花费"),
    aliases=("non-negative", "zero-inflated", "amounts", "semicontinuous"),
    output=Choice(
        None,
        Text("none: the network predicts the log of the mean", "不加激活：网络预测均值的对数"),
        claim(
            "the loss takes the exponential itself, so that the mean is positive",
            "损失内部会取指数，因此均值为正",
            SANTOS_SILVA_2006,
        ),
    ),
    loss=Choice(
        "PoissonNLLLoss",
        Text("nn.PoissonNLLLoss(log_input=True)", "nn.PoissonNLLLoss(log_input=True)"),
        claim(
            "as a quasi-likelihood it estimates the mean of any amounts, not of counts alone, and zeros do no harm",
            "作为拟似然，它能估计任何非负量的均值，不限于计数，零也没有妨碍",
            SANTOS_SILVA_2006,
            DOCS_POISSON_NLL,
        ),
    ),
    scaling=claim(
        "divide by a constant near the mean, so that gradients are of order one; do not shift",
        "除以一个接近均值的常数，使梯度量级约为 1；不要平移",
        MCCULLAGH_1989,
    ),
    bias=claim("log of the mean", "均值的对数", MCCULLAGH_1989),
    alternatives=(
        option(
            (
                "two outputs: P(y > 0) by BCEWithLogitsLoss, and log(y) where y > 0",
                "两个输出：BCEWithLogitsLoss 预测 P(y > 0)，y > 0 时再预测 log(y)",
            ),
            "where zeros have a cause of their own; two numbers to combine",
            "适合零另有原因的情形；要把两个数合起来",
            MCCULLAGH_1989,
        ),
        option(
            ("softplus on the output, MSELoss", "输出加 softplus，用 MSELoss"),
            "errors are absolute; large targets rule the loss",
            "误差是绝对误差；大目标主导损失",
            DUGAS_2000,
        ),
    ),
    avoid=(
        claim(
            "log(y + small): what the small number is decides the result",
            "不要用 log(y + 小常数)：结果由这个小常数左右",
            SANTOS_SILVA_2006,
        ),
        claim(
            "ReLU on the output: it matches the zeros and then has no slope to leave them",
            "输出层不要用 ReLU：它能匹配零，却没有斜率再离开零",
            DUGAS_2000,
        ),
    ),
    code=TaskCode(
        data="y = F.relu(features[:, :1]) * torch.rand(len(features), 1) * 4",
        units="1",
        bias="model.head.bias.copy_(y.mean(dim=0).log())",
        criterion="criterion = nn.PoissonNLLLoss(log_input=True)",
        predict="prediction = output.exp()",
    ),
    bias_of=log_mean,
)
