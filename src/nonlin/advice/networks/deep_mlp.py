"""A deep perceptron without normalisation."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, model, rows, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import HE_2016, IOFFE_2015, KLAMBAUER_2017
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    layers = ["nn.Linear(16, 32)", plan.hidden]
    layers += ["nn.AlphaDropout(0.05)", "nn.Linear(32, 32)", plan.hidden] * 5
    return model(
        stack(layers), f"nn.Linear(32, {plan.units})", plan.output.format(z="self.head(self.body(x))")
    )


NETWORK = Network(
    title=Text(
        "a deep perceptron (6 layers or more) without normalisation", "不带归一化的深层感知机（6 层以上）"
    ),
    aliases=("selu", "snn", "self-normalizing"),
    hidden=Choice(
        "selu",
        Text("SELU", "SELU"),
        claim(
            "pulls mean and variance of every layer towards 0 and 1, so that depth neither swells nor kills the signal",
            "把每层的均值和方差拉向 0 和 1，因此信号不会随深度膨胀或消失",
            KLAMBAUER_2017,
        ),
    ),
    init=claim(
        "LeCun normal, std = {gain} / sqrt(fan_in), biases zero; inputs standardised to mean 0 and variance 1",
        "LeCun 正态：标准差 = {gain} / sqrt(fan_in)，偏置为零；输入标准化为均值 0、方差 1",
        KLAMBAUER_2017,
    ),
    alternatives=(
        option(
            ("ReLU with batch normalisation (mlp --batch-norm)", "ReLU 加批归一化（mlp --batch-norm）"),
            "the usual way; depends on the batch, which hurts with few samples in it",
            "最常见的做法；但依赖批次统计量，批次很小时效果变差",
            IOFFE_2015,
        ),
        option(
            ("residual blocks (mlp --residual)", "残差块（mlp --residual）"),
            "train at any depth with any activation; cost a second layer in each block",
            "任意深度、任意激活函数都能训练；代价是每块要两层",
            HE_2016,
        ),
    ),
    avoid=(
        claim(
            "plain Dropout with SELU: it breaks the mean and the variance that AlphaDropout keeps",
            "SELU 不要配普通 Dropout：它破坏均值和方差，而 AlphaDropout 会保持",
            KLAMBAUER_2017,
        ),
        claim(
            "He initialisation with SELU: its fixed point is derived for variance 1 / fan_in",
            "SELU 不要用 He 初始化：它的不动点是在方差为 1 / fan_in 的前提下推出的",
            KLAMBAUER_2017,
        ),
    ),
    code=NetworkCode(inputs=lambda _: rows(16), model=_model, init=lambda plan: fan_in(plan.gain)),
)
