"""A small convolutional network for phones and integers."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, images, model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import HE_2015, HOWARD_2019, KRISHNAMOORTHI_2018, SANDLER_2018
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    layers = [
        "nn.Conv2d(3, 16, 3, padding=1, bias=False)",
        "nn.BatchNorm2d(16)",
        plan.hidden,
        "nn.Conv2d(16, 16, 3, padding=1, groups=16, bias=False)",
        "nn.BatchNorm2d(16)",
        plan.hidden,
        "nn.Conv2d(16, 32, 1, bias=False)",
        "nn.BatchNorm2d(32)",
        plan.hidden,
    ]
    whole = plan.layout == "map"
    body = "self.body(x)" if whole else "self.body(x).mean(dim=(2, 3))"
    head = f"nn.Conv2d(32, {plan.units}, 1)" if whole else f"nn.Linear(32, {plan.units})"
    return model(stack(layers), head, plan.output.format(z=f"self.head({body})"))


NETWORK = Network(
    title=Text("a small convolutional network for phones or int8", "面向手机或 int8 量化的小型卷积网络"),
    aliases=("mobilenet", "quantised", "quantized", "edge"),
    hidden=Choice(
        "relu6",
        Text("ReLU6", "ReLU6"),
        claim(
            "its range [0, 6] is known before any data are seen, so a fixed grid of 8 bits fits it",
            "值域 [0, 6] 事先已知，固定的 8 位量化网格正好适用",
            SANDLER_2018,
            KRISHNAMOORTHI_2018,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in); batch normalisation sets the scale afterwards",
        "正态分布，标准差 = {gain} / sqrt(fan_in)；之后由批归一化决定尺度",
        HE_2015,
    ),
    alternatives=(
        option(
            ("Hardswish in the deeper half", "在较深的一半使用 Hardswish"),
            "more accurate at the same size; costs time where the hardware has no kernel for it",
            "同等规模下更准；若硬件没有对应算子则较慢",
            HOWARD_2019,
        ),
        option(
            ("ReLU with calibrated ranges", "ReLU 加校准得到的范围"),
            "nothing is clipped in training; the grid must be measured on data",
            "训练中不截断；但量化网格要用数据测定",
            KRISHNAMOORTHI_2018,
        ),
    ),
    avoid=(
        claim(
            "an activation on the narrow projection of an inverted residual: it destroys information there",
            "不要在倒残差块的窄投影层上加激活：那里会丢失信息",
            SANDLER_2018,
        ),
    ),
    layouts=("rows", "map"),
    task="multi-class",
    code=NetworkCode(
        inputs=images, model=_model, init=lambda plan: fan_in(plan.gain, "(nn.Conv2d, nn.Linear)")
    ),
)
