"""A network for tables of measured columns."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, model, rows, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import GORISHNIY_2021, HE_2015, KLAMBAUER_2017, LECUN_1998, SHAZEER_2020
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    layers = ["nn.Linear(12, 64)", plan.hidden, "nn.Dropout(0.1)"]
    layers += ["nn.Linear(64, 64)", plan.hidden, "nn.Dropout(0.1)"]
    return model(
        stack(layers), f"nn.Linear(64, {plan.units})", plan.output.format(z="self.head(self.body(x))")
    )


NETWORK = Network(
    title=Text("a perceptron for tabular data", "用于表格数据的感知机"),
    aliases=("table", "table-data"),
    hidden=Choice(
        "relu",
        Text("ReLU", "ReLU"),
        claim(
            "a tuned ReLU perceptron is a strong baseline on tables; the choice of activation matters less than "
            "dropout, width and rate",
            "调好的 ReLU 感知机在表格上就是很强的基线；激活函数的选择不如 dropout、宽度和学习率重要",
            GORISHNIY_2021,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in); standardise the columns, or turn them into normal quantiles",
        "正态分布，标准差 = {gain} / sqrt(fan_in)；各列先标准化，或变换为正态分位数",
        HE_2015,
        LECUN_1998,
    ),
    alternatives=(
        option(
            ("ReGLU in an FT-Transformer", "FT-Transformer 中的 ReGLU"),
            "better on many tables; slower, and more to tune",
            "在许多表格上更好；更慢，要调的也更多",
            GORISHNIY_2021,
            SHAZEER_2020,
        ),
        option(
            ("SELU (network deep-mlp)", "SELU（网络类型 deep-mlp）"),
            "for more than a few layers without normalisation",
            "适合层数较多又不用归一化的情形",
            KLAMBAUER_2017,
        ),
    ),
    avoid=(
        claim(
            "raw columns of very different scale: the largest one decides the first layer's activations",
            "不要直接输入尺度悬殊的列：最大的那一列会左右第一层的激活",
            LECUN_1998,
        ),
    ),
    code=NetworkCode(inputs=lambda _: rows(12), model=_model, init=lambda plan: fan_in(plan.gain)),
)
