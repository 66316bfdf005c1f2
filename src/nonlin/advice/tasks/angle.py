"""Angles and directions."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BISHOP_2006, KARPATHY_2019, ZHOU_2018
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "angles and directions: heading, hour of day, orientation", "角度与方向：航向、一天中的时刻、朝向"
    ),
    aliases=("angles", "direction", "directions", "circular", "periodic", "orientation"),
    output=Choice(
        None,
        Text("none: two outputs, divided by their length", "不加激活：两个输出，再除以其长度"),
        claim(
            "(cos, sin) is continuous where the angle itself jumps from 359 to 0 degrees",
            "角度会从 359 度跳到 0 度，而 (cos, sin) 在那里是连续的",
            ZHOU_2018,
        ),
    ),
    loss=Choice(
        None,
        Text("1 - cos(angle between prediction and target)", "1 - cos(预测与目标的夹角)"),
        claim(
            "the von Mises likelihood at a fixed spread",
            "离散程度固定时的 von Mises 似然",
            BISHOP_2006,
        ),
    ),
    scaling=claim(
        "radians: multiply degrees by pi / 180, hours by pi / 12",
        "换成弧度：度数乘 pi / 180，小时乘 pi / 12",
        ZHOU_2018,
    ),
    bias=claim(
        "the mean of cos and sin of the targets",
        "目标的 cos 与 sin 的均值",
        KARPATHY_2019,
    ),
    alternatives=(
        option(
            (
                "torch.distributions.VonMises with a third output",
                "torch.distributions.VonMises，加第三个输出",
            ),
            "says how sure it is; softplus keeps the concentration positive",
            "能给出不确定度；用 softplus 保证集中参数为正",
            BISHOP_2006,
        ),
        option(
            (
                "six outputs and Gram-Schmidt, for rotations in space",
                "空间旋转：六个输出加 Gram-Schmidt 正交化",
            ),
            "continuous, where quaternions and Euler angles are not",
            "连续，而四元数和欧拉角不连续",
            ZHOU_2018,
        ),
    ),
    avoid=(
        claim(
            "MSELoss on the angle: 359 and 1 degrees are counted as far apart",
            "不要对角度用 MSELoss：359 度与 1 度会被当成相距很远",
            ZHOU_2018,
        ),
        claim(
            "pi * tanh: the jump stays, and near it the slope vanishes",
            "不要用 pi * tanh：跳变依旧存在，且附近斜率消失",
            ZHOU_2018,
        ),
    ),
    code=TaskCode(
        data="y = torch.atan2(features[:, 1], features[:, 0])",
        units="2",
        bias="model.head.bias.copy_(torch.stack([y.cos().mean(), y.sin().mean()]))",
        criterion="""def criterion(output, y):
    cos, sin = F.normalize(output, dim=1).unbind(dim=1)
    return (1 - cos * y.cos() - sin * y.sin()).mean()

""",
        predict="prediction = torch.atan2(output[:, 1], output[:, 0])",
    ),
)
