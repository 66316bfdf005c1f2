"""Images in [-1, 1]."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import HO_2020, KARPATHY_2019, RADFORD_2015, ZHAO_2015
from nonlin.base.language import Text

TASK = Task(
    title=Text("images with pixels in [-1, 1]", "像素在 [-1, 1] 内的图像"),
    aliases=("image-11", "signed-image"),
    output=Choice(
        "tanh",
        Text("tanh", "tanh"),
        claim(
            "its range is the range of the pixels; a bounded output learns the colours sooner",
            "值域正是像素的范围；有界输出能更快学会颜色",
            RADFORD_2015,
        ),
    ),
    loss=Choice(
        "MSELoss",
        Text("nn.MSELoss()", "nn.MSELoss()"),
        claim("normal errors of one size for all pixels", "所有像素方差相同的正态误差", ZHAO_2015),
    ),
    scaling=claim(
        "pixels / 127.5 - 1, for data and output alike",
        "像素 / 127.5 - 1，数据与输出采用同一缩放",
        RADFORD_2015,
        HO_2020,
    ),
    bias=claim(
        "atanh of each channel's mean: the first output is the mean image",
        "各通道均值的 atanh：最初的输出就是平均图像",
        KARPATHY_2019,
    ),
    alternatives=(
        option(
            ("L1Loss", "L1Loss"),
            "sharper edges, less blur",
            "边缘更清晰，模糊更少",
            ZHAO_2015,
        ),
        option(
            (
                "none, for the noise of a diffusion model (task noise)",
                "不加激活，预测扩散模型的噪声（任务 noise）",
            ),
            "noise has no bounds",
            "噪声没有界限",
            HO_2020,
        ),
    ),
    avoid=(
        claim(
            "sigmoid: darker than middle grey could not be drawn",
            "不要用 sigmoid：比中灰更暗的像素画不出来",
            RADFORD_2015,
            rule="NL210",
        ),
    ),
    layout="map",
    code=TaskCode(
        data="y = torch.tanh(features)",
        units="y.shape[1]",
        output="torch.tanh({z})",
        bias="model.head.bias.copy_(y.transpose(0, 1).flatten(1).mean(dim=1).atanh())",
        criterion="criterion = nn.MSELoss()",
        predict="prediction = (127.5 * (output + 1)).round()",
    ),
)
