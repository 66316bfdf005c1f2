"""A plain convolutional network."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, images, model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import CLEVERT_2015, HE_2015, IOFFE_2015, RAMACHANDRAN_2017
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    norms = [f"nn.BatchNorm2d({n})" for n in (16, 32)] if plan.batch_norm else []
    bias = ", bias=False" if plan.batch_norm else ""
    layers = [
        f"nn.Conv2d(3, 16, 3, padding=1{bias})",
        *norms[:1],
        plan.hidden,
        f"nn.Conv2d(16, 32, 3, padding=1{bias})",
        *norms[1:],
        plan.hidden,
    ]
    whole = plan.layout == "map"
    body = "self.body(x)" if whole else "self.body(x).mean(dim=(2, 3))"
    head = f"nn.Conv2d(32, {plan.units}, 1)" if whole else f"nn.Linear(32, {plan.units})"
    return model(stack(layers), head, plan.output.format(z=f"self.head({body})"))


NETWORK = Network(
    title=Text("a plain convolutional network", "普通卷积网络"),
    aliases=("convnet", "conv", "unet", "u-net"),
    hidden=Choice(
        "relu",
        Text("ReLU, after the normalisation", "ReLU，放在归一化之后"),
        claim(
            "the cheapest that does not saturate for positive inputs; fused with convolution by most backends",
            "正半轴不饱和的函数中最便宜的；多数后端能与卷积融合",
            HE_2015,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in), where fan_in = channels x kernel area",
        "正态分布，标准差 = {gain} / sqrt(fan_in)，其中 fan_in = 通道数 x 卷积核面积",
        HE_2015,
    ),
    alternatives=(
        option(
            ("SiLU", "SiLU"),
            "often slightly more accurate in deep image models; slower, and keeps its input for the backward pass",
            "在深层图像模型中精度往往略高；更慢，并且要为反向传播保留输入",
            RAMACHANDRAN_2017,
        ),
        option(
            ("ELU", "ELU"),
            "negative values bring the mean nearer to zero: helps without normalisation; costs an exponential",
            "负值让均值更接近零，没有归一化时有帮助；代价是一次指数运算",
            CLEVERT_2015,
        ),
    ),
    avoid=(
        claim(
            "a bias in a convolution that batch normalisation follows: the normalisation subtracts it again",
            "后接批归一化的卷积不要带偏置：归一化会把它减掉",
            IOFFE_2015,
        ),
    ),
    layouts=("rows", "map"),
    task="multi-class",
    switches={"batch_norm": True},
    code=NetworkCode(
        inputs=images, model=_model, init=lambda plan: fan_in(plan.gain, "(nn.Conv2d, nn.Linear)")
    ),
)
