"""A mean and a variance."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_GAUSSIAN_NLL, KENDALL_2017, LECUN_1998, NIX_1994, SEITZER_2022
from nonlin.base.language import Text

TASK = Task(
    title=Text("a mean and a variance for each prediction", "每个预测给出均值和方差"),
    aliases=("mean-variance", "heteroscedastic", "uncertainty", "density"),
    output=Choice(
        None,
        Text("none for the mean; softplus + 1e-3 for the variance", "均值不加激活；方差用 softplus + 1e-3"),
        claim(
            "a mean takes any sign; a variance must stay above zero with a slope everywhere",
            "均值可正可负；方差必须大于零，且处处有斜率",
            NIX_1994,
        ),
    ),
    loss=Choice(
        "GaussianNLLLoss",
        Text(
            "nn.GaussianNLLLoss(), called with mean, target, variance",
            "nn.GaussianNLLLoss()，依次传入均值、目标、方差",
        ),
        claim(
            "the normal likelihood: an error costs less where the network said it was unsure",
            "正态似然：网络已表明不确定之处，误差代价更低",
            NIX_1994,
            DOCS_GAUSSIAN_NLL,
        ),
    ),
    scaling=claim(
        "standardise; a predicted variance is then in units of the targets' variance",
        "标准化；预测的方差以目标方差为单位",
        LECUN_1998,
    ),
    bias=claim(
        "zero for the mean; log(e - 1) = 0.54 for the variance, so that it begins at 1",
        "均值为零；方差取 log(e - 1) = 0.54，使其从 1 开始",
        NIX_1994,
    ),
    alternatives=(
        option(
            ("predict the log of the variance", "预测方差的对数"),
            "simple and positive; exp can overflow far from the data",
            "简单且保证为正；远离数据时 exp 可能溢出",
            KENDALL_2017,
        ),
        option(
            ("beta-NLL: weight each sample by variance^0.5", "beta-NLL：每个样本以 方差^0.5 加权"),
            "keeps the mean learning where the variance is large; no longer a likelihood",
            "方差大的地方均值也能继续学习；不再是似然",
            SEITZER_2022,
        ),
        option(
            (
                "quantiles (task quantiles) or a mixture (task mixture)",
                "分位数（任务 quantiles）或混合密度（任务 mixture）",
            ),
            "for skewed or many-peaked targets",
            "适合偏斜或多峰的目标",
            KENDALL_2017,
        ),
    ),
    avoid=(
        claim(
            "ReLU for the variance: zero divides, and has no slope",
            "方差不要用 ReLU：零会作除数，且没有斜率",
            NIX_1994,
        ),
        claim(
            "ReLU or tanh for the mean",
            "均值不要加 ReLU 或 tanh",
            NIX_1994,
        ),
    ),
    code=TaskCode(
        data="""spread = 0.3 * features[:, 1:2].exp()
y = features[:, :1] + spread * torch.randn_like(spread)
mean, std = y.mean(), y.std()
y = (y - mean) / std""",
        units="2",
        bias="model.head.bias.zero_()\nmodel.head.bias[1] = torch.tensor(1.0).expm1().log()",
        criterion="""def criterion(output, y):
    mean, raw = output.chunk(2, dim=1)
    return F.gaussian_nll_loss(mean, y, F.softplus(raw) + 0.001)

""",
        predict="""prediction = output[:, :1] * std + mean
deviation = (F.softplus(output[:, 1:]) + 0.001).sqrt() * std""",
    ),
)
